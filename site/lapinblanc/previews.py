"""Whether this request shows the site as of another date: then nothing that it does may be remembered. Pure Python."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_previewing: ContextVar[bool] = ContextVar("previewing", default=False)


def is_preview() -> bool:
    return _previewing.get()


@contextmanager
def previewing() -> Iterator[None]:
    token = _previewing.set(True)
    try:
        yield
    finally:
        _previewing.reset(token)

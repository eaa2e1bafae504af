"""What the journal follows by itself: rooms name a model and those of its fields that touch rights or money.

Personal values are masked: the journal says that an address changed, and by whom, never to what. So it holds nothing
that an erasure would have to find.
"""

from auditlog.registry import auditlog
from django.db.models import Model

MASK = "•••"


def watch(model: type[Model], *fields: str, masked: tuple[str, ...] = ()) -> None:
    """Follow `fields` of `model`, and `masked` ones without their values. Called by a room when it is ready."""
    if not auditlog.contains(model):
        auditlog.register(
            model, include_fields=[*fields, *masked], mask_fields=list(masked), mask_callable="lapinblanc.audit.watching.mask"
        )


def mask(value: str) -> str:
    return MASK if value and value != "None" else value


def watched() -> list[type[Model]]:
    return sorted(auditlog.get_models(), key=lambda model: str(model._meta.verbose_name))

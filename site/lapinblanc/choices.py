"""Django's TextChoices under a type that a checker without Django's plugin understands: members are text."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from enum import StrEnum

    class TextChoices(StrEnum):
        """What our code uses of it."""

        values: list[str]
        choices: list[tuple[str, str]]

        @property
        def label(self) -> Any: ...

else:
    from django.db.models import TextChoices

__all__ = ["TextChoices"]

"""The form of a story: a creator sets the words, the pictures and the pieces; address, boutique and dates are the editors'."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks.stream_block import StreamBlockValidationError

from editorial.authorship.access import is_creator
from editorial.authorship.references import foreign, references

CREATOR_FIELDS = frozenset({"title", "kicker", "intro", "picture", "body", "comment_notifications"})
POINTING = ("picture", "body")


def _refusal(name: str) -> ValidationError:
    sentence = _("Only your own creations and pictures can be shown here: please choose among them.")
    # A body shows the errors of its blocks and those made for it, no others.
    return StreamBlockValidationError(non_block_errors=[sentence]) if name == "body" else ValidationError(sentence)


class StoryForm(WagtailAdminPageForm):
    """For a creator every field that is not hers is no field at all: what is sent for it is not read (FAULTS S4)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_creator = self.for_user is not None and is_creator(self.for_user)
        if self.by_creator:
            for name in set(self.fields) - CREATOR_FIELDS:
                del self.fields[name]
            self._before = references(self.instance, POINTING)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.by_creator:
            for name in POINTING:
                if name in cleaned and self._points_elsewhere(name, cleaned[name]):
                    self.add_error(name, _refusal(name))
        return cleaned

    def _points_elsewhere(self, name: str, value: Any) -> bool:
        """What the page already showed may stay."""
        shown = type(self.instance)(**{name: value})
        return bool(foreign(self.for_user, references(shown, [name]) - self._before))

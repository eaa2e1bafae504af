"""The form of pages with a body: who writes for her own boutique places its pieces alone, by whatever way they came (FAULTS S20)."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks.stream_block import StreamBlockValidationError

from editorial.blocks.choosing import LISTING, VENDOR, chosen_in
from editorial.choosers import foreign_vendors, not_choosable


class BodyForm(WagtailAdminPageForm):
    """What the page named before, an editor's choice perhaps, may stay; what is new must be hers."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        body = data.get("body")
        if body is not None and self.for_user is not None:
            before, now = chosen_in(self.initial["body"]) if self.initial.get("body") else {}, chosen_in(body)
            new = {kind: [pk for pk in now[kind] if pk not in before.get(kind, ())] for kind in (LISTING, VENDOR)}
            if not_choosable(new[LISTING], self.for_user) or foreign_vendors(new[VENDOR], self.for_user):
                sentence = _("Your page shows your own boutique and its creations. Take away those of others, or ask the editors to place them.")
                # A body shows the errors of its blocks and those made for it, no others.
                self.add_error("body", StreamBlockValidationError(non_block_errors=[sentence]))
        return data

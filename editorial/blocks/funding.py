"""The progress of a funding inside a page: bar, sentence, and the way to its campaign."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from lapinblanc.numbers import whole
from wagtail import blocks

from editorial.blocks import samples
from editorial.blocks.groups import INVITATIONS
from shop import api


class ProjectBlock(blocks.ChoiceBlock):
    """The choices are asked for by the editor's form alone, not each time that a page is read."""

    def to_python(self, value: Any) -> Any:
        return value or ""


class FundingBlock(blocks.StructBlock):
    project = ProjectBlock(label=_("Funding to show"), choices=api.funding_choices)

    class Meta:
        icon = "success"
        label = _("Progress of a funding")
        group = INVITATIONS
        description = _("How far a funding is, with a link to its campaign.")
        template = "editorial/blocks/funding.html"
        preview_value = {"project": ""}

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_context(value, parent_context=parent_context)
        if samples.in_preview(parent_context):
            return {**context, "progress": samples.funding()}
        number = whole(str(value["project"] or "")) or 0
        gathered = (parent_context or {}).get("gathered")
        found = gathered.fundings if gathered is not None else api.fundings_by_number([number])
        context["progress"] = found.get(number)
        return context


def fundings_in(body: Any) -> dict[int, api.FundingProgress]:
    """Every funding that a body shows, in a fixed number of queries; none without such a block."""
    named = [str(block.value["project"]) for block in body if block.block_type == "funding"]
    return api.fundings_by_number([number for text in named if (number := whole(text)) is not None])

"""Blocks that show how things are made: steps with pictures, and the sheet of a material."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from editorial.blocks import samples
from editorial.blocks.choosing import PictureChosenBlock
from editorial.blocks.groups import WORKSHOP
from editorial.blocks.text import FEW_FEATURES
from editorial.images.facts import picture_of


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("What is done"))
    text = blocks.TextBlock(label=_("How"), required=False)
    image = PictureChosenBlock(label=_("Picture"), required=False)

    class Meta:
        icon = "list-ol"
        label = _("Step")


class StepsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), default=_("In the workshop"))
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=2, max_num=12)

    class Meta:
        icon = "list-ol"
        label = _("Steps of the making")
        group = WORKSHOP
        description = _("How a piece is made, step by step, with pictures.")
        template = "editorial/blocks/steps.html"
        preview_value = {
            "title": _("In the workshop"),
            "steps": [
                {"title": _("Wedge the clay"), "text": _("Until no air is left in it."), "image": None},
                {"title": _("Throw"), "text": _("Four minutes for a bowl, and ten years to learn it."), "image": None},
                {"title": _("Fire"), "text": _("Fourteen hours, up to 1,280 °C."), "image": None},
            ],
        }

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_context(value, parent_context=parent_context)
        drawn = samples.in_preview(parent_context)
        context["steps"] = [(step["title"], step["text"], samples.bowl() if drawn else picture_of(step["image"])) for step in value["steps"]]
        return context


class FactBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("What"), max_length=40)
    value = blocks.CharBlock(label=_("Its value"), max_length=120)

    class Meta:
        icon = "order"
        label = _("Fact")


class MaterialBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Material"))
    text = blocks.RichTextBlock(label=_("What one should know of it"), features=FEW_FEATURES)
    image = PictureChosenBlock(label=_("Picture"), required=False)
    origin = blocks.CharBlock(label=_("Where it comes from"), required=False)
    care = blocks.CharBlock(label=_("How to care for it"), required=False)
    facts = blocks.ListBlock(FactBlock(), label=_("Other facts"), default=[], required=False)

    class Meta:
        icon = "clipboard-list"
        label = _("Material sheet")
        group = WORKSHOP
        description = _("What a material is, where it comes from, how to care for it.")
        template = "editorial/blocks/material.html"
        form_layout = blocks.BlockGroup(children=["name", "text", "origin", "care"], settings=["image", "facts"])
        preview_value = {
            "name": _("Stoneware"), "text": _("<p>A clay that turns to stone in the fire: it holds water without glaze, and lasts.</p>"), "image": None,
            "origin": "Saint-Amand-en-Puisaye (58)", "care": _("Dishwasher and oven, without sudden changes of heat."), "facts": [],
        }

    def get_preview_value(self) -> Any:
        """Texts in the reader's language: rich text takes no lazy string."""
        kept = self.meta.preview_value
        return self.normalize({**kept, "text": str(kept["text"])})

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_context(value, parent_context=parent_context)
        context["picture"] = samples.bowl() if samples.in_preview(parent_context) else picture_of(value["image"])
        context["facts"] = [(row["label"], row["value"]) for row in value["facts"]]
        return context

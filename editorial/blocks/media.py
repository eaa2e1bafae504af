"""Blocks of pictures."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from editorial.images.blocks import PictureChooserBlock
from editorial.images.facts import picture_of


class PictureBlock(blocks.StructBlock):
    image = PictureChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "editorial/blocks/picture.html"

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_context(value, parent_context=parent_context)
        context["picture"] = picture_of(value["image"])
        return context

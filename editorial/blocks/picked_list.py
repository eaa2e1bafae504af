"""A list of choosers that takes several choices at once, where Wagtail's own takes them one by one."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.blocks.list_block import ListBlockAdapter


class PickedListBlock(blocks.ListBlock):
    """Without JavaScript's help it is Wagtail's list."""


class PickedListAdapter(ListBlockAdapter):
    js_constructor = "lapinblanc.PickedList"

    def js_args(self, block: Any) -> list[Any]:
        name, child, state, meta = super().js_args(block)
        return [name, child, state, {**meta, "severalText": _("Choose several at once")}]

    @cached_property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=["js/cms/picked-list.js"])


register(PickedListAdapter(), PickedListBlock)

"""Blocks that show creations and boutiques: chosen by picture and price, kept as numbers, shown as cards.

The cards of a whole body are fetched at once by the page (`streams.gather`): two queries, however many blocks.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from editorial.choosers import listing_chooser, vendor_chooser
from shop import api

ListingChooserBlock = listing_chooser.get_block_class(name="ListingChooserBlock", module_path="editorial.blocks.commerce")
VendorChooserBlock = vendor_chooser.get_block_class(name="VendorChooserBlock", module_path="editorial.blocks.commerce")


class ListingCardBlock(blocks.StructBlock):
    listing = ListingChooserBlock(label=_("Creation"))
    note = blocks.CharBlock(label=_("Why this one"), required=False)

    class Meta:
        icon = "tag"
        label = _("A creation")
        template = "editorial/blocks/listing.html"

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_context(value, parent_context=parent_context)
        chosen = value["listing"]
        cards = _cards(parent_context, [chosen.pk] if chosen is not None else [])
        context["card"] = cards[0] if cards else None
        return context


class RailBlock(blocks.StructBlock):
    """A row of creations: picked by hand, or the newest of a category or of a boutique."""

    title = blocks.CharBlock(label=_("Title"))
    intro = blocks.CharBlock(label=_("Sentence"), required=False)
    listings = blocks.ListBlock(
        ListingChooserBlock(label=_("Creation")),
        label=_("Picked by hand"),
        required=False,
        default=[],
    )
    category = blocks.CharBlock(label=_("Or the newest of this category"), required=False, help_text=_("Its name in the address."))
    vendor = VendorChooserBlock(label=_("Or the newest of this boutique"), required=False)

    class Meta:
        icon = "list-ul"
        label = _("A row of creations")
        template = "editorial/blocks/rail.html"

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_context(value, parent_context=parent_context)
        picked = [listing.pk for listing in value["listings"] if listing is not None]
        if picked:
            context["cards"] = _cards(parent_context, picked)
        else:
            row = (value["category"], value["vendor"].pk if value["vendor"] is not None else None)
            gathered = (parent_context or {}).get("gathered")
            context["cards"] = (gathered.rows if gathered is not None else api.newest_rows([row])).get(row, [])
        return context


class VendorCardBlock(blocks.StructBlock):
    vendor = VendorChooserBlock(label=_("Boutique"))

    class Meta:
        icon = "home"
        label = _("A boutique")
        template = "editorial/blocks/vendor.html"

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_context(value, parent_context=parent_context)
        context["card"] = api.open_vendor_card(value["vendor"]) if value["vendor"] is not None else None
        return context


def _cards(parent_context: Any, ids: list[int]) -> list[api.ListingCard]:
    """From what the page gathered, else (a preview of one block) from the shop."""
    gathered = (parent_context or {}).get("gathered")
    if gathered is None:
        return api.product_cards(ids)
    return [gathered.listings[pk] for pk in ids if pk in gathered.listings]

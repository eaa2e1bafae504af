"""Blocks that show creations, boutiques and collections: chosen by picture and price, kept as numbers, shown as cards.

The cards of a whole body are fetched at once by the page (`gathering.gather`), with what takes the place of pieces that are gone.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from editorial.blocks import samples
from editorial.blocks.gathering import Gathered, cards_of, picked_in, row_of, unique
from editorial.blocks.groups import PIECES
from editorial.blocks.picked_list import PickedListBlock
from editorial.choosers import collection_chooser, listing_chooser, vendor_chooser
from editorial.rules import MOST_IN_A_ROW, NoRule, answering_ids, search_url, tidied
from shop import api

ListingChooserBlock = listing_chooser.get_block_class(name="ListingChooserBlock", module_path="editorial.blocks.commerce")
VendorChooserBlock = vendor_chooser.get_block_class(name="VendorChooserBlock", module_path="editorial.blocks.commerce")
CollectionChooserBlock = collection_chooser.get_block_class(name="CollectionChooserBlock", module_path="editorial.blocks.commerce")


class RuleBlock(blocks.CharBlock):
    """The address of a search, in its shortest form."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return tidied(text) if text else ""
        except NoRule as nothing:
            raise ValidationError(gettext("This address asks for nothing. Open the search, choose words and filters, and paste its address here.")) from nothing


class ListingCardBlock(blocks.StructBlock):
    listing = ListingChooserBlock(label=_("Creation"))
    note = blocks.CharBlock(label=_("Why this one"), required=False)

    class Meta:
        icon = "tag"
        label = _("A creation")
        group = PIECES
        description = _("One creation, with why it is here. Once sold, the nearest one takes its place.")
        template = "editorial/blocks/listing.html"
        preview_value = {"listing": None, "note": _("For the first coffee, and for the hand that holds it.")}

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_context(value, parent_context=parent_context)
        context["card"] = samples.listing() if samples.in_preview(parent_context) else card_of(parent_context, value["listing"])
        return context


class RailBlock(blocks.StructBlock):
    """A row of creations: picked by hand, or what answers a search, or the newest of a category or of a boutique."""

    title = blocks.CharBlock(label=_("Title"))
    intro = blocks.CharBlock(label=_("Sentence"), required=False)
    listings = PickedListBlock(ListingChooserBlock(label=_("Creation")), label=_("Picked by hand"), required=False, default=[], max_num=24)
    category = blocks.ChoiceBlock(choices=api.category_choices, label=_("Or the newest of this category"), required=False)
    vendor = VendorChooserBlock(label=_("Or the newest of this boutique"), required=False)
    search = RuleBlock(label=_("Or what answers this search"), required=False, default="", max_length=400, help_text=_("Paste the address of a search: its words and filters count, and new creations join by themselves."))

    class Meta:
        icon = "list-ul"
        label = _("A row of creations")
        group = PIECES
        description = _("Several creations side by side: picked by hand, or a row that fills itself.")
        template = "editorial/blocks/rail.html"
        form_layout = blocks.BlockGroup(children=["title", "listings"], settings=["intro", "category", "vendor", "search"])
        preview_value = {"title": _("Just out of the kiln"), "intro": "", "listings": [], "category": "", "vendor": None, "search": ""}

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_context(value, parent_context=parent_context)
        context["cards"] = samples.listings() if samples.in_preview(parent_context) else row_cards(value, parent_context)
        context["more_url"] = search_url(value["search"]) if value["search"] and not picked_in(value) else ""
        return context


class VendorCardBlock(blocks.StructBlock):
    vendor = VendorChooserBlock(label=_("Boutique"))

    class Meta:
        icon = "home"
        label = _("A boutique")
        group = PIECES
        description = _("A boutique with its portrait and its place.")
        template = "editorial/blocks/vendor.html"
        preview_value = {"vendor": None}

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_context(value, parent_context=parent_context)
        chosen, gathered = value["vendor"], gathered_of(parent_context)
        if samples.in_preview(parent_context):
            context["card"] = samples.vendor()
        elif chosen is None:
            context["card"] = None
        else:
            context["card"] = gathered.vendors.get(chosen.pk) if gathered is not None else api.open_vendor_card(chosen)
        return context


class CollectionBlock(blocks.StructBlock):
    """A collection inside another page: its pieces in a row, or its picture alone."""

    collection = CollectionChooserBlock(label=_("Collection"))
    pieces = blocks.BooleanBlock(label=_("Show its pieces"), required=False, default=True, help_text=_("Otherwise its picture and its introduction."))

    class Meta:
        icon = "grid"
        label = _("A collection")
        group = PIECES
        description = _("A collection, as a row of its pieces or as a card.")
        template = "editorial/blocks/collection.html"
        form_layout = blocks.BlockGroup(children=["collection"], settings=["pieces"])
        preview_value = {"collection": None, "pieces": True}

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_context(value, parent_context=parent_context)
        gathered = gathered_of(parent_context)
        if samples.in_preview(parent_context):
            context["row"] = {"title": gettext("A table in blue"), "intro": gettext("Ten pieces chosen one by one."), "url": "#", "cards": samples.listings(), "picture": samples.workshop()}
        elif gathered is not None and value["collection"] is not None:
            context["row"] = gathered.collections.get(value["collection"].pk)
        return context


def gathered_of(parent_context: Any) -> Gathered | None:
    """What the page gathered; None where a block is drawn by itself."""
    return (parent_context or {}).get("gathered")


def card_of(parent_context: Any, chosen: Any) -> api.ListingCard | None:
    """The card of what was chosen, or of what takes its place."""
    if chosen is None:
        return None
    gathered = gathered_of(parent_context)
    cards = gathered.listings if gathered is not None else cards_of([chosen.pk], page_id=None)
    return cards.get(chosen.pk)


def row_cards(value: Any, parent_context: Any) -> list[api.ListingCard]:
    """The cards of a row, from what the page gathered or, where a block is drawn by itself, from the shop."""
    gathered, picked = gathered_of(parent_context), picked_in(value)
    if picked:
        return gathered.picked(picked) if gathered is not None else unique(cards_of(picked, page_id=None).values())
    if value["search"]:
        ids = answering_ids(value["search"], MOST_IN_A_ROW) if gathered is None else []
        return gathered.answers.get(value["search"], []) if gathered is not None else list(cards_of(ids, page_id=None, hand_picked=[]).values())
    row = row_of(value)
    if not any(row):
        return []
    return (gathered.rows if gathered is not None else api.newest_rows([row])).get(row, [])

"""Choosers of the editors: a creation, a boutique or a collection, found by words and filters, recognised by picture, price and stock.

What is chosen crosses the shop's door as its model's name only; cards come from `shop.api`. Who edits for the whole house chooses
among everything; who writes for her own boutique chooses among its pieces, and any other number does not exist for her (404).
"""

from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser as views
from wagtail.admin.viewsets.chooser import ChooserViewSet

from editorial.blocks.choosing import CollectionChosenBlock, ListingChosenBlock, VendorChosenBlock
from editorial.rights import edits_every_page
from shop import api

REFRESHES = {"data-chooser-modal-search-filter": True}
MOST_BOUTIQUES = 500


def choosable_for(user: Any) -> Any:
    """Listings that a person may place in a page: all on sale for editors, else those of her own boutiques."""
    rows = api.choosable_listings()
    return rows if edits_every_page(user) else rows.filter(vendor_id__in=api.vendors_of(user))


def choosable_vendors_for(user: Any) -> Any:
    """Boutiques that a person may place in a page."""
    rows = api.choosable_vendors()
    return rows if edits_every_page(user) else rows.filter(pk__in=api.vendors_of(user))


def choosable_collections_for(user: Any) -> Any:
    """Collections that a person may place in a page: drafts too for editors, who publish both together."""
    # A local import: collections are pages, which have bodies of blocks, which name this chooser.
    from editorial.cards import open_pages
    from editorial.pages.collection import CollectionPage

    rows = CollectionPage.objects.all() if edits_every_page(user) else open_pages(CollectionPage.objects.all())
    return rows.defer("body").select_related("picture").prefetch_related("picture__renditions").order_by("-date", "-pk")


def not_choosable(ids: list[int], user: Any) -> list[int]:
    """Those of the listings named by a body that this person may not place there, whatever form they came by."""
    if not ids or edits_every_page(user):
        return []
    own = set(api.listings_of(api.vendors_of(user), ids))
    return [pk for pk in ids if pk not in own]


def foreign_vendors(ids: list[int], user: Any) -> list[int]:
    """The same of boutiques."""
    if not ids or edits_every_page(user):
        return []
    own = api.vendors_of(user)
    return [pk for pk in ids if pk not in own]


class WordsForm(BaseFilterForm):
    """Words; each chooser says what they are looked for in."""

    q = forms.CharField(label=_("Words"), required=False)

    def filter(self, objects: Any) -> Any:
        words = self.cleaned_data["q"].replace("\0", "").strip()
        if words:
            self.is_searching, self.search_query = True, words
            objects = self.matching(objects, words)
        return objects

    def matching(self, objects: Any, words: str) -> Any:
        for word in words.split():
            objects = objects.filter(title__icontains=word)
        return objects


def boutique_choices() -> list[tuple[str, str]]:
    rows = api.choosable_vendors().values_list("pk", "name")[:MOST_BOUTIQUES]
    return [("", _("All boutiques")), *((str(pk), name) for pk, name in rows)]


def shelf_choices() -> list[tuple[str, str]]:
    return [("", str(_("All categories"))), *api.category_choices()]


class ListingForm(WordsForm):
    vendor = forms.ChoiceField(label=_("Boutique"), choices=boutique_choices, required=False, widget=forms.Select(attrs=REFRESHES))
    category = forms.ChoiceField(label=_("Category"), choices=shelf_choices, required=False, widget=forms.Select(attrs=REFRESHES))
    price_from = forms.IntegerField(label=_("Price from (€)"), required=False, min_value=0, max_value=99999, widget=forms.NumberInput(attrs=REFRESHES))
    price_to = forms.IntegerField(label=_("Price up to (€)"), required=False, min_value=0, max_value=99999, widget=forms.NumberInput(attrs=REFRESHES))
    in_stock = forms.BooleanField(label=_("Only what can be bought now"), required=False, widget=forms.CheckboxInput(attrs=REFRESHES))

    def matching(self, objects: Any, words: str) -> Any:
        return api.matching_listings(objects, words)

    def filter(self, objects: Any) -> Any:
        said = self.cleaned_data
        return api.narrowed_listings(
            super().filter(objects), vendor_id=int(said["vendor"]) if said["vendor"] else None, category=said["category"],
            price_from=said["price_from"], price_to=said["price_to"], in_stock=said["in_stock"],
        )


class VendorForm(WordsForm):
    def matching(self, objects: Any, words: str) -> Any:
        return api.matching_vendors(objects, words)


class PictureColumn(Column):
    """The small picture of what can be chosen."""

    def get_value(self, instance: Any) -> SafeString | str:
        picture = instance.card.get("picture") if instance.card else None
        return _thumbnail(picture["src_small"]) if picture else ""


class PagePictureColumn(Column):
    def get_value(self, instance: Any) -> SafeString | str:
        from editorial.images.facts import picture_of

        picture = picture_of(instance.picture)
        return _thumbnail(picture.src_small) if picture else ""


def _thumbnail(address: str) -> SafeString:
    return format_html('<img src="{}" width="64" height="64" alt="">', address)


class ListingColumns(views.BaseChooseView):
    filter_form_class = ListingForm
    template_name = "editorial/admin/chooser.html"

    @property
    def columns(self) -> list[Column]:
        return [
            PictureColumn("picture", label=_("Picture")),
            self.title_column,
            Column("price", label=_("Price"), accessor=lambda row: api.price_text(row.card)),
            Column("stock", label=_("Stock"), accessor=api.stock_text),
            Column("vendor", label=_("Boutique"), accessor=lambda row: row.card.get("vendor", "")),
            Column("place", label=_("Place"), accessor=lambda row: row.card.get("place", "")),
        ]

    def get_object_list(self) -> Any:
        return choosable_for(self.request.user)


class VendorColumns(views.BaseChooseView):
    filter_form_class = VendorForm

    @property
    def columns(self) -> list[Column]:
        return [
            PictureColumn("picture", label=_("Picture")),
            self.title_column,
            Column("place", label=_("Place"), accessor=lambda row: row.card.get("place", "")),
            Column("count", label=_("Creations"), accessor=lambda row: str(row.card.get("listing_count", ""))),
        ]

    def get_object_list(self) -> Any:
        return choosable_vendors_for(self.request.user)


class CollectionColumns(views.BaseChooseView):
    filter_form_class = WordsForm

    @property
    def columns(self) -> list[Column]:
        return [
            PagePictureColumn("picture", label=_("Picture")),
            self.title_column,
            Column("author", label=_("Chosen by"), accessor="author"),
            Column("state", label=_("State"), accessor=lambda page: _("online") if page.live else _("draft")),
        ]

    def get_object_list(self) -> Any:
        return choosable_collections_for(self.request.user)


class OwnChosen:
    """The answers to what was chosen: only among what this person may choose; any other number does not exist."""

    request: Any

    def choosable(self) -> Any:
        raise NotImplementedError

    def get_object(self, pk: str) -> Any:
        if not pk.isdecimal() or len(pk) > 18:
            raise ObjectDoesNotExist
        return self.choosable().get(pk=pk)

    def get_objects(self, pks: list[str]) -> Any:
        """In the order in which they were ticked."""
        wanted = [int(pk) for pk in pks if pk.isdecimal() and len(pk) < 19]
        found = self.choosable().in_bulk(wanted)
        return [found[pk] for pk in wanted if pk in found]


class OwnListing(OwnChosen):
    def choosable(self) -> Any:
        return choosable_for(self.request.user)


class OwnVendor(OwnChosen):
    def choosable(self) -> Any:
        return choosable_vendors_for(self.request.user)


class OwnCollection(OwnChosen):
    def choosable(self) -> Any:
        return choosable_collections_for(self.request.user)


def _views(columns: type, own: type) -> dict[str, type]:
    """The four views of a chooser: the modal, its list alone, and the answers for one and for several."""
    return {
        "choose_view_class": type("Choose", (columns, views.ChooseView), {}),
        "choose_results_view_class": type("Results", (columns, views.ChooseResultsView), {}),
        "chosen_view_class": type("Chosen", (own, views.ChosenView), {}),
        "chosen_multiple_view_class": type("ChosenMultiple", (own, views.ChosenMultipleView), {}),
    }


class ListingChooserViewSet(ChooserViewSet):
    model = "catalogue.Product"
    icon = "tag"
    choose_one_text = _("Choose a creation")
    choose_another_text = _("Choose another creation")
    base_block_class = ListingChosenBlock
    per_page = 12


class VendorChooserViewSet(ChooserViewSet):
    model = "vendors.Vendor"
    icon = "home"
    choose_one_text = _("Choose a boutique")
    choose_another_text = _("Choose another boutique")
    base_block_class = VendorChosenBlock
    per_page = 12


class CollectionChooserViewSet(ChooserViewSet):
    model = "editorial.CollectionPage"
    icon = "grid"
    choose_one_text = _("Choose a collection")
    choose_another_text = _("Choose another collection")
    base_block_class = CollectionChosenBlock
    register_widget = False
    per_page = 12


listing_chooser = ListingChooserViewSet("listing_chooser", url_prefix="listing-chooser", **_views(ListingColumns, OwnListing))
vendor_chooser = VendorChooserViewSet("vendor_chooser", url_prefix="vendor-chooser", **_views(VendorColumns, OwnVendor))
collection_chooser = CollectionChooserViewSet("collection_chooser", url_prefix="collection-chooser", **_views(CollectionColumns, OwnCollection))

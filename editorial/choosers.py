"""Choosers of the editors: a creation or a boutique, found by words, recognised by picture and price.

What is chosen crosses the shop's door as its model's name only; cards come from `shop.api`.
"""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from shop import api


class PictureColumn(Column):
    """The small picture of what can be chosen."""

    def get_value(self, instance: Any) -> SafeString | str:
        picture = instance.card.get("picture") if instance.card else None
        if not picture:
            return ""
        return format_html('<img src="{}" width="64" height="64" alt="">', picture["src_small"])


class PriceColumn(Column):
    def get_value(self, instance: Any) -> str:
        return api.price_text(instance.card)


class ListingColumns:
    request: Any

    @property
    def columns(self) -> list[Column]:
        return [
            PictureColumn("picture", label=_("Picture")),
            *super().columns,  # type: ignore[misc]
            PriceColumn("price", label=_("Price")),
            Column("vendor", label=_("Boutique"), accessor=lambda row: row.card.get("vendor", "")),
            Column("place", label=_("Place"), accessor=lambda row: row.card.get("place", "")),
        ]

    def get_object_list(self) -> Any:
        return api.choosable_listings()

    def filter_object_list(self, objects: Any) -> Any:
        words = self.request.GET.get("q", "").strip()
        return api.matching_listings(objects, words) if words else objects


class ListingChoose(ListingColumns, ChooseView):
    pass


class ListingResults(ListingColumns, ChooseResultsView):
    pass


class VendorColumns:
    @property
    def columns(self) -> list[Column]:
        return [
            PictureColumn("picture", label=_("Picture")),
            *super().columns,  # type: ignore[misc]
            Column("place", label=_("Place"), accessor=lambda row: row.card.get("place", "")),
        ]

    def get_object_list(self) -> Any:
        return api.choosable_vendors()


class VendorChoose(VendorColumns, ChooseView):
    pass


class VendorResults(VendorColumns, ChooseResultsView):
    pass


class ListingChooserViewSet(ChooserViewSet):
    model = "catalogue.Product"
    icon = "tag"
    choose_one_text = _("Choose a creation")
    choose_another_text = _("Choose another creation")
    choose_view_class = ListingChoose
    choose_results_view_class = ListingResults
    per_page = 12


class VendorChooserViewSet(ChooserViewSet):
    model = "vendors.Vendor"
    icon = "home"
    choose_one_text = _("Choose a boutique")
    choose_another_text = _("Choose another boutique")
    choose_view_class = VendorChoose
    choose_results_view_class = VendorResults
    per_page = 12


listing_chooser = ListingChooserViewSet("listing_chooser", url_prefix="listing-chooser")
vendor_chooser = VendorChooserViewSet("vendor_chooser", url_prefix="vendor-chooser")

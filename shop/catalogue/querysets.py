"""Reads of listings: what the public may see, by vendor, by category, newest first with keyset paging."""

from datetime import datetime

from django.db.models import Model, Prefetch, Q
from oscar.apps.catalogue.managers import ProductQuerySet


class ListingQuerySet(ProductQuerySet):
    def listings(self) -> "ListingQuerySet":
        """Whole listings, without the variants inside them."""
        return self.exclude(structure="child")

    def on_sale(self) -> "ListingQuerySet":
        """Published listings of open boutiques: the only door for a public page."""
        return self.listings().filter(state="published", vendor__state="approved")

    def visible_by_address(self) -> "ListingQuerySet":
        """Also paused and removed ones, whose page tells so and proposes others; never what nobody was shown."""
        return self.listings().filter(state__in=["published", "paused", "removed"], published_at__isnull=False, vendor__state="approved")

    def by(self, vendor: Model) -> "ListingQuerySet":
        return self.listings().filter(vendor=vendor)

    def in_category(self, category_id: int) -> "ListingQuerySet":
        return self.filter(category_ids__contains=[category_id])

    def newest(self) -> "ListingQuerySet":
        return self.order_by("-published_at", "-id")

    def after(self, published_at: datetime, pk: int) -> "ListingQuerySet":
        """Keyset: what follows the listing with this date and number in `newest()`."""
        return self.filter(Q(published_at__lt=published_at) | Q(published_at=published_at, id__lt=pk))

    def for_page(self) -> "ListingQuerySet":
        """With all that a listing's page shows, in a fixed number of queries."""
        return self.select_related("vendor").prefetch_related(
            "images",
            "stockrecords__price_windows",
            "personalisation_fields",
            "vendor__shipping_options",
            "categories",
            Prefetch("children", queryset=self.model.objects.filter(is_public=True).order_by("position", "pk").prefetch_related("stockrecords__price_windows").select_related("parent__vendor")),
        )

    def for_cards(self) -> "ListingQuerySet":
        return self.only("id", "card", "published_at")

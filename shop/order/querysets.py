"""Reads of orders: by vendor, by buyer, by state, with what a page shows fetched once."""

from django.db import models


class OrderQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def of_vendor(self, vendor: models.Model) -> "OrderQuerySet":
        return self.filter(vendor=vendor)

    def in_state(self, *states: str) -> "OrderQuerySet":
        return self.filter(status__in=states)

    def for_page(self) -> "OrderQuerySet":
        """With vendor, purchase, address, lines and parcels: a fixed number of queries."""
        return self.select_related("vendor", "purchase", "shipping_address__country").prefetch_related(
            "lines", "parcels__lines__line"
        )

"""Stock that cannot be sold twice: the guard is an UPDATE with its condition, and a CHECK behind it.

Overrides Oscar's StockRecord. Vanilla `allocate()` adds without looking (FAULTS 0.1); ours raises OutOfStock.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from oscar.apps.partner.abstract_models import AbstractStockRecord
from oscar.apps.partner.exceptions import InvalidStockAdjustment

from shop.partner.exceptions import OutOfStock


class StockRecord(AbstractStockRecord):
    class Meta(AbstractStockRecord.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(num_in_stock__isnull=True)
                | Q(num_allocated__isnull=True)
                | Q(num_allocated__lte=F("num_in_stock")),
                name="stock_never_allocated_twice",
            ),
            models.CheckConstraint(
                condition=Q(num_allocated__isnull=True) | Q(num_allocated__gte=0), name="stock_allocation_not_negative"
            ),
            models.CheckConstraint(condition=Q(price__isnull=True) | Q(price__gte=0), name="stock_price_not_negative"),
        ]

    def allocate(self, quantity: int) -> None:
        """Set `quantity` pieces aside in one guarded UPDATE. Raises OutOfStock when there are not as many left."""
        if quantity <= 0:
            raise ValueError("allocate() takes a positive quantity")
        if not self.can_track_allocations:
            return
        rows = type(self).objects.filter(pk=self.pk)
        if not getattr(settings, "UNSAFE_STOCK_GUARD_OFF", False):
            rows = rows.filter(num_in_stock__gte=Coalesce(F("num_allocated"), 0) + quantity)
        if not rows.update(num_allocated=Coalesce(F("num_allocated"), 0) + quantity):
            raise OutOfStock(stockrecord_id=self.pk)
        self.refresh_from_db(fields=["num_allocated"])

    def consume_allocation(self, quantity: int) -> None:
        """Pieces leave the workshop: stock and allocation go down together. Raises InvalidStockAdjustment."""
        self._change(quantity, allocated=-quantity, in_stock=-quantity)

    def cancel_allocation(self, quantity: int) -> None:
        """Pieces set aside go back on sale. Raises InvalidStockAdjustment when fewer are set aside."""
        self._change(quantity, allocated=-quantity, in_stock=0)

    def put_back(self, quantity: int) -> None:
        """Pieces that came back are on sale again; nothing where stock is not counted."""
        if not self.can_track_allocations:
            return
        type(self).objects.filter(pk=self.pk, num_in_stock__isnull=False).update(num_in_stock=F("num_in_stock") + quantity)
        self.refresh_from_db(fields=["num_in_stock"])

    def _change(self, quantity: int, *, allocated: int, in_stock: int) -> None:
        if not self.can_track_allocations:
            return
        rows = type(self).objects.filter(pk=self.pk, num_allocated__gte=quantity)
        if not rows.update(num_allocated=F("num_allocated") + allocated, num_in_stock=F("num_in_stock") + in_stock):
            raise InvalidStockAdjustment(f"Fewer than {quantity} pieces of stock record {self.pk} are set aside")
        self.refresh_from_db(fields=["num_allocated", "num_in_stock"])

    allocate.alters_data = True  # type: ignore[attr-defined]
    consume_allocation.alters_data = True  # type: ignore[attr-defined]
    cancel_allocation.alters_data = True  # type: ignore[attr-defined]
    put_back.alters_data = True  # type: ignore[attr-defined]


from oscar.apps.partner.models import *  # noqa: E402,F403  last, as Oscar's forks ask

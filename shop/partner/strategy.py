"""Which price and whether it can be bought: prices incl. VAT, by the clock; a boutique that is closed, suspended or on leave sells nothing.

Overrides Oscar's Selector. The truth about stock is the guarded UPDATE in `models.StockRecord`; this is what is shown.
"""

from typing import Any

from lapinblanc.money import split_vat
from oscar.apps.partner import availability, prices, strategy

from shop.prices.clocked import price_in_force


class NotForSale(availability.Unavailable):
    """The listing is paused or its boutique does not sell today."""


class FreeStock(availability.StockRequired):
    """Stock as the buyer sees it: what is neither sold nor set aside for somebody who is paying."""


class Strategy(strategy.UseFirstStockRecord, strategy.Structured):  # type: ignore[misc]
    def select_stockrecord(self, product: Any) -> Any:
        # `.first()` would query past the prefetch of a basket or of a page.
        records = list(product.stockrecords.all())
        return records[0] if records else None

    def pricing_policy(self, product: Any, stockrecord: Any) -> Any:
        if not stockrecord or stockrecord.price is None:
            return prices.Unavailable()
        split = split_vat(price_in_force(stockrecord), vat_rate_of(product))
        return prices.TaxInclusiveFixedPrice(
            currency=stockrecord.price_currency, excl_tax=split.excl.decimal, tax=split.vat.decimal
        )

    def availability_policy(self, product: Any, stockrecord: Any) -> Any:
        whole = product.parent if product.is_child else product
        # A whole with variants is bought by one of them: its own record rests. One that is not shown is not sold.
        resting = product.is_parent or (product.is_child and not product.is_public)
        if not stockrecord or resting or not whole.is_on_sale or whole.vendor is None or not whole.vendor.is_selling:
            return NotForSale()
        if whole.made_to_order:
            return availability.Available()
        return FreeStock(stockrecord.net_stock_level)

    def parent_pricing_policy(self, product: Any, children_stock: Any) -> Any:
        records = [record for _child, record in children_stock if record is not None and record.price is not None]
        if not records:
            return prices.Unavailable()
        return self.pricing_policy(product, min(records, key=price_in_force))

    def parent_availability_policy(self, product: Any, children_stock: Any) -> Any:
        for child, record in children_stock:
            policy = self.availability_policy(child, record)
            if policy.is_available_to_buy:
                return availability.Available()
        return NotForSale()


class Selector:
    def strategy(self, request: Any = None, user: Any = None, **kwargs: Any) -> Strategy:
        return Strategy(request)


def vat_rate_of(product: Any) -> int:
    """Basis points: the listing's own rate when its vendor owes VAT, else 0 (LAW P3)."""
    whole = product.parent if product.is_child else product
    return int(whole.vat_rate) if whole.vendor is not None and whole.vendor.vat_regime == "normal" else 0

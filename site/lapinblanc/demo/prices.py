"""Sales and codes of a few boutiques of the demo, made by the verbs of their workshop; one order that used a code."""

from datetime import timedelta

from django.test.utils import override_settings

from lapinblanc import clock
from lapinblanc.accounts.models import User
from lapinblanc.demo.house import House
from lapinblanc.demo.purchases import ADDRESSES, buy
from lapinblanc.money import Money
from shop.catalogue.joining import Piece, pieces_of
from shop.catalogue.models import Product
from shop.coupons.making import Asked, make_coupon
from shop.coupons.sales import as_invitation, make_sale, switch_due
from shop.prices.models import PriceChange
from shop.psp.providers.sandbox.models import SandboxEvent
from shop.vendors.models import Vendor

# What the pieces were offered at since long before the thirty days that the law looks at (LAW P7).
KNOWN_FOR = timedelta(days=90)
FIRST_KEY = 5_000


@override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend")
def create_prices(house: House, buyers: list[User]) -> None:
    """A sale that runs, one to come whose struck prices a code for everybody has lowered, a code for one person, an order."""
    maelle, locre = house.vendors["atelier-maelle"], house.vendors["locre-bleue"]
    owner = maelle.members.get(role="owner").user
    now = clock.now()
    with clock.at(now - timedelta(days=12)):
        make_coupon(vendor=maelle, by=owner, asked=Asked(code="MERCI10", kind="percent", percent=10, minimum=Money(3000), most_uses=100, most_per_person=1))
        make_coupon(vendor=maelle, by=owner, asked=Asked(code="POUR-ALICE", kind="shipping", is_personal=True, people=[buyers[0].email], most_per_person=1))
    _sale(maelle, "Les bols de janvier", percent=20, starts_in=6, lasts=14, number=5)
    _sale(locre, "Fin de fournée", percent=15, starts_in=-2, lasts=12, number=4)
    switch_due()
    bought = Product.objects.on_sale().filter(vendor=maelle, sellable=True, structure="standalone", price_cents__gte=4000).order_by("pk").first()
    if bought is not None:
        buy(buyers[1], [bought.pk], ADDRESSES[1], now - timedelta(days=2), key=FIRST_KEY, codes={maelle.pk: "MERCI10"})
    SandboxEvent.objects.update(delivered=1)


def _sale(vendor: Vendor, title: str, *, percent: int, starts_in: int, lasts: int, number: int) -> None:
    """Agreed three days before it starts, on the first pieces of a boutique."""
    starts = clock.now() + timedelta(days=starts_in)
    with clock.at(min(starts - timedelta(days=3), clock.now())):
        asked = as_invitation(key="vente:0", title=title, starts_at=starts, ends_at=starts + timedelta(days=lasts))
        pieces: list[Piece] = pieces_of(vendor=vendor, invitation=asked)[:number]
        PriceChange.objects.bulk_create(
            PriceChange(stockrecord_id=piece.stockrecord_id, price_cents=piece.usual.cents, at=starts - KNOWN_FOR) for piece in pieces
        )
        prices = {piece.stockrecord_id: piece.usual - piece.usual.share(percent * 100) for piece in pieces}
        owner = vendor.members.get(role="owner").user
        make_sale(vendor=vendor, title=title, starts_at=starts, ends_at=starts + timedelta(days=lasts), prices=prices, by=owner)

"""Purchases of the demo in every state, made by the same verbs as a buyer's: checkout, sandbox payment, parcels, returns.

Mails are kept quiet while loading; dates lie in the past weeks.
"""

import json
import random
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.test.utils import override_settings
from oscar.core.loading import get_model

from editorial.models import StoryPage
from lapinblanc import clock
from lapinblanc.accounts.models import User
from lapinblanc.demo.catalogue import boutique_files
from shop.baskets.contents import add_listing
from shop.baskets.pricing import quote_basket
from shop.catalogue.freezing import freeze_listings
from shop.catalogue.models import Product
from shop.catalogue.reviews.models import ProductReview
from shop.checkout.models import CheckoutSession
from shop.checkout.placement import settle
from shop.checkout.sessions import CheckoutRequest, start_checkout
from shop.order import states
from shop.order.models import Line, Order, Purchase
from shop.psp.providers.sandbox import bank
from shop.psp.providers.sandbox.cards import CARDS
from shop.psp.providers.sandbox.models import SandboxEvent

COUNT = 36
ADDRESSES = (
    ("12 rue des Lilas", "35000", "Rennes"),
    ("4 place Bellecour", "69002", "Lyon"),
    ("27 rue Sainte-Catherine", "33000", "Bordeaux"),
    ("8 quai Kléber", "67000", "Strasbourg"),
    ("15 rue de Nantes", "44000", "Nantes"),
    ("3 impasse du Moulin", "29000", "Quimper"),
)
# What becomes of the orders, in turn.
FATES = ("delivered", "delivered", "shipped", "delivered", "making", "placed", "cancelled", "delivered", "returned", "part")


@override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend")
def create_purchases(buyers: list[User]) -> None:
    """COUNT purchases over sixty days, orders in every state, reviews of what was delivered."""
    rng = random.Random(2017)  # noqa: S311  the same demo every time
    listings = list(
        Product.objects.on_sale().filter(sellable=True, vendor__leave_from__isnull=True, structure="standalone")
        .order_by("id").values_list("pk", "vendor_id")
    )
    numbers = iter(range(10_000))
    for index in range(COUNT):
        moment = clock.now() - timedelta(days=60 - index * 58 // COUNT, hours=index % 9)
        buyer = buyers[index % len(buyers)]
        chosen = _two_boutiques(listings, rng)
        listings = [row for row in listings if row[0] not in chosen]  # a single piece sells once
        purchase = buy(buyer, chosen, ADDRESSES[index % len(ADDRESSES)], moment, key=index)
        if purchase is not None:
            for order in purchase.orders.order_by("position"):
                _lead(order, FATES[next(numbers) % len(FATES)], moment)
    SandboxEvent.objects.update(delivered=1)
    _review(buyers, rng)


def _two_boutiques(listings: list[tuple[int, int]], rng: random.Random) -> list[int]:
    first = rng.choice(listings)
    second = rng.choice([row for row in listings if row[1] != first[1]])
    return [first[0], second[0]]


def buy(
    buyer: User, products: list[int], address: tuple[str, str, str], moment: datetime, *, key: int, codes: dict[int, str] | None = None
) -> Purchase | None:
    """One purchase at a moment, paid; `codes` by number of the boutique. None when something can no longer be bought."""
    basket = get_model("basket", "Basket").objects.create(owner=None)
    # Whoever buys from a boutique with a story came from it.
    stories = dict(StoryPage.objects.live().filter(locale__language_code="fr", vendor__isnull=False).values_list("vendor_id", "pk"))
    with clock.at(moment):
        for product in Product.objects.filter(pk__in=products).select_related("vendor"):
            values = {
                field.label: field.choices[0] if field.choices else ("38" if field.kind == "measure" else "Zoé")[: field.max_length]
                for field in product.personalisation_fields.all()
            }
            add_listing(basket=basket, product=product, quantity=1, personalisation=values, read_in=stories.get(product.vendor_id or 0))
        quote = quote_basket(basket, codes=codes)
        asked = CheckoutRequest(
            key=UUID(int=key + 1),
            email=buyer.email,
            address={
                "first_name": buyer.first_name,
                "last_name": buyer.last_name,
                "line1": address[0],
                "line4": address[2],
                "postcode": address[1],
                "phone_number": "",
                "country": "FR",
            },
            shown_total=quote.total,
            codes=codes or {},
        )
        if quote.problems:
            return None
        start_checkout(basket=basket, buyer=buyer, asked=asked)
        session = CheckoutSession.objects.select_related("payment").get(key=asked.key)
        payment = session.payment
        if payment is None:
            return None
        bank.pay(reference=payment.reference, card=CARDS[0])
        return settle(payment=payment)


def _lead(order: Order, fate: str, moment: datetime) -> None:
    """Move an order towards its end, a few days apart; the newest ones stay where they are."""
    def later(days: int) -> datetime:
        return min(moment + timedelta(days=days), clock.now())

    if fate == "placed" or moment > clock.now() - timedelta(days=3):
        return
    if fate == "cancelled":
        with clock.at(later(1)):
            states.cancel(order=order, reason="La pièce s’est fendue à la cuisson.")
        return
    with clock.at(later(1)):
        states.start_making(order=order)
    if fate == "making":
        return
    with clock.at(later(3)):
        states.ship(order=order, carrier="Colissimo", tracking=f"6A{order.pk:011d}")
    if fate == "shipped":
        return
    with clock.at(later(6)):
        states.deliver(order=order)
    if fate == "returned":
        with clock.at(later(12)):
            states.take_back(order=order, reason="Trop grand pour l’étagère.")


def _review(buyers: list[User], rng: random.Random) -> None:
    """One review for each delivered line, by its buyer, in words that fit what was bought; none when no words are left."""
    texts = json.loads((settings.ROOT / "fixtures" / "demo" / "reviews.json").read_text(encoding="utf-8"))
    rng.shuffle(texts)
    kinds = {row["slug"]: row["picture_kind"] for facts in boutique_files() for row in facts["listings"]}
    touched = []
    for line in Line.objects.filter(order__status="delivered").select_related("order__user", "product").order_by("pk"):
        product: Any = line.product
        text = next((text for text in texts if kinds.get(product.slug) in text["craft_kinds"]), None)
        if text is None:
            continue
        texts.remove(text)
        user = line.order.user
        ProductReview.objects.create(
            product=product,
            user=user,
            name=f"{user.first_name} {user.last_name[0]}.",
            score=text["score"],
            title=text["title"],
            body=text["body"],
            status=ProductReview.APPROVED,
            order_line=line,
            experienced_on=line.order.state_changed_at.date(),
            answer=text.get("answer", ""),
            answered_at=clock.now() if text.get("answer") else None,
        )
        touched.append(product.pk)
    freeze_listings(touched)

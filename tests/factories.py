"""The smallest valid objects, and the market of the personas. Amounts in cents."""

import io
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import PIL.Image
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.core.files.images import ImageFile
from lapinblanc import clock
from lapinblanc.accounts.models import User
from lapinblanc.money import Money
from lapinblanc.search.indexing import apply_everywhere
from oscar.core.loading import get_model

from editorial.authorship.roles import Role, apply_roles, group_of
from editorial.images.models import Picture
from shop.baskets.contents import add_listing
from shop.baskets.pricing import quote_basket
from shop.catalogue.freezing import freeze_listings, freeze_vendor
from shop.catalogue.models import Category, PersonalisationField, Product, ProductClass
from shop.checkout.models import CheckoutSession
from shop.checkout.placement import settle
from shop.checkout.sessions import CheckoutRequest, start_checkout
from shop.compliance.branches import LABELS
from shop.coupons.making import Asked, make_coupon
from shop.coupons.models import Coupon, Sale
from shop.coupons.sales import make_sale
from shop.funding.models import Pledge, Project, Tier
from shop.funding.pledging import PledgeRequest, start_pledge
from shop.funding.settling import settle_pledge
from shop.messaging.files import Kept
from shop.messaging.models import Conversation, Template
from shop.messaging.writing import about_order, begin, write
from shop.order.models import Order, Purchase
from shop.partner.models import StockRecord
from shop.psp.models import ProviderAccount
from shop.psp.providers.sandbox import bank
from shop.psp.providers.sandbox.cards import CARDS
from shop.shipping.models import ShippingOption
from shop.vendors.models import TeamMember, Vendor

PASSWORD = "a-long-enough-password"
ADDRESS = {
    "first_name": "Claire",
    "last_name": "Martin",
    "line1": "3 rue du Port",
    "line4": "Pleudihen-sur-Rance",
    "postcode": "22690",
    "phone_number": "",
    "country": "FR",
}


def person(name: str, **fields: Any) -> User:
    user = User.objects.create_user(f"{name}@example.org", PASSWORD, first_name=name.capitalize(), last_name="Martin", **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def boutique(slug: str, owner: User | None = None, **fields: Any) -> Vendor:
    """An open micro-enterprise with one shipping option: 6.90, 1.50 for each further piece."""
    facts: dict[str, Any] = {
        "name": slug.replace("-", " ").title(),
        "state": "approved",
        "legal_status": "micro",
        "legal_name": f"{slug} EI",
        "siret": f"{abs(hash(slug)) % 10**14:014d}",
        "vat_regime": "franchise",
        "street": "3 rue du Port",
        "postcode": "22690",
        "city": "Plouër-sur-Rance",
        "department": "22",
        "email": f"{slug}@example.org",
        "mediator": "Médiation d’essai, 1 rue de la Paix, 75002 Paris, mediation.example",
        "charter_signed_at": clock.now(),
        "charter_version": "2026-11",
        "idu": dict.fromkeys(LABELS, "FR123456_01TEST"),
    } | fields
    vendor = Vendor.objects.create(partner=get_model("partner", "Partner").objects.create(name=slug), slug=slug, **facts)
    ShippingOption.objects.create(vendor=vendor, code="suivi", label="Colissimo", base_cents=690, per_extra_cents=150)
    ShippingOption.objects.create(vendor=vendor, code="relais", label="Relais", kind="relay", base_cents=420, position=1)
    if owner is not None:
        TeamMember.objects.create(vendor=vendor, user=owner)
    if vendor.state == "approved":
        paid_at(vendor)
    freeze_vendor(vendor)
    return vendor


def paid_at(vendor: Vendor, state: str = "enabled", **fields: Any) -> ProviderAccount:
    """A vendor's account at the sandbox, as we know it; the sandbox's own books are left empty."""
    facts = {"holder_kind": vendor.legal_status, "holder_name": vendor.legal_name, "bank_name": "La Banque Postale", "iban_last4": "2606", "enabled_at": clock.now()}
    return ProviderAccount.objects.create(vendor=vendor, provider="sandbox", reference=f"acct_{vendor.slug}", state=state, **facts | fields)


def category() -> Category:
    root = Category.objects.filter(slug="creations", depth=1).first() or Category.add_root(name="Créations", slug="creations")
    found = Category.objects.filter(slug="bols").first()
    return found or root.add_child(name="Bols", slug="bols")


def listing(vendor: Vendor, title: str = "Bol", *, price: int = 2800, stock: int | None = 5, **fields: Any) -> Product:
    """A published listing; `stock` None is made to order."""
    made = stock is None
    facts: dict[str, Any] = {
        "title": title,
        "slug": title.lower().replace(" ", "-"),
        "summary": "Un bol.",
        "description": "Un bol de grès, tourné à la main.",
        "state": "published",
        "published_at": clock.now(),
        "materials": ["grès"],
        "colours": ["blanc"],
        "made_to_order": made,
        "product_class": ProductClass.objects.get(slug="made-to-order" if made else "stocked"),
    } | fields
    product = Product.objects.create(vendor=vendor, structure="standalone", **facts)
    product.categories.add(category())
    StockRecord.objects.create(
        product=product, partner_id=vendor.partner_id, partner_sku=str(product.pk), price=Money(price).decimal, num_in_stock=stock
    )
    freeze_listings([product.pk])
    product.refresh_from_db()
    return product


def picture(*, size: tuple[int, int] = (640, 480), **fields: Any) -> Any:
    """A picture of the editorial house, in the root collection unless told otherwise; without renditions."""
    buffer = io.BytesIO()
    PIL.Image.new("RGB", size, "tomato").save(buffer, "WEBP")
    facts: dict[str, Any] = {"title": "Un bol", "alt": "Un bol bleu"} | fields
    made = Picture(file=ImageFile(io.BytesIO(buffer.getvalue()), name=f"{uuid4().hex}.webp"), **facts)
    made._set_image_file_metadata()
    made.save()
    return made


def staff(role: Role, name: str) -> User:
    """A person of the editorial house with the rights of a role."""
    apply_roles()
    user = person(name)
    user.groups.add(group_of(role))
    return user


def admitted(name: str) -> User:
    """Somebody who may enter the editors' admin, and has no right there."""
    user = person(name)
    user.user_permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    return user


def indexed() -> int:
    """Let the search read what changed, as the job does every two seconds."""
    return apply_everywhere()


def field(product: Product, label: str = "Prénom", **fields: Any) -> PersonalisationField:
    return PersonalisationField.objects.create(product=product, label=label, **({"required": True, "max_length": 12} | fields))


def basket(*lines: Any, owner: User | None = None) -> Any:
    """A basket of (product, quantity) or (product, quantity, personalisation)."""
    made = get_model("basket", "Basket").objects.create(owner=owner)
    for product, quantity, *values in lines:
        add_listing(basket=made, product=product, quantity=quantity, personalisation=values[0] if values else {})
    return made


def request_for(filled: Any, *, key: UUID | None = None, **fields: Any) -> CheckoutRequest:
    """What the checkout page would send for this basket."""
    facts: dict[str, Any] = {"email": "claire@example.org", "address": ADDRESS, "shown_total": quote_basket(filled).total} | fields
    return CheckoutRequest(key=key or uuid4(), **facts)


def pay(session: CheckoutSession, card: int = 0) -> None:
    """Pay at the sandbox, without coming back to the shop."""
    session.refresh_from_db()
    assert session.payment is not None
    bank.pay(reference=session.payment.reference, card=CARDS[card])


def started(filled: Any, *, buyer: Any = None, **fields: Any) -> CheckoutSession:
    """A checkout up to the provider's page."""
    asked = request_for(filled, **fields)
    start_checkout(basket=filled, buyer=buyer, asked=asked)
    return CheckoutSession.objects.select_related("payment").get(key=asked.key)


def bought(*lines: Any, buyer: User | None = None, **fields: Any) -> Purchase:
    """A purchase, paid and placed."""
    session = started(basket(*lines), buyer=buyer, **fields)
    pay(session)
    assert session.payment is not None
    purchase = settle(payment=session.payment)
    assert purchase is not None
    return purchase


def code(vendor: Vendor, written: str = "MERCI10", **facts: Any) -> Coupon:
    """A code: ten per cent off everything of a boutique, unless told otherwise."""
    return make_coupon(vendor=vendor, asked=Asked(**({"code": written, "kind": "percent", "percent": 10} | facts)), by=None)


def sale(vendor: Vendor, *, cents: int = 4000, **fields: Any) -> Sale:
    """A sale that starts in two days, for ten, with every piece of the boutique at one price."""
    starts = clock.now() + timedelta(days=2)
    facts: dict[str, Any] = {"title": "Avant Noël", "starts_at": starts, "ends_at": starts + timedelta(days=10)} | fields
    records = StockRecord.objects.filter(partner=vendor.partner_id).values_list("pk", flat=True)
    return make_sale(vendor=vendor, prices=facts.pop("prices", dict.fromkeys(records, Money(cents))), by=None, **facts)
def conversation(order: Order, *, text: str = "Bonjour, quand part ma commande ?") -> Conversation:
    """What a buyer wrote about an order, with a picture; the boutique has a template."""
    made = about_order(order=order)
    files = [Kept("picture", "photo.webp", b"RIFF", 2, 2)]
    write(conversation=made, side="buyer", author=order.user, text=text, key=uuid4(), files=files)
    Template.objects.create(vendor=order.vendor, title="Merci", text="Bonjour {prénom}, votre commande {commande} part demain.")
    return made


def conversation_about(vendor: Vendor, buyer: User, *, text: str = "Bonjour") -> Conversation:
    """A question to a boutique, about nothing in particular."""
    return begin(vendor=vendor, buyer=buyer, text=text, key=uuid4())


def project(vendor: Vendor, **fields: Any) -> Project:
    """A funding open since yesterday, for ten days: a goal of 500 €."""
    facts: dict[str, Any] = {
        "slug": "un-four", "title": "Un four", "summary": "Un four pour tout l’atelier.", "goal_cents": 50_000, "state": "open",
        "opens_at": clock.now() - timedelta(days=1), "closes_at": clock.now() + timedelta(days=10),
    } | fields
    return Project.objects.create(vendor=vendor, **facts)


def tier(project: Project, title: str = "Un bol", *, amount: int = 4500, limit: int | None = None, **fields: Any) -> Tier:
    facts = {"delivery_month": date(2027, 6, 1), "description": "Un bol de la première fournée."} | fields
    return Tier.objects.create(project=project, title=title, amount_cents=amount, limit=limit, **facts)


def pledge_for(*, tier: Tier | None = None, amount: int = 2000, key: UUID | None = None, **fields: Any) -> PledgeRequest:
    """What the page would send: a tier, or a free amount."""
    facts: dict[str, Any] = {
        "email": "claire@example.org", "name": "Claire Martin", "address": ADDRESS, "tier_id": tier.pk if tier else None,
        "shown_total": Money(tier.amount_cents if tier else amount),
    } | fields
    return PledgeRequest(key=key or uuid4(), **facts)


def pledge_started(project: Project, *, backer: Any = None, **fields: Any) -> Pledge:
    """A pledge up to the provider's page."""
    asked = pledge_for(**fields)
    start_pledge(project=project, backer=backer, asked=asked)
    return Pledge.objects.select_related("payment", "project").get(key=asked.key)


def pledged(project: Project, *, card: int = 0, backer: Any = None, **fields: Any) -> Pledge:
    """A pledge, confirmed at the sandbox and settled."""
    pledge = pledge_started(project, backer=backer, **fields)
    assert pledge.payment is not None
    bank.pay(reference=pledge.payment.reference, card=CARDS[card])
    return settle_pledge(pledge)


def judged(vendor: Vendor, *, by: User) -> Any:
    """A warning to this boutique, and a place as a peer in somebody's application."""
    from shop.moderation import targets
    from shop.moderation.cases import open_case
    from shop.moderation.deciding import Verdict, decide
    from shop.moderation.models import Draw, PeerReview

    target = targets.find("vendor", vendor.pk)
    assert target is not None
    made = decide(case=open_case(target=target, origin="operator"), by=by, verdict=Verdict("warn", "resale", "Une photo de catalogue."))
    applicant = boutique(f"candidate-{vendor.slug}", state="applied")
    asked = targets.find("vendor", applicant.pk)
    assert asked is not None
    case = open_case(target=asked, origin="application")
    draw = Draw.objects.create(case=case, seed="x", candidates=[vendor.pk], chosen=[vendor.pk])
    PeerReview.objects.create(case=case, draw=draw, vendor=vendor, due_at=clock.now() + timedelta(days=5))
    return made


@dataclass
class Market:
    """The personas and their boutiques."""

    alice: User
    basile: User
    camille: User
    dora: User
    eve: User
    ocre: Vendor
    sel: Vendor
    bowl: Product
    mug: Product

    @classmethod
    def build(cls) -> "Market":
        get_model("address", "Country").objects.update_or_create(
            iso_3166_1_a2="FR", defaults={"printable_name": "France", "name": "France", "is_shipping_country": True}
        )
        basile, camille = person("basile"), person("camille")
        ocre, sel = boutique("ocre", basile), boutique("sel", camille)
        bowl, mug = listing(ocre, "Bol ocre", price=5600), listing(sel, "Mug de sel", price=12000)
        for vendor in (ocre, sel):
            freeze_vendor(vendor)
        return cls(
            alice=person("alice"), basile=basile, camille=camille, dora=person("dora", is_staff=True, is_superuser=True),
            eve=person("eve"), ocre=ocre, sel=sel, bowl=bowl, mug=mug,
        )

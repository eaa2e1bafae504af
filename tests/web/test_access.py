"""Every address of the site × everybody: who is not meant to see it gets nothing, and nothing changes (FAULTS S1-S5)."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import serializers
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from lapinblanc import clock
from oscar.core.loading import get_model

from shop.bulk import preparing
from shop.bulk.actions import Action
from shop.bulk.models import Change
from shop.catalogue.models import Product, ProductImage
from shop.catalogue.reviews.models import ProductReview
from shop.coupons.models import Coupon, Sale
from shop.exporting.models import ExportRun
from shop.funding.models import Project, Tier, Update
from shop.importing.models import ImportLine, ImportRun
from shop.messaging.models import Attachment, Conversation, InboxSettings, Message, Template
from shop.moderation.models import Appeal, Decision, PeerReview
from shop.opening.models import Application, MakingPicture
from shop.order import states
from shop.order.leaving import Removal, Withdrawal
from shop.order.models import Order
from shop.prices.models import PriceWindow
from shop.shipping.models import ShippingOption
from shop.vendors.models import Fair, Section, TeamInvitation, TeamMember, Vendor
from tests import factories as make
from tests.factories import Market
from tests.web.policies import (
    ACCOUNT,
    DASHBOARD_DOORS,
    EDITOR,
    EDITOR_PREFIX,
    OPERATOR,
    OPERATOR_PREFIX,
    POLICIES,
    VENDOR,
)

pytestmark = pytest.mark.django_db
METHODS = ("get", "post", "put", "delete")
DENIED = {302, 403, 404, 405}


def walk(resolver: Any, prefix: str = "/", namespaces: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """(route, qualified name) of every address."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from walk(pattern, route, inner)
        elif isinstance(pattern, URLPattern):
            yield route, ":".join((*namespaces, pattern.name or ""))


ADDRESSES = sorted(set(walk(get_resolver())))


def policy_of(route: str, name: str) -> str | None:
    if name in DASHBOARD_DOORS:
        return "public"
    if route.startswith(EDITOR_PREFIX):
        return EDITOR
    if route.startswith(OPERATOR_PREFIX):
        return OPERATOR
    return POLICIES.get(name) or POLICIES.get(name.split(":", maxsplit=1)[0])


def test_every_address_has_a_declared_policy() -> None:
    undeclared = [f"{route} ({name})" for route, name in ADDRESSES if policy_of(route, name) is None]
    assert undeclared == []
    assert len(ADDRESSES) > 250


def filled(route: str, values: dict[str, Any]) -> str:
    """A route with real numbers in the places of its arguments."""
    route = re.sub(r"\(\?P<(\w+)>[^()]*(?:\([^()]*\)[^()]*)*\)", lambda m: str(values.get(m.group(1), 1)), route)
    route = re.sub(r"<(?:(\w+):)?(\w+)>", lambda m: str(values.get(m.group(2), uuid4() if m.group(1) == "uuid" else 1)), route)
    return re.sub(r"[\^$\\]|\\Z|\(\?:.*?\)\??", "", route).replace("\\Z", "").replace("Z", "")


@pytest.fixture
def shop(market: Market) -> Market:
    """Each boutique has an order, a picture, two shipping options and a team member; nothing of it is the other's."""
    for product in (market.bowl, market.mug):
        ProductImage.objects.create(product=product, original="x.webp", alt="Un bol", width=10, height=10)
    for vendor in (market.ocre, market.sel):
        TeamMember.objects.create(vendor=vendor, user=make.person(f"help-{vendor.slug}"), role="orders")
        make.tier(make.project(vendor, slug=f"four-{vendor.slug}"))
        made = MakingPicture(application=Application.objects.create(vendor=vendor), width=1, height=1)
        made.file.save("mains.webp", ContentFile(b"x"))
        make.sale(vendor)
        make.code(vendor)
        Section.objects.create(vendor=vendor, name="Hiver")
        TeamInvitation.objects.create(vendor=vendor, email="nina@example.org", role="manager")
        Fair.objects.create(vendor=vendor, name="Salon", place="Rennes", starts_on=clock.today(), ends_on=clock.today())
        ExportRun.objects.create(vendor=vendor, state="done", file="x.zip", size=1, expires_at=clock.now() + timedelta(days=1))
        run = ImportRun.objects.create(vendor=vendor, filename=f"{vendor.slug}.csv", format="etsy", state="done", stage="importing", digest="x")
        ImportLine.objects.create(run=run, number=1, key="x", outcome="imported", pictures=[["https://x.example/a.jpg", "", []]])
        preparing.prepare(vendor=vendor, by=None, products=Product.objects.filter(vendor=vendor), action=Action("price_set", 100))
        ProductReview.objects.create(product=Product.objects.get(vendor=vendor), score=4, title="Bien", body="Bien.")
        make.judged(vendor, by=market.dora)
    purchase = make.bought((market.bowl, 1), (market.mug, 1), buyer=market.alice)
    for order in purchase.orders.all():
        make.conversation(order)
    return market


def values_of(vendor: Vendor) -> dict[str, dict[str, Any]]:
    """Arguments of the workshop's addresses for the things of one boutique, by name of the address, with its namespace where two have the same."""
    order = Order.objects.get(vendor=vendor)
    product = Product.objects.get(vendor=vendor)
    image = product.images.get()
    listing = {"pk": product.pk, "picture": image.pk}
    tier = Tier.objects.get(project__vendor=vendor)
    funding = {"slug": tier.project.slug, "pk": tier.pk}
    attached = Attachment.objects.get(message__conversation__vendor=vendor)
    written = {"pk": attached.message.conversation_id, "file": attached.pk}
    return {
        "listing_restore": {"pk": product.pk, "revision": 1},
        "decision": {"pk": Decision.objects.get(case__vendor=vendor).pk},
        **dict.fromkeys(("peer", "peer_picture"), {"pk": PeerReview.objects.get(vendor=vendor).pk, "key": 1}),
        **dict.fromkeys(("funding", "funding_tell", "funding_send", "funding_arrived"), funding),
        **dict.fromkeys(("exporting:progress", "exporting:cancel", "exporting:again", "exporting:download"), {"pk": vendor.exports.get(state="done").pk, "number": order.number}),
        **dict.fromkeys(("progress", "cancel", "again", "download"), {"pk": vendor.exports.get(state="done").pk, "number": order.number}),
        **dict.fromkeys(("making", "making_remove"), {"pk": vendor.application.pictures.get().pk}),
        **dict.fromkeys(("section", "section_move", "section_remove"), {"pk": vendor.sections.get().pk}),
        **dict.fromkeys(("shipping_edit", "shipping_move"), {"pk": ShippingOption.objects.filter(vendor=vendor).first().pk}),
        "team_role": {"pk": vendor.members.exclude(role="owner").get().pk},
        "team_withdraw": {"pk": vendor.invitations.get().pk},
        "fair_remove": {"pk": vendor.fairs.get().pk},
        "order": {"number": order.number},
        **dict.fromkeys(("bulk:change", "bulk:progress", "bulk:confirm", "bulk:undo", "bulk:again"), {"pk": Change.objects.get(vendor=vendor).pk}),
        **dict.fromkeys((f"importing:{name}" for name in ("run", "attempt", "go", "pictures", "progress", "cancel", "again", "undo", "report")), {"pk": vendor.imports.get().pk}),
        "answer": {"pk": ProductReview.objects.get(product=product).pk},
        "listing": listing,
        **dict.fromkeys(("sale", "sale_stop"), {"pk": vendor.sales.get().pk}),
        "code_stop": {"pk": vendor.coupons.get().pk},
        **dict.fromkeys(("inbox_thread", "inbox_aside", "inbox_file"), written),
        **dict.fromkeys(("inbox_template", "inbox_template_remove"), {"pk": Template.objects.get(vendor=vendor).pk}),
        "shipping_remove": {"pk": ShippingOption.objects.filter(vendor=vendor).first().pk},
        "team_remove": {"pk": vendor.members.exclude(role="owner").get().pk},
    }


def everything() -> str:
    """All that a request could change, as text."""
    models = [
        Appeal,
        Application,
        Change,
        Conversation,
        Coupon,
        Decision,
        ExportRun,
        Fair,
        ImportLine,
        ImportRun,
        InboxSettings,
        MakingPicture,
        Message,
        Order,
        PeerReview,
        PriceWindow,
        Product,
        ProductImage,
        ProductReview,
        Project,
        Removal,
        Sale,
        Section,
        ShippingOption,
        TeamInvitation,
        TeamMember,
        Template,
        Tier,
        Update,
        Vendor,
        Withdrawal,
        get_model("partner", "StockRecord"),
    ]
    return "".join(serializers.serialize("json", model.objects.order_by("pk")) for model in models)


WORKSHOP = [(route, name) for route, name in ADDRESSES if policy_of(route, name) == VENDOR]


@pytest.mark.parametrize(("route", "name"), WORKSHOP)
def test_another_boutique_s_things_do_not_exist(shop: Market, route: str, name: str) -> None:
    foreign = values_of(shop.sel)
    short = name.split(":")[1]
    arguments = {**foreign["order"], **foreign["listing"], **foreign.get(short, {}), **foreign.get(name, {})}
    address = filled(route, arguments)
    basile, before = client_of(shop.basile), everything()
    for method in METHODS:
        answer = getattr(basile, method)(address, data_for(short))
        if "<" in route:
            assert answer.status_code in (404, 405), (method, address, answer.status_code)
        else:
            assert b"sel" not in answer.content.replace(b"select", b"").lower() or b"mug de sel" not in answer.content.lower()
    if "<" in route:
        assert everything() == before


@pytest.mark.parametrize(("route", "name"), WORKSHOP)
@pytest.mark.parametrize("who", ["nobody", "alice", "eve"])
def test_the_workshop_is_closed_to_everybody_else(shop: Market, route: str, name: str, who: str) -> None:
    own = values_of(shop.ocre)
    address = filled(route, {**own["order"], **own["listing"], **own.get(name.split(":")[1], {}), **own.get(name, {})})
    client = Client() if who == "nobody" else client_of(getattr(shop, who))
    before = everything()
    for method in METHODS:
        answer = getattr(client, method)(address, data_for(name.split(":")[1]))
        assert answer.status_code in DENIED, (method, address, answer.status_code)
        if answer.status_code == 302:
            assert "/compte/login/" in answer.url or answer.url == "/atelier/ouvrir/"
    assert everything() == before


@pytest.mark.parametrize(("route", "name"), WORKSHOP)
def test_a_helper_sees_orders_alone(shop: Market, route: str, name: str) -> None:
    own = values_of(shop.ocre)
    short = name.split(":")[1]
    helper = client_of(TeamMember.objects.get(vendor=shop.ocre, role="orders").user)
    answer = helper.get(filled(route, {**own["order"], **own["listing"], **own.get(short, {}), **own.get(name, {})}))
    meant = short in {"today", "orders", "order", "team_leave"} or (name.startswith("inbox:") and not short.endswith(("_remove", "_aside")))
    assert (answer.status_code == 200) is meant, (short, answer.status_code)


OPERATORS = [(route, name) for route, name in ADDRESSES if policy_of(route, name) == OPERATOR]


@pytest.mark.parametrize("who", ["nobody", "alice", "basile", "camille"])
def test_the_operators_back_office_is_theirs_alone(shop: Market, who: str) -> None:
    """Oscar's dashboard too: FAULTS 0.2 let a seller cancel another's lines there."""
    client = Client() if who == "nobody" else client_of(getattr(shop, who))
    order = Order.objects.get(vendor=shop.sel)
    line = order.lines.get()
    arguments = {"number": order.number, "line_id": line.pk, "pk": shop.mug.pk, "order_number": order.number}
    before = everything()
    for route, name in OPERATORS:
        for method in ("get", "post"):
            answer = getattr(client, method)(filled(route, arguments), {"order_action": "change_line_statuses", "selected_line": line.pk})
            assert answer.status_code in DENIED, (route, name, method, answer.status_code)
    assert everything() == before


@pytest.mark.parametrize("page", ["", "orders/", "catalogue/", "partners/", "users/", "reviews/", "boutiques/", "travaux/"])
def test_an_operator_reads_the_back_office(shop: Market, page: str) -> None:
    assert client_of(shop.dora).get(f"/gestion/{page}").status_code == 200


def test_oscar_s_own_doors_are_not_there(shop: Market) -> None:
    client = Client()
    for address in ("/accounts/login/", "/accounts/register/", "/accounts/profile/edit/", "/dashboard/", "/basket/", "/checkout/", "/gestion/login/", "/catalogue/", "/search/"):
        assert client.get(address).status_code == 404, address
    assert client.get("/gestion/entree/").url == "/compte/login/"


@pytest.mark.parametrize("who", ["nobody", "alice", "basile"])
def test_the_editors_admin_is_closed_to_buyers_and_vendors(shop: Market, who: str) -> None:
    client = Client() if who == "nobody" else client_of(getattr(shop, who))
    for route, name in ADDRESSES:
        if policy_of(route, name) == EDITOR and "<" not in route and "(" not in route:
            answer = client.get(filled(route, {}))
            assert answer.status_code in DENIED or "/login/" in route or "password_reset" in route or "jsi18n" in route or "sprite" in route, (route, answer.status_code)


def test_a_purchase_is_shown_to_its_address_alone(shop: Market) -> None:
    purchase = Order.objects.first().purchase
    assert Client().get(f"/achats/{purchase.token}/").status_code == 200
    for wrong in (purchase.number, purchase.token[:-1] + "x", str(purchase.pk)):
        assert client_of(shop.eve).get(f"/achats/{wrong}/").status_code == 404
    assert b"LB-" not in client_of(shop.eve).get("/achats/").content
    assert purchase.number.encode() in client_of(shop.alice).get("/achats/").content


def test_ids_inside_a_form_are_not_believed(shop: Market) -> None:
    """S2: lines of another boutique named in one's own parcel form."""
    mine, theirs = Order.objects.get(vendor=shop.ocre), Order.objects.get(vendor=shop.sel)
    foreign = theirs.lines.get()
    answer = client_of(shop.basile).post(f"/atelier/commandes/{mine.number}/expedier/", {"carrier": "x", f"line-{foreign.pk}": "1"})
    assert answer.status_code == 422
    assert not mine.parcels.exists()
    assert states.left_to_ship(theirs) == {foreign.pk: 1}


def test_a_form_sets_what_it_shows_and_nothing_else(shop: Market) -> None:
    """S4: fields of the model that no form shows."""
    before = Vendor.objects.get(pk=shop.ocre.pk)
    extra = {"state": "closed", "slug": "sel2", "vat_regime": "normal", "partner": shop.sel.partner_id, "psp_account": "acct_eve", "is_staff": "1"}
    data = {"name": "Ocre", "email": "ocre@example.org", "tagline": "Nouvelle ligne", **extra}
    assert client_of(shop.basile).post("/atelier/boutique/", data).status_code == 302
    after = Vendor.objects.get(pk=shop.ocre.pk)
    assert after.tagline == "Nouvelle ligne"
    for name in ("state", "slug", "vat_regime", "partner_id", "psp_account"):
        assert getattr(after, name) == getattr(before, name)


def test_unsafe_requests_need_their_token(shop: Market) -> None:
    """S5: every address that changes something refuses a form from elsewhere; the signed events are the exception."""
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(shop.basile, backend="allauth.account.auth_backends.AuthenticationBackend")
    own = values_of(shop.ocre)
    before = everything()
    for route, name in [*WORKSHOP, ("/panier/ajouter/", "basket:add"), ("/panier/modifier/", "basket:change"), ("/compte/login/", "account_login")]:
        short = name.split(":")[-1]
        answer = strict.post(filled(route, {**own["order"], **own["listing"], **own.get(short, {})}), data_for(short))
        assert answer.status_code in (403, 405), (route, answer.status_code)
    assert everything() == before


def test_drafts_and_closed_boutiques_have_no_public_page(shop: Market) -> None:
    address = shop.bowl.get_absolute_url()
    assert Client().get(address).status_code == 200
    Product.objects.filter(pk=shop.bowl.pk).update(state="draft")
    assert Client().get(address).status_code == 404
    Product.objects.filter(pk=shop.bowl.pk).update(state="paused")
    assert Client().get(address).status_code == 410
    Product.objects.filter(pk=shop.bowl.pk).update(state="published")
    Vendor.objects.filter(pk=shop.ocre.pk).update(state="suspended")
    for gone in (address, "/boutiques/ocre/"):
        assert Client().get(gone).status_code == 404
    assert b"Bol ocre" not in Client().get("/rayons/creations/").content
    assert b"bol-ocre" not in Client().get("/sitemap-creations.xml").content


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def data_for(name: str) -> dict[str, Any]:
    """A form that would change something, were it heard."""
    return {"state": "removed", "reason": "x", "carrier": "x", "name": "Volé", "email": "eve@example.org", "role": "manager", "alt": "x", "label": "x", "title": "x", "text": "x", "audience": "everybody"} if name else {}


def test_accounts_own_pages_ask_to_sign_in() -> None:
    for route, name in ADDRESSES:
        if policy_of(route, name) == ACCOUNT and "<" not in route:
            answer = Client().get(filled(route, {}))
            assert answer.status_code == 302, (route, answer.status_code)
            assert "/compte/login/" in answer.url

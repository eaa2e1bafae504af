"""The editors' reports: who reads them, what they list and leave out, and that their sums are the order lines' to the cent."""

import csv
import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lapinblanc import clock
from lapinblanc.money import Money
from wagtail.models import Page, ReferenceIndex

from editorial.images.models import Picture
from editorial.mentions import Mention
from editorial.models import HomePage, LegalPage, StandardPage, StoryIndexPage, StoryPage
from editorial.reports.orphans import orphans
from editorial.reports.urls import REPORTS
from shop import api
from shop.baskets.contents import add_listing
from shop.catalogue.freezing import freeze_listings
from shop.catalogue.models import Product
from shop.checkout.placement import settle
from shop.order import states
from shop.order.models import Line, Order
from shop.order.refunds import refund
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def editor(market: Market) -> Client:
    person = make.person("redaction")
    person.user_permissions.add(
        Permission.objects.get(codename="see_reports"), Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    return client_of(person)


@pytest.fixture
def stories(market: Market) -> Page:
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Lapin Blanc", slug="accueil"))
    return home.add_child(instance=StoryIndexPage(title="Histoires", slug="histoires"))


def story(stories: Page, slug: str, **facts: Any) -> StoryPage:
    return stories.add_child(instance=StoryPage(title=slug.title(), slug=slug, intro="Une histoire.", **facts))


def bought_in(page: Page | None, *lines: Any) -> list[Order]:
    """A purchase of (listing, quantity) whose cards were followed in a page."""
    filled = make.basket()
    for listing, quantity in lines:
        add_listing(basket=filled, product=listing, quantity=quantity, personalisation={}, read_in=page.pk if page else None)
    session = make.started(filled)
    make.pay(session)
    purchase = settle(payment=session.payment)
    assert purchase is not None
    return list(purchase.orders.order_by("position"))


def rows(client: Client, key: str, **query: Any) -> list[dict[str, str]]:
    """The rows of a report, by way of its export: the same reads as on the screen."""
    answer = client.get(reverse(f"editorial_reports:{key}"), {"export": "csv", **query})
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))


@pytest.mark.parametrize("key", [view.key for view in REPORTS])
def test_editors_alone_read_the_reports(market: Market, editor: Client, key: str) -> None:
    contributor = make.admitted("plume")
    for url in (reverse(f"editorial_reports:{key}"), reverse(f"editorial_reports:{key}_results"), reverse(f"editorial_reports:{key}") + "?export=csv"):
        assert editor.get(url).status_code == 200
        for stranger in (client_of(contributor), client_of(market.alice), Client()):
            assert stranger.get(url).status_code in (302, 403)
    assert key in client_of(market.dora).get(reverse("wagtailadmin_home")).content.decode()
    assert f"editors-reports/{key}/" not in client_of(contributor).get(reverse("wagtailadmin_home")).content.decode()


def test_what_pages_sold_is_what_their_order_lines_say_to_the_cent(market: Market, editor: Client, stories: Page) -> None:
    first, second = story(stories, "premiere"), story(stories, "seconde")
    odd = make.listing(market.ocre, "Coupelle", price=1333, stock=9)
    bought_in(first, (market.bowl, 1), (odd, 3))
    bought_in(second, (market.mug, 1))
    bought_in(None, (odd, 2))
    partly = bought_in(first, (odd, 2))[0]
    line = partly.lines.get()
    refund(order=partly, lines={line.pk: Money(500)}, shipping=Money(0), reason="Ébréchée")
    cancelled = bought_in(second, (odd, 1))[0]
    states.cancel(order=cancelled, reason="Fendue")
    shown = rows(editor, "sales")
    assert [(row["Page"], row["Pièces"], row["Commandes"], row["Créations qui se sont vendues"]) for row in shown] == [
        ("Seconde", "1", "1", "1"), ("Premiere", "6", "2", "2")
    ]
    counted = Line.objects.filter(read_in__isnull=False).exclude(order__status="cancelled")
    cents = sum(Money.from_decimal(row.line_price_incl_tax).cents - row.refunded_cents for row in counted)
    assert sum(Money.from_decimal(Decimal(row["Montant, TVA comprise"])).cents for row in shown) == cents == 12000 + 5600 + 3 * 1333 + 2 * 1333 - 500


def test_a_page_that_was_deleted_keeps_its_sales_in_the_sums(market: Market, editor: Client, stories: Page) -> None:
    gone = story(stories, "partie")
    bought_in(gone, (market.bowl, 1))
    number = gone.pk
    gone.delete()
    text = editor.get(reverse("editorial_reports:sales")).content.decode()
    assert f"page supprimée (n° {number})" in text.replace("\u00a0", " ")
    assert "1 pièce, 56,00" in text.replace("\u00a0", " ")


def test_sales_before_the_period_do_not_count(market: Market, editor: Client, stories: Page) -> None:
    page = story(stories, "ancienne")
    with clock.at(clock.now() - timedelta(days=31)):
        bought_in(page, (market.bowl, 1))
    assert rows(editor, "sales") == []
    assert [row["Page"] for row in rows(editor, "sales", days=90)] == ["Ancienne"]
    assert [row["Histoire"] for row in rows(editor, "quiet")] == ["Ancienne"]
    bought_in(page, (market.bowl, 1))
    assert rows(editor, "quiet") == []
    assert len(rows(editor, "sales", lu=page.pk)) == 1
    assert rows(editor, "sales", lu=page.pk + 1) == []


def test_a_report_costs_the_same_whatever_it_lists(market: Market, editor: Client, stories: Page) -> None:
    def count(url: str) -> int:
        with CaptureQueriesContext(connection, ) as queries:
            assert editor.get(url).status_code == 200
        return len(queries)

    def add(number: int) -> None:
        page = story(stories, f"histoire-{number}")
        listing = make.listing(market.ocre, f"Pièce {number}", slug=f"piece-{number}", stock=1)
        Mention.objects.update_or_create(page=page, listing=listing)
        bought_in(page, (listing, 1))
        freeze_listings([listing.pk])

    urls = [reverse(f"editorial_reports:{view.key}") for view in REPORTS]
    for number in range(2):
        add(number)
    for url in urls:
        count(url)
    few = [count(url) for url in urls]
    for number in range(2, 14):
        add(number)
    assert [count(url) for url in urls] == few
    assert max(few) <= 25


def test_creations_that_are_gone_are_told_with_why_and_since(market: Market, editor: Client, stories: Page) -> None:
    page = story(stories, "atelier")
    sold, paused, closed = (make.listing(vendor, title, slug=title, stock=1) for vendor, title in ((market.ocre, "vendue"), (market.ocre, "pause"), (market.sel, "fermee")))
    for position, listing in enumerate((market.bowl, sold, paused, closed)):
        Mention.objects.update_or_create(page=page, listing=listing, defaults={"position": position})
    order = bought_in(page, (sold, 1))[0]
    Product.objects.filter(pk=paused.pk).update(state="paused")
    type(market.sel).objects.filter(pk=market.sel.pk).update(state="closed")
    freeze_listings([sold.pk, paused.pk])
    shown = rows(editor, "dead")
    assert [(row["Création"], row["Pourquoi"]) for row in shown] == [("vendue", "épuisée"), ("pause", "en pause"), ("fermee", "boutique fermée")]
    assert str(order.date_placed.year) in shown[0]["Depuis"]
    assert not shown[1]["Depuis"]
    assert [row["Création"] for row in rows(editor, "dead", live="false")] == []


def test_pictures_without_words_come_with_the_used_ones_first(market: Market, editor: Client, stories: Page) -> None:
    def picture(title: str, **facts: Any) -> Picture:
        return Picture.objects.create(title=title, file="x.webp", width=1, height=1, **facts)

    unused, used = picture("seule"), picture("montree")
    picture("dite", alt="Un bol")
    assert Picture.objects.get(pk=picture("decor", decorative=True).pk).decorative
    picture("perimee", alt="Un four", rights_until=clock.today() - timedelta(days=1))
    picture("valable", alt="Un tour", rights_until=clock.today())
    ReferenceIndex.create_or_update_for_object(story(stories, "atelier", picture=used))
    shown = rows(editor, "pictures")
    assert shown[0]["Titre"] == used.title
    assert {row["Titre"]: row["Ce qui ne va pas"] for row in shown} == {
        "montree": "sans texte de remplacement", unused.title: "sans texte de remplacement", "perimee": "droits échus"
    }
    assert [row["Titre"] for row in rows(editor, "pictures", lack="rights")] == ["perimee"]


def test_orphans_are_what_neither_index_nor_footer_nor_link_leads_to(market: Market, stories: Page) -> None:
    home = stories.get_parent()
    text = "<p>Un texte.</p>"
    alone = home.add_child(instance=StandardPage(title="Seule", slug="seule", text=text))
    linked = home.add_child(instance=StandardPage(title="Liée", slug="liee", text=text))
    home.add_child(instance=LegalPage(title="Mentions", slug="mentions", text=text, footer="legal", version="1", in_force=clock.today()))
    listed = story(stories, "listee")
    draft = home.add_child(instance=StandardPage(title="Brouillon", slug="brouillon", text=f'<p><a linktype="page" id="{alone.pk}">ici</a></p>', live=False))
    guide = home.add_child(instance=StandardPage(title="Guide", slug="guide", footer="cooperative", text=f'<p><a linktype="page" id="{linked.pk}">là</a></p>'))
    for page in (draft, guide):
        ReferenceIndex.create_or_update_for_object(page)  # the worker's job
    assert set(orphans().values_list("pk", flat=True)) == {alone.pk}
    guide.unpublish()
    assert set(orphans().values_list("pk", flat=True)) == {alone.pk, linked.pk}
    draft.save_revision().publish()
    stories.specific.unpublish()
    assert set(orphans().values_list("pk", flat=True)) == {linked.pk, listed.pk, draft.pk}


def test_each_page_leads_editors_to_what_it_sold(market: Market, stories: Page) -> None:
    page = story(stories, "atelier")
    assert f"{reverse('editorial_reports:sales')}?lu={page.pk}" in client_of(market.dora).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert api.sold_from_pages(since=clock.now()) == []

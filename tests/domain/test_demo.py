"""What the demo promises: its house is furnished in words and in pieces, its three fundings stand in three states, its books are right."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lapinblanc import clock
from lapinblanc.accounts.models import User
from lapinblanc.cooperative.models import College, Member
from lapinblanc.money import Money
from wagtail.models import Page

from editorial.campaigns.models import CampaignPage
from editorial.discussion.models import Comment
from editorial.mentions import Mention
from editorial.models import CollectionPage, GuidePage, HomePage, NewsPage, StoryPage
from editorial.newsletter.models import Subscriber
from editorial.proposals.models import Proposal
from shop import api
from shop.catalogue.cards import offers_of
from shop.catalogue.editing import missing
from shop.catalogue.models import Product
from shop.checkout.invariants import broken_invariants
from shop.coupons.models import Sale
from shop.formats import money
from shop.funding.models import Project
from shop.messaging.models import Conversation, Message, Template
from shop.moderation.dossiers import dossier_of
from shop.moderation.models import Case
from shop.opening.identity import read_siret
from shop.order.models import Order
from shop.prices.clocked import price_in_force
from shop.prices.models import PriceWindow
from shop.statistics import figures
from shop.vendors.models import Vendor
from tests.databases import clone_anew

# Words that the law reserves or asks to prove (LAW G7, G8), and signs that beg.
RESERVED = re.compile(r"\bartisan|écologi|éco-?respons|biodégrad|neutre en carbone|\bdurable|\bnaturel|respectueu[sx]e? de l|!", re.IGNORECASE)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[None]:
    """The whole demo, loaded once; the database is cloned anew before and after."""
    from django.conf import settings

    before = settings.MEDIA_ROOT, settings.PRIVATE_ROOT
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = tmp_path_factory.mktemp("media"), tmp_path_factory.mktemp("private")
    with django_db_blocker.unblock():
        clone_anew()
        call_command("load_demo", verbosity=0)
        yield
        clone_anew()
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = before


def french(model: Any) -> list[Any]:
    return list(model.objects.live().filter(locale__language_code="fr"))


def words(page: Any) -> str:
    """All that a body says, blocks of every kind, without their markup."""
    said: list[str] = []

    def gather(value: Any) -> None:
        if isinstance(value, str):
            said.append(re.sub(r"<[^>]+>", " ", value))
        elif isinstance(value, dict):
            for part in value.values():
                gather(part)
        elif isinstance(value, list):
            for part in value:
                gather(part)

    for block in page.body.raw_data:
        gather(block["value"])
    return " ".join(said)


def test_the_house_holds_what_was_promised(demo: None) -> None:
    assert [len(french(model)) for model in (StoryPage, CollectionPage, NewsPage, GuidePage)] == [12, 6, 10, 1]
    assert {page.audience for page in french(NewsPage)} == {"public", "members", "creators"}
    assert sum(bool(page.query) for page in french(CollectionPage)) == 2
    assert sum(bool(page.query) and any(block.block_type == "listing" for block in page.body) for page in french(CollectionPage)) == 1
    for page in french(StoryPage):
        assert 400 <= len(words(page).split()) <= 900, page.slug
        assert page.vendor is not None
    assert len(words(french(GuidePage)[0]).split()) >= 600
    kinds = {block.block_type for page in french(StoryPage) for block in page.body}
    assert kinds >= {"text", "quote", "picture", "listing", "rail", "vendor", "steps", "figures", "questions", "material", "gallery", "hotspots", "funding"}


def test_every_block_leads_to_something_that_exists(demo: None) -> None:
    pieces, boutiques = set(Product.objects.on_sale().values_list("pk", flat=True)), set(Vendor.objects.values_list("pk", flat=True))
    for page in (*french(StoryPage), *french(CollectionPage), *french(GuidePage)):
        for block in page.body.raw_data:
            value = block["value"] or {}
            if block["type"] == "listing":
                assert value["listing"] in pieces, page.slug
            if block["type"] in ("vendor", "rail") and value.get("vendor"):
                assert value["vendor"] in boutiques, page.slug
    assert Mention.objects.filter(page__in=[page.pk for page in french(StoryPage)]).count() >= 36


def test_three_fundings_stand_in_three_states_and_the_books_are_right(demo: None) -> None:
    states = dict(Project.objects.values_list("slug", "state"))
    assert states == {"une-cave-de-plus-a-villaines": "open", "rallumer-le-grand-four": "succeeded", "la-bisquine-aux-noeuds": "failed"}
    assert {page.project.slug for page in french(CampaignPage) if page.project} == set(states)
    assert Project.objects.get(state="failed").promised_cents == 77_000
    won = Project.objects.get(state="succeeded")
    assert won.promised_cents >= won.goal_cents
    assert set(won.pledges.values_list("state", flat=True)) == {"captured"}
    assert not broken_invariants()


def test_some_stories_sold_and_some_did_not(demo: None) -> None:
    sold = {row.page for row in api.sold_from_pages(since=clock.now() - timedelta(days=90))}
    assert 3 <= len(sold) <= 12
    assert sold <= {page.pk for page in french(StoryPage)}


def test_people_of_the_cooperative_are_there(demo: None) -> None:
    assert set(Member.objects.current().values_list("college", flat=True)) == set(College.values)
    assert (Comment.objects.count(), Subscriber.objects.filter(state="confirmed").count(), Proposal.objects.count()) == (4, 3, 2)


def test_home_an_index_and_two_stories_speak_english(demo: None) -> None:
    english = Page.objects.live().filter(locale__language_code="en", depth__gt=1)
    assert english.filter(content_type__model="storypage").count() == 2
    assert HomePage.objects.filter(locale__language_code="en", live=True).count() == 1
    text = Client().get("/en/stories/atelier-maelle/").content.decode()
    assert "a winter of evening meetings" in text
    assert Client().get("/en/").status_code == 200


def test_no_page_uses_a_word_that_the_law_reserves(demo: None) -> None:
    pages = [page for model in (StoryPage, CollectionPage, NewsPage, GuidePage, CampaignPage) for page in french(model)]
    found = {page.slug: match.group() for page in pages if (match := RESERVED.search(f"{page.title} {page.intro} {words(page)}"))}
    assert found == {}


def test_what_is_on_sale_lacks_nothing_that_publication_asks(demo: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        rows = list(Product.objects.on_sale().select_related("vendor"))
        gaps = {product.title: found for product in rows if (found := missing(product))}
    assert len(rows) > 500
    assert gaps == {}


def test_figures_of_boutiques_have_something_to_show(demo: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        vendor = Vendor.objects.get(slug="atelier-maelle")
        assert figures.visits(vendor, figures.Period.of(30)).now > 100
        assert figures.words(vendor, figures.Period.of(30))


def test_boutiques_and_buyers_write_to_each_other(demo: None, django_db_blocker: Any) -> None:
    """Read by hour: nothing to come, no mail to leave, two for Atelier Maëlle to read, and hers archived."""
    with django_db_blocker.unblock():
        assert Conversation.objects.count() == 12
        assert not Message.objects.filter(sent_at__gt=clock.now()).exists()
        assert not Message.objects.filter(claimed_at=None).exists()
        assert Conversation.objects.filter(started_at__gt=clock.now() - timedelta(days=60), last_at__gte=F("started_at")).count() == 12
        hers = Conversation.objects.filter(vendor__slug="atelier-maelle")
        assert (hers.filter(vendor_unread=True).count(), hers.filter(archived_at__isnull=False).count(), Template.objects.filter(vendor__slug="atelier-maelle").count()) == (2, 1, 3)
        client = Client()
        client.force_login(User.objects.get(email="atelier-maelle@demo.lapinblanc.example"), backend="allauth.account.auth_backends.AuthenticationBackend")
        assert "Hugo" in client.get("/atelier/messages/").content.decode()


def test_two_boutiques_are_on_their_way(demo: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        stopped, waiting = Vendor.objects.get(slug="faience-dautan"), Vendor.objects.get(slug="reliure-de-la-tannerie")
        assert (stopped.state, stopped.application.reached, stopped.charter_signed_at) == ("preparing", "charte", None)
        assert (waiting.state, dossier_of(waiting).missing, len(dossier_of(waiting).pictures)) == ("applied", (), 3)
        case = Case.objects.get(kind="vendor", number=waiting.pk)
        assert (case.state, case.peers.filter(state="answered").count(), case.peers.filter(state="asked").count()) == ("open", 2, 1)
        assert read_siret(stopped.siret) != read_siret(waiting.siret)
        assert not Product.objects.on_sale().filter(vendor__in=(stopped, waiting)).exists()


def test_loading_a_second_time_changes_nothing(demo: None) -> None:
    counted = (Page, Product, Comment, Project, Conversation, Message, Vendor, Case)
    before = [model.objects.count() for model in counted]
    call_command("load_demo", if_empty=True, verbosity=0)
    assert [model.objects.count() for model in counted] == before


def test_no_page_of_the_demo_asks_more_than_fifteen_questions(demo: None, django_db_blocker: Any) -> None:
    """As read by a visitor, once what is kept in the cache has been fetched."""
    client, asked = Client(), {}
    with django_db_blocker.unblock():
        for address in [page.get_url() for page in Page.objects.live().public().filter(depth__gt=1)]:
            client.get(address)
            with CaptureQueriesContext(connection) as seen:
                assert client.get(address).status_code == 200
            asked[address] = len(seen)
    assert len(asked) > 45
    assert {address: count for address, count in asked.items() if count > 15} == {}


def test_the_season_lowers_prices_that_boutiques_agreed_to(demo: None, django_db_blocker: Any) -> None:
    """Before, during and after; what is struck is the lowest price of the thirty days before."""
    with django_db_blocker.unblock():
        campaign = CampaignPage.objects.get(slug="noel-des-ateliers")
        windows = list(PriceWindow.objects.filter(campaign=campaign.key).select_related("stockrecord"))
        assert len(windows) == 9
        assert len({window.agreed_by_id for window in windows}) == 3
        window = windows[0]
        usual = int(window.stockrecord.price * 100)
        for moment, cents in ((campaign.starts_at - timedelta(seconds=1), usual), (campaign.starts_at, window.price_cents), (campaign.ends_at, usual)):
            with clock.at(moment):
                assert price_in_force(window.stockrecord).cents == cents
        with clock.at(campaign.starts_at):
            (card,) = api.product_cards([window.stockrecord.product.parent_id or window.stockrecord.product_id])
            assert (card.prior, card.price) == (money(Money(usual)), money(Money(window.price_cents)))


def test_boutiques_have_sales_and_codes(demo: None, django_db_blocker: Any) -> None:
    """One that runs, one to come whose struck prices hold what a code for everybody made of them, an order with a code."""
    with django_db_blocker.unblock():
        running, coming = Sale.objects.filter(starts_at__lte=clock.now()), Sale.objects.filter(starts_at__gt=clock.now())
        assert (running.count(), coming.count()) == (1, 1)
        order = Order.objects.exclude(coupon_code="").get()
        assert (order.coupon_code, order.discount_cents > 0, order.vendor.slug) == ("MERCI10", True, "atelier-maelle")
        window = PriceWindow.objects.filter(campaign=coming.get().key).select_related("stockrecord__product").first()
        assert window is not None
        with clock.at(window.starts_at):
            offers = offers_of(Product.objects.get(pk=window.stockrecord.product.parent_id or window.stockrecord.product_id).card)
            said = next(offer.reduction for offer in offers if offer.cents == window.price_cents)
        usual = int(window.stockrecord.price * 100)
        assert said is not None
        assert (said.prior, said.percent) == (usual - -(-usual // 10), 11)

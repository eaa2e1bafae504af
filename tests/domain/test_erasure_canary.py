"""A person with a canary in every table that may hold one; after the erasure it sings only where the law demands (FAULTS S27).

The whole database is searched as text, with the sessions decoded, the cache and the media folder; then public pages.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from lapinblanc import clock
from lapinblanc.cooperative.models import Member
from lapinblanc.privacy import erasing, exporting
from lapinblanc.search.models import SavedSearch
from oscar.core.loading import get_model
from psycopg import sql
from wagtail.models import Comment as PageComment
from wagtail.models import Page
from wagtail.users.models import UserProfile

from editorial.authorship.models import Approval
from editorial.discussion.models import Comment, Report
from editorial.newsletter.models import Consent, Subscriber
from editorial.proposals.models import Proposal
from shop.catalogue.reviews.models import ProductReview, Vote
from shop.checkout.models import CheckoutSession
from shop.funding.models import Pledge, Project
from shop.order.models import Order
from tests import factories as make
from tests.factories import PASSWORD, Market
from tests.second_step import set_up
from tests.web.test_access import client_of

pytestmark = pytest.mark.django_db
CANARY = "canari7f3e"
ADDRESS = f"{CANARY}@example.org"
# Table → why the law, or its nature, keeps the canary there.
KEPT = {
    "order_shippingaddress": "contract: name and address of delivery (C. conso. L213-1)",
    "order_line": "contract: what was made to measure, in the buyer's words",
    "checkout_checkoutsession": "the proof of the contract (LAW P10)",
    "cooperative_member": "register of members (loi 47-1775)",
    "reviews_productreview": "the review's own words; its author is nowhere",
    "discussion_report": "the reason of a report; its author is nowhere",
    "psp_sandbox_sandboxpayment": "the payment company's own books",
}


def found() -> Iterator[str]:
    """Tables whose rows, as text, hold the canary."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1")
        for (table,) in cursor.fetchall():
            query = sql.SQL("SELECT EXISTS (SELECT 1 FROM {} AS t WHERE t::text ILIKE %s)").format(sql.Identifier(table))
            cursor.execute(query, [f"%{CANARY}%"])
            if cursor.fetchone()[0]:
                yield table


def in_sessions() -> bool:
    return any(CANARY in str(session.get_decoded()) for session in Session.objects.all())


def in_cache() -> bool:
    return CANARY.encode() in b"".join(cache._cache.values())  # type: ignore[attr-defined]


def in_files(*folders: Path) -> list[str]:
    files = [path for folder in folders if folder.is_dir() for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in files if CANARY in path.name or CANARY.encode() in path.read_bytes()]


@pytest.fixture
def exports(settings: Any, tmp_path: Path) -> Path:
    settings.EXPORTS_ROOT = tmp_path / "exports"
    return settings.EXPORTS_ROOT


def canary(market: Market) -> Any:
    """A buyer, member and commentator named after the canary, who left it wherever people can write."""
    who = type(market.alice).objects.create_user(ADDRESS, PASSWORD, first_name=f"Cécile {CANARY}", last_name=CANARY)
    EmailAddress.objects.create(user=who, email=ADDRESS, verified=True, primary=True)
    Client().post("/compte/login/", {"login": ADDRESS, "password": "a wrong one"})
    client = Client()
    client.post("/compte/login/", {"login": ADDRESS, "password": PASSWORD})
    _buying(market, who)
    _traces(market, who)
    _house(who)
    _pledging(market, who)
    set_up(who)
    return who


def _buying(market: Market, who: Any) -> None:
    named = {**make.ADDRESS, "last_name": CANARY, "phone_number": "+33612345678", "line2": CANARY}
    engraved = make.field(market.bowl, max_length=40)
    bought = make.bought((market.bowl, 1, {engraved.label: CANARY}), buyer=who, email=ADDRESS, address=named, notes={market.ocre.pk: CANARY})
    guest = make.bought((market.mug, 1), email=ADDRESS.upper(), address=named)
    Order.objects.filter(purchase__in=(bought, guest)).update(status="delivered", guest_email=ADDRESS)
    given_up = make.started(make.basket((market.mug, 1)), buyer=who, email=ADDRESS, address=named)
    CheckoutSession.objects.filter(pk=given_up.pk).update(state="expired", closed_at=clock.now())
    get_model("basket", "Basket").objects.create(owner=who)
    review = ProductReview.objects.create(product=market.bowl, user=who, score=5, title="Beau", body=f"Un bol pour {CANARY}.", name=CANARY, email=ADDRESS, status=1)
    Vote.objects.create(review=review, user=who, delta=1)


def _traces(market: Market, who: Any) -> None:
    get_model("address", "UserAddress").objects.create(user=who, last_name=CANARY, line1=CANARY, line4="x", postcode="22690", country_id="FR")
    get_model("wishlists", "WishList").objects.create(owner=who, name=CANARY)
    get_model("customer", "ProductAlert").objects.create(product=market.bowl, email=ADDRESS, key="k")
    get_model("communication", "Notification").objects.create(recipient=who, subject=CANARY, body=CANARY)
    get_model("communication", "Email").objects.create(user=who, email=ADDRESS, subject=CANARY, body_text=CANARY)
    get_model("analytics", "UserSearch").objects.create(user=who, query=CANARY)
    SavedSearch.objects.create(user=who, text=CANARY, query=f"q={CANARY}")
    market.sel.members.create(user=who, role="orders")
    AccessAttempt.objects.create(username=ADDRESS, ip_address="10.0.0.1", user_agent=CANARY, failures_since_start=1)
    for log in (AccessFailureLog, AccessLog):
        log.objects.create(username=ADDRESS, ip_address="10.0.0.1", user_agent=CANARY)


def _house(who: Any) -> None:
    page = Page.objects.get(depth=1)
    Member.objects.create(user=who, college="buyers")
    comment = Comment.objects.create(page=page, author=who, college="buyers", text=CANARY)
    Report.objects.create(comment=comment, reporter=who, reason=CANARY)
    Consent.objects.create(subscriber=Subscriber.objects.create(email=ADDRESS), kind="asked", place=CANARY)
    Approval.objects.create(page=page, revision_at=clock.now(), email=ADDRESS, who=CANARY, message=CANARY, sent_by=who)
    Proposal.objects.create(title=CANARY, why=CANARY, listings=[1], who=who, name=CANARY)
    PageComment.objects.create(page=page, user=who, text=CANARY, contentpath="title")
    path = default_storage.save(f"avatar_images/{CANARY}.png", ContentFile(CANARY.encode()))
    UserProfile.objects.create(user=who, avatar=path)


def _pledging(market: Market, who: Any) -> None:
    start = clock.now()
    project = Project.objects.create(slug="four", title="Un four", vendor=market.ocre, goal_cents=100_000, opens_at=start, closes_at=start + timedelta(days=30))
    Pledge.objects.create(
        project=project, key=uuid4(), token=CANARY, backer=who, email=ADDRESS, name=CANARY, amount_cents=1000, state="cancelled",
        message=CANARY, message_public=True, snapshot={"address": CANARY}, evidence="x", expires_at=start, closed_at=start,
    )


@pytest.fixture
def erased(market: Market, exports: Path, django_capture_on_commit_callbacks: Any) -> Any:
    """The person seven days after asking, with a copy made in between; returns the market and what was found before."""
    who = canary(market)
    make.indexed()
    Client().get(market.bowl.get_absolute_url())
    before = set(found())
    assert in_sessions()
    with django_capture_on_commit_callbacks(execute=True):
        exporting.write_export(exporting.ask_export(user=who, by=who).pk)
        erasure = erasing.ask_erasure(user=who, by=who)
        assert any(CANARY in path for path in in_files(Path(default_storage.location)))
        assert list(exports.iterdir())
        with clock.at(clock.now() + timedelta(days=7, hours=1)):
            assert erasing.carry_out(erasure.pk)
    make.indexed()
    return market, before, who


def test_the_canary_is_found_only_where_the_law_demands(erased: Any, exports: Path) -> None:
    market, before, who = erased
    assert len(before) >= 25, sorted(before)
    assert set(KEPT) - {"cooperative_member"} <= before  # the register takes the name over
    left = set(found())
    assert left - set(KEPT) == set(), sorted(left - set(KEPT))
    assert left == set(KEPT), sorted(set(KEPT) - left)  # no reason outlives its need
    assert not in_sessions()
    assert not in_cache()
    assert in_files(Path(default_storage.location), exports) == []
    assert list(exports.iterdir()) == []


def test_what_stays_leads_to_nobody(erased: Any) -> None:
    market, _before, who = erased
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, ' ') FROM checkout_checkoutsession t WHERE state <> 'placed'")
        assert CANARY not in (cursor.fetchone()[0] or "")
        for table, column in (("reviews_productreview", "user_id"), ("discussion_report", "reporter_id"), ("order_purchase", "buyer_id"), ("order_order", "user_id")):
            cursor.execute(sql.SQL("SELECT count(*) FROM {} WHERE {} = %s").format(sql.Identifier(table), sql.Identifier(column)), [who.pk])
            assert cursor.fetchone()[0] == 0, table
    assert Member.objects.get(user=who).register_name == f"Cécile {CANARY} {CANARY}"


def test_no_public_page_shows_it_but_the_words_of_the_review(erased: Any) -> None:
    market, _before, _who = erased
    page = Client().get(market.bowl.get_absolute_url()).content.decode()
    assert "compte effacé" in page
    assert len(re.findall(CANARY, page)) == page.count(f"Un bol pour {CANARY}.")
    for address in ("/", "/recherche/?q=bol", "/boutiques/ocre/", "/sitemap.xml"):
        assert CANARY not in Client().get(address).content.decode().replace(f"Un bol pour {CANARY}.", "")


def test_operators_see_a_number(erased: Any) -> None:
    market, _before, who = erased
    for address in (f"/gestion/personnes/{who.pk}/", "/gestion/journal/", "/gestion/personnes/"):
        assert CANARY not in client_of(market.dora).get(address).content.decode()

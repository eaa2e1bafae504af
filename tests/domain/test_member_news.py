"""Reserved news: the right members read them; a word of them comes out nowhere for anybody else (FAULTS S21)."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from lapinblanc import clock
from lapinblanc.cooperative import groups
from lapinblanc.cooperative.models import Member, MemberGroup
from lapinblanc.cooperative.register import AlreadyMember, NotMember, enrol, leave, move
from lapinblanc.search import indexing
from wagtail.models import Page, PageViewRestriction

from editorial.authorship.roles import EDITOR
from editorial.cards import open_pages
from editorial.models import NewsPage
from tests import factories as make
from tests.factories import Market
from tests.house import House, client_of, enrolled, former

pytestmark = pytest.mark.django_db
CANARY = "zibelinette"
WAYS = ("visitor", "buyer", "other college", "former member", "vendor")


@pytest.fixture
def house(market: Market) -> House:
    return House.build()


def reserve(house: House, audience: str = "creators") -> NewsPage:
    page = house.news(f"La {CANARY}", slug=CANARY, kicker=CANARY, intro=f"Une {CANARY}.", audience=audience, body=[("text", f"<p>{CANARY}</p>")])
    make.indexed()
    return page


def stranger(way: str, market: Market) -> Client:
    return {
        "visitor": Client,
        "buyer": lambda: client_of(market.alice),
        "other college": lambda: client_of(enrolled("irma", "buyers").user),
        "former member": lambda: client_of(former("fred").user),
        "vendor": lambda: client_of(market.basile),
    }[way]()


def exits(house: House) -> list[str]:
    """Every public way out, feeds found by the links of the pages among them."""
    places = [
        "/", house.index.get_url(), f"{house.index.get_url()}?page=2", f"/recherche/?q={CANARY}", f"/recherche/?q={CANARY[:-1]}a",
        f"/recherche/suggestions/?q={CANARY[:4]}", "/recherche/", "/recherche/?type=actualites", "/sitemap.xml", "/sitemap-pages.xml", "/compte/",
        f"{house.index.get_url()}{CANARY}/",
    ]
    return [*places, *feeds(house)]


def feeds(house: House) -> list[str]:
    text = Client().get(house.index.get_url()).content.decode()
    return [link.partition("://")[2].partition("/")[2].join(("/", "")) if "://" in link else link for link in re.findall(r'type="application/atom\+xml"[^>]*href="([^"]+)"', text)]


def leaks(client: Client, house: House) -> list[str]:
    found = []
    for place in exits(house):
        answer = client.get(place)
        asked = place.rpartition("q=")[2] if "q=" in place else CANARY if place.endswith(f"{CANARY}/") else ""
        text = answer.content.decode().lower()
        if asked:
            # What was asked, echoed, is no leak.
            text = re.sub(rf'value="{asked}"|«\s*{asked}\s*»|<title>{asked}|q(=|%3d){asked}|/{asked}/|%2f{asked}%2f|data-results="{asked}"', "", text)
        if CANARY in text:
            found.append(place)
    return found


def test_the_look_finds_what_is_public(house: House) -> None:
    """The control of everything below."""
    reserve(house, "public")
    seen = leaks(Client(), house)
    assert {house.index.get_url(), f"/recherche/?q={CANARY}", f"/recherche/suggestions/?q={CANARY[:4]}", "/sitemap-pages.xml"} <= set(seen)
    assert set(feeds(house)) <= set(seen)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("audience", ["members", "creators"])
def test_a_reserved_word_comes_out_nowhere(house: House, market: Market, way: str, audience: str) -> None:
    if way == "other college" and audience == "members":
        pytest.skip("this one may read it")
    page = reserve(house, audience)
    client = stranger(way, market)
    assert leaks(client, house) == []
    answer = client.get(page.get_url())
    assert answer.status_code == 403
    assert "Réservé aux sociétaires" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    indexing.rebuild("postgres")
    assert leaks(client, house) == []


@pytest.mark.parametrize("audience", ["members", "creators"])
def test_the_right_member_reads_it(house: House, audience: str) -> None:
    page = reserve(house, audience)
    client = client_of(enrolled("odile", "creators").user)
    assert CANARY in client.get(page.get_url()).content.decode()
    index = client.get(house.index.get_url())
    assert [card.title for card in index.context["for_you"]] == [f"La {CANARY}"]
    assert [card.title for card in index.context["cards"]] == [f"La {CANARY}"]


def test_an_editor_of_the_page_reads_it_too(house: House) -> None:
    page = reserve(house)
    editor = make.staff(EDITOR, "redaction")
    assert CANARY in client_of(editor).get(page.get_url()).content.decode()


def close(page: NewsPage) -> None:
    page.audience = "members"
    page.save_revision().publish()


def close_in_bulk(page: NewsPage) -> None:
    NewsPage.objects.filter(pk=page.pk).update(audience="creators")


@pytest.mark.parametrize("way", [close, close_in_bulk], ids=lambda way: way.__name__)
def test_what_becomes_reserved_leaves_the_public_at_once(house: House, way: Callable[[NewsPage], None]) -> None:
    page = reserve(house, "public")
    way(page)
    assert not open_pages(Page.objects.filter(pk=page.pk)).exists()
    assert leaks(Client(), house) == []
    NewsPage.objects.filter(pk=page.pk).update(audience="public")
    make.indexed()
    assert f"/recherche/?q={CANARY}" in leaks(Client(), house)


def test_a_draft_that_would_open_it_opens_nothing(house: House) -> None:
    page = reserve(house)
    page.audience = "public"
    page.save_revision()
    make.indexed()
    assert leaks(Client(), house) == []


def test_a_copy_is_as_closed_as_its_original(house: House) -> None:
    copy = reserve(house).copy(update_attrs={"slug": "copie"}, keep_live=True)
    assert Client().get(copy.get_url()).status_code == 403
    copy.audience = "public"
    copy.save()
    assert Client().get(copy.get_url()).status_code == 200


def test_wagtails_privacy_cannot_open_it(house: House, market: Market) -> None:
    """The rule is in the database: no restriction may go while the audience stands."""
    page = reserve(house)
    with pytest.raises(IntegrityError), transaction.atomic():
        PageViewRestriction.objects.filter(page=page).delete()
        connection.check_constraints()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert PageViewRestriction.objects.filter(page=page).count() == 1
    page.delete()
    assert not PageViewRestriction.objects.filter(page_id=page.pk).exists()


def test_rights_begin_and_end_with_the_day(house: House) -> None:
    """Even before the job has looked: the register decides."""
    page = reserve(house)
    member = enrolled("odile")
    leave(member=member, day=clock.today() + timedelta(days=2))
    client = client_of(member.user)
    assert client.get(page.get_url()).status_code == 200
    with clock.at(clock.now() + timedelta(days=2)):
        assert client.get(page.get_url()).status_code == 403
        assert groups.keep_in_step() == 2
        assert groups.keep_in_step() == 0
    Member.objects.update(left=None)
    assert client.get(page.get_url()).status_code == 200


def test_the_register_numbers_in_order_and_keeps_its_lines(market: Market) -> None:
    first, second = enrolled("odile"), enrolled("irma", "buyers")
    assert (first.number, second.number) == (1, 2)
    with pytest.raises(AlreadyMember):
        enrol(user=first.user, college="buyers")
    leave(member=first)
    with pytest.raises(NotMember):
        move(member=first, college="buyers")
    assert enrolled("ugo").number == 3
    assert enrol(user=first.user, college="partners").number == 1
    for change in (lambda: Member.objects.filter(pk=second.pk).update(number=9), lambda: Member.objects.filter(pk=second.pk).delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_groups_follow_the_register(market: Market) -> None:
    member = enrolled("odile")

    def held() -> set[str]:
        return set(MemberGroup.objects.filter(group__user=member.user).values_list("audience", flat=True))

    assert held() == {"members", "creators"}
    move(member=member, college="partners")
    assert held() == {"members", "partners"}
    market.eve.groups.add(MemberGroup.objects.get(audience="members").group)
    leave(member=member)
    assert held() == set()
    assert not market.eve.groups.exists()


def test_the_account_says_what_the_register_says(market: Market) -> None:
    def page(user: Any) -> str:
        return client_of(user).get("/compte/cooperative/").content.decode()

    member = enrolled("odile")
    assert "sociétaire numéro 1" in page(member.user)
    leave(member=member)
    assert "jusqu’au" in page(member.user)
    assert "n’est pas lié" in page(market.alice)


def test_the_index_costs_the_same_for_two_and_for_thirty_two(house: House, django_assert_max_num_queries: Any) -> None:
    """Within fifteen queries for a visitor; a member's page also reads the account and what is reserved."""
    client = client_of(enrolled("odile").user)

    def cost(reader: Client) -> int:
        reader.get(house.index.get_url())
        with django_assert_max_num_queries(40) as counted:
            reader.get(house.index.get_url())
        return len(counted)

    for number in range(2):
        house.news(f"Nouvelle {number}", slug=f"nouvelle-{number}", audience="members" if number % 2 else "public")
    few = cost(client), cost(Client())
    for number in range(2, 32):
        house.news(f"Nouvelle {number}", slug=f"nouvelle-{number}", audience="members" if number % 2 else "public")
    assert (cost(client), cost(Client())) == few
    assert few[0] <= 22
    assert few[1] <= 15

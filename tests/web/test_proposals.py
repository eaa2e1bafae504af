"""Proposing a collection: who may, each their own, and what the editors' answers do (each denied test proves that nothing changed)."""

from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lapinblanc import clock
from lapinblanc.cooperative.register import enrol, leave

from editorial.models import CollectionPage
from editorial.proposals import proposing
from editorial.proposals.models import Proposal
from editorial.proposals.tasks import tell_proposer
from shop.vendors.models import TeamMember, Vendor
from tests import editorial_house as house
from tests import factories as make
from tests.factories import Market
from tests.house import client_of
from tests.web.test_choosers import in_group

pytestmark = pytest.mark.django_db
NEW, MINE = "proposals:new", "proposals:mine"


@pytest.fixture
def pieces(market: Market) -> list[Any]:
    house.home()
    return [market.bowl, market.mug, make.listing(market.sel, "Salière", slug="saliere"), make.listing(market.ocre, "Plat")]


def said(pieces: list[Any], **fields: Any) -> dict[str, Any]:
    lines = "\n".join(f"https://testserver{piece.get_absolute_url()}?lu=3" for piece in pieces)
    return {"title": "Table du matin", "why": "Elles vont ensemble.", "pieces": lines, "name": "Camille", **fields}


def proposed(market: Market, pieces: list[Any]) -> Proposal:
    return proposing.propose(user=market.camille, title="Table du matin", why="Elles vont ensemble.", listings=[piece.pk for piece in pieces], name="Camille")


def test_a_vendor_proposes_and_reads_it_among_their_own(market: Market, pieces: list[Any]) -> None:
    camille = client_of(market.camille)
    answer = camille.post(reverse(NEW), said(pieces))
    assert answer.url == reverse(MINE)
    kept = Proposal.objects.get()
    assert (kept.who, kept.listings, kept.state) == (market.camille, [piece.pk for piece in pieces], "waiting")
    assert "Table du matin" in camille.get(reverse(MINE)).content.decode()


def test_a_member_proposes(market: Market, pieces: list[Any]) -> None:
    enrol(user=market.alice, college="buyers")
    assert client_of(market.alice).post(reverse(NEW), said(pieces)).status_code == 302
    assert Proposal.objects.get().who == market.alice


@pytest.mark.parametrize("who", ["a stranger", "a former member", "a helper for orders", "a suspended boutique", "an applicant"])
def test_anybody_else_is_told_who_may_and_nothing_is_kept(market: Market, pieces: list[Any], who: str) -> None:
    user = market.eve
    if who == "a former member":
        leave(member=enrol(user=user, college="buyers"))
    elif who == "a helper for orders":
        TeamMember.objects.create(vendor=market.ocre, user=user, role="orders")
    elif who in ("a suspended boutique", "an applicant"):
        user = market.camille
        Vendor.objects.filter(pk=market.sel.pk).update(state="suspended" if who == "a suspended boutique" else "applied")
    client = client_of(user)
    assert client.get(reverse(NEW)).status_code == 403
    assert client.post(reverse(NEW), said([market.bowl, *pieces[2:]])).status_code == 403
    with pytest.raises(proposing.MayNotPropose):
        proposing.propose(user=user, title="x", why="y", listings=[market.bowl.pk], name="z")
    assert Proposal.objects.count() == 0


def test_a_visitor_signs_in_first(market: Market, pieces: list[Any]) -> None:
    assert reverse("account_login") in Client().get(reverse(NEW)).url
    assert Client().post(reverse(NEW), said(pieces)).status_code == 302
    assert Proposal.objects.count() == 0


def test_nobody_sees_another_s_proposal(market: Market, pieces: list[Any]) -> None:
    proposed(market, pieces)
    assert "Table du matin" not in client_of(market.basile).get(reverse(MINE)).content.decode()


def test_each_wrong_line_is_named(market: Market, pieces: list[Any]) -> None:
    gone = make.listing(market.ocre, "Parti", state="paused")
    data = said(pieces)
    data["pieces"] += f"\nbonjour\n{gone.get_absolute_url()}"
    answer = client_of(market.camille).post(reverse(NEW), data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Cette ligne n’est pas l’adresse d’une création\u00a0: bonjour" in text
    assert "Cette création n’est plus en vente" in text
    assert Proposal.objects.count() == 0
    assert "Une collection commence à trois créations" in client_of(market.camille).post(reverse(NEW), said(pieces[:2])).content.decode()


def test_five_may_wait_and_no_more(market: Market, pieces: list[Any]) -> None:
    for _number in range(5):
        proposed(market, pieces)
    answer = client_of(market.camille).post(reverse(NEW), said(pieces))
    assert answer.status_code == 422
    assert Proposal.objects.count() == 5


def test_accepting_makes_a_draft_with_the_pieces_and_the_name_and_tells(market: Market, pieces: list[Any], django_capture_on_commit_callbacks: Any) -> None:
    proposal = proposed(market, pieces)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client_of(market.dora).post(reverse("proposal_accept", args=[proposal.pk]))
    page = CollectionPage.objects.get()
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.live, page.title, page.author, page.intro) == (False, "Table du matin", "Camille", "Elles vont ensemble.")
    assert [pk for pk, _note in page.picks] == proposal.listings
    proposal.refresh_from_db()
    assert (proposal.state, proposal.page_id, proposal.decided_by) == ("accepted", page.pk, market.dora)
    tell_proposer.call(proposal.pk)
    tell_proposer.call(proposal.pk)
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [(["camille@example.org"], "Votre collection «\u00a0Table du matin\u00a0» est acceptée")]
    assert Client().get(page.url).status_code == 404


def test_declining_needs_a_reason_that_reaches_its_proposer(market: Market, pieces: list[Any]) -> None:
    proposal, dora = proposed(market, pieces), client_of(market.dora)
    assert dora.post(reverse("proposal_decline", args=[proposal.pk]), {"reason": " "}).status_code == 422
    proposal.refresh_from_db()
    assert proposal.state == "waiting"
    dora.post(reverse("proposal_decline", args=[proposal.pk]), {"reason": "Nous en avons une semblable."})
    tell_proposer.call(proposal.pk)
    assert "Nous en avons une semblable." in mail.outbox[0].body
    assert "Nous en avons une semblable." in client_of(market.camille).get(reverse(MINE)).content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(reason="")


def test_an_answer_is_given_once(market: Market, pieces: list[Any]) -> None:
    proposal = proposed(market, pieces)
    proposing.accept(proposal_id=proposal.pk, by=market.dora)
    for attempt in (lambda: proposing.accept(proposal_id=proposal.pk, by=market.dora), lambda: proposing.decline(proposal_id=proposal.pk, by=market.dora, reason="Non.")):
        with pytest.raises(proposing.AlreadyAnswered):
            attempt()
    assert CollectionPage.objects.count() == 1


@pytest.mark.parametrize("who", ["nobody", "eve", "contributor"])
def test_the_editors_pages_are_closed_to_everybody_else(market: Market, pieces: list[Any], who: str) -> None:
    proposal = proposed(market, pieces)
    client = {"nobody": Client, "eve": lambda: client_of(market.eve), "contributor": lambda: client_of(in_group(market.basile, "add_page"))}[who]()
    for name in ("proposal_accept", "proposal_decline"):
        assert client.post(reverse(name, args=[proposal.pk]), {"reason": "Non."}).status_code in (302, 403)
    for address in (reverse("proposals_index"), reverse("proposal_detail", args=[proposal.pk])):
        assert "Table du matin" not in client.get(address).content.decode()
    proposal.refresh_from_db()
    assert (proposal.state, CollectionPage.objects.count()) == ("waiting", 0)


def test_the_editors_see_what_waits(market: Market, pieces: list[Any]) -> None:
    proposal, dora = proposed(market, pieces), client_of(market.dora)
    assert "Table du matin" in dora.get(reverse("proposals_index")).content.decode()
    assert market.mug.title in dora.get(reverse("proposal_detail", args=[proposal.pk])).content.decode()
    assert "Table du matin" not in dora.get(reverse("proposals_index"), {"etat": "declined"}).content.decode()


def test_the_list_of_collections_leads_to_the_form(pieces: list[Any]) -> None:
    assert f'href="{reverse(NEW)}"' in Client().get("/collections/").content.decode()


def test_two_and_thirty_proposals_cost_the_same(market: Market, pieces: list[Any]) -> None:
    camille, costs = client_of(market.camille), []
    for several in (2, 28):
        for _number in range(several):
            Proposal.objects.create(title="T", why="W", listings=[pieces[0].pk], who=market.camille, name="C", created_at=clock.now())
        camille.get(reverse(MINE))
        with CaptureQueriesContext(connection) as seen:
            camille.get(reverse(MINE))
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 15

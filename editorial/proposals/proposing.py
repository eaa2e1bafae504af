"""Proposing a collection and answering: who may, what is kept, and the draft that an accepted proposal becomes."""

import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from lapinblanc import clock
from lapinblanc.cooperative.register import membership_of
from wagtail.models import Locale

from editorial.pages.collection import CollectionIndexPage, CollectionPage
from editorial.proposals import tasks
from editorial.proposals.models import MOST_PIECES, Proposal, ProposalState
from shop import api

MOST_WAITING = 5
FEWEST_PIECES = 3
# A longer line is no address; the pattern would read it slowly.
LONGEST_LINE = 500
NUMBER = re.compile(r"-(\d{1,18})/?(?:[?#]\S*)?$")


class MayNotPropose(Exception):
    """Neither a member of the cooperative nor of an open boutique."""


class TooManyWaiting(Exception):
    """This person has proposals enough that wait for an answer."""


class AlreadyAnswered(Exception):
    """Somebody else answered this proposal."""


class NowhereToPut(Exception):
    """There is no index of collections to put a draft under."""


def may_propose(user: Any) -> bool:
    """Members of the cooperative, and those who look after the creations of an open boutique."""
    if not user.is_authenticated:
        return False
    return membership_of(user) is not None or api.choosable_vendors().filter(pk__in=api.vendors_of(user)).exists()


def number_in(line: str) -> int | None:
    """The number of the creation whose address this line is; None for any other text."""
    found = NUMBER.search(line.strip()) if len(line) <= LONGEST_LINE else None
    return int(found.group(1)) if found else None


def propose(*, user: Any, title: str, why: str, listings: Sequence[int], name: str) -> Proposal:
    """Keep a proposal. Raises MayNotPropose or TooManyWaiting."""
    if not may_propose(user):
        raise MayNotPropose
    with transaction.atomic():
        # The person's row is the lock: two forms sent at once are counted one after the other.
        get_user_model().objects.select_for_update().get(pk=user.pk)
        if Proposal.objects.filter(who=user, state=ProposalState.WAITING).count() >= MOST_WAITING:
            raise TooManyWaiting
        pieces = list(dict.fromkeys(listings))[:MOST_PIECES]
        return Proposal.objects.create(who=user, title=title, why=why, listings=pieces, name=name)


@transaction.atomic
def accept(*, proposal_id: int, by: Any) -> CollectionPage:
    """Make a draft collection of it, signed by the proposer; the proposer is told. Raises AlreadyAnswered, NowhereToPut."""
    proposal = _waiting(proposal_id)
    source = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    parent = CollectionIndexPage.objects.filter(locale=source).order_by("path").first()
    if parent is None:
        raise NowhereToPut
    references = api.listing_references(api.known_listings(proposal.listings))
    page = CollectionPage(
        title=proposal.title, intro=proposal.why[:300], author=proposal.name, live=False, owner=by,
        body=[("listing", {"listing": references[pk], "note": ""}) for pk in proposal.listings if pk in references],
    )
    parent.add_child(instance=page)
    page.save_revision(user=by)
    _answer(proposal, state=ProposalState.ACCEPTED, by=by, page=page)
    return page


@transaction.atomic
def decline(*, proposal_id: int, by: Any, reason: str) -> Proposal:
    """Answer no, with why; the proposer is told. Raises AlreadyAnswered."""
    proposal = _waiting(proposal_id)
    _answer(proposal, state=ProposalState.DECLINED, by=by, reason=reason)
    return proposal


def _waiting(proposal_id: int) -> Proposal:
    proposal = Proposal.objects.select_for_update().get(pk=proposal_id)
    if proposal.state != ProposalState.WAITING:
        raise AlreadyAnswered
    return proposal


def _answer(proposal: Proposal, *, state: ProposalState, by: Any, page: Any = None, reason: str = "") -> None:
    proposal.state, proposal.page, proposal.reason = state, page, reason
    proposal.decided_by, proposal.decided_at = by, clock.now()
    proposal.save(update_fields=["state", "page", "reason", "decided_by", "decided_at"])
    transaction.on_commit(lambda: tasks.tell_proposer.enqueue(proposal.pk))

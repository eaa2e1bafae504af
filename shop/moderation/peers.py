"""Peers: two boutiques drawn by lot look at the making of a third; a silent one is replaced, a third is asked when they differ.

Candidates are open boutiques with an owner, outside the applicant's team, of another department and of another craft where enough are left.
"""

from collections import Counter
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from lapinblanc import clock

from shop.catalogue.models import Product
from shop.moderation import statements, targets
from shop.moderation.cases import open_case
from shop.moderation.drawing import draw, seed_of
from shop.moderation.models import Answer, Case, CaseState, Draw, Origin, PeerReview, PeerState
from shop.vendors.models import TeamMember, TeamRole, Vendor

PLACES = 2
DAYS_TO_ANSWER = timedelta(days=5)
MOST_AT_ONCE = 3


class NotAsked(Exception):
    """The answer was given, the time is over, or the case is decided."""


@transaction.atomic
def ask_peers(*, case: Case, count: int = PLACES) -> list[PeerReview]:
    """Draw `count` more peers and ask them; fewer when there are no candidates left."""
    locked = Case.objects.select_for_update(of=["self"]).select_related("vendor").get(pk=case.pk)
    vendor = locked.vendor
    if vendor is None or locked.state not in (CaseState.OPEN, CaseState.APPEALED):
        return []
    candidates, apart = _candidates(locked, vendor, count)
    if not candidates:
        return []
    seed = seed_of(case=locked.pk, opened_at=locked.opened_at, turn=locked.draws.count())  # type: ignore[attr-defined]
    chosen = draw(seed, candidates, count)
    row = Draw.objects.create(case=locked, seed=seed, candidates=sorted(candidates), chosen=chosen, kept_apart=apart, drawn_at=clock.now())
    due = clock.now() + DAYS_TO_ANSWER
    made = [PeerReview.objects.create(case=locked, draw=row, vendor_id=number, asked_at=clock.now(), due_at=due) for number in chosen]
    transaction.on_commit(partial(_tell, [peer.pk for peer in made]))
    return made


def answer(*, peer: PeerReview, answer: str, words: str) -> None:
    """Yes, no or doubt, with words; two that differ ask a third. Raises NotAsked, ValueError."""
    if answer not in Answer.values or not words.strip():
        raise ValueError
    with transaction.atomic():
        case = Case.objects.select_for_update(of=["self"]).get(pk=peer.case_id)  # type: ignore[attr-defined]
        fresh = PeerReview.objects.filter(pk=peer.pk, state=PeerState.ASKED)
        if case.state not in (CaseState.OPEN, CaseState.APPEALED):
            raise NotAsked
        if not fresh.update(state=PeerState.ANSWERED, answer=answer, words=words.strip()[:2000], answered_at=clock.now()):
            raise NotAsked
        if _needs_a_third(case):
            ask_peers(case=case, count=1)


def replace_silent() -> int:
    """The job: who did not answer in time gives the place to another; returns how many."""
    late = PeerReview.objects.filter(state=PeerState.ASKED, due_at__lt=clock.now()).select_related("case").order_by("pk")
    replaced = 0
    for peer in late:
        with transaction.atomic():
            if PeerReview.objects.filter(pk=peer.pk, state=PeerState.ASKED).update(state=PeerState.SILENT):
                replaced += len(ask_peers(case=peer.case, count=1))
    return replaced


def agreed(case: Case) -> bool:
    """Two peers said yes and nobody anything else: opening is one click. What they saw must be what was handed in last."""
    rows = list(case.peers.filter(state=PeerState.ANSWERED))  # type: ignore[attr-defined]
    since = case.vendor.declared_at if case.vendor is not None else None
    if since is not None and any(peer.answered_at < since for peer in rows):
        return False
    answers = [peer.answer for peer in rows]
    return len(answers) >= PLACES and set(answers) == {Answer.YES}


def tasks_of(vendor: Vendor) -> QuerySet[PeerReview]:
    """What this boutique is asked for."""
    rows = PeerReview.objects.filter(vendor=vendor, state=PeerState.ASKED, case__state__in=(CaseState.OPEN, CaseState.APPEALED))
    return rows.select_related("case__vendor").order_by("due_at", "pk")


def _needs_a_third(case: Case) -> bool:
    rows = list(case.peers.exclude(state=PeerState.SILENT))  # type: ignore[attr-defined]
    answers = [row.answer for row in rows if row.state == PeerState.ANSWERED]
    return len(rows) == PLACES and len(answers) == PLACES and set(answers) != {Answer.YES} and set(answers) != {Answer.NO}


def _candidates(case: Case, vendor: Vendor, count: int) -> tuple[list[int], list[str]]:
    """Numbers of boutiques, and what keeps them apart from the applicant; each rule is dropped only when too few are left."""
    team = TeamMember.objects.filter(vendor=vendor).values("user")
    known = TeamMember.objects.filter(user__in=team).values("vendor")
    busy = [pk for pk, asked in Counter(PeerReview.objects.filter(state=PeerState.ASKED).values_list("vendor", flat=True)).items() if asked >= MOST_AT_ONCE]
    owned = TeamMember.objects.filter(role=TeamRole.OWNER, user__is_active=True).values("vendor")
    asked_before = case.peers.values("vendor")  # type: ignore[attr-defined]
    rows = Vendor.objects.open().filter(pk__in=owned).exclude(pk=vendor.pk).exclude(pk__in=known).exclude(pk__in=asked_before).exclude(pk__in=busy)
    resting = rows.filter(leave_from__lte=clock.today(), leave_to__gte=clock.today()).values("pk")
    everybody = dict(rows.exclude(pk__in=resting).values_list("pk", "department"))
    elsewhere = {pk for pk, department in everybody.items() if department != vendor.department or not department}
    other_craft = {pk for pk in everybody if pk not in _same_craft(vendor)}
    for apart, left in (
        (["department", "category"], elsewhere & other_craft), (["category"], other_craft), (["department"], elsewhere), ([], set(everybody)),
    ):
        if len(left) >= count:
            return sorted(left), apart
    return sorted(everybody), []


def _same_craft(vendor: Vendor) -> set[int]:
    """Boutiques with a listing of a category in which the applicant has one."""
    mine = set(Product.objects.by(vendor).values_list("categories", flat=True)) - {None}
    return set(Product.objects.on_sale().filter(categories__in=mine).values_list("vendor", flat=True)) if mine else set()


def _tell(numbers: list[int]) -> None:
    for peer in PeerReview.objects.filter(pk__in=numbers).select_related("case", "vendor"):
        statements.send_peer_request(peer)


def application_arrived(*, vendor: Vendor) -> Case:
    """A boutique asks to be opened: its case, and its peers; the second call is the same case."""
    target = targets.find("vendor", vendor.pk)
    assert target is not None  # noqa: S101  the boutique exists
    with transaction.atomic():
        case = open_case(target=target, origin=Origin.APPLICATION, risk=40)
        if not case.draws.exists():  # type: ignore[attr-defined]
            ask_peers(case=case)
    return case


def applications_due() -> int:
    """The job: applications without a case, whichever way they arrived."""
    known = Case.objects.filter(kind="vendor", state=CaseState.OPEN).values("number")
    waiting = list(Vendor.objects.filter(state="applied").exclude(pk__in=known).order_by("declared_at")[:100])
    for vendor in waiting:
        application_arrived(vendor=vendor)
    return len(waiting)

"""The states of projects and pledges and the moves between them: one table each. An impossible move raises."""

from typing import Any

from lapinblanc import clock

from shop.funding import places
from shop.funding.models import HOLDING, Pledge, PledgeState, Project, ProjectState

PROJECT_MOVES: dict[str, frozenset[str]] = {
    ProjectState.DRAFT: frozenset({ProjectState.OPEN, ProjectState.CANCELLED}),
    ProjectState.OPEN: frozenset({ProjectState.SUCCEEDED, ProjectState.FAILED, ProjectState.CANCELLED}),
    ProjectState.SUCCEEDED: frozenset(),
    ProjectState.FAILED: frozenset(),
    ProjectState.CANCELLED: frozenset(),
}

PLEDGE_MOVES: dict[str, frozenset[str]] = {
    PledgeState.STARTED: frozenset({PledgeState.AUTHORISED, PledgeState.CANCELLED, PledgeState.RELEASED}),
    PledgeState.AUTHORISED: frozenset(
        {PledgeState.CAPTURED, PledgeState.RELEASED, PledgeState.FAILED, PledgeState.CANCELLED}
    ),
    # Refused by the bank, then mended: promised again while the project is open, charged once it has succeeded.
    PledgeState.FAILED: frozenset({PledgeState.AUTHORISED, PledgeState.CAPTURED, PledgeState.RELEASED}),
    PledgeState.CAPTURED: frozenset(),
    PledgeState.RELEASED: frozenset(),
    PledgeState.CANCELLED: frozenset(),
}


class ImpossibleMove(Exception):
    """Not in a state from which this can be done."""


def move_project(project: Project, state: str, **facts: Any) -> None:
    """Write a project's new state. Call with the project locked."""
    if state not in PROJECT_MOVES[project.state]:
        raise ImpossibleMove(f"project {project.pk}: {project.state} → {state}")
    project.state = state
    for name, value in facts.items():
        setattr(project, name, value)
    project.save(update_fields=["state", *facts])


def move_pledge(pledge: Pledge, state: str, **facts: Any) -> None:
    """Write a pledge's new state; its place follows. Call with the pledge locked. Raises ImpossibleMove, TierGone."""
    if state not in PLEDGE_MOVES[pledge.state]:
        raise ImpossibleMove(f"pledge {pledge.pk}: {pledge.state} → {state}")
    if pledge.tier_id is not None and state != PledgeState.FAILED:
        holds = state in HOLDING
        if holds and not pledge.holds_place:
            places.take(pledge.tier_id)
        elif pledge.holds_place and not holds:
            places.give_back(pledge.tier_id)
        pledge.holds_place = holds
    if state in (PledgeState.CAPTURED, PledgeState.RELEASED, PledgeState.CANCELLED):
        facts.setdefault("closed_at", clock.now())
    pledge.state = state
    for name, value in facts.items():
        setattr(pledge, name, value)
    pledge.save(update_fields=["state", "holds_place", *facts])

"""Two operators decide the same case at once: one decision. With the lock off, there are several."""

import time
from typing import Any

import pytest

from shop.moderation import deciding, targets
from shop.moderation.cases import open_case
from shop.moderation.deciding import AlreadyDecided, Verdict, decide
from shop.moderation.models import Case, Decision
from tests import factories as make
from tests.concurrency.threads import run_concurrently
from tests.factories import Market

pytestmark = pytest.mark.race
CLICKS = 4


def together(market: Market, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    target = targets.find("listing", market.bowl.pk)
    assert target is not None
    case = open_case(target=target, origin="operator")
    operators = [make.person(f"dan{number}", is_staff=True) for number in range(CLICKS)]
    write = deciding._write
    monkeypatch.setattr(deciding, "_write", lambda *facts: (time.sleep(0.1), write(*facts))[1])
    return run_concurrently(lambda index: decide(case=case, by=operators[index], verdict=Verdict("keep")), CLICKS)


def test_one_decision_however_many_decide(open_market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    results = together(open_market, monkeypatch)
    assert Decision.objects.count() == 1
    assert sum(isinstance(result, AlreadyDecided) for result in results) == CLICKS - 1


def test_control_without_the_lock_there_are_several(open_market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "_locked", lambda pk: Case.objects.select_related("vendor").get(pk=pk))
    together(open_market, monkeypatch)
    assert Decision.objects.count() > 1

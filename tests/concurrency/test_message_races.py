"""Two workers and double clicks on the messages; the claim has its control."""

from typing import Any
from uuid import uuid4

import pytest
from django.core import mail

from shop.messaging import telling
from shop.messaging.models import Conversation, Message
from shop.messaging.telling import tell_waiting
from shop.messaging.writing import about_order, begin, write
from tests import factories as make
from tests.concurrency.threads import run_concurrently
from tests.factories import Market

pytestmark = pytest.mark.race


@pytest.fixture
def shop(open_market: Market, django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        yield open_market


def test_a_mail_leaves_once_under_two_workers(shop: Market) -> None:
    for name in ("a", "b", "c"):
        make.conversation_about(shop.ocre, make.person(name))
    run_concurrently(lambda _index: tell_waiting(), 6)
    told = "".join(str(message.body) for message in mail.outbox)
    assert [told.count(f"{name} Martin") for name in ("A", "B", "C")] == [1, 1, 1]


def test_control_without_the_claim_it_leaves_more_than_once(shop: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """The claim off: each worker takes what waits. This must tell twice, or the test above proves nothing."""
    make.conversation_about(shop.ocre, shop.alice)
    rows = list(Message.objects.select_related("conversation__vendor", "conversation__buyer"))
    monkeypatch.setattr(telling, "_claim", lambda: [rows])
    run_concurrently(lambda _index: tell_waiting(), 3)
    assert len(mail.outbox) == 3


def test_one_conversation_whatever_the_clicks(shop: Market) -> None:
    order = make.bought((shop.mug, 1), buyer=shop.alice).orders.get()
    key = uuid4()
    results = run_concurrently(lambda _index: begin(vendor=shop.ocre, buyer=shop.alice, listing=shop.bowl, text="x", key=key), 8)
    results += run_concurrently(lambda _index: write(conversation=about_order(order=order), side="buyer", author=shop.alice, text="x", key=uuid4()), 8)
    assert [result for result in results if isinstance(result, Exception)] == []
    assert Conversation.objects.count() == 2
    assert Message.objects.filter(key=key).count() == 1

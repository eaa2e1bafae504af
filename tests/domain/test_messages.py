"""The verbs of the messages: limits, quiet hours by the clock, the answer during leave, mails claimed once, erasure."""

import smtplib
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from lapinblanc import clock
from lapinblanc.private import private_storage

from shop.messaging import telling, writing
from shop.messaging.models import Attachment, Conversation, InboxSettings, Message
from shop.messaging.outside import leads_outside
from shop.messaging.personal import Conversations
from shop.messaging.quiet import is_quiet
from shop.messaging.telling import tell_waiting
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db
# A Tuesday in winter: Paris is an hour ahead.
TUESDAY = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "start", "end", "days", "quiet"),
    [
        (20, 20, 8, (), True), (18, 20, 8, (), False), (6, 20, 8, (), True), (7, 20, 8, (), False),
        (12, 12, 14, (), True), (13, 12, 14, (), False), (12, 9, 9, (), False), (12, None, None, (1,), True),
        (12, None, None, (2,), False), (23, None, None, (2,), True), (12, None, None, tuple(range(7)), False),
    ],
)
def test_quiet_hours_and_days_are_those_of_paris(hour: int, start: int | None, end: int | None, days: tuple[int, ...], quiet: bool) -> None:
    hours = [None if value is None else time(value) for value in (start, end)]
    assert is_quiet(TUESDAY + timedelta(hours=hour), start=hours[0], end=hours[1], days=days) is quiet


def test_mails_to_the_boutique_wait_for_the_end_of_quiet_hours_and_come_as_one(market: Market) -> None:
    InboxSettings.objects.create(vendor=market.ocre, quiet_from=time(20), quiet_to=time(8))
    with clock.at(TUESDAY + timedelta(hours=21)):
        first = make.conversation_about(market.ocre, market.alice, text="Bonsoir")
        make.conversation_about(market.ocre, market.eve, text="Bonne nuit")
        writing.write(conversation=first, side="vendor", author=market.basile, text="Bonsoir à vous", key=uuid4())
        assert tell_waiting() == 1
    assert [message.to for message in mail.outbox] == [[market.alice.email]]
    with clock.at(TUESDAY + timedelta(hours=31, minutes=30)):
        assert (tell_waiting(), tell_waiting()) == (1, 0)
    assert mail.outbox[1].to == ["ocre@example.org"]
    assert "Bonsoir" in mail.outbox[1].body
    assert "Bonne nuit" in mail.outbox[1].body
    assert mail.outbox[1].subject == "2 nouveaux messages"


def test_what_was_read_is_not_mailed(market: Market) -> None:
    conversation = make.conversation_about(market.ocre, market.alice)
    conversation.refresh_from_db()
    writing.mark_read(conversation=conversation, side="vendor")
    assert tell_waiting() == 0


def test_a_mail_that_the_server_refused_is_tried_again(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    make.conversation_about(market.ocre, market.alice)

    def refuse(_messages: Any) -> None:
        raise smtplib.SMTPServerDisconnected

    with monkeypatch.context() as patch:
        patch.setattr(telling, "_mail", refuse)
        assert tell_waiting() == 0
    assert tell_waiting() == 1
    assert len(mail.outbox) == 1


def test_a_worker_killed_after_its_claim_never_lets_the_mail_leave_twice(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    make.conversation_about(market.ocre, market.alice)

    def die(_messages: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(telling, "_mail", die)
        with pytest.raises(KeyboardInterrupt):
            tell_waiting()
    assert tell_waiting() == 0


def test_the_answer_during_leave_goes_once_a_day(market: Market) -> None:
    market.ocre.leave_from, market.ocre.leave_to = date(2026, 11, 23), date(2026, 11, 30)
    market.ocre.save()
    InboxSettings.objects.create(vendor=market.ocre, leave_answer="De retour lundi.")
    with clock.at(TUESDAY + timedelta(hours=8)):
        conversation = make.conversation_about(market.ocre, market.alice)
    for hours in (9, 22, 22):  # 23:00 in Paris, the same day
        with clock.at(TUESDAY + timedelta(hours=hours)):
            writing.write(conversation=conversation, side="buyer", author=market.alice, text="Et ?", key=uuid4())
    assert conversation.messages.filter(automatic=True).count() == 1
    with clock.at(TUESDAY + timedelta(hours=23, minutes=5)):  # five past midnight in Paris
        writing.write(conversation=conversation, side="buyer", author=market.alice, text="Toujours là ?", key=uuid4())
    assert conversation.messages.filter(automatic=True).count() == 2
    with clock.at(TUESDAY + timedelta(days=10)):
        writing.write(conversation=conversation, side="buyer", author=market.alice, text="Alors ?", key=uuid4())
    assert conversation.messages.filter(automatic=True).count() == 2
    conversation.refresh_from_db()
    assert (conversation.vendor_unread, conversation.buyer_unread) == (True, True)


def test_new_conversations_and_messages_have_their_limits(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "NEW_A_DAY", 2)
    monkeypatch.setattr(writing, "MESSAGES_AN_HOUR", 3)
    conversation = make.conversation_about(market.ocre, market.alice)
    make.conversation_about(market.sel, market.alice)
    third = make.boutique("laine")
    with pytest.raises(writing.TooMany):
        make.conversation_about(third, market.alice)
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        make.conversation_about(third, market.alice)
    for _ in range(2):
        writing.write(conversation=conversation, side="buyer", author=market.alice, text="x", key=uuid4())
    with pytest.raises(writing.TooMany):
        writing.write(conversation=conversation, side="buyer", author=market.alice, text="x", key=uuid4())
    writing.write(conversation=conversation, side="vendor", author=market.basile, text="x", key=uuid4())


def test_nobody_writes_to_their_own_boutique(market: Market) -> None:
    with pytest.raises(writing.NotYours):
        make.conversation_about(market.ocre, market.basile)
    assert Conversation.objects.count() == 0


def test_a_key_belongs_to_one_conversation_and_side(market: Market) -> None:
    first, second, key = make.conversation_about(market.ocre, market.alice), make.conversation_about(market.ocre, market.eve), uuid4()
    made = writing.write(conversation=first, side="buyer", author=market.alice, text="x", key=key)
    assert writing.write(conversation=first, side="buyer", author=market.alice, text="y", key=key) == made
    for conversation, side in ((second, "buyer"), (first, "vendor")):
        with pytest.raises(writing.NotYours):
            writing.write(conversation=conversation, side=side, author=market.eve, text="x", key=key)


def test_a_file_of_a_refused_message_is_not_left_behind(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(writing, "_answer_during_leave", fail)
    order = make.bought((market.bowl, 1)).orders.get()
    with pytest.raises(RuntimeError):
        make.conversation(order)
    assert private_storage().listdir("messages")[1] == []


def test_an_erasure_takes_conversations_whole_and_names_from_answers(market: Market, django_capture_on_commit_callbacks: Any) -> None:
    mine = make.conversation(make.bought((market.bowl, 1), buyer=market.alice).orders.get())
    guest = make.conversation(make.bought((market.mug, 1), email=market.alice.email.upper()).orders.get())
    other = make.conversation_about(market.ocre, market.eve)
    writing.write(conversation=other, side="vendor", author=market.alice, text="Pour la boutique", key=uuid4())
    subject, paths = Conversations(), list(Attachment.objects.values_list("path", flat=True))
    sheets = {item.name: item for item in subject.export(market.alice)}
    assert len(sheets["conversations"].rows) == 2  # type: ignore[union-attr]
    with django_capture_on_commit_callbacks(execute=True):
        outcome = subject.erase(market.alice)
    assert not Conversation.objects.filter(pk__in=(mine.pk, guest.pk)).exists()
    assert outcome.kept == 1
    assert Message.objects.get(text="Pour la boutique").author is None
    assert not any(private_storage().exists(path) for path in paths)


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Écrivez-moi à zoe.martin@example.org", True), ("Mon numéro : 06 12 34 56 78", True), ("+33 6 12 34 56 78", True),
        ("FR7630006000011234567890189", True), ("On peut passer par PayPal ?", True), ("je préfère payer en direct", True),
        ("Existe-t-il en 12 x 34 cm ?", False), ("Commande LB-2026-000123-1, merci", False), ("Le 06/12 à 18 h", False), ("", False),
    ],
)
def test_signs_of_a_deal_elsewhere(text: str, signs: bool) -> None:
    assert leads_outside(text) is signs

"""Reporting a message: by its reader alone, read by operators with what stands around it, hidden with reasons, never in silence."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from lapinblanc import clock

from shop.messaging.models import Attachment, Conversation, Message
from shop.messaging.reporting import GUEST, report_url
from shop.messaging.writing import write
from shop.moderation import carrying
from shop.moderation.deciding import Verdict, decide
from shop.moderation.models import Case, Decision, Notice
from shop.vendors.models import TeamMember
from tests import factories as make
from tests.factories import Market
from tests.web.test_access import client_of

pytestmark = pytest.mark.django_db
INSULT = "Vous êtes une voleuse."


def said(conversation: Conversation, side: str, text: str) -> Message:
    return write(conversation=conversation, side=side, author=None, text=text, key=uuid4())


def notice(client: Client, address: str, **fields: Any) -> Any:
    data = {"reason": "insult", "text": "Une insulte.", "name": "Ève", "email": "eve@example.org", "good_faith": "on", "key": str(uuid4())} | fields
    return client.post(address, data)


def link_on(client: Client, page: str) -> str:
    """The address of the last message that this page lets its reader report."""
    html = client.get(page).content.decode()
    return html.rpartition('href="/signaler/message/')[2].partition('"')[0]


@pytest.fixture
def talk(market: Market) -> Conversation:
    """Alice asks, the boutique insults her, about an order of hers."""
    conversation = make.conversation(make.bought((market.bowl, 1), buyer=market.alice).orders.get(), text="Secret de la cliente")
    said(conversation, "vendor", INSULT)
    return conversation


def test_each_side_reports_the_other_from_the_conversation(market: Market, talk: Conversation, django_capture_on_commit_callbacks: Any) -> None:
    for user, page, side in ((market.alice, f"/compte/messages/{talk.pk}/", "vendor"), (market.basile, f"/atelier/messages/{talk.pk}/", "buyer")):
        client, message = client_of(user), talk.messages.get(side=side)
        assert client.get(page).content.decode().count("/signaler/message/") == 1
        address = f"/signaler/message/{link_on(client, page)}"
        shown = client.get(address)
        assert shown.status_code == 200
        assert message.text not in shown.content.decode()
        assert 'name="referrer" content="same-origin"' in shown.content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            assert notice(client, address).url == "/signaler/recu/"
        sent = Notice.objects.latest("pk")
        assert (sent.case.kind, sent.case.number, sent.reporter) == ("message", message.pk, user)
        assert sent.address.endswith(f"{page}#m-{message.pk}")
        assert message.text not in mail.outbox[-1].body
        assert talk.token not in mail.outbox[-1].body
        assert sent.case.vendor == (market.ocre if side == "vendor" else None)


def test_a_guest_reports_by_the_link_of_the_purchase(market: Market) -> None:
    purchase = make.bought((market.bowl, 1))
    order = purchase.orders.get()
    conversation = make.conversation(order)
    said(conversation, "vendor", INSULT)
    for page in (f"/messages/fil/{conversation.token}/", f"/messages/achat/{purchase.token}/{order.number}/"):
        assert notice(Client(), f"/signaler/message/{link_on(Client(), page)}").status_code == 302
    sent = Notice.objects.earliest("pk")
    assert Case.objects.get().number == conversation.messages.get(side="vendor").pk
    assert conversation.token not in sent.address


def test_for_everybody_else_it_does_not_exist_and_nothing_changes(market: Market, talk: Conversation) -> None:
    theirs, hers = talk.messages.get(side="vendor"), talk.messages.get(side="buyer")
    for_alice, for_basile = report_url(theirs.pk, reader="buyer"), report_url(hers.pk, reader="vendor")
    packer = make.person("emballe")
    TeamMember.objects.create(vendor=market.sel, user=packer, role="orders")
    number = for_alice.split("/")[3].split("-")[0]
    denied: list[tuple[Any, str]] = [
        *((who, address) for who in (None, market.eve, market.camille, packer) for address in (for_alice, for_basile)),
        (market.basile, for_alice), (market.alice, for_basile),
        *((market.alice, address) for address in (
            for_alice[:-2] + ("A/" if for_alice[-2] != "A" else "B/"), for_alice.replace(f"/{number}-buyer-", f"/{number}-{GUEST}-"),
            for_alice.replace(f"/{number}-", f"/{hers.pk}-"), "/signaler/message/1/", f"/signaler/message/{theirs.pk}/", "/signaler/message/a-b-c:d/",
        )),
        (market.alice, report_url(hers.pk, reader="buyer")), (market.basile, report_url(theirs.pk, reader="vendor")),
        (None, report_url(make.conversation_about(market.ocre, market.eve).messages.get().pk, reader=GUEST)),
    ]
    for who, address in denied:
        client = Client() if who is None else client_of(who)
        for answer in (client.get(address), notice(client, address)):
            assert answer.status_code == 404, (who, address)
            assert "Secret" not in answer.content.decode()
            assert talk.subject not in answer.content.decode()
    with clock.at(clock.now() + timedelta(days=2, minutes=1)):
        assert notice(client_of(market.alice), for_alice).status_code == 404
    assert not Case.objects.exists()
    assert not Notice.objects.exists()
    assert client_of(market.alice).get(for_alice).status_code == 200
    assert client_of(market.basile).get(for_basile).status_code == 200


def test_operators_read_two_before_and_two_after_while_the_case_waits(market: Market) -> None:
    conversation = make.conversation_about(market.ocre, market.alice, text="mot-0")
    for place in range(1, 8):
        said(conversation, "vendor" if place == 4 else "buyer", f"mot-{place}")
    reported = conversation.messages.get(text="mot-4")
    dora = client_of(market.dora)
    assert dora.post(f"/gestion/moderation/ouvrir/message/{reported.pk}/").status_code == 404
    assert not Case.objects.exists()
    notice(client_of(market.alice), report_url(reported.pk, reader="buyer"))
    case = Case.objects.get()
    html = dora.get(f"/gestion/moderation/{case.pk}/").content.decode()
    assert [place for place in range(8) if f"mot-{place}" in html] == [2, 3, 4, 5, 6]
    assert html.index("Le message signalé") < html.index("mot-4")
    assert client_of(market.basile).get(f"/gestion/moderation/{case.pk}/").status_code in (302, 403, 404)
    decide(case=case, by=market.dora, verdict=Verdict("keep"))
    assert "mot-4" not in dora.get(f"/gestion/moderation/{case.pk}/").content.decode()


def test_what_is_attached_to_the_message_is_handed_to_operators_alone(market: Market, talk: Conversation) -> None:
    other = make.conversation(make.bought((market.mug, 1), buyer=market.eve).orders.get())
    mine, foreign = Attachment.objects.get(message__conversation=talk), Attachment.objects.get(message__conversation=other)
    notice(client_of(market.basile), report_url(mine.message_id, reader="vendor"))
    case, dora = Case.objects.get(), client_of(market.dora)
    address = f"/gestion/moderation/{case.pk}/piece/"
    assert f"{address}{mine.pk}/" in dora.get(f"/gestion/moderation/{case.pk}/").content.decode()
    assert dora.get(f"{address}{mine.pk}/")["Content-Disposition"].startswith("attachment")
    assert dora.get(f"{address}{foreign.pk}/").status_code == 404
    assert client_of(market.camille).get(f"{address}{mine.pk}/").status_code in (302, 403, 404)
    decide(case=case, by=market.dora, verdict=Verdict("keep"))
    assert dora.get(f"{address}{mine.pk}/").status_code == 404


def test_hidden_with_reasons_to_its_author_and_put_back_on_appeal(market: Market, talk: Conversation) -> None:
    message = talk.messages.get(side="vendor")
    notice(client_of(market.alice), report_url(message.pk, reader="buyer"))
    made = decide(case=Case.objects.get(), by=market.dora, verdict=Verdict("hide", "insult", "« Voleuse » est une injure."))
    carrying.carry_out(made.pk)
    statement = next(letter for letter in mail.outbox if letter.to == [market.ocre.email])
    for words in ("« Voleuse » est une injure.", str(made.clause), "six mois", f"/atelier/moderation/decisions/{made.pk}/", "dans la conversation"):
        assert words in statement.body, words
    assert INSULT not in client_of(market.alice).get(f"/compte/messages/{talk.pk}/").content.decode()
    assert "/signaler/message/" not in client_of(market.alice).get(f"/compte/messages/{talk.pk}/").content.decode()
    basile = client_of(market.basile)
    assert basile.post(f"/atelier/moderation/decisions/{made.pk}/", {"text": "Le mot vient d’une citation."}).status_code == 302
    second = decide(case=made.case, by=make.person("dan", is_staff=True), verdict=Verdict("restore"))
    carrying.carry_out(second.pk)
    assert INSULT in client_of(market.alice).get(f"/compte/messages/{talk.pk}/").content.decode()


def test_a_buyer_is_warned_by_a_signed_address(market: Market, talk: Conversation) -> None:
    notice(client_of(market.basile), report_url(talk.messages.get(side="buyer").pk, reader="vendor"))
    made = decide(case=Case.objects.get(), by=market.dora, verdict=Verdict("warn", "insult", "Un mot de trop."))
    carrying.carry_out(made.pk)
    letter = next(letter for letter in mail.outbox if letter.to == [market.alice.email] and "/signaler/decision/" in letter.body)
    link = next(word for word in letter.body.split() if "/signaler/decision/" in word)
    assert Client().post(link[link.index("/signaler/") :], {"text": "Je m’en excuse."}).status_code == 302
    assert Decision.objects.get().appeals.count() == 1
    assert talk.messages.get(side="buyer").hidden_at is None
    assert "Secret" not in client_of(market.basile).get("/atelier/moderation/").content.decode()


def test_only_the_reasons_that_fit_a_message_are_offered(market: Market, talk: Conversation) -> None:
    alice, address = client_of(market.alice), report_url(talk.messages.get(side="vendor").pk, reader="buyer")
    assert 'value="false_review"' not in alice.get(address).content.decode()
    assert notice(alice, address, reason="resale").status_code == 422
    assert not Notice.objects.exists()

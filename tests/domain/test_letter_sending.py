"""Sending the letter: once to each, whatever is killed; the right content to the right people; what comes back (FAULTS R17, R18)."""

import base64
import json
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from lapinblanc import clock

from editorial.newsletter import composing, sending
from editorial.newsletter.composing import Reader
from editorial.newsletter.models import Delivery, Issue, IssueItem, Subscriber
from tests import factories as make
from tests.factories import Market
from tests.house import House, client_of, enrolled, former
from tests.web.test_letter import confirmed

pytestmark = pytest.mark.django_db
SECRET = "courrier:webhook-secret-for-the-tests-only-0123456789"


@pytest.fixture
def house(market: Market) -> House:
    return House.build()


@pytest.fixture
def issue(house: House) -> Issue:
    house.news("Assemblée publique", slug="publique")
    return Issue.objects.create(title="La lettre de novembre", foreword="<p>Chères lectrices, <a href=\"https://exemple.fr/x\">voici</a>.</p>")


class Server:
    """A mail server that answers as the test says; what it took is in `taken`."""

    taken: list[str]

    def __init__(self, monkeypatch: Any, *trouble: Exception | None) -> None:
        self.taken, self.trouble = [], list(trouble)
        monkeypatch.setattr("django.core.mail.get_connection", lambda *args, **kwargs: self)

    def open(self) -> None: ...

    def close(self) -> None: ...

    def send_messages(self, letters: Any) -> int:
        raised = self.trouble.pop(0) if self.trouble else None
        if raised is not None:
            raise raised
        self.taken += [letter.to[0] for letter in letters]
        return len(letters)


def states(issue: Issue) -> list[str]:
    return list(Delivery.objects.filter(issue=issue).order_by("pk").values_list("state", flat=True))


def refused(code: int) -> SMTPRecipientsRefused:
    return SMTPRecipientsRefused({"x@example.org": (code, b"no")})


def test_everybody_confirmed_receives_it_once_with_exact_headers(issue: Issue) -> None:
    person = confirmed("a@example.org")
    confirmed("b@example.org")
    for state in ("pending", "unsubscribed", "bounced"):
        Subscriber.objects.create(email=f"{state}@example.org", state=state)
    assert sending.begin(issue=issue) == 2
    assert sending.go_on() == 2
    assert sending.go_on() == 0
    assert sorted(sent.to[0] for sent in mail.outbox) == ["a@example.org", "b@example.org"]
    letter = next(sent for sent in mail.outbox if sent.to == ["a@example.org"])
    delivery = Delivery.objects.get(subscriber=person)
    stop = letter.extra_headers["List-Unsubscribe"]
    assert letter.extra_headers == {
        "List-Unsubscribe": stop, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": "Lapin Blanc <lettre.127.0.0.1>", "Message-ID": f"<lettre-{issue.pk}-{delivery.pk}@127.0.0.1>",
    }
    assert stop.startswith("<http")
    assert "Assemblée publique" in letter.body
    assert "voici (https://exemple.fr/x)" in letter.body
    assert "Assemblée publique" in letter.alternatives[0][0]
    Client().post("/" + stop.strip("<>").split("/", 3)[3])
    assert Subscriber.objects.get(pk=person.pk).state == "unsubscribed"
    issue.refresh_from_db()
    assert issue.state == "sent"


def test_a_second_start_is_refused_and_adds_nobody(issue: Issue) -> None:
    confirmed("a@example.org")
    sending.begin(issue=issue)
    with pytest.raises(sending.NotNow):
        sending.begin(issue=issue)
    confirmed("b@example.org")
    sending.go_on()
    assert [sent.to for sent in mail.outbox] == [["a@example.org"]]


def test_killed_before_or_after_its_mail_left_nobody_is_written_to_twice(issue: Issue, monkeypatch: Any) -> None:
    """The process dies twice while sending; what it had claimed is counted as unknown, all others go on."""
    for number in range(6):
        confirmed(f"n{number}@example.org")
    sending.begin(issue=issue)
    server = Server(monkeypatch)
    server.trouble = [None, None, KeyboardInterrupt()]  # type: ignore[list-item]
    with pytest.raises(KeyboardInterrupt):
        sending.go_on()
    assert states(issue) == ["sent", "sent", "sending", "waiting", "waiting", "waiting"]
    sending.go_on()
    assert len(server.taken) == len(set(server.taken)) == 5
    issue.refresh_from_db()
    assert issue.state == "sending"
    with clock.at(clock.now() + timedelta(minutes=11)):
        sending.go_on()
    assert len(server.taken) == 5
    issue.refresh_from_db()
    assert (issue.state, sending.counts(issue)["unknown"], sending.counts(issue)["done"]) == ("sent", 1, 6)


def test_cut_off_in_the_middle_is_not_sent_again(issue: Issue, monkeypatch: Any) -> None:
    for number in range(3):
        confirmed(f"n{number}@example.org")
    sending.begin(issue=issue)
    server = Server(monkeypatch, SMTPServerDisconnected("gone"))
    sending.go_on()
    assert states(issue) == ["unknown", "waiting", "waiting"]
    assert sending.go_on() == 0
    with clock.at(clock.now() + timedelta(minutes=3)):
        sending.go_on()
    assert states(issue) == ["unknown", "sent", "sent"]
    assert len(server.taken) == 2


def test_a_server_that_is_down_claims_nothing_and_is_tried_again(issue: Issue, monkeypatch: Any) -> None:
    confirmed("a@example.org")
    sending.begin(issue=issue)
    server = Server(monkeypatch)
    server.open = lambda: (_ for _ in ()).throw(ConnectionRefusedError("down"))  # type: ignore[method-assign]
    assert sending.go_on() == 0
    assert Delivery.objects.get().attempts == 0
    issue.refresh_from_db()
    assert "down" in issue.problem
    server.open = lambda: None  # type: ignore[method-assign]
    with clock.at(clock.now() + timedelta(minutes=3)):
        assert sending.go_on() == 1


def test_refused_for_good_is_never_written_to_again(issue: Issue, monkeypatch: Any) -> None:
    confirmed("x@example.org")
    sending.begin(issue=issue)
    Server(monkeypatch, refused(550))
    sending.go_on()
    assert Subscriber.objects.get().state == "bounced"
    following = Issue.objects.create(title="La suivante", foreword="<p>Bonjour.</p>")
    assert sending.begin(issue=following) == 0


def test_refused_for_the_moment_is_tried_three_times(issue: Issue, monkeypatch: Any) -> None:
    confirmed("x@example.org")
    sending.begin(issue=issue)
    server = Server(monkeypatch, refused(450), SMTPDataError(451, b"later"), refused(452))
    now = clock.now()
    for hours in (0, 1, 2, 3):
        with clock.at(now + timedelta(hours=hours)):
            sending.go_on()
    assert server.taken == []
    assert states(issue) == ["soft"]
    assert Subscriber.objects.get().state == "confirmed"


def test_three_soft_refusals_in_a_row_end_it_and_a_success_between_starts_anew(house: House, monkeypatch: Any) -> None:
    person = confirmed("x@example.org")
    for state in ("soft", "soft", "sent", "soft", "soft"):
        past = Issue.objects.create(title="Passée", state="sent", started_at=clock.now())
        Delivery.objects.create(issue=past, subscriber=person, state="sent")
        if state == "soft":
            sending.bounces.soft(Delivery.objects.get(issue=past))
    person.refresh_from_db()
    assert person.state == "confirmed"
    last = Issue.objects.create(title="Dernière", state="sent", started_at=clock.now())
    for _repeated in range(2):
        sending.bounces.soft(Delivery.objects.get_or_create(issue=last, subscriber=person, defaults={"state": "sent"})[0])
    person.refresh_from_db()
    assert person.state == "bounced"


def test_who_leaves_while_it_is_sent_receives_nothing(issue: Issue) -> None:
    person = confirmed("a@example.org")
    sending.begin(issue=issue)
    Subscriber.objects.filter(pk=person.pk).update(state="unsubscribed")
    sending.go_on()
    assert mail.outbox == []
    assert states(issue) == ["skipped"]


def test_stop_and_go_on(issue: Issue) -> None:
    confirmed("a@example.org")
    sending.begin(issue=issue)
    sending.stop(issue=issue)
    assert sending.go_on() == 0
    assert mail.outbox == []
    sending.resume(issue=issue)
    assert sending.go_on() == 1


def test_it_leaves_at_its_hour(issue: Issue) -> None:
    confirmed("a@example.org")
    with pytest.raises(sending.NotNow):
        sending.schedule(issue=issue, moment=clock.now() - timedelta(minutes=1))
    sending.schedule(issue=issue, moment=clock.now() + timedelta(hours=1))
    assert sending.go_on() == 0
    with clock.at(clock.now() + timedelta(hours=1, minutes=1)):
        assert sending.go_on() == 1


def test_what_is_reserved_goes_to_those_it_is_for(house: House) -> None:
    """By the verified address of a current member's account; by nothing else."""
    house.news("Le secret du collège", slug="secret", audience="creators")
    house.news("Pour tous les sociétaires", slug="tous", audience="members")
    issue = Issue.objects.create(title="Lettre", foreword="<p>Bonjour.</p>")
    enrolled("odile"), enrolled("irma", "buyers"), former("fred")
    unverified = enrolled("ugo")
    unverified.user.emailaddress_set.update(verified=False)
    make.person("zoe")
    names = ("odile", "irma", "fred", "ugo", "zoe", "inconnue")
    for name in names:
        confirmed(f"{name}@example.org")
    confirmed("sourde@example.org", cooperative=False)
    sending.begin(issue=issue)
    assert sending.go_on() == 7
    told = {sent.to[0].partition("@")[0]: ("secret" in sent.body, "Pour tous" in sent.body) for sent in mail.outbox}
    assert told == {
        "odile": (True, True), "irma": (False, True), "fred": (False, False), "ugo": (False, False), "zoe": (False, False),
        "inconnue": (False, False), "sourde": (False, False),
    }
    for sent in mail.outbox:
        assert ("secret" in sent.alternatives[0][0]) == ("secret" in sent.body)


def test_what_was_withdrawn_or_reserved_meanwhile_is_not_in_it(house: House, issue: Issue) -> None:
    confirmed("a@example.org")
    page = house.news("Éphémère", slug="ephemere")
    sending.begin(issue=issue)
    assert IssueItem.objects.filter(issue=issue, page=page).exists()
    page.audience = "creators"
    page.save()
    sending.go_on()
    assert "Éphémère" not in mail.outbox[0].body


def test_automatic_content_is_what_is_new_since_the_last(house: House, issue: Issue) -> None:
    confirmed("a@example.org")
    sending.begin(issue=issue)
    sending.go_on()
    later = house.news("Toute fraîche", slug="fraiche")
    following = Issue.objects.create(title="La suivante")
    assert composing.pages_of(following) == [later.pk]
    assert [entry.title for entry in composing.entries(composing.pages_of(following))] == ["Toute fraîche"]
    nothing = Issue.objects.create(title="Vide", automatic=False)
    assert composing.letter(nothing, Reader(), [], to="a@example.org", stop_url="", preferences_url="") is None


def event(client: Client, kind: str, recipient: str, *, secret: str = SECRET, **facts: Any) -> int:
    body = {"RecordType": kind, "Email": recipient, "Recipient": recipient, "MessageID": "m1", "ID": 1, **facts}
    authorization = "Basic " + base64.b64encode(secret.encode()).decode()
    return client.post("/courrier/postmark/tracking/", json.dumps(body), content_type="application/json", HTTP_AUTHORIZATION=authorization).status_code


def test_events_of_the_mail_service_are_believed_with_their_secret_alone(issue: Issue, client: Client) -> None:
    confirmed("x@example.org")
    sending.begin(issue=issue)
    sending.go_on()
    number = str(Delivery.objects.get().pk)
    hard = {"Type": "HardBounce", "Metadata": {"delivery": number}, "BouncedAt": "2026-11-26T01:00:00Z"}
    assert event(client, "Bounce", "x@example.org", secret="courrier:wrong", **hard) == 400
    assert client.post("/courrier/postmark/tracking/", json.dumps({}), content_type="application/json").status_code == 400
    assert Subscriber.objects.get().state == "confirmed"
    for _repeated in range(2):
        assert event(client, "Bounce", "x@example.org", **hard) == 200
    assert Subscriber.objects.get().state == "bounced"
    assert sending.counts(issue)["bounced"] == 1


def test_a_complaint_unsubscribes_and_a_soft_bounce_alone_does_not(issue: Issue, client: Client) -> None:
    confirmed("x@example.org"), confirmed("y@example.org")
    sending.begin(issue=issue)
    sending.go_on()
    assert event(client, "SpamComplaint", "x@example.org", Type="SpamComplaint", BouncedAt="2026-11-26T01:00:00Z") == 200
    assert event(client, "Bounce", "y@example.org", Type="SoftBounce", BouncedAt="2026-11-26T01:00:00Z") == 200
    assert event(client, "Bounce", "inconnue@example.org", Type="HardBounce", BouncedAt="2026-11-26T01:00:00Z") == 200
    assert dict(Subscriber.objects.values_list("email", "state")) == {"x@example.org": "unsubscribed", "y@example.org": "confirmed"}
    assert sending.counts(issue)["soft"] == 1


def test_editors_preview_test_and_send_it(issue: Issue, market: Market) -> None:
    editor, reader = client_of(market.dora), confirmed("a@example.org")
    page = editor.get(f"/cms/lettre/{issue.pk}/").content.decode()
    assert page.count("<iframe") == 2
    assert "Assemblée publique" in page
    editor.post(f"/cms/lettre/{issue.pk}/essai/")
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [(["dora@example.org"], "[Essai] La lettre de novembre")]
    for stranger in (Client(), client_of(market.alice)):
        for place in ("", "essai/", "envoi/"):
            assert stranger.post(f"/cms/lettre/{issue.pk}/{place}", {"action": "send"}).status_code in (302, 403)
    assert Delivery.objects.count() == 0
    editor.post(f"/cms/lettre/{issue.pk}/envoi/", {"action": "send"})
    assert editor.get(f"/cms/lettre/{issue.pk}/")["Refresh"] == "4"
    sending.go_on()
    answer = editor.get(f"/cms/lettre/{issue.pk}/")
    assert "Refresh" not in answer
    assert "1 / 1" in answer.content.decode()
    assert reader.email in editor.get("/cms/lettre/abonnes/").content.decode()
    for place in ("new/", f"edit/{reader.pk}/", f"delete/{reader.pk}/"):
        assert editor.get(f"/cms/lettre/abonnes/{place}").status_code in (302, 403)
    assert editor.get(f"/cms/lettre/numeros/edit/{issue.pk}/").status_code in (302, 403)


def test_operators_enrol_by_address_and_mark_as_left(market: Market) -> None:
    operator = client_of(market.dora)
    assert operator.get("/cms/societaires/").status_code == 200
    assert "Aucun compte" in operator.post("/cms/societaires/new/", {"email": "nobody@example.org", "college": "buyers", "joined": "2026-11-01"}).content.decode()
    operator.post("/cms/societaires/new/", {"email": "alice@example.org", "college": "buyers", "joined": "2026-11-01"})
    member = market.alice.membership
    assert (member.number, member.college, member.is_current) == (1, "buyers", True)
    operator.post(f"/cms/societaires/edit/{member.pk}/", {"college": "buyers", "left": "2026-11-20"})
    member.refresh_from_db()
    assert not member.is_current
    assert not market.alice.groups.exists()
    assert operator.post(f"/cms/societaires/delete/{member.pk}/").status_code in (302, 403)
    assert "alice@example.org" in operator.get("/cms/societaires/?q=alice").content.decode()
    for stranger in (Client(), client_of(market.eve)):
        assert stranger.post("/cms/societaires/new/", {"email": "eve@example.org", "college": "buyers", "joined": "2026-11-01"}).status_code in (302, 403)
    assert not hasattr(market.eve, "membership")

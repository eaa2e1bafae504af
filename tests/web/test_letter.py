"""Asking for the letter and leaving it: twice said, once stopped, never guessed (LAW D1-D3, RFC 8058)."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django_tasks_db.models import DBTaskResult
from lapinblanc import clock

from editorial.newsletter import consent, tokens
from editorial.newsletter.models import Consent, Subscriber

pytestmark = pytest.mark.django_db
ADDRESS = "claire@example.org"


def run_jobs() -> None:
    for job in DBTaskResult.objects.filter(status="READY").order_by("enqueued_at"):
        job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
        job.delete()


def ask(client: Client, email: str = ADDRESS, **data: Any) -> Any:
    return client.post("/lettre/", {"email": email, "topics": ["stories"], **data})


def confirmed(email: str = ADDRESS, **facts: Any) -> Subscriber:
    return Subscriber.objects.create(email=email, state="confirmed", confirmed_at=clock.now(), **facts)


def path(address: str) -> str:
    return "/" + address.split("://", 1)[1].split("/", 1)[1]


@pytest.fixture
def asked(client: Client, django_capture_on_commit_callbacks: Any) -> str:
    """The address in the mail that asks to confirm."""
    with django_capture_on_commit_callbacks(execute=True):
        assert ask(client).status_code == 302
    run_jobs()
    (sent,) = mail.outbox
    assert sent.to == [ADDRESS]
    return path(re.search(r"https?://\S+/lettre/confirmer/\S+", sent.body).group(0))


def test_nothing_is_sent_before_the_mail_is_answered(client: Client, asked: str) -> None:
    person = Subscriber.objects.get()
    assert (person.state, person.stories, person.collections, person.cooperative) == ("pending", True, False, False)
    for _scanner in range(2):
        assert client.get(asked).status_code == 200
    person.refresh_from_db()
    assert person.state == "pending"
    assert client.post(asked, follow=True).status_code == 200
    person.refresh_from_db()
    assert person.state == "confirmed"
    assert list(Consent.objects.values_list("kind", "text_version", "place")) == [("asked", "2026-11", "/lettre/"), ("confirmed", "2026-11", "")]


def test_a_link_is_worth_seven_days_and_one_purpose(client: Client, asked: str) -> None:
    for wrong in (asked[:-3] + "xx/", asked.replace("confirmer", "ne-plus-recevoir"), asked.replace("confirmer", "choix")):
        assert client.post(wrong).status_code == 404
    assert Subscriber.objects.get().state == "pending"
    import time
    from unittest import mock

    with mock.patch("django.core.signing.time.time", return_value=time.time() + 8 * 86400):
        assert client.post(asked).status_code == 404
    assert Subscriber.objects.get().state == "pending"


def test_a_newer_request_makes_the_older_link_worthless(client: Client, asked: str) -> None:
    Subscriber.objects.update(asked_at=clock.now() - timedelta(hours=1))
    ask(client)
    assert client.post(asked).status_code == 404


def test_the_answer_is_the_same_for_every_address(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    confirmed("connue@example.org")
    Subscriber.objects.update(asked_at=clock.now() - timedelta(hours=1))
    Subscriber.objects.create(email="partie@example.org", state="unsubscribed", asked_at=clock.now() - timedelta(hours=1))
    answers = set()
    with django_capture_on_commit_callbacks(execute=True):
        for email in ("connue@example.org", "CONNUE@example.org", "inconnue@example.org", "partie@example.org"):
            answer = ask(client, email)
            answers.add((answer.status_code, answer.url))
    assert answers == {(302, "/lettre/merci/")}
    run_jobs()
    assert sorted((sent.to[0], sent.subject) for sent in mail.outbox) == [
        ("connue@example.org", "Vous recevez déjà notre lettre"),
        ("inconnue@example.org", "Confirmez que vous souhaitez notre lettre"),
        ("partie@example.org", "Confirmez que vous souhaitez notre lettre"),
    ]
    assert Subscriber.objects.get(email="connue@example.org").state == "confirmed"


def test_an_address_is_written_to_once_in_ten_minutes(client: Client, asked: str, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(3):
            assert ask(client).status_code == 302
    run_jobs()
    assert len(mail.outbox) == 1


def test_a_flood_from_one_place_is_told_and_kept_in_the_form(client: Client) -> None:
    for number in range(20):
        ask(client, f"n{number}@example.org")
    answer = ask(client, "encore@example.org")
    assert answer.status_code == 429
    assert "réessayez dans une heure" in answer.content.decode()
    assert "encore@example.org" in answer.content.decode()
    assert not Subscriber.objects.filter(email="encore@example.org").exists()


@pytest.mark.parametrize(("data", "says"), [({"email": "claire"}, "Vérifiez cette adresse"), ({"email": ADDRESS, "topics": []}, "au moins un sujet")])
def test_what_is_wrong_is_said_and_nothing_written(client: Client, data: dict[str, Any], says: str) -> None:
    answer = ask(client, **data)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert Subscriber.objects.count() == 0


def test_the_footer_leads_to_the_letter_and_holds_no_form(client: Client) -> None:
    foot = client.get("/boutiques/").content.decode().partition("<footer")[2]
    assert 'href="/lettre/"' in foot
    assert "<form" not in foot


def test_one_click_stops_without_cookie_or_token_and_a_look_changes_nothing(client: Client) -> None:
    person = confirmed()
    address = path(tokens.address(tokens.UNSUBSCRIBE, person))
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.get(address).status_code == 200
    person.refresh_from_db()
    assert person.state == "confirmed"
    for _time in range(2):
        assert stranger.post(address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded").status_code == 200
    person.refresh_from_db()
    assert person.state == "unsubscribed"
    assert Consent.objects.filter(kind="unsubscribed").count() == 1


def test_choices_are_changed_by_ones_own_address_alone(client: Client) -> None:
    person, other = confirmed(), confirmed("autre@example.org")
    address = path(tokens.address(tokens.PREFERENCES, person))
    assert client.post(address, {"topics": ["cooperative"], "language": "en"}).status_code == 302
    person.refresh_from_db()
    other.refresh_from_db()
    assert (person.stories, person.cooperative, person.language) == (False, True, "en")
    assert (other.stories, other.language) == (True, "fr")
    assert client.post(address, {"topics": [], "language": "fr"}).status_code == 422
    assert Client(enforce_csrf_checks=True).post(address, {"topics": ["stories"], "language": "fr"}).status_code == 403
    for wrong in ("x", address.split("/")[-2][:-2] + "xx"):
        assert client.get(f"/lettre/choix/{wrong}/").status_code == 404


def test_what_never_confirmed_is_forgotten_in_a_month(client: Client, asked: str) -> None:
    confirmed("reste@example.org", asked_at=clock.now() - timedelta(days=90))
    assert consent.forget_unconfirmed() == 0
    with clock.at(clock.now() + timedelta(days=31)):
        assert consent.forget_unconfirmed() > 0
    assert list(Subscriber.objects.values_list("email", flat=True)) == ["reste@example.org"]

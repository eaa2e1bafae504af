"""Members' discussions: who may speak, what stays of their words, and how a moderator decides (LAW M4)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django_tasks_db.models import DBTaskResult
from lapinblanc import clock
from lapinblanc.cooperative.models import Member
from lapinblanc.cooperative.register import leave

from editorial.discussion import commenting
from editorial.discussion.models import Comment, Decision, Outcome, Report
from editorial.models import NewsPage
from tests import factories as make
from tests.factories import Market
from tests.house import House, client_of, enrolled, former

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(market: Market) -> NewsPage:
    return House.build().news("Assemblée", slug="assemblee", audience="creators")


@pytest.fixture
def odile(page: NewsPage) -> Member:
    return enrolled("odile")


def say(who: Member, page: NewsPage, text: str = "Bien dit.", parent: Comment | None = None, **fields: Any) -> Any:
    data = {"text": text, "key": str(uuid4()), **({"parent": parent.pk} if parent else {}), **fields}
    return client_of(who.user).post(f"/discussions/{page.pk}/ecrire/", data)


def said(who: Member, page: NewsPage, text: str = "Bien dit.", parent: Comment | None = None) -> Comment:
    return commenting.comment(page=page, member=who, text=text, key=uuid4(), parent=parent)


def run_mails() -> None:
    for job in DBTaskResult.objects.filter(status="READY").order_by("enqueued_at"):
        job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
        job.delete()


@pytest.fixture
def moderator(market: Market) -> Client:
    person = make.admitted("veilleuse")
    person.user_permissions.add(Permission.objects.get(content_type__app_label="discussion", codename="change_comment"))
    return client_of(person)


@pytest.mark.parametrize("way", ["visitor", "buyer", "former member", "other college"])
def test_nobody_else_writes_anything(page: NewsPage, odile: Member, market: Market, way: str) -> None:
    """Denied, told so, the text kept on the page, and nothing changed."""
    theirs = said(odile, page)
    client = {
        "visitor": Client, "buyer": lambda: client_of(market.alice), "former member": lambda: client_of(former("fred").user),
        "other college": lambda: client_of(enrolled("irma", "buyers").user),
    }[way]()
    for address in (f"{page.pk}/ecrire/", f"commentaire/{theirs.pk}/modifier/", f"commentaire/{theirs.pk}/retirer/", f"commentaire/{theirs.pk}/signaler/", "999999/ecrire/"):
        answer = client.post(f"/discussions/{address}", {"text": "Mon long texte", "reason": "Mon long texte", "key": str(uuid4())})
        assert answer.status_code == 403, address
        assert "Mon long texte" in answer.content.decode()
    assert list(Comment.objects.values_list("text", "state")) == [("Bien dit.", "shown")]
    assert Report.objects.count() == 0


def test_another_member_changes_nothing_of_mine(page: NewsPage, odile: Member) -> None:
    theirs, other = said(odile, page), enrolled("ugo")
    for what in ("modifier", "retirer"):
        assert client_of(other.user).post(f"/discussions/commentaire/{theirs.pk}/{what}/", {"text": "Volé"}).status_code == 403
    theirs.refresh_from_db()
    assert (theirs.text, theirs.state) == ("Bien dit.", "shown")


def test_a_member_speaks_and_is_answered_one_level_deep(page: NewsPage, odile: Member) -> None:
    assert say(odile, page, "Premier\r\npropos").status_code == 302
    first = Comment.objects.get()
    assert say(enrolled("ugo"), page, "Réponse", parent=first).status_code == 302
    text = client_of(odile.user).get(page.get_url()).content.decode()
    assert "Odile" in text
    assert "odile@example.org" not in text.partition("<main")[2]
    assert "Réponse" in text
    answer = Comment.objects.get(parent=first)
    assert say(odile, page, "Trop profond", parent=answer).status_code == 422
    assert Comment.objects.count() == 2


def test_what_is_written_is_text_and_nothing_else(page: NewsPage, odile: Member) -> None:
    said(odile, page, "<script>alert(1)</script> https://exemple.fr \u202eenvers")
    main = client_of(odile.user).get(page.get_url()).content.decode().partition("<main")[2]
    assert "&lt;script&gt;" in main
    assert "<script>alert" not in main
    assert 'href="https://exemple.fr' not in main
    assert "\u202e" not in main


@pytest.mark.parametrize("who", ["another college", "one who left"])
def test_the_verb_itself_asks_who_speaks(page: NewsPage, odile: Member, who: str) -> None:
    """Whatever view calls it, and with whatever it looked up before."""
    speaker = enrolled("irma", "buyers") if who == "another college" else former("fred")
    with pytest.raises(commenting.NotYours):
        said(speaker, page)
    assert Comment.objects.count() == 0


def test_another_s_key_gives_nothing_of_theirs(page: NewsPage, odile: Member) -> None:
    theirs, other = said(odile, page), enrolled("ugo")
    with pytest.raises(commenting.NotYours):
        commenting.comment(page=page, member=other, text="Le mien", key=theirs.key)
    assert list(Comment.objects.values_list("text", flat=True)) == ["Bien dit."]


def test_a_form_sent_twice_is_one_comment(page: NewsPage, odile: Member) -> None:
    key = str(uuid4())
    for _time in range(2):
        assert say(odile, page, key=key).status_code == 302
    assert Comment.objects.count() == 1


def test_a_flood_is_stopped_and_the_text_kept(page: NewsPage, odile: Member) -> None:
    for number in range(5):
        said(odile, page, f"Propos {number}")
    answer = say(odile, page, "Le sixième")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "cinq commentaires en dix minutes" in text
    assert "Le sixième" in text
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert say(odile, page, "Le sixième").status_code == 302


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_nothing_and_too_much_are_refused(page: NewsPage, odile: Member, text: str) -> None:
    assert say(odile, page, text).status_code == 422
    assert Comment.objects.count() == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.create(page=page, college="creators", text="x" * 2001)


def test_closed_comments_take_nothing(page: NewsPage, odile: Member) -> None:
    NewsPage.objects.update(comments_open=False)
    answer = say(odile, page, "Trop tard ?")
    assert answer.status_code == 422
    assert "Trop tard ?" in answer.content.decode()
    assert Comment.objects.count() == 0


def test_a_comment_is_changed_for_a_quarter_of_an_hour(page: NewsPage, odile: Member) -> None:
    mine = said(odile, page)
    client = client_of(odile.user)
    assert client.post(f"/discussions/commentaire/{mine.pk}/modifier/", {"text": "Mieux dit."}).status_code == 302
    with clock.at(clock.now() + timedelta(minutes=16)):
        answer = client.post(f"/discussions/commentaire/{mine.pk}/modifier/", {"text": "Encore"})
        assert answer.status_code == 422
        assert "Encore" in answer.content.decode()
    mine.refresh_from_db()
    assert mine.text == "Mieux dit."
    assert mine.edited_at is not None


def test_what_is_withdrawn_leaves_its_place_and_no_word(page: NewsPage, odile: Member) -> None:
    mine = said(odile, page, "Regretté")
    assert client_of(odile.user).post(f"/discussions/commentaire/{mine.pk}/retirer/").status_code == 302
    mine.refresh_from_db()
    assert (mine.text, mine.state) == ("", "withdrawn")
    text = client_of(odile.user).get(page.get_url()).content.decode()
    assert "Commentaire retiré" in text
    assert "Regretté" not in text


def test_a_report_hides_with_reasons_and_everybody_is_told(page: NewsPage, odile: Member, moderator: Client, django_capture_on_commit_callbacks: Any) -> None:
    theirs, other = said(odile, page, "Vil propos"), enrolled("ugo")
    reader = client_of(other.user)
    for _time in range(2):
        assert reader.post(f"/discussions/commentaire/{theirs.pk}/signaler/", {"reason": "C’est une insulte."}).status_code == 302
    assert Report.objects.count() == 1
    assert "C’est une insulte." in moderator.get("/cms/discussions/").content.decode()
    lacking = moderator.post(f"/cms/discussions/{theirs.pk}/decision/", {"decision": "hide", "ground": "", "reason": "Texte déjà écrit"})
    assert lacking.status_code == 422
    assert "Texte déjà écrit" in lacking.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        moderator.post(f"/cms/discussions/{theirs.pk}/decision/", {"decision": "hide", "ground": "insult", "reason": "Le mot vise une personne."})
    run_mails()
    text = reader.get(page.get_url()).content.decode()
    assert "Vil propos" not in text
    assert "masqué par la modération" in text
    to_author, to_reporter = sorted(mail.outbox, key=lambda sent: sent.to)
    assert to_author.to == ["odile@example.org"]
    for word in ("Vil propos", "insulte, harcèlement", "Le mot vise une personne.", "recours@", "six mois", "aucune machine", "jusqu’à une autre décision"):
        assert word in to_author.body, word
    assert to_reporter.to == ["ugo@example.org"]
    assert Report.objects.get().outcome == Outcome.HIDDEN


def test_what_was_hidden_comes_back(page: NewsPage, odile: Member, moderator: Client, django_capture_on_commit_callbacks: Any) -> None:
    theirs = said(odile, page, "Juste propos")
    for decision in ({"decision": "hide", "ground": "off_topic", "reason": "Hors du sujet."}, {"decision": "restore"}):
        with django_capture_on_commit_callbacks(execute=True):
            moderator.post(f"/cms/discussions/{theirs.pk}/decision/", decision)
    run_mails()
    assert "Juste propos" in client_of(odile.user).get(page.get_url()).content.decode()
    assert [sent.subject for sent in mail.outbox][1] == "Votre commentaire est de nouveau visible"
    assert list(Decision.objects.values_list("hides", flat=True)) == [True, False]


def test_moderators_alone_decide(page: NewsPage, odile: Member, market: Market) -> None:
    theirs = said(odile, page)
    editor = make.admitted("redaction")
    for client in (Client(), client_of(market.alice), client_of(odile.user), client_of(editor)):
        assert client.get("/cms/discussions/").status_code in (302, 403)
        assert client.post(f"/cms/discussions/{theirs.pk}/decision/", {"decision": "hide", "ground": "insult", "reason": "x"}).status_code in (302, 403)
    assert Decision.objects.count() == 0


def test_one_who_left_may_change_nothing_any_more(page: NewsPage, odile: Member) -> None:
    mine = said(odile, page)
    leave(member=odile)
    assert client_of(odile.user).post(f"/discussions/commentaire/{mine.pk}/modifier/", {"text": "Encore"}).status_code == 403
    mine.refresh_from_db()
    assert mine.text == "Bien dit."


def test_a_long_discussion_costs_the_same(page: NewsPage, odile: Member, django_assert_max_num_queries: Any) -> None:
    """Within fifteen queries for a visitor of a public page; a member of a reserved one pays for the account and the rights."""
    tops = Comment.objects.bulk_create(Comment(page=page, author=odile.user, college="creators", text=f"Propos {number}") for number in range(16))
    Comment.objects.bulk_create(Comment(page=page, author=odile.user, college="creators", text="Réponse", parent=top) for top in tops)
    client = client_of(odile.user)
    client.get(page.get_url())
    with django_assert_max_num_queries(24):
        assert client.get(page.get_url()).content.decode().count("Réponse") >= 16
    NewsPage.objects.update(audience="public")
    Client().get(page.get_url())
    with django_assert_max_num_queries(15):
        assert Client().get(page.get_url()).content.decode().count("Réponse") >= 16

"""A new portrait, and a draft approved by a link: exactly the draft that was sent, for its creator alone, once."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail, signing
from django.test import Client
from django.urls import reverse
from lapinblanc import clock
from wagtail.models import Page

from editorial.authorship.approvals import NothingToSend, address_of, answer, has_changed, send_draft, token_of
from editorial.authorship.models import Answer, Approval, Authorship
from editorial.images.models import Picture
from editorial.models import StoryPage
from tests import factories as make
from tests.web.test_creators import House, edited, house

__all__ = ["house"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(house: House, django_capture_on_commit_callbacks: Any) -> Approval:
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        return send_draft(page=house.mine, by=house.editor, note="Dites-moi.")


def changed(house: House, intro: str) -> None:
    draft = house.mine.get_latest_revision_as_object()
    draft.intro = intro
    draft.save_revision()


def test_the_link_shows_the_draft_that_was_sent_and_no_other(house: House, sent: Approval) -> None:
    (letter,) = mail.outbox
    assert letter.to == ["basile@example.org"]
    assert address_of(sent) in letter.body
    assert "Dites-moi." in letter.body
    changed(house, "Un tout autre soir.")
    page = Client().get(address_of(sent))
    text = page.content.decode()
    assert "Un matin." in text
    assert "Un tout autre soir." not in text
    assert "La rédaction a continué d’écrire" in text
    assert "no-store, private" in page["Cache-Control"]
    assert "noindex" in page["X-Robots-Tag"]
    assert page["Referrer-Policy"] == "same-origin"
    house.mine.refresh_from_db()
    assert not house.mine.live


@pytest.mark.parametrize("wrong", ["forged", "for another purpose", "of another", "over", "gone"])
def test_a_link_that_is_not_hers_opens_nothing(house: House, sent: Approval, wrong: str) -> None:
    token = token_of(sent)
    if wrong == "forged":
        token = token[:-2] + ("aa" if token[-2:] != "aa" else "bb")
    elif wrong == "for another purpose":
        # The same words, signed by the site for something else.
        token = signing.dumps([sent.pk, sent.email], compress=True)
    elif wrong == "of another":
        Approval.objects.filter(pk=sent.pk).update(email="eve@example.org")
    elif wrong == "over":
        Approval.objects.filter(pk=sent.pk).update(sent_at=clock.now() - timedelta(days=22))
    else:
        sent.revision.delete()
    address = reverse("authorship:draft", args=[token])
    for method in ("get", "post"):
        assert getattr(Client(), method)(address, {"answer": "approved"}).status_code == 404
    assert Approval.objects.get().answer == Answer.NONE


def test_she_approves_once_and_the_editor_is_told_of_which_draft(house: House, sent: Approval, django_capture_on_commit_callbacks: Any) -> None:
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert Client().post(address_of(sent), {"answer": "approved"}).status_code == 302
    (letter,) = mail.outbox
    assert letter.to == ["redactrice@example.org"]
    row = Approval.objects.get()
    assert (row.answer, row.revision_id, row.answered_at is not None) == ("approved", house.mine.latest_revision_id, True)
    assert Client().post(address_of(sent), {"answer": "changes", "message": "Non"}).status_code == 302
    assert Approval.objects.get().answer == "approved"
    assert "vous avez approuvé ce texte" in Client().get(address_of(sent)).content.decode()


def test_who_wants_a_change_says_which(house: House, sent: Approval) -> None:
    answer_page = Client().post(address_of(sent), {"answer": "changes", "message": " "})
    assert answer_page.status_code == 422
    assert "Dites en quelques mots" in answer_page.content.decode()
    assert Approval.objects.get().answer == ""
    Client().post(address_of(sent), {"answer": "changes", "message": "Mon four est électrique."})
    text = house.client("redactrice").get(reverse("story_together", args=[house.mine.pk])).content.decode()
    assert "Mon four est électrique." in text


def test_approving_an_older_draft_says_so_to_the_editor(house: House, sent: Approval) -> None:
    changed(house, "Un autre soir.")
    answer(approval=sent, approved=True)
    assert has_changed(Approval.objects.get())
    client = house.client("redactrice")
    for address in (reverse("story_together", args=[house.mine.pk]), reverse("wagtailadmin_pages:edit", args=[house.mine.pk])):
        assert "porte sur un brouillon plus ancien" in client.get(address).content.decode()


def test_the_form_needs_its_token(house: House, sent: Approval) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address_of(sent), {"answer": "approved"}).status_code == 403
    assert Approval.objects.get().answer == ""


def test_a_story_of_a_closed_boutique_is_sent_to_nobody(house: House) -> None:
    type(house.market.ocre).objects.filter(pk=house.market.ocre.pk).update(state="suspended")
    with pytest.raises(NothingToSend):
        send_draft(page=house.mine, by=house.editor)
    assert not Approval.objects.exists()


def test_a_creator_may_not_send_invite_or_begin(house: House) -> None:
    client = house.client()
    for address in (reverse("story_sending", args=[house.mine.pk]), reverse("story_invitation", args=[house.mine.pk]), reverse("new_portrait")):
        assert client.post(address, {"vendor": house.market.ocre.pk, "act": "withdraw"}).status_code in (302, 403)
    assert not Approval.objects.exists()
    assert StoryPage.objects.count() == 2
    assert client.get(reverse("wagtailadmin_pages:edit", args=[house.mine.pk])).status_code == 200


def test_a_portrait_begins_with_what_the_boutique_tells_of_itself(house: House) -> None:
    vendor = house.market.ocre
    vendor.tagline, vendor.about = "Un bleu et tous les ocres", "Je lave la terre.\n\nJe <b>broie</b>."
    vendor.portrait = make.picture().file.name
    vendor.portrait_facts = {"alt": "Un tour"}
    vendor.save()
    make.listing(vendor, "Épuisé", stock=0, slug="epuise")
    client = house.client("redactrice")
    assert "Ocre" in client.get(reverse("new_portrait"), {"q": "ocr"}).content.decode()
    answered = client.post(reverse("new_portrait"), {"vendor": vendor.pk})
    made = StoryPage.objects.order_by("-pk").first()
    assert answered.url == reverse("wagtailadmin_pages:edit", args=[made.pk])
    assert (made.live, made.owner_id, made.vendor_id, made.get_parent().pk) == (False, house.editor.pk, vendor.pk, house.index.pk)
    assert (made.title, made.kicker, made.intro) == ("Basile Martin, Ocre", "Bols · Plouër-sur-Rance", "Un bleu et tous les ocres")
    text, card, rail = made.body
    assert str(text.value.source) == "<p>Je lave la terre.</p><p>Je &lt;b&gt;broie&lt;/b&gt;.</p>"
    assert card.value["vendor"].pk == vendor.pk
    assert [listing.pk for listing in rail.value["listings"]] == [house.market.bowl.pk]
    assert made.picture.collection == Authorship.objects.get(vendor=vendor).collection
    assert made.picture.alt == "Un tour"
    assert client.get(answered.url).status_code == 200
    client.post(reverse("new_portrait"), {"vendor": vendor.pk})
    assert Picture.objects.filter(title="Portrait de Ocre").count() == 1
    assert len({page.slug for page in StoryPage.objects.all()}) == StoryPage.objects.count()


@pytest.mark.parametrize("vendor", ["", "x", "0", "999999"])
def test_a_boutique_that_does_not_exist_begins_nothing(house: House, vendor: str) -> None:
    assert house.client("redactrice").post(reverse("new_portrait"), {"vendor": vendor}).status_code == 404
    assert StoryPage.objects.count() == 2


def test_the_way_of_a_text_with_its_mails(house: House, django_capture_on_commit_callbacks: Any) -> None:
    """Submitted → the editors are told; changes asked → she is told; approved → online and she is told where."""
    edit = reverse("wagtailadmin_pages:edit", args=[house.mine.pk])
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        house.client().post(edit, {**edited(house.mine), "action-submit": "1"})
    assert {to for letter in mail.outbox for to in letter.to} >= {"redactrice@example.org"}
    assert "basile@example.org" not in {to for letter in mail.outbox for to in letter.to}
    mail.outbox.clear()
    editor = house.client("redactrice")
    task = Page.objects.get(pk=house.mine.pk).specific.current_workflow_task_state
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(reverse("wagtailadmin_pages:workflow_action", args=[house.mine.pk, "reject", task.pk]), {"comment": "Plus court, s’il vous plaît."})
    (letter,) = [letter for letter in mail.outbox if letter.to == ["basile@example.org"]]
    assert "Plus court" in letter.body
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        house.client().post(edit, {**edited(house.mine), "action-restart-workflow": "1"})
        task = Page.objects.get(pk=house.mine.pk).specific.current_workflow_task_state
        editor.post(reverse("wagtailadmin_pages:workflow_action", args=[house.mine.pk, "approve", task.pk]), {})
    house.mine.refresh_from_db()
    assert house.mine.live
    (letter,) = [letter for letter in mail.outbox if letter.to == ["basile@example.org"]]
    assert house.mine.get_full_url() in letter.body
    for letter in mail.outbox:
        assert "has been" not in letter.body + letter.subject

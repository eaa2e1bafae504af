"""Messages through the site: who may write to whom, what comes back when something is wrong, files, and the mails."""

import io
from datetime import UTC, datetime, time
from typing import Any
from uuid import uuid4

import PIL.Image
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lapinblanc import clock

from shop.messaging import hiding
from shop.messaging.models import Attachment, Conversation, InboxSettings, Message, Template
from shop.messaging.telling import tell_waiting
from shop.order.models import Order
from tests import factories as make
from tests.factories import Market
from tests.web.test_access import client_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def picture(name: str = "photo.jpg") -> SimpleUploadedFile:
    buffer = io.BytesIO()
    exif = PIL.Image.Exif()
    exif[0x010E] = "secret-place"
    PIL.Image.new("RGB", (40, 30), "tomato").save(buffer, "JPEG", exif=exif)
    return SimpleUploadedFile(name, buffer.getvalue(), "image/jpeg")


def said(text: str = "Bonjour", **more: Any) -> dict[str, Any]:
    return {"text": text, "key": str(uuid4()), **more}


def test_from_a_listing_to_the_answer_and_back(market: Market) -> None:
    alice, basile = client_of(market.alice), client_of(market.basile)
    assert f"/messages/boutique/ocre/?creation={market.bowl.pk}" in Client().get(market.bowl.get_absolute_url()).content.decode()
    answer = alice.post(f"/messages/boutique/ocre/?creation={market.bowl.pk}", said("Existe-t-il en bleu ?"))
    conversation = Conversation.objects.get()
    assert answer.url == f"/compte/messages/{conversation.pk}/"
    assert (conversation.subject, conversation.listing, conversation.vendor_unread) == ("Bol ocre", market.bowl, True)
    assert tell_waiting() == 1
    assert mail.outbox[0].to == ["ocre@example.org"]
    assert "Existe-t-il en bleu ?" in mail.outbox[0].body
    assert f"/atelier/messages/{conversation.pk}/" in mail.outbox[0].body
    assert b"Existe-t-il en bleu" in basile.get(f"/atelier/messages/{conversation.pk}/").content
    assert basile.post(f"/atelier/messages/{conversation.pk}/", said("Oui, en mars.")).status_code == 302
    assert tell_waiting() == 1
    assert mail.outbox[1].to == [market.alice.email]
    assert tell_waiting() == 0
    assert "Oui, en mars." in alice.get(f"/compte/messages/{conversation.pk}/").content.decode()
    conversation.refresh_from_db()
    assert (conversation.vendor_unread, conversation.buyer_unread) == (False, False)


def test_a_visitor_signs_in_before_writing_about_a_listing(market: Market) -> None:
    answer = Client().get("/messages/boutique/ocre/")
    assert (answer.status_code, answer.url.startswith("/compte/login/")) == (302, True)


def test_a_guest_writes_from_the_purchase_and_answers_by_the_mail(market: Market) -> None:
    purchase = make.bought((market.bowl, 1))
    order = purchase.orders.get()
    guest = Client()
    address = f"/messages/achat/{purchase.token}/{order.number}/"
    assert address in guest.get(f"/achats/{purchase.token}/").content.decode()
    assert guest.get(address).status_code == 200
    assert Conversation.objects.count() == 0
    assert guest.post(address, said("Pouvez-vous emballer ?")).status_code == 302
    conversation = Conversation.objects.get()
    client_of(market.basile).post(f"/atelier/messages/{conversation.pk}/", said("Bien sûr."))
    tell_waiting()
    letter = next(message for message in mail.outbox if message.to == ["claire@example.org"])
    assert f"/messages/fil/{conversation.token}/" in letter.body
    thread = f"/messages/fil/{conversation.token}/"
    assert "Bien sûr." in guest.get(thread).content.decode()
    assert guest.post(thread, said("Merci")).status_code == 302
    assert conversation.messages.count() == 3
    for wrong in (conversation.token[:-1] + "x", str(conversation.pk), purchase.token):
        assert guest.get(f"/messages/fil/{wrong}/").status_code == 404
        assert guest.post(f"/messages/fil/{wrong}/", said("Volé")).status_code == 404
    assert guest.get(f"/messages/achat/{purchase.token}/LB-2026-999999-1/").status_code == 404
    assert conversation.messages.count() == 3


def test_nobody_reads_the_conversation_of_another(market: Market) -> None:
    conversation = make.conversation(make.bought((market.bowl, 1), buyer=market.alice).orders.get())
    attached = Attachment.objects.get()
    for who in (market.eve, market.basile, market.camille):
        client = client_of(who)
        assert client.get(f"/compte/messages/{conversation.pk}/").status_code == 404
        assert client.get(f"/compte/messages/{conversation.pk}/piece/{attached.pk}/").status_code == 404
        assert client.post(f"/compte/messages/{conversation.pk}/", said("x")).status_code == 404
    assert Message.objects.count() == 1
    other = make.conversation(make.bought((market.mug, 1), buyer=market.eve).orders.get())
    assert client_of(market.eve).get(f"/compte/messages/{other.pk}/piece/{attached.pk}/").status_code == 404


def test_a_double_click_is_one_message(market: Market) -> None:
    alice, words = client_of(market.alice), said("Deux fois")
    for _ in range(2):
        assert alice.post("/messages/boutique/ocre/", words).status_code == 302
    assert (Conversation.objects.count(), Message.objects.count()) == (1, 1)
    alice.post("/messages/boutique/sel/", words)
    assert Message.objects.count() == 1


def test_files_are_written_anew_and_handed_out_as_downloads(market: Market) -> None:
    alice = client_of(market.alice)
    files = [picture("../../etc/pas\u202eswd.jpg"), SimpleUploadedFile("devis <b>.pdf", PDF, "text/html")]
    assert alice.post("/messages/boutique/ocre/", said("Voici", files=files)).status_code == 302
    photo, pdf = Attachment.objects.order_by("pk")
    assert (photo.name, pdf.name) == ("passwd.webp", "devis b.pdf")
    for row, kind in ((photo, "image/webp"), (pdf, "application/pdf")):
        answer = alice.get(f"/compte/messages/{row.message.conversation_id}/piece/{row.pk}/")
        body = b"".join(answer.streaming_content)
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (kind, "nosniff")
        assert answer["Content-Disposition"].startswith("attachment")
        assert b"secret-place" not in body
        assert alice.get(f"/media/{row.path}").status_code == 404


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.html", b"<script>alert(1)</script>"),
        ("image.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("faux.pdf", b"MZ\x90\x00" + PDF),
        ("coupe.pdf", b"%PDF-1.4\nhello"),
        ("gros.pdf", PDF[:-6] + b"0" * (5 * 1024 * 1024) + b"%%EOF"),
        ("vide.jpg", b""),
    ],
)
def test_hostile_files_are_refused_with_a_sentence_and_the_words_stay(market: Market, name: str, data: bytes) -> None:
    answer = client_of(market.alice).post("/messages/boutique/ocre/", said("Mes mots restent", files=[SimpleUploadedFile(name, data)]))
    assert answer.status_code == 422
    assert b"Mes mots restent" in answer.content
    assert (Message.objects.count(), Attachment.objects.count()) == (0, 0)


def test_words_are_shown_as_words(market: Market) -> None:
    conversation = make.conversation(make.bought((market.bowl, 1), buyer=market.alice).orders.get(), text="<script>alert(1)</script>\u202e")
    tell_waiting()
    html = client_of(market.basile).get(f"/atelier/messages/{conversation.pk}/").content.decode()
    assert "<script>alert(1)" not in html
    assert "\u202e" not in html
    assert "<script>alert" not in str(mail.outbox[-1].alternatives[0].content)  # type: ignore[attr-defined]


@pytest.mark.parametrize("body", [{"text": "", "key": ""}, {"text": "x" * 4001}, {"text": "x", "key": "no"}, {"text": "   "}])
def test_what_cannot_be_sent_comes_back(market: Market, body: dict[str, str]) -> None:
    answer = client_of(market.alice).post("/messages/boutique/ocre/", {"key": str(uuid4()), **body})
    assert answer.status_code == 422
    assert Message.objects.count() == 0


def test_a_file_may_stand_without_words_and_words_are_not_called_optional(market: Market) -> None:
    alice = client_of(market.alice)
    assert alice.get("/messages/boutique/ocre/").content.decode().count("facultatif") == 1
    assert "Écrivez quelques mots ou joignez un fichier" in alice.post("/messages/boutique/ocre/", said("")).content.decode()
    assert alice.post("/messages/boutique/ocre/", said("", files=[picture()])).status_code == 302
    assert Attachment.objects.count() == 1


def test_a_payment_elsewhere_is_pointed_at_gently(market: Market) -> None:
    alice = client_of(market.alice)
    alice.post("/messages/boutique/ocre/", said("Payez-moi par virement : FR76 3000 6000 0112 3456 7890 189"))
    conversation = Conversation.objects.get()
    assert "protégées par rien" in client_of(market.basile).get(f"/atelier/messages/{conversation.pk}/").content.decode()
    assert "protégées par rien" not in alice.get(f"/compte/messages/{conversation.pk}/").content.decode()


def test_hidden_words_are_shown_to_nobody(market: Market) -> None:
    conversation = make.conversation(make.bought((market.bowl, 1), buyer=market.alice).orders.get(), text="Grossier")
    message = conversation.messages.get()
    assert hiding.hide(message_id=message.pk)
    assert not hiding.hide(message_id=message.pk)
    html = client_of(market.basile).get(f"/atelier/messages/{conversation.pk}/").content
    assert b"Grossier" not in html
    assert client_of(market.basile).get(f"/atelier/messages/{conversation.pk}/piece/{Attachment.objects.get().pk}/").status_code == 404
    assert tell_waiting() == 0
    assert hiding.restore(message_id=message.pk)
    assert b"Grossier" in client_of(market.basile).get(f"/atelier/messages/{conversation.pk}/").content


def test_templates_fill_in_the_name_and_the_order(market: Market) -> None:
    conversation = make.conversation(make.bought((market.bowl, 1), buyer=market.alice).orders.get())
    basile = client_of(market.basile)
    assert basile.post("/atelier/messages/modeles/", {"title": "Parti", "text": "Bonjour {prénom}, {commande} est partie."}).status_code == 302
    assert basile.post("/atelier/messages/modeles/", {"title": "Parti", "text": "x"}).status_code == 422
    template = Template.objects.get(title="Parti")
    html = basile.get(f"/atelier/messages/{conversation.pk}/?modele={template.pk}").content.decode()
    assert f"Bonjour Claire, {conversation.subject} est partie." in html


def test_settings_of_quiet_hours(market: Market) -> None:
    basile = client_of(market.basile)
    assert basile.post("/atelier/messages/reglages/", {"quiet_from": "20:00"}).status_code == 422
    assert basile.post("/atelier/messages/reglages/", {"quiet_days": [str(day) for day in range(7)]}).status_code == 422
    given = {"quiet_from": "20:00", "quiet_to": "08:00", "quiet_days": ["6"], "leave_answer": "En congé."}
    assert basile.post("/atelier/messages/reglages/", given).status_code == 302
    kept = InboxSettings.objects.get(vendor=market.ocre)
    assert (kept.quiet_from, kept.quiet_to, kept.quiet_days) == (time(20), time(8), [6])


def test_archive_search_and_order_of_the_inbox(market: Market) -> None:
    basile = client_of(market.basile)
    for number in range(3):
        with clock.at(datetime(2026, 11, 20, 10 + number, tzinfo=UTC)):
            make.conversation_about(market.ocre, make.person(f"b{number}"), text=f"Question {number}")
    first, second, third = Conversation.objects.order_by("pk")
    basile.get(f"/atelier/messages/{third.pk}/")
    html = basile.get("/atelier/messages/").content.decode()
    assert html.index("B1 Martin") < html.index("B0 Martin") < html.index("B2 Martin")
    assert "B0 Martin" in (found := basile.get("/atelier/messages/?q=question 0").content.decode())
    assert "B1 Martin" not in found
    basile.post(f"/atelier/messages/{first.pk}/ranger/", {"what": "archive"})
    assert "B0 Martin" not in basile.get("/atelier/messages/").content.decode()
    assert "B0 Martin" in basile.get("/atelier/messages/?archives=1").content.decode()
    second.refresh_from_db()
    assert second.archived_at is None


def test_a_closed_conversation_takes_no_words(market: Market) -> None:
    conversation = make.conversation_about(market.ocre, market.alice)
    basile, alice = client_of(market.basile), client_of(market.alice)
    basile.post(f"/atelier/messages/{conversation.pk}/ranger/", {"what": "block"})
    assert alice.post(f"/compte/messages/{conversation.pk}/", said("Encore")).status_code == 422
    assert alice.post("/messages/boutique/ocre/", said("Autrement")).status_code == 422
    alice.post(f"/compte/messages/{conversation.pk}/fermer/", {"open": "1"})
    conversation.refresh_from_db()
    assert conversation.blocked_by == "vendor"
    order = make.conversation(make.bought((market.bowl, 1), buyer=market.alice).orders.get())
    assert alice.post(f"/compte/messages/{order.pk}/", said("Ma commande")).status_code == 302


@pytest.mark.parametrize("count", [2, 32])
def test_the_inbox_costs_the_same_whatever_it_holds(market: Market, django_assert_max_num_queries: Any, count: int) -> None:
    for number in range(count):
        make.conversation_about(market.ocre, make.person(f"b{number}"))
    basile = client_of(market.basile)
    basile.get("/atelier/messages/")
    with django_assert_max_num_queries(9):
        html = basile.get("/atelier/messages/").content.decode()
    assert html.count("conversation__link") == min(count, 30)
    if count > 30:
        rest = html.rpartition('href="?apres=')[2].partition('"')[0]
        assert basile.get(f"/atelier/messages/?apres={rest}").content.decode().count("conversation__link") == 2


def test_an_order_of_another_boutique_cannot_be_written_about(market: Market) -> None:
    order = Order.objects.get(purchase=make.bought((market.mug, 1)))
    assert client_of(market.basile).post(f"/atelier/messages/commande/{order.number}/", said("x")).status_code == 404
    assert Message.objects.count() == 0

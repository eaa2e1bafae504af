"""Reviews: who may write one, what is published, the boutique's answer, the invitation that is sent once."""

import io
import re
from datetime import timedelta
from typing import Any

import PIL.Image
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lapinblanc import clock

from shop.catalogue.models import Product
from shop.catalogue.reviews.models import ProductReview, ReviewPicture
from shop.feedback import inviting, writing
from shop.order import states
from shop.order.models import Line, Purchase
from tests import factories as make
from tests.factories import Market
from tests.house import client_of

pytestmark = pytest.mark.django_db
WORDS = {"score": "4", "title": "Le bol du matin", "body": "Il tient la chaleur.", "name": "Claire M.", "experienced_on": "2026-01-02"}


def png() -> bytes:
    buffer = io.BytesIO()
    PIL.Image.new("RGB", (60, 40), "tomato").save(buffer, "PNG")
    return buffer.getvalue()


def arrived(*lines: Any, **fields: Any) -> Purchase:
    purchase = make.bought(*lines, **fields)
    for order in purchase.orders.all():
        states.ship(order=order, carrier="Colissimo", tracking="")
        states.deliver(order=order)
    return purchase


def address(purchase: Purchase, name: str = "write", number: int = 0) -> str:
    line = Line.objects.filter(order__purchase=purchase).order_by("pk")[number]
    return reverse(f"feedback:{name}", args=[purchase.token, line.pk])


def test_a_review_is_written_changed_and_taken_away_by_its_buyer(market: Market, client: Client) -> None:
    purchase = arrived((market.bowl, 1))
    assert client.post(address(purchase), WORDS).status_code == 302
    review = ProductReview.objects.get()
    assert (review.score, review.name, review.order_line_id) == (4, "Claire M.", Line.objects.get().pk)
    market.bowl.refresh_from_db()
    assert (market.bowl.card["rating"], market.bowl.card["reviews"]) == ("4.0", 1)
    shown = client.get(market.bowl.get_absolute_url()).content.decode()
    assert "Il tient la chaleur." in shown
    assert "achat vérifié" in shown
    assert "expérience de janvier 2026" in shown

    client.post(address(purchase), WORDS | {"score": "2", "body": "Il s’est fendu."})
    changed = ProductReview.objects.get()
    assert (changed.pk, changed.score, changed.edited_at is not None) == (review.pk, 2, True)

    client.post(address(purchase, "take_back"))
    assert not ProductReview.objects.exists()
    market.bowl.refresh_from_db()
    assert market.bowl.card["reviews"] == 0


def test_nothing_can_be_written_before_the_piece_has_arrived(market: Market, client: Client) -> None:
    purchase = make.bought((market.bowl, 1))
    assert client.get(address(purchase)).status_code == 404
    assert client.post(address(purchase), WORDS).status_code == 404
    line = Line.objects.select_related("order").get()
    with pytest.raises(writing.NotYours):
        writing.write_review(purchase=purchase, line=line, facts=writing.ReviewFacts(5, "Ah", "Oh", "C", clock.today()))
    assert not ProductReview.objects.exists()


@pytest.mark.parametrize("fields", [{"email": "BASILE@example.org"}, {}])
def test_a_boutique_s_own_team_cannot_review_it(market: Market, client: Client, fields: dict[str, str]) -> None:
    purchase = arrived((market.bowl, 1), buyer=None if fields else market.basile, **fields)
    assert client.post(address(purchase), WORDS).status_code == 404
    assert not ProductReview.objects.exists()


def test_another_purchase_s_line_is_nobody_s(market: Market, client: Client) -> None:
    mine, other = arrived((market.bowl, 1)), arrived((market.mug, 1))
    line = Line.objects.get(order__purchase=other)
    assert client.post(reverse("feedback:write", args=[mine.token, line.pk]), WORDS).status_code == 404
    assert client.post(reverse("feedback:write", args=["guess", line.pk]), WORDS).status_code == 404
    assert not ProductReview.objects.exists()


def test_an_account_has_one_review_of_a_creation_whatever_it_buys(market: Market, client: Client) -> None:
    first, second = (arrived((market.bowl, 1), buyer=market.alice) for _time in range(2))
    client.post(address(first), WORDS)
    assert "Il tient la chaleur." in client.get(address(second)).content.decode()
    client.post(address(second), WORDS | {"title": "Toujours là"})
    assert ProductReview.objects.get().title == "Toujours là"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [({"score": "9"}, "Sélectionnez un choix valide"), ({"body": "  "}, "requis"), ({"experienced_on": "2999-01-01"}, "pas encore arrivé"), ({"title": "x" * 81}, "80")],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(market: Market, client: Client, said: dict[str, str], sentence: str) -> None:
    answer = client.post(address(arrived((market.bowl, 1))), WORDS | said)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Claire M." in answer.content.decode()
    assert not ProductReview.objects.exists()


def test_pictures_are_read_anew_counted_and_taken_away(market: Market, client: Client, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    purchase = arrived((market.bowl, 1))
    files = [SimpleUploadedFile(f"{n}.png", png()) for n in range(4)]
    client.post(address(purchase), WORDS | {"pictures": files})
    assert ReviewPicture.objects.count() == 4
    assert "reviews/" in client.get(market.bowl.get_absolute_url()).content.decode()
    refused = client.post(address(purchase), WORDS | {"pictures": [SimpleUploadedFile("5.png", png())]})
    assert refused.status_code == 422
    assert ReviewPicture.objects.count() == 4
    gone = ReviewPicture.objects.order_by("pk").first()
    assert gone is not None
    client.post(address(purchase), WORDS | {"without": [gone.pk], "pictures": [SimpleUploadedFile("5.png", png())]})
    assert ReviewPicture.objects.count() == 4
    assert not ReviewPicture.objects.filter(pk=gone.pk).exists()


def test_a_file_that_is_no_picture_publishes_nothing(market: Market, client: Client) -> None:
    bad = SimpleUploadedFile("a.png", b"<svg onload=alert(1)>")
    answer = client.post(address(arrived((market.bowl, 1))), WORDS | {"pictures": [bad]})
    assert answer.status_code == 422
    assert "JPEG, PNG, WebP ou AVIF" in answer.content.decode()
    assert not ProductReview.objects.exists()


def test_a_picture_of_another_review_stays(market: Market, client: Client, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    theirs, mine = arrived((market.mug, 1)), arrived((market.bowl, 1))
    client.post(address(theirs), WORDS | {"pictures": [SimpleUploadedFile("a.png", png())]})
    picture = ReviewPicture.objects.get()
    client.post(address(mine), WORDS | {"without": [picture.pk]})
    assert ReviewPicture.objects.filter(pk=picture.pk).exists()


def test_words_are_shown_as_words(market: Market, client: Client) -> None:
    client.post(address(arrived((market.bowl, 1))), WORDS | {"body": "<script>alert(1)</script>", "name": '"><img src=x>'})
    shown = client.get(market.bowl.get_absolute_url()).content.decode()
    assert "<script>alert(1)" not in shown
    assert "<img src=x>" not in shown


def test_the_boutique_answers_and_nobody_else(market: Market) -> None:
    Client().post(address(arrived((market.bowl, 1))), WORDS)
    review = ProductReview.objects.get()
    page = reverse("feedback:answer", args=[review.pk])
    assert client_of(market.camille).post(page, {"answer": "Faux"}).status_code == 404
    assert client_of(market.eve).post(page, {"answer": "Faux"}).status_code == 404
    review.refresh_from_db()
    assert review.answer == ""
    client_of(market.basile).post(page, {"answer": "Merci Claire."})
    shown = Client().get(market.bowl.get_absolute_url()).content.decode()
    assert "Merci Claire." in shown
    assert client_of(market.basile).get(reverse("feedback:board"), {"lesquels": "sans-reponse"}).content.decode().count("review card") == 0


def test_a_hidden_review_is_nowhere_and_comes_back(market: Market, client: Client) -> None:
    client.post(address(arrived((market.bowl, 1))), WORDS)
    review = ProductReview.objects.get()
    writing.hide(review=review)
    for page in (market.bowl.get_absolute_url(), reverse("feedback:listing", args=[market.bowl.slug, market.bowl.pk]), reverse("feedback:vendor", args=["ocre"])):
        assert "Il tient la chaleur." not in client.get(page).content.decode()
    market.bowl.refresh_from_db()
    assert market.bowl.card["reviews"] == 0
    writing.restore(review=review)
    assert "Il tient la chaleur." in client.get(reverse("feedback:vendor", args=["ocre"])).content.decode()


def test_what_moderation_hid_is_not_published_by_writing_it_anew(market: Market, client: Client) -> None:
    purchase = arrived((market.bowl, 1))
    client.post(address(purchase), WORDS)
    writing.hide(review=ProductReview.objects.get())
    client.post(address(purchase, "take_back"))
    kept = ProductReview.objects.get()
    assert (kept.title, kept.body, kept.name) == ("", "", "")
    assert client.get(address(purchase)).status_code == 200
    client.post(address(purchase), WORDS)
    assert "Il tient la chaleur." not in client.get(market.bowl.get_absolute_url()).content.decode()
    client.post(address(purchase, "take_back"))
    writing.restore(review=ProductReview.objects.get())
    assert not ProductReview.objects.exists()


@pytest.mark.parametrize("way", ["without", "take_back"])
def test_files_of_pictures_that_were_taken_away_are_gone(market: Market, client: Client, settings: Any, tmp_path: Any, way: str, django_capture_on_commit_callbacks: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    purchase = arrived((market.bowl, 1))
    client.post(address(purchase), WORDS | {"pictures": [SimpleUploadedFile("a.png", png())]})
    assert len(list(tmp_path.glob("reviews/*"))) == 3
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(purchase, "write" if way == "without" else way), WORDS | {"without": [ReviewPicture.objects.get().pk]})
    assert not list(tmp_path.glob("reviews/*"))


def test_the_invitation_is_sent_once_after_ten_days_and_not_to_who_said_no(market: Market, client: Client) -> None:
    purchase = arrived((market.bowl, 1))
    mail.outbox.clear()
    with clock.at(clock.now() + timedelta(days=9)):
        assert inviting.invite_due() == 0
    with clock.at(clock.now() + timedelta(days=11)):
        assert inviting.invite_due() == 1
        assert inviting.invite_due() == 0
    assert len(mail.outbox) == 1
    text = str(mail.outbox[0].body)
    assert address(purchase) in text
    found = re.search(r"/avis/ne-plus-demander/\S+/", text)
    assert found is not None
    stop = found.group()
    client.get(stop)
    assert not inviting.Unasked.objects.exists()
    client.post(stop)
    arrived((market.mug, 1))
    with clock.at(clock.now() + timedelta(days=11)):
        inviting.invite_due()
    assert len([sent for sent in mail.outbox if "/avis/" in str(sent.body)]) == 1
    client.post(reverse("feedback:stop", args=["forged"]))
    assert inviting.Unasked.objects.count() == 1


def test_who_has_written_is_not_asked(market: Market, client: Client) -> None:
    client.post(address(arrived((market.bowl, 1))), WORDS)
    with clock.at(clock.now() + timedelta(days=11)):
        assert inviting.invite_due() == 0


def many(product: Product, count: int) -> None:
    for number in range(count):
        ProductReview.objects.create(product=product, score=5, title=f"Avis {number}", body="Bien.", status=ProductReview.APPROVED)


@pytest.mark.parametrize("name", ["listing", "vendor", "board"])
def test_lists_cost_the_same_whatever_they_show(market: Market, django_assert_max_num_queries: Any, name: str) -> None:
    page = {"listing": reverse("feedback:listing", args=[market.bowl.slug, market.bowl.pk]), "vendor": reverse("feedback:vendor", args=["ocre"]), "board": reverse("feedback:board")}[name]
    visitor = client_of(market.basile)
    many(market.bowl, 2)
    visitor.get(page)
    with django_assert_max_num_queries(14) as few:
        visitor.get(page)
    many(market.bowl, 30)
    with django_assert_max_num_queries(len(few.captured_queries)):
        shown = visitor.get(page).content.decode()
    assert shown.count("review card") == 20
    assert "Avis 29" in shown
    older = re.search(r'href="(\?[^"]*avant=\d+)"', shown)
    assert older is not None
    assert visitor.get(page + older.group(1).replace("&amp;", "&")).content.decode().count("review card") == 12

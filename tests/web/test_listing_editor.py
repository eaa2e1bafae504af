"""The editor of a listing: nothing typed is lost, buyers never read half a sentence, versions come back, pictures obey."""

import io
import json
from datetime import timedelta
from typing import Any

import PIL.Image
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from lapinblanc import clock

from shop.catalogue.gallery import FULL, LEAST, Frame
from shop.catalogue.models import ListingDraft, Product, ProductImage
from shop.catalogue.scheduling import publish_due
from shop.partner.models import StockRecord
from shop.workshop.editor import drafts
from tests import factories as make
from tests.factories import Market
from tests.house import client_of

pytestmark = pytest.mark.django_db


def png(colour: str = "tomato", size: tuple[int, int] = (60, 40)) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    PIL.Image.new("RGB", size, colour).save(buffer, "PNG")
    return SimpleUploadedFile(f"{colour}.png", buffer.getvalue())


def url(name: str, product: Product, *more: Any) -> str:
    return reverse(f"workshop:{name}", args=[product.pk, *more])


def typed(product: Product, **said: Any) -> dict[str, Any]:
    product.refresh_from_db()
    return {
        "title": product.title, "summary": product.summary, "description": product.description, "category": product.categories.get().pk, "price": "56,00",
        "stock": "5", "lead_days": "3", "materials": "grès", "colours": ["blanc"], "withdrawal": "allowed", "revision": product.revision, **said,
    }


def shot(product: Product, alt: str = "Un bol", **fields: Any) -> ProductImage:
    place = product.images.count()
    return ProductImage.objects.create(product=product, original=f"{alt}.webp", alt=alt, width=10, height=10, display_order=place, **fields)


def test_a_creation_is_made_with_a_title_alone_and_stays_a_draft(market: Market) -> None:
    client_of(market.basile).post(reverse("workshop:listing_new"), {"title": "Vase", "lead_days": "3", "withdrawal": "allowed", "stock": "1"})
    made = Product.objects.get(title="Vase")
    assert (made.state, made.vendor, made.revision) == ("draft", market.ocre, 1)


def test_everything_is_saved_in_the_units_of_the_catalogue(market: Market) -> None:
    said = typed(market.bowl, price="61,50", diameter_cm="14,5", tags="noël, table ,noël", made_in="Plouër", second_life="on", sku="B-1")
    assert client_of(market.basile).post(url("listing", market.bowl), said).status_code == 302
    found = Product.objects.get(pk=market.bowl.pk)
    assert (found.price_cents, found.diameter_mm, found.tags, found.made_in, found.second_life, found.card["title"]) == (6150, 145, ["noël", "table"], "Plouër", True, "Bol ocre")
    assert StockRecord.objects.get(product=found).partner_sku == "B-1"


def test_what_is_wrong_is_marked_and_everything_typed_comes_back(market: Market) -> None:
    basile = client_of(market.basile)
    answer = basile.post(url("listing", market.bowl), typed(market.bowl, price="cher", description="Une longue histoire."))
    assert answer.status_code == 422
    assert "Une longue histoire." in answer.content.decode()
    assert "cher" in answer.content.decode()
    market.bowl.refresh_from_db()
    assert market.bowl.description == "Un bol de grès, tourné à la main."
    again = basile.get(url("listing", market.bowl)).content.decode()
    assert "Une longue histoire." in again
    assert "cher" in again


def test_a_live_creation_changes_for_buyers_when_it_is_saved_alone(market: Market) -> None:
    basile = client_of(market.basile)
    said = basile.post(url("listing_autosave", market.bowl), typed(market.bowl, title="Bol à moit"))
    assert said.status_code == 200
    assert "Ce que vous avez tapé est gardé" in json.loads(said.content)["said"]
    assert "Bol à moit" not in Client().get(market.bowl.get_absolute_url(), follow=True).content.decode()
    assert "Bol à moit" in basile.get(url("listing", market.bowl)).content.decode()
    assert "Bol à moit" in basile.get(url("listing_preview", market.bowl)).content.decode()
    assert Product.objects.get(pk=market.bowl.pk).title == "Bol ocre"
    basile.post(url("listing", market.bowl), typed(market.bowl, title="Bol à moitié bleu"))
    assert Product.objects.get(pk=market.bowl.pk).title == "Bol à moitié bleu"
    assert not ListingDraft.objects.exists()


def test_a_draft_is_written_while_typing_with_all_that_is_valid(market: Market) -> None:
    draft = make.listing(market.ocre, "Vase", state="draft", published_at=None)
    basile = client_of(market.basile)
    answer = json.loads(basile.post(url("listing_autosave", draft), typed(draft, title="Vase bleu", price="cher")).content)
    draft.refresh_from_db()
    assert (draft.title, draft.price_cents, answer["revision"]) == ("Vase bleu", 2800, draft.revision)
    assert ListingDraft.objects.get().typed["price"] == ["cher"]
    basile.post(url("listing_autosave", draft), typed(draft, title="Vase bleu", price="31"))
    draft.refresh_from_db()
    assert draft.price_cents == 3100
    assert not ListingDraft.objects.exists()
    assert [version.why for version in draft.versions.all()] == ["autosave", "before"]


def test_two_windows_do_not_overwrite_each_other_without_a_word(market: Market) -> None:
    basile, old = client_of(market.basile), typed(market.bowl, title="De la vieille fenêtre")
    basile.post(url("listing", market.bowl), typed(market.bowl, title="De la neuve"))
    answer = basile.post(url("listing", market.bowl), old)
    assert answer.status_code == 409
    assert "De la vieille fenêtre" in answer.content.decode()
    assert Product.objects.get(pk=market.bowl.pk).title == "De la neuve"
    basile.post(url("listing", market.bowl), typed(market.bowl, title="De la vieille fenêtre"))
    assert Product.objects.get(pk=market.bowl.pk).title == "De la vieille fenêtre"


def test_autosave_never_writes_into_what_went_live_meanwhile(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """Published in another window between the reading of the state and the lock: the half sentence is kept, not shown."""
    draft = make.listing(market.ocre, "Vase", state="draft", published_at=None)
    real = drafts.whole_now

    def meanwhile(product: Product) -> Any:
        Product.objects.filter(pk=product.pk).update(state="published", published_at=clock.now())
        return real(product)

    monkeypatch.setattr(drafts, "whole_now", meanwhile)
    answer = client_of(market.basile).post(url("listing_autosave", draft), typed(draft, title="Vase ble"))
    assert answer.status_code == 409
    assert Product.objects.get(pk=draft.pk).title == "Vase"
    assert ListingDraft.objects.get(product=draft).typed["title"] == ["Vase ble"]


def test_autosave_of_an_old_window_is_told_and_kept(market: Market) -> None:
    draft = make.listing(market.ocre, "Vase", state="draft", published_at=None)
    basile, old = client_of(market.basile), typed(draft, title="Vieux")
    basile.post(url("listing_autosave", draft), typed(draft, title="Neuf"))
    assert basile.post(url("listing_autosave", draft), old).status_code == 409
    assert Product.objects.get(pk=draft.pk).title == "Neuf"
    assert ListingDraft.objects.get().typed["title"] == ["Vieux"]


def test_a_version_comes_back_without_the_stock(market: Market) -> None:
    basile = client_of(market.basile)
    basile.post(url("listing", market.bowl), typed(market.bowl, title="Premier", price="50"))
    basile.post(url("listing", market.bowl), typed(market.bowl, title="Second", price="60", stock="9"))
    shown = basile.get(url("listing_versions", market.bowl)).content.decode()
    assert "Premier" in shown
    basile.post(url("listing_restore", market.bowl, 1))
    found = Product.objects.get(pk=market.bowl.pk)
    assert (found.title, found.price_cents, StockRecord.objects.get(product=found).num_in_stock) == ("Premier", 5000, 9)
    basile.post(url("listing_restore", market.bowl, 2))
    assert Product.objects.get(pk=market.bowl.pk).title == "Second"


def test_a_copy_is_a_draft_with_pictures_and_without_references(market: Market) -> None:
    shot(market.bowl)
    client_of(market.basile).post(url("listing_duplicate", market.bowl))
    copy = Product.objects.get(title="Bol ocre (copie)")
    assert (copy.state, copy.images.get().alt, copy.price_cents) == ("draft", "Un bol", 5600)
    assert StockRecord.objects.get(product=copy).partner_sku != StockRecord.objects.get(product=market.bowl).partner_sku


def test_a_draft_goes_live_at_its_moment_or_says_what_is_missing(market: Market) -> None:
    basile = client_of(market.basile)
    ready, bare = (make.listing(market.ocre, title, state="draft", published_at=None) for title in ("Tout pret", "Nu"))
    shot(ready)
    moment = (clock.now() + timedelta(hours=2)).astimezone(clock.PARIS).strftime("%Y-%m-%dT%H:%M")
    for product in (ready, bare):
        basile.post(url("listing_schedule", product), {"publish_at": moment})
    assert publish_due() == 0
    mail.outbox.clear()
    with clock.at(clock.now() + timedelta(hours=3)):
        assert publish_due() == 1
        assert publish_due() == 0
    assert list(Product.objects.filter(pk__in=[ready.pk, bare.pk]).order_by("pk").values_list("state", flat=True)) in (["published", "draft"], ["in_review", "draft"])
    assert len(mail.outbox) == 1
    assert "Ajoutez au moins une photo" in str(mail.outbox[0].body)


@pytest.mark.parametrize("moment", ["2001-01-01T10:00", "demain", "2030-13-45T99:99"])
def test_a_moment_that_is_past_or_none_is_refused(market: Market, moment: str) -> None:
    draft = make.listing(market.ocre, "Vase", state="draft", published_at=None)
    client_of(market.basile).post(url("listing_schedule", draft), {"publish_at": moment})
    assert Product.objects.get(pk=draft.pk).publish_at is None


def test_pictures_come_several_at_once_and_never_twice(market: Market) -> None:
    basile = client_of(market.basile)
    basile.post(url("picture_add", market.bowl), typed(market.bowl, description="Tapé avant.", picture=[png("tomato"), png("navy"), png("tomato"), SimpleUploadedFile("x.png", b"<svg/>")]))
    assert market.bowl.images.count() == 2
    assert "Tapé avant." in basile.get(url("listing", market.bowl)).content.decode()
    one = basile.post(url("picture_add", market.bowl), {"picture": SimpleUploadedFile("x.png", b"no")}, headers={"Accept": "application/json"})
    assert one.status_code == 422
    assert "JPEG, PNG, WebP ou AVIF" in json.loads(one.content)["said"]


def test_pictures_are_put_in_order_described_and_brought_back(market: Market) -> None:
    first, second, third = (shot(market.bowl, alt) for alt in ("Un", "Deux", "Trois"))
    foreign = shot(market.mug, "Autre")
    basile = client_of(market.basile)

    def order() -> list[str]:
        return list(market.bowl.images.order_by("display_order").values_list("alt", flat=True))

    basile.post(url("picture_order", market.bowl), {"order": f"{third.pk},{foreign.pk},{first.pk}"})
    assert order() == ["Trois", "Un", "Deux"]
    basile.post(url("picture_order", market.bowl), {"move": f"{second.pk}:-1"})
    assert order() == ["Trois", "Deux", "Un"]
    basile.post(url("picture_words", market.bowl), {f"alt-{first.pk}": "De face", f"alt-{foreign.pk}": "Volé"})
    assert order() == ["Trois", "Deux", "De face"]
    foreign.refresh_from_db()
    assert (foreign.alt, foreign.display_order) == ("Autre", 0)
    basile.post(url("picture_remove", market.bowl, third.pk))
    assert order() == ["Deux", "De face"]
    before = market.bowl.versions.all()[1].revision
    basile.post(url("listing_restore", market.bowl, before))
    assert order() == ["Trois", "Deux", "De face"]


def test_a_crop_is_cut_from_the_whole_picture_each_time(market: Market) -> None:
    basile = client_of(market.basile)
    basile.post(url("picture_add", market.bowl), {"picture": png(size=(400, 200)), "alt": "Un bol"})
    image = market.bowl.images.get()
    for ratio, size in (("1:1", (200, 200)), ("all", (400, 200)), ("4:5", (160, 200))):
        basile.post(url("picture_crop", market.bowl, image.pk), {"ratio": ratio})
        image.refresh_from_db()
        assert (image.width, image.height) == size
    refused = basile.post(url("picture_crop", market.bowl, image.pk), {"x": "950", "y": "0", "width": "200", "height": "500"})
    assert refused.status_code == 422
    assert client_of(market.camille).post(url("picture_crop", market.bowl, image.pk), {"ratio": "1:1"}).status_code == 404
    image.refresh_from_db()
    assert (image.width, image.height) == (160, 200)


@given(st.integers(1, 5000), st.integers(1, 5000), st.sampled_from([(1, 1), (4, 5), (3, 2)]))
def test_a_ready_frame_stays_inside_and_near_its_ratio(width: int, height: int, ratio: tuple[int, int]) -> None:
    frame = Frame.centred(*ratio, width, height)
    assert LEAST <= frame.width <= FULL
    assert LEAST <= frame.height <= FULL
    assert frame.x + frame.width <= FULL
    left, top, right, bottom = frame.box(width, height)
    assert 0 <= left < right <= max(width, right)
    assert top < bottom
    if 0.2 < width / height < 5 and min(width, height) > 500:
        assert abs((right - left) * ratio[1] - (bottom - top) * ratio[0]) <= 0.02 * max(width, height) * max(ratio)


def test_the_preview_remembers_nothing_and_is_the_team_s_alone(market: Market) -> None:
    basile = client_of(market.basile)
    basile.post(url("listing_autosave", market.bowl), typed(market.bowl, title="Brouillon secret"))
    before = (Product.objects.get(pk=market.bowl.pk).revision, market.bowl.versions.count())
    answer = basile.get(url("listing_preview", market.bowl))
    assert "Brouillon secret" in answer.content.decode()
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert (Product.objects.get(pk=market.bowl.pk).revision, market.bowl.versions.count()) == before
    assert "frame-src 'self'" in basile.get(url("listing", market.bowl))["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    for stranger in (client_of(market.camille), client_of(market.eve)):
        assert stranger.get(url("listing_preview", market.bowl)).status_code == 404


def test_the_editor_costs_the_same_whatever_it_shows(market: Market, django_assert_max_num_queries: Any) -> None:
    basile = client_of(market.basile)
    shot(market.bowl)
    basile.get(url("listing", market.bowl))
    with django_assert_max_num_queries(45) as few:
        basile.get(url("listing", market.bowl))
    for number in range(11):
        shot(market.bowl, f"Photo {number}")
    with django_assert_max_num_queries(len(few.captured_queries)):
        basile.get(url("listing", market.bowl))


def test_a_live_creation_cannot_be_emptied(market: Market) -> None:
    basile = client_of(market.basile)
    answer = basile.post(url("listing", market.bowl), typed(market.bowl, description="", price=""))
    assert answer.status_code == 422
    assert "Écrivez une description" in answer.content.decode()
    found = Product.objects.get(pk=market.bowl.pk)
    assert (found.description, found.price_cents) == ("Un bol de grès, tourné à la main.", 5600)


def test_the_first_change_of_pictures_can_be_undone_and_so_can_a_crop(market: Market) -> None:
    first, basile = shot(market.bowl), client_of(market.basile)
    basile.post(url("picture_remove", market.bowl, first.pk))
    basile.post(url("listing_restore", market.bowl, 0))
    assert market.bowl.images.get().alt == "Un bol"
    basile.post(url("picture_add", market.bowl), {"picture": png(size=(400, 200)), "alt": "Large"})
    wide = market.bowl.images.get(alt="Large")
    before = Product.objects.get(pk=market.bowl.pk).revision
    basile.post(url("picture_crop", market.bowl, wide.pk), {"ratio": "1:1"})
    basile.post(url("listing_restore", market.bowl, before))
    wide.refresh_from_db()
    assert (wide.width, wide.height, wide.crop) == (400, 200, {})

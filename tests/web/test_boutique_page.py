"""The boutique as its vendor keeps it and as buyers see it: pictures, sections, fairs, ways to send, leave, preview."""

import io
import re
from datetime import timedelta
from typing import Any

import PIL.Image
import pytest
from django.conf import settings as site
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape
from lapinblanc import clock

from shop.catalogue.models import Product
from shop.shipping.models import ShippingOption
from shop.vendors.accents import ACCENTS
from shop.vendors.models import Fair, Section, Vendor
from tests import factories as make
from tests.factories import Market
from tests.web.test_access import client_of

pytestmark = pytest.mark.django_db
HOME, PUBLIC = "/atelier/boutique/", "/boutiques/ocre/"
TEXTS = {"name": "Ocre", "email": "ocre@example.org"}


def sent(width: int, height: int, kind: str = "JPEG") -> SimpleUploadedFile:
    out = io.BytesIO()
    picture = PIL.Image.new("RGB", (width, height), "white")
    picture.paste("red", (0, 0, width, height // 8))
    picture.save(out, kind)
    return SimpleUploadedFile("x.jpg", out.getvalue())


def public() -> str:
    return Client().get(PUBLIC).content.decode()


def put(client: Client, kind: str, upload: Any, **fields: str) -> Any:
    return client.post(f"{HOME}images/{kind}/", {"picture": upload, "alt": "L’atelier", "focus": "centre", **fields})


def test_a_banner_and_a_portrait_reach_the_public_page(market: Market) -> None:
    client = client_of(market.basile)
    assert put(client, "banner", sent(2000, 1500)).status_code == 302
    assert put(client, "portrait", sent(1200, 900)).status_code == 302
    vendor = Vendor.objects.get(pk=market.ocre.pk)
    assert (vendor.banner_facts["width"], vendor.banner_facts["height"]) == (1600, 400)
    assert (vendor.portrait_facts["width"], vendor.portrait_facts["height"]) == (1200, 900)
    assert vendor.card["picture"]["src"] == vendor.portrait_facts["src"]
    text = public()
    assert vendor.banner_facts["src"] in text
    assert vendor.portrait_facts["src"] in text


@pytest.mark.parametrize(("focus", "red"), [("top", True), ("bottom", False)])
def test_the_chosen_point_stays_in_the_frame(market: Market, focus: str, red: bool) -> None:
    put(client_of(market.basile), "banner", sent(1600, 1600), focus=focus)
    with default_storage.open(Vendor.objects.get(pk=market.ocre.pk).banner) as file:
        r, g, _b = PIL.Image.open(file).convert("RGB").getpixel((800, 10))
    assert (r > 200 and g < 90) is red


def test_the_files_before_go_and_a_picture_can_be_taken_away(market: Market, django_capture_on_commit_callbacks: Any) -> None:
    client = client_of(market.basile)
    put(client, "banner", sent(1600, 400))
    first = Vendor.objects.get(pk=market.ocre.pk).banner
    with django_capture_on_commit_callbacks(execute=True):
        put(client, "banner", sent(1600, 400))
    assert not default_storage.exists(first)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{HOME}images/banner/retirer/")
    vendor = Vendor.objects.get(pk=market.ocre.pk)
    assert (vendor.banner, vendor.banner_facts) == ("", {})
    assert not list(default_storage.listdir(f"vendors/{vendor.pk}")[1])


@pytest.mark.parametrize("upload", [SimpleUploadedFile("x.jpg", b"<script>"), SimpleUploadedFile("x.svg", b"<svg/>"), None, "small"])
def test_a_hostile_or_small_picture_is_refused_and_what_was_typed_stays(market: Market, upload: Any) -> None:
    chosen = sent(300, 200) if upload == "small" else upload
    answer = client_of(market.basile).post(f"{HOME}images/banner/", {"alt": "Mon \"atelier\"", "focus": "top", **({"picture": chosen} if chosen else {})})
    assert answer.status_code == 422
    assert escape('Mon "atelier"') in answer.content.decode()
    assert Vendor.objects.get(pk=market.ocre.pk).banner == ""
    assert client_of(market.basile).post(f"{HOME}images/logo/", {"alt": "x"}).status_code == 404


def test_sections_in_the_vendor_s_own_order(market: Market) -> None:
    client = client_of(market.basile)
    for name in ("Hiver", "Été", "Vide"):
        assert client.post(f"{HOME}rayons/", {"name": name}).status_code == 302
    assert client.post(f"{HOME}rayons/", {"name": "hiver"}).status_code == 422
    winter, summer, _empty = Section.objects.filter(vendor=market.ocre)
    jug = make.listing(market.ocre, "Cruche")
    Product.objects.filter(pk=market.bowl.pk).update(section=winter)
    Product.objects.filter(pk=jug.pk).update(section=summer)
    client.post(f"{HOME}rayons/{summer.pk}/deplacer/", {"way": "up"})
    text = public()
    assert text.index(f"?rayon={summer.pk}") < text.index(f"?rayon={winter.pk}")
    assert "Vide" not in text
    one = Client().get(f"{PUBLIC}?rayon={winter.pk}").content.decode()
    assert "Bol ocre" in one
    assert "Cruche" not in one
    client.post(f"{HOME}rayons/{winter.pk}/", {"name": "Neige"})
    assert "Neige" in public()
    client.post(f"{HOME}rayons/{winter.pk}/retirer/")
    market.bowl.refresh_from_db()
    assert (market.bowl.section, market.bowl.state) == (None, "published")


def test_a_section_pages_by_its_own_key(market: Market) -> None:
    shelf = Section.objects.create(vendor=market.ocre, name="Bols")
    for number in range(30):
        make.listing(market.ocre, f"Pot {number}", section=shelf)
    first = Client().get(f"{PUBLIC}?rayon={shelf.pk}").content.decode()
    older = re.search(r'href="(\?rayon=\d+&amp;apres=[^"]+)" rel="next"', first)
    assert older
    second = Client().get(PUBLIC + older.group(1).replace("&amp;", "&")).content.decode()
    assert "Pot 0" in second
    assert "Bol ocre" not in second
    foreign = Section.objects.create(vendor=market.sel, name="Autre")
    assert Client().get(f"{PUBLIC}?rayon={foreign.pk}").status_code == 200


def test_fairs_fall_off_by_themselves(market: Market) -> None:
    client = client_of(market.basile)
    day = clock.today() + timedelta(days=10)
    facts = {"name": "Salon des potiers", "place": "Dinan", "postcode": "22100", "stand": "B4", "starts_on": day, "ends_on": day, "url": "example.org/salon"}
    for _twice in range(2):
        assert client.post(f"{HOME}salons/", facts).status_code == 302
    fair = Fair.objects.get()
    assert "Salon des potiers" in public()
    with clock.at(clock.now() + timedelta(days=11)):
        assert "Salon des potiers" not in public()
    assert client.post(f"{HOME}salons/", facts | {"ends_on": day - timedelta(days=1)}).status_code == 422
    assert client.post(f"{HOME}salons/", facts | {"url": "javascript:alert(1)"}).status_code == 422
    client.post(f"{HOME}salons/{fair.pk}/retirer/")
    assert not Fair.objects.exists()


def test_a_preview_shows_what_was_typed_and_saves_nothing(market: Market) -> None:
    start = clock.today()
    typed = TEXTS | {"name": "Ocre d’essai", "announcement": "Four ouvert", "accent": "prune", "leave_from": start, "leave_to": start + timedelta(days=3), "preview": "1"}
    answer = client_of(market.basile).post(HOME, typed)
    text = answer.content.decode()
    assert answer.status_code == 200
    for shown in ("Ocre d’essai", "Four ouvert", "accent--prune", "Ceci est un aperçu", "est en congé"):
        assert shown in text
    vendor = Vendor.objects.get(pk=market.ocre.pk)
    assert (vendor.name, vendor.announcement, vendor.accent, vendor.leave_from) == ("Ocre", "", "", None)
    assert "aperçu" not in public()


def test_a_leave_is_said_before_and_while_it_lasts(market: Market) -> None:
    start = clock.today() + timedelta(days=20)
    client_of(market.basile).post(HOME, TEXTS | {"leave_from": start, "leave_to": start + timedelta(days=10)})
    assert "sera en congé" in public()
    with clock.at(clock.now() + timedelta(days=22)):
        text = public()
        assert "est en congé" in text
        assert "Bol ocre" in text
    with clock.at(clock.now() + timedelta(days=40)):
        assert "en congé" not in public()


def test_a_way_to_send_is_changed_and_moved(market: Market) -> None:
    client = client_of(market.basile)
    first, second = ShippingOption.objects.filter(vendor=market.ocre).order_by("position")
    page = client.get(f"{HOME}livraison/{first.pk}/").content.decode()
    assert 'value="6,90"' in page
    data = {"label": "Colissimo suivi", "kind": "home", "base": "7,20", "extra": "1", "free_from": "90", "min_days": 2, "max_days": 3, "zones": ["metropole", "corse"]}
    assert client.post(f"{HOME}livraison/{first.pk}/", data).status_code == 302
    first.refresh_from_db()
    assert (first.label, first.base_cents, first.free_from_cents, first.code) == ("Colissimo suivi", 720, 9000, "suivi")
    assert client.post(f"{HOME}livraison/{first.pk}/", data | {"max_days": 1}).status_code == 422
    client.post(f"{HOME}livraison/{second.pk}/deplacer/", {"way": "up"})
    assert list(ShippingOption.objects.filter(vendor=market.ocre).order_by("position").values_list("pk", flat=True)) == [second.pk, first.pk]
    assert public().index(second.label) < public().index("Colissimo suivi")


@pytest.mark.parametrize("page", ["", "images/", "rayons/", "salons/", "livraison/", "equipe/"])
def test_every_part_of_the_settings_opens(market: Market, page: str) -> None:
    assert client_of(market.basile).get(HOME + page).status_code == 200


def test_the_public_page_asks_as_much_for_two_creations_as_for_thirty_two(market: Market, django_assert_num_queries: Any) -> None:
    shelf = Section.objects.create(vendor=market.ocre, name="Bols")
    make.listing(market.ocre, "Bol 0", section=shelf)
    Fair.objects.create(vendor=market.ocre, name="Salon", place="Rennes", starts_on=clock.today(), ends_on=clock.today())
    client = Client()
    client.get(PUBLIC)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection, ) as few:
        client.get(PUBLIC)
    for number in range(30):
        make.listing(market.ocre, f"Autre {number}", section=Section.objects.create(vendor=market.ocre, name=f"Rayon {number}"))
    with django_assert_num_queries(len(few)):
        client.get(PUBLIC)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    r, g, b = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("accent", sorted(ACCENTS))
def test_every_colour_is_read_well_by_day_and_by_night(accent: str) -> None:
    """4.5 against page and card (WCAG 1.4.3)."""
    theme = (site.ROOT / "themes/lapinblanc/static/css/theme.css").read_text(encoding="utf-8")
    found = re.search(rf"--accent-{accent}:\s*light-dark\((#\w{{6}}),\s*(#\w{{6}})\)", theme)
    assert found
    for background in ("#FBF8F3", "#FFFFFF"):
        assert contrast(found.group(1), background) >= 4.5
    for background in ("#1C1715", "#261F1C"):
        assert contrast(found.group(2), background) >= 4.5

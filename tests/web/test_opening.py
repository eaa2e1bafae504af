"""Opening a boutique, one question a screen: kept, resumed, corrected, read in confidence, handed in once, and seen by nobody before."""

import io
from pathlib import Path
from typing import Any

import PIL.Image
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shop.catalogue.models import Product
from shop.moderation.dossiers import dossier_of, picture_of
from shop.opening import readiness
from shop.opening.models import MakingPicture
from shop.psp.models import ProviderAccount
from shop.psp.providers.sandbox import identity
from shop.vendors.models import Vendor
from tests import factories as make
from tests.factories import Market
from tests.web.test_access import client_of

pytestmark = pytest.mark.django_db
ROOM = "/atelier/ouvrir/"
PERSON = {"first_name": "Ève", "last_name": "Martin", "birth_date": "1990-05-04", "birth_place": "Dinan"}
SOLE = {**PERSON, "siret": "732 829 320 00074", "register": "", "vat_regime": "franchise", "vat_number": ""}
ADDRESS = {"street": "1 rue du Port", "postcode": "22690", "city": "Pleudihen-sur-Rance", "phone": ""}
WORDS = {"made_by": "Moi seule.", "made_where": "À Dinan.", "bought_parts": "Les fermoirs.", "charter": "on"}
POLICIES = {"policy_shipping": "Sous trois jours.", "policy_returns": "Quatorze jours.", "policy_custom": "", "mediator": "Médiation d’essai, 1 rue de la Paix, 75002 Paris", "idu": ""}
SHIPPING = {"colissimo-on": "on", "colissimo-base": "7,20", "colissimo-extra": "1,50"}
IBAN = "FR14 2004 1010 0505 0001 3M02 606"


def photo(colour: str = "tomato") -> SimpleUploadedFile:
    buffer = io.BytesIO()
    PIL.Image.new("RGB", (640, 480), colour).save(buffer, "JPEG")
    return SimpleUploadedFile("mains.jpg", buffer.getvalue(), "image/jpeg")


def begun(market: Market) -> tuple[Client, Vendor]:
    eve = client_of(market.eve)
    assert eve.post(ROOM, {"name": "Le Fil d’Ève", "tagline": "Broderies"}).url == f"{ROOM}creation/"
    return eve, Vendor.objects.get(name="Le Fil d’Ève")


def answered(eve: Client, *, until: str = "") -> None:
    """Every question up to the summary, as a browser without scripts would post them."""
    answers: tuple[tuple[str, dict[str, Any]], ...] = (
        ("creation", {}), ("apercu", {}), ("statut", {"legal_status": "micro"}), ("identite", SOLE), ("adresse", ADDRESS),
        ("banque", {"iban": IBAN}), ("charte", {**WORDS, "pictures": [photo(), photo("teal")]}), ("conditions", POLICIES), ("livraison", SHIPPING),
    )
    for key, data in answers:
        if key == until:
            return
        assert eve.post(f"{ROOM}{key}/", {**data, "action": "continue"}).status_code == 302, key


def confirmed(vendor: Vendor) -> None:
    identity.answer(reference=ProviderAccount.objects.get(vendor=vendor).reference, said="confirm")


def said(answer: Any) -> str:
    return str(answer.content.decode()).replace("\u00a0", " ")


def test_from_a_name_to_the_first_visit(market: Market, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any) -> None:
    eve, vendor = begun(market)
    assert (vendor.state, vendor.members.get().user_id, vendor.partner.name) == ("preparing", market.eve.pk, "Le Fil d’Ève")
    answered(eve)
    assert eve.get(ROOM, follow=True).redirect_chain[-1][0] == f"{ROOM}recapitulatif/"
    assert "Prouvez votre identité" in said(eve.get(f"{ROOM}recapitulatif/"))
    assert "/bac-a-sable/comptes/acct_" in eve.get(f"{ROOM}banque/verifier/").url
    confirmed(vendor)
    bank = said(eve.get(f"{ROOM}banque/"))
    assert "LA BANQUE POSTALE •••• 2606" in bank
    assert IBAN.replace(" ", "") not in bank
    assert eve.post(f"{ROOM}envoyer/").status_code == 302
    vendor.refresh_from_db()
    assert vendor.state == "preparing"
    with django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            eve.post(f"{ROOM}envoyer/", {"certified": "on"})
    vendor.refresh_from_db()
    assert (vendor.state, vendor.legal_name, vendor.charter_version) == ("applied", "Ève Martin EI", "2026-11")
    assert [mail.subject.replace("\u00a0", " ") for mail in mailoutbox] == ["Votre boutique Le Fil d’Ève : votre demande est arrivée"]
    assert vendor.shipping_options.get().base_cents == 720
    assert dossier_of(vendor).missing == ()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"siret": "73282932000075"}, "vérifiez ses cinq derniers chiffres"),
        ({"siret": "732829321"}, "Ce SIREN n’est pas valable"),
        ({"vat_number": "FR45732829320"}, "Ce numéro de TVA n’est pas valable"),
        ({"vat_regime": "normal"}, "Qui facture la TVA a un numéro"),
        ({"birth_date": "2015-01-01"}, "majeur"),
    ],
)
def test_a_wrong_identity_says_why_and_stays(market: Market, changed: dict[str, str], sentence: str) -> None:
    eve, vendor = begun(market)
    answered(eve, until="identite")
    answer = eve.post(f"{ROOM}identite/", {**SOLE, **changed})
    assert answer.status_code == 422
    assert sentence in said(answer)
    again = said(client_of(market.eve).get(ROOM, follow=True))
    for text in ("Dinan", *changed.values()):
        assert text in again
    vendor.refresh_from_db()
    assert vendor.siret == ""


@pytest.mark.parametrize("key", ["statut", "adresse", "conditions", "livraison"])
def test_nothing_typed_is_lost_going_back_or_leaving(market: Market, key: str) -> None:
    eve, _vendor = begun(market)
    answered(eve, until=key)
    typed = {"statut": ("legal_status", "company"), "adresse": ("street", "Le \0Bourg"), "conditions": ("mediator", "un"), "livraison": ("colissimo-base", "abc")}[key]
    for action in ("back", "quit"):
        assert eve.post(f"{ROOM}{key}/", {typed[0]: typed[1], "action": action}).status_code == 302
    page = said(client_of(market.eve).get(f"{ROOM}{key}/"))
    assert ("checked" if key == "statut" else typed[1].replace("\0", "")) in page


def test_a_wrong_iban_stays_on_the_page_and_nowhere_else(market: Market) -> None:
    eve, vendor = begun(market)
    answered(eve, until="banque")
    answer = eve.post(f"{ROOM}banque/", {"iban": "FR1420041010050500013M02607", "action": "continue"})
    assert answer.status_code == 422
    assert "échangés" in said(answer)
    assert "FR1420041010050500013M02607" in said(answer)
    vendor.application.refresh_from_db()
    assert "3M02607" not in str(vendor.application.drafts)
    assert not ProviderAccount.objects.filter(vendor=vendor).exists()


def test_a_text_of_ours_comes_into_its_field_without_scripts(market: Market) -> None:
    eve, _vendor = begun(market)
    eve.post(f"{ROOM}conditions/", {"policy_shipping": "à moi", "policy_returns": "", "action": "use-policy_returns-2"})
    page = said(eve.get(f"{ROOM}conditions/"))
    assert "Vous avez trente jours" in page
    assert "à moi" in page
    for wild in ("use-policy_returns-99", "use-name-1", "use-", "use-policy_returns-٢"):
        assert eve.post(f"{ROOM}conditions/", {"action": wild}).status_code in (302, 422)


def test_a_second_click_makes_no_second_boutique(market: Market) -> None:
    eve, _vendor = begun(market)
    eve.post(ROOM, {"name": "Le Fil d’Ève", "tagline": "Broderies"})
    assert Vendor.objects.filter(name="Le Fil d’Ève").count() == 1


def test_another_status_asks_the_identity_anew(market: Market) -> None:
    eve, vendor = begun(market)
    answered(eve)
    confirmed(vendor)
    eve.get(f"{ROOM}banque/")
    eve.post(f"{ROOM}statut/", {"legal_status": "private"})
    vendor.refresh_from_db()
    assert (vendor.legal_name, vendor.siret, vendor.vat_regime) == ("", "", "private")
    eve.post(f"{ROOM}identite/", PERSON)
    vendor.refresh_from_db()
    assert any("encore au nom de Ève Martin EI" in sentence for sentence in readiness.missing(vendor))


def test_pictures_of_the_making_are_read_in_confidence(market: Market, settings: Any) -> None:
    eve, vendor = begun(market)
    answered(eve)
    picture = MakingPicture.objects.filter(application__vendor=vendor).first()
    assert picture is not None
    mine = eve.get(f"{ROOM}fabrication/{picture.pk}/")
    assert (mine.status_code, mine["Content-Type"]) == (200, "image/webp")
    assert "no-store" in mine["Cache-Control"]
    for client in (Client(), client_of(market.alice), client_of(market.basile)):
        assert client.get(f"{ROOM}fabrication/{picture.pk}/").status_code in (302, 404)
        assert client.post(f"{ROOM}fabrication/{picture.pk}/retirer/").status_code in (302, 404)
        assert client.get(f"/media/{picture.file.name}").status_code == 404
    assert not list(Path(settings.MEDIA_ROOT).rglob("*making*"))
    assert picture_of(vendor, picture.pk) is not None
    assert picture_of(market.ocre, picture.pk) is None
    file = dossier_of(vendor)
    assert [shown.key for shown in file.pictures] == list(MakingPicture.objects.values_list("pk", flat=True))
    assert "1990" not in str(file.rows)
    assert "1990" in str(file.confidential)


def test_a_hostile_picture_is_refused_and_the_words_stay(market: Market) -> None:
    eve, _vendor = begun(market)
    bad = SimpleUploadedFile("mains.jpg", b"<svg onload=alert(1)>", "image/jpeg")
    answer = eve.post(f"{ROOM}charte/", {**WORDS, "pictures": [bad, photo()]})
    assert "n’est pas une image" in said(answer) or "mains.jpg" in said(answer)
    assert "Les fermoirs." in said(answer)
    assert MakingPicture.objects.count() == 1
    eve.post(f"{ROOM}charte/", {**WORDS, "pictures": [photo() for _five in range(5)]})
    assert MakingPicture.objects.count() == 4


def test_nobody_sees_a_boutique_before_it_is_open(market: Market) -> None:
    eve, vendor = begun(market)
    draft = make.listing(vendor, "Marque-page brodé", slug="marque-page", state="draft")
    make.indexed()
    own = eve.get(f"{ROOM}apercu-acheteur/")
    assert "Marque-page brodé" in said(own)
    for state in ("preparing", "closed"):
        Vendor.objects.filter(pk=vendor.pk).update(state=state)
        for address in (vendor.get_absolute_url(), draft.get_absolute_url()):
            assert Client().get(address).status_code in (404, 410)
        for address in ("/recherche/?q=brodé", "/boutiques/", "/sitemap-boutiques.xml", "/sitemap-creations.xml"):
            assert "le-fil-deve" not in said(Client().get(address))
            assert "Marque-page brodé" not in said(Client().get(address))
    assert client_of(market.basile).get(f"{ROOM}apercu-acheteur/").status_code == 200
    assert "Marque-page" not in said(client_of(market.basile).get(f"{ROOM}apercu-acheteur/"))
    assert Product.objects.on_sale().filter(vendor=vendor).count() == 0


@pytest.mark.parametrize(
    ("lost", "sentence"),
    [
        ({"mediator": ""}, "médiateur"), ({"charter_signed_at": None}, "charte"), ({"account": "kyc_pending"}, "vérifie votre identité"),
        ({"account": "restricted"}, "un autre document"), ({"account": "disabled"}, "a fermé ce compte"), ({"policy_returns": ""}, "reprenez"),
    ],
)
def test_an_approval_waits_for_what_is_missing(market: Market, lost: dict[str, Any], sentence: str) -> None:
    eve, vendor = begun(market)
    answered(eve)
    confirmed(vendor)
    eve.get(f"{ROOM}banque/")
    eve.post(f"{ROOM}envoyer/", {"certified": "on"})
    if state := lost.get("account"):
        ProviderAccount.objects.filter(vendor=vendor).update(state=state)
    else:
        Vendor.objects.filter(pk=vendor.pk).update(**lost)
    vendor.refresh_from_db()
    assert vendor.state == "applied"
    assert any(sentence in missing for missing in dossier_of(vendor).missing)


def test_what_is_being_read_cannot_be_changed_and_can_be_taken_back(market: Market) -> None:
    eve, vendor = begun(market)
    answered(eve)
    confirmed(vendor)
    eve.get(f"{ROOM}banque/")
    eve.post(f"{ROOM}envoyer/", {"certified": "on"})
    eve.post(f"{ROOM}nom/", {"name": "Autre", "tagline": "x"})
    vendor.refresh_from_db()
    assert (vendor.name, vendor.state) == ("Le Fil d’Ève", "applied")
    eve.post(f"{ROOM}reprendre/")
    eve.post(f"{ROOM}nom/", {"name": "Autre", "tagline": "x"})
    vendor.refresh_from_db()
    assert (vendor.name, vendor.state) == ("Autre", "preparing")

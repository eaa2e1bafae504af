"""Each way of being wrong has its sentence (issue 6, point 1): SIREN, SIRET, VAT number, IBAN, date of birth."""

from datetime import date

import pytest

from shop.opening import identity
from shop.opening.identity import WrongAnswer


@pytest.mark.parametrize("typed", ["73282932000074", "732 829 320 00074", "732.829.320-00074", "35600000000048"])
def test_a_siret_is_read_however_it_is_spaced(typed: str) -> None:
    assert len(identity.read_siret(typed)) == 14


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("732829320", "SIREN : le SIRET a cinq chiffres de plus"),
        ("732829321", "Ce SIREN n’est pas valable"),
        ("73282932000075", "vérifiez ses cinq derniers chiffres"),
        ("73282932100074", "ses neuf premiers chiffres"),
        ("7328293200007", "quatorze chiffres : 13"),
        ("abc", "quatorze chiffres : 0"),
        ("٧٣٢٨٢٩٣٢٠٠٠٠٧٤", ""),
    ],
)
def test_each_wrong_siret_says_what_is_wrong(typed: str, sentence: str) -> None:
    with pytest.raises(WrongAnswer) as told:
        identity.read_siret(typed)
    assert sentence in str(told.value).replace("\u00a0", " ").replace("\u202f", " ")


def test_a_vat_number_is_that_of_the_siret() -> None:
    assert identity.read_vat("FR 44 732829320", siret_number="73282932000074") == "FR44732829320"
    with pytest.raises(WrongAnswer, match="pas valable"):
        identity.read_vat("FR45732829320", siret_number="73282932000074")
    with pytest.raises(WrongAnswer, match="pas celui de votre SIRET"):
        identity.read_vat("FR44732829320", siret_number="85260181400050")


def test_an_iban_gives_the_name_of_its_bank() -> None:
    read = identity.read_iban("fr14 2004 1010 0505 0001 3M02 606")
    assert (read.iban, read.bank_name) == ("FR1420041010050500013M02606", "LA BANQUE POSTALE")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("FR1420041010050500013M02607", "échangés"),
        ("FR14 2004 1010 0505", "27 signes"),
        ("1420041010050500013M02606", "deux lettres"),
        ("SA0380000000608010167519", "zone SEPA"),
        ("", ""),
        ("💳" * 9, ""),
    ],
)
def test_each_wrong_iban_says_what_is_wrong(typed: str, sentence: str) -> None:
    with pytest.raises(WrongAnswer) as told:
        identity.read_iban(typed)
    assert sentence in str(told.value).replace("\u00a0", " ")


def test_a_seller_is_of_age() -> None:
    today = date(2026, 11, 26)
    assert identity.read_birth_date(date(2008, 11, 26), today=today)
    for born, sentence in ((date(2008, 11, 27), "majeur"), (date(2027, 1, 1), "année"), (date(1890, 1, 1), "année")):
        with pytest.raises(WrongAnswer, match=sentence):
            identity.read_birth_date(born, today=today)

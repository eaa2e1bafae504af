"""Numbers that tell who sells and where they are paid: read, checked, and a sentence for each way of being wrong. Pure.

SIRET, SIREN and VAT by python-stdnum, IBAN by schwifty; nothing is asked of any network.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from schwifty import IBAN
from schwifty.exceptions import (
    InvalidBankCode,
    InvalidChecksumDigits,
    InvalidCountryCode,
    InvalidLength,
    SchwiftyException,
)
from stdnum.exceptions import InvalidChecksum as WrongSum
from stdnum.exceptions import ValidationError as WrongNumber
from stdnum.fr import siren, siret, tva

# Countries that a transfer in euros reaches as at home (EPC409-09, 2026).
SEPA = frozenset(
    "AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE SI SK SM VA".split()
)
ADULT = 18
OLDEST = 120


class WrongAnswer(ValueError):
    """What was typed is not valid; the message says why, and what to type."""


@dataclass(frozen=True, slots=True)
class BankAccount:
    """An account that exists in form: the whole IBAN on its way to the provider, and the bank's name."""

    iban: str
    bank_name: str


def read_siret(text: str) -> str:
    """Fourteen digits. Raises WrongAnswer."""
    digits = "".join(text.split()).replace(".", "").replace("-", "")
    if digits.isdecimal() and len(digits) == 9:
        if not siren.is_valid(digits):
            raise WrongAnswer(_("This SIREN is not valid: check its nine digits, then add the five of your establishment."))
        raise WrongAnswer(_("This is your SIREN: the SIRET has five digits more, those of your establishment."))
    if not digits.isdecimal() or len(digits) != 14:
        raise WrongAnswer(_("A SIRET has fourteen digits: %(count)d were typed.") % {"count": sum(sign.isdecimal() for sign in digits)})
    try:
        return str(siret.validate(digits))
    except WrongSum as wrong:
        if not siren.is_valid(digits[:9]):
            raise WrongAnswer(_("This SIRET is not valid: its first nine digits are not a SIREN.")) from wrong
        raise WrongAnswer(_("This SIRET is not valid: check its last five digits.")) from wrong
    except WrongNumber as wrong:
        raise WrongAnswer(_("This SIRET is not valid: fourteen digits, as on your registration.")) from wrong


def read_vat(text: str, *, siret_number: str) -> str:
    """A French VAT number, of the same company as the SIRET. Raises WrongAnswer."""
    try:
        number = str(tva.validate(text))
    except WrongNumber as wrong:
        raise WrongAnswer(_("This VAT number is not valid: FR, two signs, then your SIREN.")) from wrong
    if siret_number and number[2:] != siret_number[:9]:
        raise WrongAnswer(_("This VAT number is not that of your SIRET: their nine digits of SIREN differ."))
    return f"FR{number}"


def read_iban(text: str) -> BankAccount:
    """An IBAN of the SEPA area, with its control digits right. Raises WrongAnswer."""
    typed = "".join(text.split())
    if not (typed[:2].isascii() and typed[:2].isalpha()):
        raise WrongAnswer(_("An IBAN begins with two letters of its country, as FR."))
    try:
        read = IBAN(typed, validate_bban=True)
    except InvalidCountryCode as wrong:
        raise WrongAnswer(_("An IBAN begins with two letters of its country, as FR.")) from wrong
    except InvalidLength as wrong:
        raise WrongAnswer(_("This IBAN is too short or too long: a French one has 27 signs, %(count)d were typed.") % {"count": len(typed)}) from wrong
    except InvalidChecksumDigits as wrong:
        raise WrongAnswer(_("This IBAN is not valid: a sign was mistyped or two were exchanged. Copy it from your bank’s document.")) from wrong
    except (InvalidBankCode, SchwiftyException, ValueError) as wrong:
        raise WrongAnswer(_("This IBAN is not valid: copy it from your bank’s document.")) from wrong
    if read.country_code not in SEPA:
        raise WrongAnswer(_("We can pay accounts of the SEPA area only: this one is elsewhere."))
    return BankAccount(iban=str(read), bank_name=str(read.bank_name or ""))


def read_birth_date(born: date, *, today: date) -> date:
    """Of an adult. Raises WrongAnswer."""
    if born > today or today.year - born.year > OLDEST:
        raise WrongAnswer(_("This date of birth is not possible: check the year."))
    if (today.year - born.year - ((today.month, today.day) < (born.month, born.day))) < ADULT:
        raise WrongAnswer(_("One must be of age to sell: eighteen years."))
    return born

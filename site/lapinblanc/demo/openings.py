"""Openings of the demo: accounts at the sandbox bank for open boutiques, the charter signed; and two boutiques on their way.

One stopped before the charter; the other handed in its dossier, which its peers and the operators read.
"""

import json
import secrets
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.utils import override_settings
from django.utils.timezone import make_aware

from lapinblanc import clock
from lapinblanc.demo.people import PASSWORD, create_person
from lapinblanc.money import Money
from shop.catalogue.freezing import freeze_vendor
from shop.catalogue.models import Product
from shop.catalogue.whole.creating import create_whole
from shop.catalogue.whole.reading import read_whole, with_everything
from shop.moderation.peers import application_arrived
from shop.opening import answering, making
from shop.opening.charter import current
from shop.opening.shipping import PRESETS, choose_shipping
from shop.opening.submitting import submit
from shop.psp.models import AccountState, ProviderAccount
from shop.psp.providers.sandbox.models import SandboxAccount
from shop.vendors.models import Vendor

SOURCE = settings.ROOT / "fixtures" / "demo" / "openings.json"
MEDIA = settings.ROOT / "fixtures" / "media"
BANKS = (("LA BANQUE POSTALE", "2606"), ("CREDIT COOPERATIF", "4471"), ("CREDIT AGRICOLE", "9035"), ("CREDIT MUTUEL", "1182"))


def signed(facts: dict[str, Any]) -> dict[str, Any]:
    """The charter is signed, and the account opened, the day before the boutique."""
    opened = datetime.fromisoformat(facts["since"]).date()
    at = make_aware(datetime.combine(opened - timedelta(days=1), time(10, 30)))
    return {
        "charter_version": current().version, "charter_signed_at": at, "certified_at": at,
        "psp_account": f"acct_{secrets.token_hex(12)}",
    }


def enable_account(vendor: Vendor, *, place: int, state: str = AccountState.ENABLED) -> None:
    """In the sandbox's books and in ours, as if the vendor had been there."""
    at = vendor.charter_signed_at or clock.now()
    bank, last4 = BANKS[place % len(BANKS)]
    facts = {
        "state": state, "holder_kind": vendor.legal_status, "holder_name": vendor.legal_name, "bank_name": bank, "iban_last4": last4,
        "created_at": at, "currently_due": [] if state == AccountState.ENABLED else ["identity"],
    }
    SandboxAccount.objects.create(reference=vendor.psp_account, key=f"vendor:{vendor.pk}", email=vendor.email, **facts)
    enabled = at if state == AccountState.ENABLED else None
    ProviderAccount.objects.create(vendor=vendor, provider="sandbox", reference=vendor.psp_account, enabled_at=enabled, **facts)


@override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend")
def open_boutiques() -> int:
    """By the verbs of the screens, some days before today; returns how many."""
    rows, hashed = json.loads(SOURCE.read_text(encoding="utf-8")), make_password(PASSWORD)
    for place, facts in enumerate(rows):
        with clock.at(clock.now() - timedelta(days=facts["days"], hours=3)):
            vendor = _begun(facts, place, hashed)
        if facts["handed_in"]:
            with clock.at(clock.now() - timedelta(days=facts["days"] - 1)):
                _hand_in(vendor, facts)
    return len(rows)


def _begun(facts: dict[str, Any], place: int, hashed: str) -> Vendor:
    """Up to the question of the charter: its pictures are there, its words are a draft."""
    first, last = facts["owner"]
    user = create_person(facts["email"], first, last, hashed=hashed)
    vendor = answering.begin(user=user, name=facts["name"], tagline=facts["tagline"])
    vendor.about = facts["about"]
    vendor.save(update_fields=["about"])
    for piece in facts["pieces"]:
        _piece(vendor, piece)
    person = {"first_name": first, "last_name": last, "birth_date": date.fromisoformat(facts["born"]), "birth_place": facts["born_in"]}
    answers = {
        "creation": {}, "apercu": {}, "statut": {"legal_status": "micro"}, "identite": {**person, "siret": facts["siret"], "register": "RNE", "vat_regime": "franchise"},
        "adresse": facts["address"],
    }
    for step, data in answers.items():
        answering.answer(vendor=vendor, step=step, data=data)
    vendor.refresh_from_db()
    vendor.psp_account = f"acct_{secrets.token_hex(12)}"
    vendor.save(update_fields=["psp_account"])
    enable_account(vendor, place=place, state=AccountState.ENABLED if facts["handed_in"] else AccountState.KYC_PENDING)
    answering.answer(vendor=vendor, step="banque", data={})
    making.add_pictures(vendor=vendor, uploads=[SimpleUploadedFile(name, (MEDIA / name).read_bytes(), "image/webp") for name in facts["pictures"]])
    answering.keep_draft(vendor=vendor, step="charte", typed=facts["words"])
    return vendor


def _hand_in(vendor: Vendor, facts: dict[str, Any]) -> None:
    """The charter signed, the rest answered; peers are drawn as the job would have done it."""
    making.sign(vendor=vendor, data=facts["words"])
    answering.answer(vendor=vendor, step="conditions", data=facts["policies"])
    chosen = {f"{preset.code}-on": preset.code in facts["ways"] for preset in PRESETS}
    prices = {f"{preset.code}-{part}": Money(cents).decimal for preset in PRESETS for part, cents in (("base", preset.base_cents), ("extra", preset.extra_cents))}
    choose_shipping(vendor=vendor, data={**chosen, **prices})
    submit(vendor=vendor, certified=True)
    vendor.refresh_from_db()
    freeze_vendor(vendor)
    application_arrived(vendor=vendor)


def _piece(vendor: Vendor, facts: dict[str, Any]) -> None:
    """A draft with words and a price of its own; picture, kind and what the law asks are those of a creation like it."""
    like = with_everything(Product.objects.filter(vendor__slug=facts["like"][0], title=facts["like"][1])).get()
    said = {name: facts[name] for name in ("title", "summary", "description", "making", "price_cents", "stock")}
    create_whole(vendor=vendor, whole=read_whole(like).but(**said, sku="", section="", variants=(), fields=(), tags=(), made_in="", made_by=""), by=None)

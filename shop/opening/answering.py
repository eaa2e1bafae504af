"""Answers of an opening: the boutique is born of its name; each step writes what it asks; what is not valid yet waits as a draft.

Every verb locks the boutique and refuses to change one that is no longer in preparation.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.text import slugify
from oscar.core.loading import get_model

from shop.catalogue.freezing import freeze_vendor
from shop.opening.models import Application
from shop.opening.steps import after, number_of
from shop.vendors.access import membership_of
from shop.vendors.models import LegalStatus, TeamMember, VatRegime, Vendor, VendorState
from shop.vendors.places import department_of

MOST_TYPED = 6000
# Never written, not even as a draft: it is the provider's alone.
UNKEPT = frozenset({"iban"})


class NotPreparing(Exception):
    """The application is being read, or was decided: it cannot be changed now."""


@transaction.atomic
def begin(*, user: Any, name: str, tagline: str) -> Vendor:
    """A boutique in preparation with its partner and owner; a person who has one is given it back: twice is once."""
    get_user_model().objects.select_for_update().get(pk=user.pk)
    member = membership_of(user)
    if member is not None:
        return member.vendor
    partner = get_model("partner", "Partner").objects.create(name=name)
    vendor = Vendor.objects.create(
        partner=partner, slug=_free_slug(name), name=name, tagline=tagline, state=VendorState.PREPARING, email=user.email
    )
    TeamMember.objects.create(vendor=vendor, user=user)
    Application.objects.create(vendor=vendor, first_name=user.first_name, last_name=user.last_name, done=["nom"])
    freeze_vendor(vendor)
    return vendor


def application_of(vendor: Vendor) -> Application:
    return Application.objects.get_or_create(vendor=vendor)[0]


@transaction.atomic
def keep_draft(*, vendor: Vendor, step: str, typed: dict[str, str], reached: str = "") -> None:
    """What was typed, valid or not, to be found again on any device."""
    application = _open(vendor)
    kept = {name: text.replace("\0", "")[:MOST_TYPED] for name, text in typed.items() if name not in UNKEPT}
    application.drafts = {**application.drafts, step: kept}
    application.reached = reached or step
    application.save(update_fields=["drafts", "reached"])


@transaction.atomic
def answer(*, vendor: Vendor, step: str, data: dict[str, Any]) -> None:
    """Write a valid answer, forget its draft, and move on. Raises NotPreparing."""
    application = _open(vendor)
    locked = application.vendor
    WRITERS.get(step, _nothing)(locked, application, data)
    application.drafts = {key: value for key, value in application.drafts.items() if key != step}
    application.done = sorted({*application.done, step}, key=number_of)
    application.reached = after(step)
    application.save()
    locked.save()
    freeze_vendor(locked)


def _open(vendor: Vendor) -> Application:
    """The application and its vendor, both locked. Raises NotPreparing."""
    locked = Vendor.objects.select_for_update().get(pk=vendor.pk)
    if locked.state != VendorState.PREPARING:
        raise NotPreparing
    application = Application.objects.select_for_update().get(pk=application_of(locked).pk)
    application.vendor = locked
    return application


def _free_slug(name: str) -> str:
    slug = slugify(name)[:60] or "boutique"
    taken = set(Vendor.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return slug if slug not in taken else next(f"{slug}-{n}" for n in range(2, 10_000) if f"{slug}-{n}" not in taken)


def _nothing(vendor: Vendor, application: Application, data: dict[str, Any]) -> None:
    """Steps that only show something."""


def _name(vendor: Vendor, application: Application, data: dict[str, Any]) -> None:
    vendor.name, vendor.tagline = data["name"], data["tagline"]


def _status(vendor: Vendor, application: Application, data: dict[str, Any]) -> None:
    """Another status is another identity: it is asked anew."""
    chosen = LegalStatus(data["legal_status"])
    if vendor.legal_status == chosen:
        return
    vendor.legal_status = chosen
    vendor.legal_name = vendor.siret = vendor.vat_number = vendor.register = ""
    vendor.vat_regime = {LegalStatus.MICRO: VatRegime.FRANCHISE, LegalStatus.COMPANY: VatRegime.NORMAL}.get(chosen, VatRegime.PRIVATE)
    application.done = [key for key in application.done if key != "identite"]


def _identity(vendor: Vendor, application: Application, data: dict[str, Any]) -> None:
    application.first_name, application.last_name = data["first_name"], data["last_name"]
    application.birth_date, application.birth_place = data.get("birth_date"), data.get("birth_place", "")
    person = f"{data['first_name']} {data['last_name']}"
    # « EI » stands beside the name of whoever trades in their own (C. com. R526-27).
    vendor.legal_name = data.get("legal_name") or (f"{person} EI" if vendor.legal_status == LegalStatus.MICRO else person)
    vendor.siret, vendor.register = data.get("siret", ""), data.get("register", "")
    if vendor.legal_status != LegalStatus.PRIVATE:
        vendor.vat_regime, vendor.vat_number = data["vat_regime"], data.get("vat_number", "")


def _address(vendor: Vendor, application: Application, data: dict[str, Any]) -> None:
    vendor.street, vendor.postcode, vendor.city, vendor.phone = (data[key] for key in ("street", "postcode", "city", "phone"))
    vendor.department = department_of(vendor.postcode)


def _conditions(vendor: Vendor, application: Application, data: dict[str, Any]) -> None:
    for field in ("policy_shipping", "policy_returns", "policy_custom"):
        setattr(vendor, field, data[field])
    vendor.mediator = data.get("mediator", "")
    rest = {branch: number for branch, number in vendor.idu.items() if branch != "emballages"}
    vendor.idu = {**rest, "emballages": data["idu"]} if data.get("idu") else rest


WRITERS = {"nom": _name, "statut": _status, "identite": _identity, "adresse": _address, "conditions": _conditions}

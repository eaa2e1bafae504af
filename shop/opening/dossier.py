"""The file of an application, as operators and peers read it: given to the room of moderation through its port.

What only operators may know (birth date, bank) stands apart from what peers read; pictures leave the private folder here alone.
"""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shop.moderation.dossiers import Dossier, MakingPicture, Row
from shop.opening import models
from shop.opening.models import Application
from shop.opening.readiness import missing
from shop.psp.models import ProviderAccount
from shop.vendors.models import Vendor


class Openings:
    def dossier(self, vendor: Vendor) -> Dossier:
        """Boutiques opened before openings were kept have an empty one. Seven queries."""
        found = Application.objects.prefetch_related("pictures").filter(vendor=vendor).first() or Application()
        signed = vendor.charter_signed_at
        charter = _("version %(version)s, signed on %(day)s") % {"version": vendor.charter_version, "day": date_format(signed, "j F Y")} if signed else _("not signed")
        rows = (
            (_("Who makes"), found.made_by), (_("Where"), found.made_where), (_("Bought ready-made"), found.bought_parts), (_("Charter"), charter),
        )
        return Dossier(
            submitted_at=found.submitted_at,
            rows=_filled(rows),
            confidential=_filled(_confidential(vendor, found)),
            pictures=_pictures(found) if found.pk else (),
            missing=tuple(missing(vendor)),
        )

    def picture(self, vendor: Vendor, key: int) -> tuple[bytes, str] | None:
        found = models.MakingPicture.objects.filter(application__vendor=vendor, pk=key).first()
        if found is None:
            return None
        with found.file.open("rb") as file:
            return file.read(), "image/webp"


def _confidential(vendor: Vendor, found: Application) -> tuple[tuple[str, str], ...]:
    account = ProviderAccount.objects.filter(vendor=vendor).first()
    return (
        (_("Status"), str(vendor.get_legal_status_display()) if vendor.legal_status else ""),  # type: ignore[attr-defined]
        (_("Legal name"), vendor.legal_name),
        ("SIRET", vendor.siret),
        (_("VAT number"), vendor.vat_number),
        (_("Register"), vendor.register),
        (_("Person"), f"{found.first_name} {found.last_name}".strip()),
        (_("Born"), f"{date_format(found.birth_date, 'j F Y')}, {found.birth_place}" if found.birth_date else ""),
        (_("Address"), f"{vendor.street}, {vendor.postcode} {vendor.city}" if vendor.street else ""),
        (_("Mediator"), vendor.mediator),
        (_("Payment account"), f"{account.get_state_display()} · {account.bank_name} •••• {account.iban_last4}" if account else _("none")),  # type: ignore[attr-defined]
    )


def _filled(rows: tuple[tuple[str, str], ...]) -> tuple[Row, ...]:
    return tuple(Row(str(label), text) for label, text in rows if text)


def _pictures(found: Application) -> tuple[MakingPicture, ...]:
    return tuple(
        MakingPicture(key=picture.pk, width=picture.width, height=picture.height, alt=_("Picture of the making, %(n)d") % {"n": place})
        for place, picture in enumerate(found.pictures.all(), start=1)
    )

"""A boutique as the subject of a case: opened, sent back, suspended until a day, closed, opened again."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.catalogue.freezing import freeze_listings, freeze_vendor
from shop.catalogue.models import Product
from shop.moderation.models import Measure
from shop.moderation.targets import Fact, Target
from shop.vendors.models import Vendor, VendorState

POSSIBLE: dict[str, tuple[str, ...]] = {
    VendorState.APPLIED: (Measure.OPEN, Measure.RETURN, Measure.REFUSE),
    VendorState.APPROVED: (Measure.KEEP, Measure.WARN, Measure.SUSPEND, Measure.CLOSE),
    VendorState.SUSPENDED: (Measure.KEEP, Measure.RESTORE, Measure.CLOSE),
}
# What a measure needs the boutique to be, and what it makes of it.
EFFECT: dict[str, tuple[frozenset[str], str]] = {
    Measure.OPEN: (frozenset({VendorState.APPLIED, VendorState.PREPARING}), VendorState.APPROVED),
    Measure.RETURN: (frozenset({VendorState.APPLIED}), VendorState.PREPARING),
    Measure.REFUSE: (frozenset({VendorState.APPLIED}), VendorState.CLOSED),
    Measure.SUSPEND: (frozenset({VendorState.APPROVED}), VendorState.SUSPENDED),
    Measure.CLOSE: (frozenset({VendorState.APPROVED, VendorState.SUSPENDED}), VendorState.CLOSED),
}
ON_APPEAL: dict[str, str] = {
    Measure.RETURN: Measure.OPEN, Measure.REFUSE: Measure.RESTORE, Measure.WARN: Measure.RESTORE,
    Measure.SUSPEND: Measure.RESTORE, Measure.CLOSE: Measure.RESTORE,
}


class Boutiques:
    key = "vendor"
    label = gettext_lazy("Boutique")

    def find(self, number: int) -> Target | None:
        vendor = Vendor.objects.filter(pk=number).first()
        if vendor is None:
            return None
        return Target(
            kind=self.key,
            number=vendor.pk,
            title=vendor.name,
            url=vendor.get_absolute_url(),
            state=vendor.state,
            state_label=str(vendor.get_state_display()),  # type: ignore[attr-defined]
            vendor=vendor,
            person=None,
            email=vendor.email,
            facts=_facts(vendor),
            public=vendor.state == VendorState.APPROVED,
        )

    def measures(self, state: str, *, appealed: str) -> tuple[str, ...]:
        if appealed:
            again = ON_APPEAL.get(appealed)
            return (Measure.CONFIRM, again) if again else (Measure.CONFIRM, *POSSIBLE.get(state, ()))
        return POSSIBLE.get(state, (Measure.KEEP,))

    @transaction.atomic
    def take(self, number: int, measure: str) -> str | None:
        vendor = Vendor.objects.select_for_update().get(pk=number)
        needed, after = EFFECT.get(measure, (frozenset(), ""))
        before = str(vendor.state)
        if before not in needed:
            return None
        _move(vendor, after)
        return before

    @transaction.atomic
    def put_back(self, number: int, before: str) -> None:
        vendor = Vendor.objects.select_for_update().get(pk=number)
        if vendor.state in (VendorState.SUSPENDED, VendorState.CLOSED):
            _move(vendor, VendorState.SUSPENDED if before == VendorState.SUSPENDED else VendorState.APPROVED)


def _move(vendor: Vendor, state: str) -> None:
    vendor.state = state
    vendor.save(update_fields=["state"])
    freeze_vendor(vendor)
    freeze_listings(Product.objects.by(vendor).values_list("pk", flat=True))


def _facts(vendor: Vendor) -> tuple[Fact, ...]:
    rows = (
        (_("Status"), vendor.get_legal_status_display()),  # type: ignore[attr-defined]
        (_("Legal name"), vendor.legal_name),
        ("SIRET", vendor.siret),
        (_("Town"), f"{vendor.postcode} {vendor.city}".strip()),
        (_("In one line"), vendor.tagline),
        (_("Her story"), vendor.about),
        (_("E-mail"), vendor.email),
    )
    return tuple(Fact(str(label), str(text)) for label, text in rows if text)

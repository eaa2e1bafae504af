"""Handing an application in, and taking it back to change something. Moves by themselves alone: preparing and applied."""

from django.db import transaction
from lapinblanc import clock

from shop.opening.mails import tell_received
from shop.opening.models import Application
from shop.opening.readiness import Gap, gaps
from shop.psp.models import AccountState, ProviderAccount
from shop.vendors.models import Vendor, VendorState


class NotComplete(Exception):
    """Something is missing, or the promise was not ticked."""


def to_submit(vendor: Vendor) -> list[Gap]:
    """What must be given before handing in: the provider may still be checking, which takes days."""
    checking = ProviderAccount.objects.filter(vendor=vendor, state=AccountState.KYC_PENDING).exists()
    return [gap for gap in gaps(vendor) if not (checking and gap.step == "banque")]


@transaction.atomic
def submit(*, vendor: Vendor, certified: bool) -> None:
    """The boutique waits for its decision; the second click finds it waiting. Raises NotComplete."""
    locked = Vendor.objects.select_for_update().get(pk=vendor.pk)
    if locked.state != VendorState.PREPARING:
        return
    if not certified or to_submit(locked):
        raise NotComplete
    locked.state, locked.certified_at, locked.declared_at = VendorState.APPLIED, clock.now(), clock.now()
    locked.save(update_fields=["state", "certified_at", "declared_at"])
    application = Application.objects.select_for_update().get(vendor=locked)
    application.submitted_at = clock.now()
    application.submissions += 1
    application.save(update_fields=["submitted_at", "submissions"])
    transaction.on_commit(lambda: tell_received(application_id=application.pk))


@transaction.atomic
def take_back(*, vendor: Vendor) -> None:
    """Not decided yet: its owner may change it, and hand it in again."""
    locked = Vendor.objects.select_for_update().get(pk=vendor.pk)
    if locked.state == VendorState.APPLIED:
        locked.state = VendorState.PREPARING
        locked.save(update_fields=["state"])

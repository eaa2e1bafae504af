"""Boutiques that were open before openings were asked: they had signed the charter with their application, and had an account.

Without this they could publish nothing more.
"""

from django.conf import settings
from django.db import migrations

BEFORE = "2026-10"


def carry_over(apps, schema_editor):
    Vendor = apps.get_model("vendors", "Vendor")
    ProviderAccount = apps.get_model("psp", "ProviderAccount")
    known = ProviderAccount.objects.values("vendor")
    for vendor in Vendor.objects.filter(state__in=("approved", "suspended")):
        if vendor.charter_signed_at is None:
            Vendor.objects.filter(pk=vendor.pk).update(charter_signed_at=vendor.declared_at, charter_version=BEFORE)
    for vendor in Vendor.objects.filter(state__in=("approved", "suspended")).exclude(psp_account="").exclude(pk__in=known):
        ProviderAccount.objects.create(
            vendor=vendor, provider=settings.PAYMENT_PROVIDER, reference=vendor.psp_account, state="enabled",
            holder_kind=vendor.legal_status, holder_name=vendor.legal_name, created_at=vendor.declared_at, enabled_at=vendor.declared_at,
        )


def stay(apps, schema_editor):
    """Nothing to take back: the rows say what was so before."""


class Migration(migrations.Migration):
    dependencies = [("opening", "0001_openings"), ("psp", "0003_vendor_accounts"), ("vendors", "0004_team_invitations")]
    operations = [migrations.RunPython(carry_over, stay)]

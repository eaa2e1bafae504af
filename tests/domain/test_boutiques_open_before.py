"""Boutiques that were open before openings were asked keep publishing."""

from importlib import import_module

import pytest
from django.apps import apps

from shop.opening.readiness import to_publish
from shop.psp.models import ProviderAccount
from shop.vendors.models import Vendor
from tests.factories import Market

pytestmark = pytest.mark.django_db


def test_an_open_boutique_keeps_its_charter_and_its_account(market: Market) -> None:
    ProviderAccount.objects.all().delete()
    Vendor.objects.filter(pk=market.ocre.pk).update(charter_signed_at=None, psp_account="acct_ocre", mediator="CM2C")
    Vendor.objects.filter(pk=market.sel.pk).update(state="applied", psp_account="acct_sel")
    assert to_publish(Vendor.objects.get(pk=market.ocre.pk)) != []
    for _time in range(2):
        import_module("shop.opening.migrations.0002_boutiques_open_before").carry_over(apps, None)
    assert to_publish(Vendor.objects.get(pk=market.ocre.pk)) == []
    assert list(ProviderAccount.objects.values_list("vendor", "reference", "state")) == [(market.ocre.pk, "acct_ocre", "enabled")]

"""Where the sales are paid: the IBAN checked and sent on, identity proved at the provider; open for as long as the boutique lives."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from lapinblanc.accounts.two_factor import confirmed

from shop.opening import answering
from shop.opening.forms import BankForm
from shop.opening.identity import BankAccount
from shop.opening.readiness import account_sentence
from shop.opening.views import frame_of
from shop.psp.accounts import onboarding_url, open_account, refresh_account
from shop.psp.models import ProviderAccount
from shop.psp.provider import ProviderError, ProviderRefused
from shop.vendors.access import vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor, VendorState


@vendor_required("money")
@confirmed
def bank(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    """The account as the provider tells it now; another IBAN; on to the next question."""
    if vendor.state == VendorState.PREPARING and not vendor.legal_name:
        messages.info(request, _("The bank asks who you are: answer this first."))
        return redirect("opening:step", "identite" if vendor.legal_status else "statut")
    account = _fresh(vendor)
    action = request.POST.get("action", "")
    if vendor.state == VendorState.PREPARING and action in ("back", "quit"):
        answering.keep_draft(vendor=vendor, step="banque", typed={}, reached="adresse" if action == "back" else "banque")
        return redirect("opening:step", "adresse") if action == "back" else redirect("workshop:today")
    form = BankForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        moved = _moved(vendor, account, form)
        if moved is not None:
            return moved
    told = account_sentence(account) if account else ""
    context = {**frame_of(vendor, "banque"), "form": form, "account": account, "told": told, "opening": vendor.state == VendorState.PREPARING}
    return page(request, vendor, "opening/bank", context, status=422 if form.errors else 200)


def _moved(vendor: Vendor, account: ProviderAccount | None, form: forms.Form) -> HttpResponse | None:
    """After a valid form: the provider is told, or the next question comes; None when something must be mended."""
    given: BankAccount | None = form.cleaned_data["iban"]
    if given is None and account is None:
        form.add_error("iban", _("Type your IBAN: it stands on the document of your bank."))
        return None
    if given is None:
        if vendor.state != VendorState.PREPARING:
            return redirect("opening:bank")
        answering.answer(vendor=vendor, step="banque", data={})
        return redirect("opening:step", "charte")
    try:
        open_account(vendor=vendor, iban=given.iban)
    except ProviderRefused:
        form.add_error("iban", _("The payment provider does not accept this account: try another one."))
        return None
    except ProviderError:
        form.add_error("iban", _("The payment provider does not answer: try again in a moment."))
        return None
    return redirect("opening:bank")


@require_GET
@vendor_required("money")
@confirmed
def verify(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    """On to the provider's page; it leads back to the bank's question."""
    account: Any = ProviderAccount.objects.filter(vendor=vendor).first()
    if account is None:
        return redirect("opening:bank")
    try:
        return redirect(onboarding_url(account, return_url=settings.BASE_URL + reverse("opening:bank")))
    except ProviderError:
        messages.error(request, _("The payment provider does not answer: try again in a moment."))
        return redirect("opening:bank")


def _fresh(vendor: Vendor) -> ProviderAccount | None:
    """Asked anew when it is read: the vendor has just been there. The provider away, what we knew."""
    account = ProviderAccount.objects.filter(vendor=vendor).first()
    if account is None:
        return None
    try:
        return refresh_account(account)
    except ProviderError:
        return account

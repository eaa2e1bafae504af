"""Opening a boutique: an application with identity and charter, and the operators' queue that answers it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.core.loading import get_model
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fr import siret, tva

from shop.shipping.models import ShippingOption
from shop.vendors.access import membership_of
from shop.vendors.models import LegalStatus, TeamMember, VatRegime, Vendor, VendorState
from shop.vendors.places import department_of, is_known_postcode

REGIME = {LegalStatus.MICRO: VatRegime.FRANCHISE, LegalStatus.COMPANY: VatRegime.NORMAL, LegalStatus.PRIVATE: VatRegime.PRIVATE}


class ApplicationForm(forms.Form):
    """Who sells, from where, and the signed charter of the hand-made."""

    name = forms.CharField(label=gettext_lazy("Name of the boutique"), max_length=80)
    tagline = forms.CharField(label=gettext_lazy("What you make, in one line"), max_length=90)
    legal_status = forms.ChoiceField(label=gettext_lazy("Your status"), choices=LegalStatus.choices)
    legal_name = forms.CharField(label=gettext_lazy("Legal name"), max_length=200)
    siret = forms.CharField(label="SIRET", max_length=20, required=False, help_text=gettext_lazy("Fourteen digits; not asked of private individuals."))
    vat_number = forms.CharField(label=gettext_lazy("VAT number"), max_length=20, required=False)
    street = forms.CharField(label=gettext_lazy("Street"), max_length=200)
    postcode = forms.CharField(label=gettext_lazy("Postcode"), max_length=5)
    city = forms.CharField(label=gettext_lazy("Town"), max_length=120)
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=20, required=False)
    charter = forms.BooleanField(label=gettext_lazy("I make what I sell with my own hands or my team’s, and I sign the charter of the hand-made."))

    def clean_postcode(self) -> str:
        code = str(self.cleaned_data["postcode"])
        if not is_known_postcode(code):
            raise forms.ValidationError(_("This postcode is not a French one: five digits, please."))
        return code

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("legal_status") == LegalStatus.PRIVATE:
            return {**data, "siret": "", "vat_number": ""}
        try:
            data["siret"] = siret.validate(data.get("siret", ""))
        except NumberError:
            self.add_error("siret", _("This SIRET is not valid: fourteen digits, as on your registration."))
        if data.get("vat_number"):
            try:
                data["vat_number"] = "FR" + tva.validate(data["vat_number"])
            except NumberError:
                self.add_error("vat_number", _("This VAT number is not valid: FR, two digits, then your SIREN."))
        return data


@login_required
def apply(request: HttpRequest) -> HttpResponse:
    """One application a person; who has a boutique is led to it."""
    if membership_of(request.user) is not None:
        return redirect("workshop:today")
    form = ApplicationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        open_application(user=request.user, data=form.cleaned_data)
        messages.success(request, _("Your application has arrived. You may already prepare your creations."))
        return redirect("workshop:today")
    return render(request, "workshop/apply.html", {"form": form}, status=422 if form.errors else 200)


@transaction.atomic
def open_application(*, user: Any, data: dict[str, Any]) -> Vendor:
    """A vendor in state « applied » with its partner, its owner and a first shipping option."""
    slug = slugify(data["name"])[:60] or "boutique"
    taken = Vendor.objects.filter(slug__startswith=slug).count()
    partner = get_model("partner", "Partner").objects.create(name=data["name"])
    vendor = Vendor.objects.create(
        partner=partner,
        slug=f"{slug}-{taken + 1}" if taken else slug,
        name=data["name"],
        tagline=data["tagline"],
        state=VendorState.APPLIED,
        legal_status=data["legal_status"],
        legal_name=data["legal_name"],
        siret=data["siret"],
        vat_number=data["vat_number"],
        vat_regime=REGIME[LegalStatus(data["legal_status"])],
        street=data["street"],
        postcode=data["postcode"],
        city=data["city"],
        department=department_of(data["postcode"]),
        email=user.email,
        phone=data["phone"],
    )
    TeamMember.objects.create(vendor=vendor, user=user)
    ShippingOption.objects.create(vendor=vendor, code="suivi", label="Colissimo suivi", base_cents=690, per_extra_cents=150)
    return vendor

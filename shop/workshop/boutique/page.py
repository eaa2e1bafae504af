"""The boutique as buyers read it: texts, colour, policies and leave, seen as a buyer before they are saved."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.catalogue.boutiques import boutique_answer
from shop.catalogue.freezing import freeze_listings, freeze_vendor, vendor_card_facts
from shop.catalogue.models import Product
from shop.vendors.accents import ACCENTS
from shop.vendors.access import vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor
from shop.vendors.stories import stories_of


class BoutiqueForm(forms.ModelForm):
    """What buyers read, and when the boutique rests. Legal identity is changed with an operator."""

    accent = forms.ChoiceField(label=gettext_lazy("Colour of the page"), choices=ACCENTS.items(), required=False, widget=forms.RadioSelect(attrs={"class": "accents"}))

    class Meta:
        model = Vendor
        fields = (
            "name", "tagline", "accent", "about", "announcement", "email", "phone", "policy_shipping", "policy_returns",
            "policy_custom", "leave_from", "leave_to", "leave_message",
        )
        widgets = {
            "leave_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "leave_to": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "about": forms.Textarea(attrs={"rows": 8}),
            **{name: forms.Textarea(attrs={"rows": 3}) for name in ("policy_shipping", "policy_returns", "policy_custom")},
        }
        help_texts = {
            "leave_from": gettext_lazy("Your creations stay visible and say until when you rest; nothing can be ordered meanwhile."),
            "announcement": gettext_lazy("One sentence at the top of your page: a fair, a new series, a late parcel."),
        }

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        start, end = data.get("leave_from"), data.get("leave_to")
        if bool(start) != bool(end):
            self.add_error("leave_to", _("A leave has a first and a last day: fill in both, or neither."))
        elif start and end and end < start:
            self.add_error("leave_to", _("The last day comes before the first."))
        return data


@vendor_required("boutique")
def edit(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    form = BoutiqueForm(request.POST or None, instance=vendor)
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            return _as_a_buyer(request, form.save(commit=False))
        with transaction.atomic():
            saved = form.save()
            freeze_vendor(saved)
            freeze_listings(Product.objects.by(saved).values_list("pk", flat=True))
        messages.success(request, _("Your boutique is up to date."))
        return redirect("workshop:boutique")
    return page(request, vendor, "boutique", {"form": form, "stories": stories_of(vendor.pk)}, status=422 if form.errors else 200)


def _as_a_buyer(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    """The public page drawn from what was typed; nothing is written."""
    vendor.card = vendor_card_facts(vendor)
    return boutique_answer(request, vendor, preview=True)

"""Fairs where buyers can meet the maker. Past ones leave the page by themselves."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from lapinblanc import clock

from shop.vendors import shelves
from shop.vendors.access import own, vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Fair, Vendor


class FairForm(forms.ModelForm):
    class Meta:
        model = Fair
        fields = ("name", "place", "postcode", "stand", "starts_on", "ends_on", "url")
        widgets = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("starts_on", "ends_on")}

    url = forms.URLField(label=gettext_lazy("Address of the fair’s page"), required=False, assume_scheme="https", max_length=200)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        start, end = data.get("starts_on"), data.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", _("The last day comes before the first."))
        elif end and end < clock.today():
            self.add_error("ends_on", _("This fair is over: nobody could come any more."))
        return data


@vendor_required("boutique")
def table(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    form = FairForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            shelves.add_fair(vendor=vendor, facts=form.cleaned_data)
        except shelves.TooMany:
            form.add_error("name", _("Thirty fairs at most: take one away first."))
        else:
            messages.success(request, _("The fair is on your page until its last day."))
            return redirect("workshop:fairs")
    return page(request, vendor, "fairs", {"form": form, "fairs": shelves.coming_fairs(vendor)}, status=422 if form.errors else 200)


@require_POST
@vendor_required("boutique")
def remove(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    own(Fair.objects.all(), vendor=vendor, pk=pk).delete()
    return redirect("workshop:fairs")

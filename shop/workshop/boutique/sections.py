"""Sections of the boutique's page, in the vendor's own order."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from shop.vendors import shelves
from shop.vendors.access import own, vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Section, Vendor


class SectionForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the section"), max_length=60)


@vendor_required("boutique")
def table(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    form = SectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            shelves.add_section(vendor=vendor, name=form.cleaned_data["name"])
        except (shelves.SectionExists, shelves.TooMany) as refused:
            form.add_error("name", _why(refused))
        else:
            messages.success(request, _("The section is there: choose it in your creations."))
            return redirect("workshop:sections")
    return _table(request, vendor, form)


@vendor_required("boutique")
def rename(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    section = own(Section.objects.all(), vendor=vendor, pk=pk)
    form = SectionForm(request.POST or None, initial={"name": section.name})
    if request.method == "POST" and form.is_valid():
        try:
            shelves.rename_section(section=section, name=form.cleaned_data["name"])
        except shelves.SectionExists as refused:
            form.add_error("name", _why(refused))
        else:
            return redirect("workshop:sections")
    return page(request, vendor, "section", {"form": form, "section": section}, status=422 if form.errors else 200)


@require_POST
@vendor_required("boutique")
def move(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    shelves.move_section(section=own(Section.objects.all(), vendor=vendor, pk=pk), up=request.POST.get("way") == "up")
    return redirect("workshop:sections")


@require_POST
@vendor_required("boutique")
def remove(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    shelves.remove_section(section=own(Section.objects.all(), vendor=vendor, pk=pk))
    messages.success(request, _("The section is gone; its creations stay, without section."))
    return redirect("workshop:sections")


def _table(request: HttpRequest, vendor: Vendor, form: Any) -> HttpResponse:
    rows = Section.objects.filter(vendor=vendor).annotate(count=Count("listings", filter=~Q(listings__state="removed")))
    return page(request, vendor, "sections", {"form": form, "sections": rows}, status=422 if form.errors else 200)


def _why(refused: Exception) -> str:
    if isinstance(refused, shelves.TooMany):
        return _("Twenty sections at most: take one away first.")
    return _("You have a section of this name already.")

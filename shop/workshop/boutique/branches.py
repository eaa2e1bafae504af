"""The boutique's unique numbers (IDU), a branch each: those that its creations ask for first (LAW G2)."""

from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shop.catalogue.models import ListingState, Product
from shop.catalogue.whole.reading import category_paths
from shop.compliance.branches import LABELS, PACKAGING, branches_of, read_idu
from shop.vendors.access import vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor


class NumbersForm(forms.Form):
    """A field for each branch; `asked`: how many creations ask for it."""

    def __init__(self, *args: Any, asked: Counter[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for branch, label in LABELS.items():
            count = asked[branch]
            help_text = ngettext("Asked for by %(n)d creation.", "Asked for by %(n)d creations.", count) % {"n": count} if count else ""
            self.fields[branch] = forms.CharField(label=str(label).capitalize(), required=False, max_length=40, help_text=help_text, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for branch in LABELS:
            try:
                data[branch] = read_idu(data.get(branch, ""))
            except ValueError:
                self.add_error(branch, _("An IDU is written FR123456_01ABCD: FR, six digits, a line below, two digits, four signs."))
        return data


@vendor_required("boutique")
def numbers(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    asked = asked_of(vendor)
    form = NumbersForm(request.POST or None, asked=asked, initial=vendor.idu)
    if request.method == "POST" and form.is_valid():
        _keep(vendor, form.cleaned_data)
        messages.success(request, _("Your numbers are kept, and shown with your legal identity."))
        return redirect("workshop:branches")
    needed = {PACKAGING, *asked}
    first = [form[branch] for branch in LABELS if branch in needed or form[branch].errors]
    context: dict[str, Any] = {"form": form, "first": first, "others": [field for field in form if field not in first], "missing": [LABELS[branch] for branch in LABELS if branch in needed and not vendor.idu.get(branch)]}
    return page(request, vendor, "branches", context, status=422 if form.errors else 200)


def asked_of(vendor: Vendor) -> Counter[str]:
    """How many of the boutique's creations ask for each branch's number; two queries."""
    paths = category_paths()
    rows = Product.objects.by(vendor).exclude(state=ListingState.REMOVED).order_by("pk").values_list("pk", "legal", "categories__path")
    counted = {pk: branches_of(paths.get(path, "") if path else "", legal) for pk, legal, path in rows}
    return Counter(branch for branches in counted.values() for branch in branches)


def _keep(vendor: Vendor, data: dict[str, str]) -> None:
    with transaction.atomic():
        locked = Vendor.objects.select_for_update().get(pk=vendor.pk)
        locked.idu = {branch: data[branch] for branch in LABELS if data[branch]}
        locked.save(update_fields=["idu"])

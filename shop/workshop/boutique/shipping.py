"""How the boutique sends: its options, their prices and their order."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from lapinblanc.money import Money

from shop.shipping.models import ShippingKind, ShippingOption, Zone
from shop.shipping.steps import BadSteps, Steps, read_steps, written
from shop.vendors.access import own, vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor


class ShippingForm(forms.Form):
    """A way to send; prices in euros."""

    label = forms.CharField(label=gettext_lazy("Label"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ShippingKind.choices)
    zones = forms.MultipleChoiceField(label=gettext_lazy("Goes to"), choices=Zone.choices, initial=[Zone.MAINLAND, Zone.CORSICA], widget=forms.CheckboxSelectMultiple)
    base = forms.DecimalField(label=gettext_lazy("First piece (€)"), min_value=0, max_value=999, decimal_places=2, localize=True)
    extra = forms.DecimalField(label=gettext_lazy("Each further piece (€)"), min_value=0, max_value=999, decimal_places=2, initial=0, localize=True)
    steps = forms.CharField(label=gettext_lazy("Prices by weight"), required=False, max_length=1500, widget=forms.Textarea(attrs={"rows": 4, "placeholder": "250 g : 4,90\n500 g : 6,70\n1 kg : 8,20"}), help_text=gettext_lazy("A line a step, up to which weight at which price. They count instead of the prices by piece as soon as each creation of the parcel has its weight; above the last step this way is not proposed."))
    free_from = forms.DecimalField(label=gettext_lazy("Free from (€)"), min_value=0, max_value=9999, decimal_places=2, required=False, localize=True)
    min_days = forms.IntegerField(label=gettext_lazy("Working days, at least"), min_value=0, max_value=60, initial=2)
    max_days = forms.IntegerField(label=gettext_lazy("Working days, at most"), min_value=0, max_value=60, initial=4)

    def clean_steps(self) -> Steps:
        try:
            return read_steps(self.cleaned_data["steps"])
        except BadSteps as wrong:
            raise forms.ValidationError(wrong.message) from wrong

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if (data.get("max_days") or 0) < (data.get("min_days") or 0):
            self.add_error("max_days", _("At most must not be below at least."))
        return data


@vendor_required("boutique")
def options(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    form = ShippingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _add_option(vendor, form.cleaned_data)
        messages.success(request, _("Shipping option added."))
        return redirect("workshop:shipping")
    rows = ShippingOption.objects.filter(vendor=vendor, is_active=True).order_by("position", "id")
    return page(request, vendor, "shipping", {"form": form, "options": rows}, status=422 if form.errors else 200)


@vendor_required("boutique")
def edit(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    """Orders under way keep what they were quoted: prices of the option hold for the next ones."""
    option = own(ShippingOption.objects.filter(is_active=True), vendor=vendor, pk=pk)
    form = ShippingForm(request.POST or None, initial=_typed(option))
    if request.method == "POST" and form.is_valid():
        ShippingOption.objects.filter(pk=option.pk).update(**_facts(form.cleaned_data))
        messages.success(request, _("Shipping option saved."))
        return redirect("workshop:shipping")
    return page(request, vendor, "shipping_option", {"form": form, "option": option}, status=422 if form.errors else 200)


@require_POST
@vendor_required("boutique")
@transaction.atomic
def move(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    """One place up or down, in the order that buyers see."""
    own(ShippingOption.objects.filter(is_active=True), vendor=vendor, pk=pk)
    Vendor.objects.select_for_update().get(pk=vendor.pk)
    rows = list(ShippingOption.objects.filter(vendor=vendor, is_active=True).order_by("position", "id"))
    place = next(number for number, row in enumerate(rows) if row.pk == pk)
    other = place - 1 if request.POST.get("way") == "up" else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    for number, row in enumerate(rows):
        row.position = number
    ShippingOption.objects.bulk_update(rows, ["position"])
    return redirect("workshop:shipping")


def _add_option(vendor: Vendor, data: dict[str, Any]) -> None:
    count = ShippingOption.objects.filter(vendor=vendor).count()
    ShippingOption.objects.create(vendor=vendor, code=f"{slugify(data['label'])[:30]}-{count + 1}", position=count, **_facts(data))


def _facts(data: dict[str, Any]) -> dict[str, Any]:
    """Columns of what was typed."""
    return {
        "label": data["label"],
        "kind": data["kind"],
        "zones": data["zones"],
        "base_cents": Money.from_decimal(data["base"]).cents,
        "per_extra_cents": Money.from_decimal(data["extra"]).cents,
        "weight_steps": [list(step) for step in data["steps"]],
        "free_from_cents": Money.from_decimal(data["free_from"]).cents if data["free_from"] is not None else None,
        "min_days": data["min_days"],
        "max_days": data["max_days"],
    }


def _typed(option: Any) -> dict[str, Any]:
    """What was typed, from its columns."""
    return {
        "label": option.label, "kind": option.kind, "zones": option.zones, "base": Money(option.base_cents).decimal, "extra": Money(option.per_extra_cents).decimal,
        "steps": written(option.weight_steps),
        "free_from": Money(option.free_from_cents).decimal if option.free_from_cents is not None else None,
        "min_days": option.min_days, "max_days": option.max_days,
    }


@require_POST
@vendor_required("boutique")
def remove(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    """Taken out of the choices, kept for the orders that used it."""
    option = own(ShippingOption.objects.filter(is_active=True), vendor=vendor, pk=pk)
    if ShippingOption.objects.filter(vendor=vendor, is_active=True).count() == 1:
        messages.error(request, _("Keep at least one shipping option: add the new one first."))
    else:
        option.is_active = False
        option.save(update_fields=["is_active"])
    return redirect("workshop:shipping")

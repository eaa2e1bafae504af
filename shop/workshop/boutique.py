"""The boutique as its vendor keeps it: texts, policies, leave, shipping options, team."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from lapinblanc.accounts.two_factor import confirmed
from lapinblanc.money import Money

from shop.catalogue.freezing import freeze_listings, freeze_vendor
from shop.catalogue.models import Product
from shop.shipping.models import ShippingKind, ShippingOption
from shop.vendors.access import own, vendor_required
from shop.vendors.frame import page
from shop.vendors.models import TeamMember, TeamRole, Vendor


class BoutiqueForm(forms.ModelForm):
    """What buyers read, and when the boutique rests. Legal identity is changed with an operator."""

    class Meta:
        model = Vendor
        fields = (
            "name", "tagline", "about", "announcement", "email", "phone", "policy_shipping", "policy_returns",
            "policy_custom", "leave_from", "leave_to", "leave_message",
        )
        widgets = {
            "leave_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "leave_to": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "about": forms.Textarea(attrs={"rows": 8}),
        }

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        start, end = data.get("leave_from"), data.get("leave_to")
        if bool(start) != bool(end):
            self.add_error("leave_to", _("A leave has a first and a last day: fill in both, or neither."))
        elif start and end and end < start:
            self.add_error("leave_to", _("The last day comes before the first."))
        return data


class ShippingForm(forms.Form):
    """A way to send; prices in euros."""

    label = forms.CharField(label=gettext_lazy("Label"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ShippingKind.choices)
    base = forms.DecimalField(label=gettext_lazy("First piece (€)"), min_value=0, max_value=999, decimal_places=2, localize=True)
    extra = forms.DecimalField(label=gettext_lazy("Each further piece (€)"), min_value=0, max_value=999, decimal_places=2, initial=0, localize=True)
    free_from = forms.DecimalField(label=gettext_lazy("Free from (€)"), min_value=0, max_value=9999, decimal_places=2, required=False, localize=True)
    min_days = forms.IntegerField(label=gettext_lazy("Working days, at least"), min_value=0, max_value=60, initial=2)
    max_days = forms.IntegerField(label=gettext_lazy("Working days, at most"), min_value=0, max_value=60, initial=4)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if (data.get("max_days") or 0) < (data.get("min_days") or 0):
            self.add_error("max_days", _("At most must not be below at least."))
        return data


@vendor_required("boutique")
def edit(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    form = BoutiqueForm(request.POST or None, instance=vendor)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            saved = form.save()
            freeze_vendor(saved)
            freeze_listings(Product.objects.by(saved).values_list("pk", flat=True))
        messages.success(request, _("Your boutique is up to date."))
        return redirect("workshop:boutique")
    return page(request, vendor, "boutique", {"form": form}, status=422 if form.errors else 200)


@vendor_required("boutique")
def shipping(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    form = ShippingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _add_option(vendor, form.cleaned_data)
        messages.success(request, _("Shipping option added."))
        return redirect("workshop:shipping")
    options = ShippingOption.objects.filter(vendor=vendor, is_active=True).order_by("position", "id")
    return page(request, vendor, "shipping", {"form": form, "options": options}, status=422 if form.errors else 200)


def _add_option(vendor: Vendor, data: dict[str, Any]) -> None:
    count = ShippingOption.objects.filter(vendor=vendor).count()
    ShippingOption.objects.create(
        vendor=vendor,
        code=f"{slugify(data['label'])[:30]}-{count + 1}",
        label=data["label"],
        kind=data["kind"],
        base_cents=Money.from_decimal(data["base"]).cents,
        per_extra_cents=Money.from_decimal(data["extra"]).cents,
        free_from_cents=Money.from_decimal(data["free_from"]).cents if data["free_from"] is not None else None,
        min_days=data["min_days"],
        max_days=data["max_days"],
        position=count,
    )


@require_POST
@vendor_required("boutique")
def remove_shipping(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    """Taken out of the choices, kept for the orders that used it."""
    option = own(ShippingOption.objects.filter(is_active=True), vendor=vendor, pk=pk)
    if ShippingOption.objects.filter(vendor=vendor, is_active=True).count() == 1:
        messages.error(request, _("Keep at least one shipping option: add the new one first."))
    else:
        option.is_active = False
        option.save(update_fields=["is_active"])
    return redirect("workshop:shipping")


@vendor_required("boutique")
@confirmed
def team(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    if request.method == "POST":
        _invite(request, vendor)
        return redirect("workshop:team")
    members = vendor.members.select_related("user").order_by("pk")
    return page(request, vendor, "team", {"members": members, "roles": TeamRole.choices[1:]})


def _invite(request: HttpRequest, vendor: Vendor) -> None:
    role = request.POST.get("role", "")
    user = get_user_model().objects.filter(email__iexact=request.POST.get("email", "").strip()).first()
    if user is None or role not in (TeamRole.MANAGER, TeamRole.ORDERS):
        messages.error(request, _("Nobody has an account with this address yet: ask them to create one first."))
        return
    TeamMember.objects.get_or_create(vendor=vendor, user=user, defaults={"role": role})
    messages.success(request, _("%(person)s is in your team.") % {"person": user.email})


@require_POST
@vendor_required("boutique")
@confirmed
def remove_member(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    member = own(TeamMember.objects.all(), vendor=vendor, pk=pk)
    if member.role == TeamRole.OWNER:
        messages.error(request, _("The owner stays in the team."))
    else:
        member.delete()
    return redirect("workshop:team")

"""What a boutique types of a sale or of a code; hours are those of Paris, amounts in euros with a comma or a point."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock
from lapinblanc.money import ZERO, Money
from lapinblanc.numbers import whole

from shop.coupons.making import Asked
from shop.coupons.models import Kind
from shop.coupons.terms import AMOUNT, PERCENT
from shop.vendors.models import Vendor

HOUR = {"widget": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")}
EVERYTHING = "all"


def euros(**more: Any) -> forms.DecimalField:
    return forms.DecimalField(max_digits=8, decimal_places=2, min_value=Decimal("0.01"), localize=True, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **more)


def scopes(vendor: Vendor) -> list[tuple[str, Any]]:
    """Everything, or one shelf of the boutique."""
    return [(EVERYTHING, _("All my creations")), *((str(row.pk), row.name) for row in vendor.sections.order_by("pk"))]


class SaleForm(forms.Form):
    """What is lowered, by how much, from when to when."""

    title = forms.CharField(label=_("Name of the sale"), max_length=80, help_text=_("For you: buyers see the prices alone."))
    scope = forms.ChoiceField(label=_("Creations"))
    search = forms.CharField(label=_("Only those whose title holds"), max_length=60, required=False)
    how = forms.ChoiceField(label=_("Lowered by"), choices=[(PERCENT, _("per cent")), (AMOUNT, _("euros"))], initial=PERCENT)
    value = euros(label=_("How much"))
    starts_at = forms.DateTimeField(label=_("From"), required=False, help_text=_("Hours of Paris. Empty: at once."), **HOUR)
    ends_at = forms.DateTimeField(label=_("Until"), **HOUR)

    def __init__(self, *args: Any, vendor: Vendor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = scopes(vendor)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        value = data.get("value")
        if value is not None and data.get("how") == PERCENT and (value != int(value) or not 1 <= value <= 90):
            self.add_error("value", _("A whole number from 1 to 90."))
        return data

    def takes(self, section_id: int | None, title: str) -> bool:
        """Whether a piece is among those that were asked for."""
        scope, search = self.cleaned_data["scope"], self.cleaned_data["search"].casefold()
        return (scope == EVERYTHING or scope == str(section_id)) and search in title.casefold()

    def lowered(self, usual: Money) -> Money:
        if self.cleaned_data["how"] == PERCENT:
            return usual - usual.share(int(self.cleaned_data["value"]) * 100)
        return usual - Money.from_decimal(self.cleaned_data["value"])


class CodeForm(forms.Form):
    """A code: what it takes off, off what, for whom, when and how often."""

    code = forms.CharField(label=_("Code"), max_length=24, help_text=_("Letters and digits, easy to read aloud: MERCI10."))
    kind = forms.ChoiceField(label=_("It takes off"), choices=[(kind.value, kind.label) for kind in Kind], initial=PERCENT)
    value = euros(label=_("How much"), required=False, help_text=_("Per cent or euros; nothing for free shipping."))
    minimum = euros(label=_("From an amount of creations of"), required=False)
    scope = forms.ChoiceField(label=_("Creations"), required=False)
    starts_at = forms.DateTimeField(label=_("From"), required=False, help_text=_("Hours of Paris. Empty: at once."), **HOUR)
    ends_at = forms.DateTimeField(label=_("Until"), required=False, help_text=_("Empty: until you stop it."), **HOUR)
    most_uses = forms.IntegerField(label=_("Uses in all, at most"), required=False, min_value=1, max_value=30_000)
    most_per_person = forms.IntegerField(label=_("Uses by one person, at most"), required=False, min_value=1, max_value=30_000, initial=1)
    whom = forms.ChoiceField(
        label=_("For whom"), choices=[("all", _("For everybody")), ("people", _("For the persons whose addresses I write"))], initial="all", widget=forms.RadioSelect,
    )
    people = forms.CharField(label=_("Their e-mail addresses, one a line"), required=False, max_length=12_000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, vendor: Vendor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = scopes(vendor)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        value = data.get("value")
        if data.get("kind") == PERCENT and (value is None or value != int(value) or not 1 <= value <= 99):
            self.add_error("value", _("A whole number from 1 to 99."))
        if data.get("kind") == AMOUNT and value is None and "value" not in self.errors:
            self.add_error("value", _("Write an amount in euros, such as 24.50."))
        return data

    def asked(self, *, vendor: Vendor, chosen: list[str]) -> Asked:
        """In the words of the verb; `chosen` are numbers of listings, which count before the shelf."""
        data = self.cleaned_data
        value, minimum = data["value"], data["minimum"]
        listings = [pk for text in chosen if (pk := whole(text)) is not None] or None
        if listings is None and data["scope"] not in ("", EVERYTHING):
            listings = list(vendor.sections.get(pk=data["scope"]).listings.values_list("pk", flat=True))
        return Asked(
            code=data["code"], kind=data["kind"], percent=int(value or 0) if data["kind"] == PERCENT else 0,
            amount=Money.from_decimal(value) if data["kind"] == AMOUNT else ZERO, minimum=Money.from_decimal(minimum) if minimum else ZERO,
            listings=listings, people=data["people"].splitlines(), is_personal=data["whom"] == "people",
            starts_at=data["starts_at"], ends_at=data["ends_at"], most_uses=data["most_uses"], most_per_person=data["most_per_person"],
        )



def next_minute() -> datetime:
    """« At once »: prices are agreed before they start."""
    return clock.now().replace(second=0, microsecond=0) + timedelta(minutes=1)

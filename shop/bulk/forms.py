"""What is to be done to the chosen creations: one action, its number or word, in euros, per cent, pieces or days."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.bulk.actions import ENDINGS, KINDS, MOST_STOCK, Action
from shop.catalogue.models import ListingState
from shop.vendors.models import Section, Vendor

STATES = (ListingState.PUBLISHED, ListingState.PAUSED, ListingState.REMOVED)


class ActionForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("What to change"), choices=list(KINDS.items()))
    number = forms.DecimalField(label=gettext_lazy("By how much, or to what"), required=False, max_digits=8, decimal_places=2, localize=True, help_text=gettext_lazy("Per cent, euros, pieces or days; with a minus to take away."))
    ending = forms.ChoiceField(label=gettext_lazy("Prices end"), choices=list(ENDINGS.items()), required=False)
    section = forms.ModelChoiceField(label=gettext_lazy("Section"), queryset=Section.objects.none(), required=False, empty_label=gettext_lazy("none"))
    tag = forms.CharField(label=gettext_lazy("Tag"), max_length=40, required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=[(state, state.label) for state in STATES], required=False)

    def __init__(self, *args: Any, vendor: Vendor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["section"]
        field.queryset = Section.objects.filter(vendor=vendor)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        kind, number = data.get("kind", ""), data.get("number")
        if kind.startswith(("price", "stock")) or kind == "lead_days":
            if number is None and "number" not in self.errors:
                self.add_error("number", _("How much? A number, please."))
            elif number is not None:
                self._check_number(kind, number)
        if kind.startswith("tag") and not data.get("tag", "").strip():
            self.add_error("tag", _("Which tag?"))
        if kind == "state" and not data.get("state"):
            self.add_error("state", _("Which state?"))
        return data

    def _check_number(self, kind: str, number: Decimal) -> None:
        if kind == "price_percent" and not -90 <= number <= 900:
            self.add_error("number", _("Between -90 and +900 per cent."))
        elif (kind.startswith("stock") or kind == "lead_days") and number != int(number):
            self.add_error("number", _("A whole number, please."))
        elif kind == "lead_days" and not 0 <= number <= 120:
            self.add_error("number", _("Between 0 and 120 days."))
        elif kind.startswith("stock") and abs(number) > MOST_STOCK:
            self.add_error("number", _("9,999 pieces at most."))

    def action(self) -> Action:
        data = self.cleaned_data
        kind, number = data["kind"], data.get("number") or Decimal(0)
        factor = {"price_percent": 10, "price_amount": 100, "price_set": 100}.get(kind, 1)
        text = {"section": data["section"].name if data.get("section") else "", "state": data.get("state", "")}.get(kind, data.get("tag", "").strip() if kind.startswith("tag") else "")
        return Action(kind, int((number * factor).to_integral_value()), str(text), data.get("ending", "") if kind.startswith("price") else "")

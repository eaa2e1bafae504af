"""What a buyer types on the one page: who, where, how each parcel travels, and the terms."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.baskets.quote import Quote
from shop.checkout.reach import out_of_reach
from shop.vendors.places import is_known_postcode


class CheckoutForm(forms.Form):
    """Eight fields at most; `quote` gives the parcels that ask for a pick-up point."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    shown_total = forms.IntegerField(widget=forms.HiddenInput)
    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("For the confirmation and the news of your parcels, nothing else."),
    )
    name = forms.CharField(label=_("Full name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    street = forms.CharField(
        label=_("Street and number"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "street-address"})
    )
    postcode = forms.CharField(
        label=_("Postcode"), max_length=5,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric", "data-towns": "id_town"}),
    )
    town = forms.CharField(
        label=_("Town"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "address-level2", "list": "communes"})
    )
    phone = forms.CharField(
        label=_("Telephone"), required=False, max_length=20, help_text=_("Some carriers ask for it."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def __init__(self, *args: Any, quote: Quote, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quote = quote
        for parcel in quote.parcels:
            if parcel.chosen is not None and parcel.chosen.kind == "relay":
                self.fields[f"relay-{parcel.seller.vendor_id}"] = forms.CharField(
                    label=_("Pick-up point for %(boutique)s") % {"boutique": parcel.seller.name},
                    max_length=200,
                    help_text=_("Name and town of the pick-up point that you chose."),
                )

    def clean_postcode(self) -> str:
        code = re.sub(r"\s", "", self.cleaned_data["postcode"])
        if not re.fullmatch(r"\d{5}", code) or not is_known_postcode(code):
            raise forms.ValidationError(_("This postcode is not a French one: five digits, please."))
        return code

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for sentence in out_of_reach(self.quote, data.get("postcode", "")):
            self.add_error("postcode", sentence)
        return data

    def clean_phone(self) -> str:
        digits = re.sub(r"[\s.()-]", "", self.cleaned_data.get("phone", ""))
        if digits and not re.fullmatch(r"(\+33|0)\d{9}", digits):
            raise forms.ValidationError(_("A French number, for instance 06 12 34 56 78."))
        return "+33" + digits[-9:] if digits else ""

    @property
    def key_value(self) -> UUID:
        key: UUID = self.cleaned_data["key"]
        return key

    def address(self) -> dict[str, str]:
        """The address in the words of Oscar's model."""
        first, _space, last = self.cleaned_data["name"].strip().partition(" ")
        return {
            "first_name": first,
            "last_name": last or first,
            "line1": self.cleaned_data["street"],
            "line4": self.cleaned_data["town"],
            "postcode": self.cleaned_data["postcode"],
            "phone_number": self.cleaned_data["phone"],
            "country": "FR",
        }

    def relays(self) -> dict[int, str]:
        """Pick-up points by vendor."""
        return {int(name[6:]): value for name, value in self.cleaned_data.items() if name.startswith("relay-")}

"""What a backer types: the fields of the checkout's page, the address only when something is sent."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from lapinblanc.money import Money

from shop.baskets.quote import Quote
from shop.checkout.forms import CheckoutForm
from shop.funding.models import LEAST, MOST

ADDRESS = ("street", "postcode", "town", "phone")


class PledgeForm(CheckoutForm):
    """Key, tier and amount come back from the page; `sent` keeps the address, with the checkout's own rules."""

    tier = forms.IntegerField(widget=forms.HiddenInput, required=False)
    message = forms.CharField(
        label=_("A word for the creator"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    message_public = forms.BooleanField(label=_("Show my word on the campaign’s page"), required=False)
    anonymous = forms.BooleanField(label=_("Do not show my name on the page"), required=False)
    wants_updates = forms.BooleanField(label=_("Send me the news of this project"), required=False)

    def __init__(self, *args: Any, sent: bool, **kwargs: Any) -> None:
        super().__init__(*args, quote=Quote(parcels=()), **kwargs)
        self.sent = sent
        self.fields["email"].help_text = _("For the confirmation and what becomes of your contribution.")
        if not sent:
            for name in ADDRESS:
                del self.fields[name]

    def address(self) -> dict[str, str]:
        return super().address() if self.sent else {}


def cents_typed(text: str, *, most: int = MOST) -> Money | None:
    """`20`, `20,50`, `1 000 €` as an amount; None for what is not one between 1 € and `most` cents."""
    bare = re.sub(r"[\s\u00a0\u202f€]", "", text).replace(",", ".")
    try:
        amount = Decimal(bare)
    except InvalidOperation:
        return None
    # The bounds first: an amount beyond them may be too long to be rounded.
    if not amount.is_finite() or not Decimal(LEAST) / 100 <= amount <= Decimal(most) / 100 or amount != amount.quantize(Decimal("0.01")):
        return None
    return Money.from_decimal(amount)

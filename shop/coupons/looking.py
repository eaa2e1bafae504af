"""A sale looked at before it is agreed to: by creation the price, what may be announced beside it, or why nothing."""

import hashlib
import json
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from lapinblanc.money import Money

from shop.catalogue.joining import Look, Piece, looks_closely, pieces_of, problems_of
from shop.coupons.forms import SaleForm
from shop.coupons.sales import as_invitation
from shop.formats import money
from shop.prices.lowest import Silence
from shop.vendors.models import Vendor


@dataclass(frozen=True, slots=True)
class Row:
    """One creation or variant; `why` says why nothing is struck, `problem` why it cannot be lowered."""

    pk: int
    title: str
    usual: Money
    price: Money
    prior: Money | None
    percent: int
    why: str
    problem: str
    chosen: bool


@dataclass(frozen=True)
class Lookout:
    """What a valid form asks for, with what the boutique left out of it."""

    vendor: Vendor
    form: SaleForm
    facts: Mapping[str, Any]
    left_out: Set[int]

    @cached_property
    def invitation(self) -> Any:
        return as_invitation(key="vente:0", **self.facts)

    @cached_property
    def pieces(self) -> list[Piece]:
        found = pieces_of(vendor=self.vendor, invitation=self.invitation)
        return [piece for piece in found if self.form.takes(piece.section_id, piece.title)]

    @cached_property
    def prices(self) -> dict[int, Money]:
        return {piece.stockrecord_id: self.form.lowered(piece.usual) for piece in self.pieces}

    @cached_property
    def problems(self) -> dict[int, str]:
        return problems_of(vendor=self.vendor, invitation=self.invitation, prices=self.prices)

    @property
    def agreed(self) -> dict[int, Money]:
        return {pk: price for pk, price in self.prices.items() if pk not in self.problems and pk not in self.left_out}

    @property
    def digest(self) -> str:
        """Names exactly what is shown: other prices or dates, typed or changed meanwhile, are looked at anew."""
        typed = [str(self.form.cleaned_data[name]) for name in ("starts_at", "ends_at")]
        return hashlib.sha256(json.dumps([typed, sorted((pk, price.cents) for pk, price in self.prices.items())]).encode()).hexdigest()

    def rows(self) -> list[Row]:
        looks = looks_closely(vendor=self.vendor, invitation=self.invitation, prices=self.prices)
        return [self._row(piece, looks.get(piece.stockrecord_id)) for piece in self.pieces]

    def _row(self, piece: Piece, look: Look | None) -> Row:
        pk, said = piece.stockrecord_id, look.said if look else None
        return Row(
            pk=pk, title=piece.title, usual=piece.usual, price=self.prices[pk], prior=Money(said.prior) if said else None,
            percent=said.percent if said else 0, why=why_nothing(look) if look else "", problem=self.problems.get(pk, ""), chosen=pk not in self.left_out,
        )


def why_nothing(look: Look) -> str:
    """The sentence for a price beside which nothing may be struck."""
    if look.silence == Silence.LOWER and look.prior is not None:
        return _("It was offered at %(price)s during the thirty days before, by a price, a sale or a code: nothing is struck.") % {"price": money(look.prior)}
    sentences = {
        Silence.PRIVATE: _("A private seller announces no reduction: nothing is struck."),
        Silence.NEW: _("It was never on sale before: nothing is struck."),
        Silence.PAUSED: _("It was paused during the thirty days before: nothing is struck."),
    }
    return sentences.get(look.silence, "") if look.silence is not None else ""

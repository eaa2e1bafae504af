"""« Campagnes »: which campaigns invite the boutique, which creations join and at what price, and what buyers will see."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from lapinblanc.hours import in_paris_words
from lapinblanc.money import Money
from lapinblanc.money.typed import typed_cents

from shop.catalogue.joining import Piece, RefusedPrices, TooLate, join, looks, pieces_of, problems_of
from shop.prices.invitations import Invitation, open_invitation, open_invitations
from shop.vendors.access import vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor


@dataclass(frozen=True, slots=True)
class PieceRow:
    """One line of the form: what is typed, what is wrong with it, what buyers would see; `price` is what is typed."""

    piece: Piece
    typed: str
    problem: str
    price: Money | None
    prior: Money | None
    percent: int


@dataclass(frozen=True, slots=True)
class InvitationSaid:
    """An invitation with its hours in words."""

    key: str
    title: str
    words: str
    starts: str
    ends: str


@vendor_required("listings")
def invitations(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    return page(request, vendor, "campaigns", {"invitations": [_said(found) for found in open_invitations()]})


@vendor_required("listings")
def invitation(request: HttpRequest, vendor: Vendor, key: str) -> HttpResponse:
    """Prices are typed, looked at (`look`), then agreed to (`agree`)."""
    found = open_invitation(key)
    if found is None:
        raise Http404
    pieces = pieces_of(vendor=vendor, invitation=found)
    if request.method != "POST":
        typed = {piece.stockrecord_id: _typed(piece.agreed) for piece in pieces}
        return _shown(request, vendor, found, pieces, typed, {})
    typed = {piece.stockrecord_id: request.POST.get(f"price-{piece.stockrecord_id}", "").strip() for piece in pieces}
    prices, problems = _read(typed)
    problems |= problems_of(vendor=vendor, invitation=found, prices=prices)
    if "agree" in request.POST and not problems:
        try:
            join(vendor=vendor, invitation=found, prices=prices, by=request.user)
            messages.success(request, _("Saved: this is what you have agreed to. You can change it until the campaign starts."))
            return redirect("workshop:campaign", key)
        except RefusedPrices as refusal:
            problems = refusal.problems
        except TooLate:
            messages.error(request, _("The campaign has just started: what was agreed holds until its end."))
            return redirect("workshop:campaigns")
    return _shown(request, vendor, found, pieces, typed, problems)


def _shown(request: HttpRequest, vendor: Vendor, found: Invitation, pieces: list[Piece], typed: dict[int, str], problems: dict[int, str]) -> HttpResponse:
    prices = {pk: price for pk, price in _read(typed)[0].items() if price is not None}
    seen = looks(vendor=vendor, invitation=found, prices=prices)
    rows = [
        PieceRow(
            piece=piece, typed=typed[piece.stockrecord_id], problem=problems.get(piece.stockrecord_id, ""), price=prices.get(piece.stockrecord_id),
            prior=Money(said.prior) if (said := seen.get(piece.stockrecord_id)) else None, percent=said.percent if said else 0,
        )
        for piece in pieces
    ]
    context: dict[str, Any] = {"invitation": _said(found), "rows": rows, "problems": problems}
    return page(request, vendor, "campaign", context, status=422 if problems else 200)


def _said(found: Invitation) -> InvitationSaid:
    return InvitationSaid(found.key, found.title, found.words, in_paris_words(found.starts_at), in_paris_words(found.ends_at))


def _read(typed: dict[int, str]) -> tuple[dict[int, Money | None], dict[int, str]]:
    """Euros as they are typed, with a comma or a point; what is no amount is a problem."""
    prices: dict[int, Money | None] = {}
    problems = {}
    for pk, text in typed.items():
        cents = typed_cents(text) if text.strip() else None
        if text.strip() and not (cents is not None and 0 < cents < 10_000_000):
            problems[pk] = _("Write an amount in euros, such as 24.50.")
        else:
            prices[pk] = Money(cents) if cents is not None else None
    return prices, problems


def _typed(price: Money | None) -> str:
    return str(price.decimal).replace(".", ",") if price is not None else ""

"""Packing slips and addresses as PDF: one slip a page, addresses on sheets of labels or one a page.

Drawn by fpdf2 with Liberation Sans (SIL OFL 1.1, beside this file); signs that it lacks are left out, never a crash.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from fpdf import FPDF
from lapinblanc.money import Money

from shop.formats import money

FONTS = Path(__file__).parent / "fonts"
# (columns, rows, width, height, left, top) in millimetres of an A4 sheet.
SHEETS = {"14": (2, 7, 99, 38, 5, 15), "8": (2, 4, 105, 74, 0, 0)}


class Paper(FPDF):
    """An A4 document in French, with both weights of the font."""

    def __init__(self, title: str, *, size: Any = "A4") -> None:
        super().__init__(format=size)
        for style, name in (("", "Regular"), ("B", "Bold")):
            self.add_font("Sans", style, str(FONTS / f"LiberationSans-{name}.ttf"))
        self.set_lang("fr")
        self.set_title(title)
        self.set_auto_page_break(True, 15)
        self._drawn = set(self.fonts["sans"].cmap)

    def words(self, text: Any) -> str:
        """Without the signs that the font cannot draw."""
        return "".join(sign for sign in str(text) if ord(sign) in self._drawn or sign == "\n")

    def say(self, text: Any, *, size: int = 10, bold: bool = False, width: int = 0, gap: int = 5) -> None:
        """A paragraph in the column that begins here."""
        self.set_font("Sans", "B" if bold else "", size)
        left = self.get_x()
        self.multi_cell(width, gap, self.words(text), new_x="LEFT", new_y="NEXT", align="L")
        self.set_x(left)


def slips(vendor: Any, orders: Iterable[Any]) -> bytes:
    """What is to be put in each parcel: pieces, what was asked for, note; no price but the total paid."""
    paper = Paper(_("Packing slips"))
    for order in orders:
        paper.add_page()
        paper.say(vendor.name, size=16, bold=True, gap=8)
        paper.say(_("Order %(number)s") % {"number": order.number}, size=12, gap=7)
        if order.dispatch_due:
            paper.say(_("To be sent by %(day)s") % {"day": order.dispatch_due.strftime("%d/%m/%Y")})
        paper.ln(4)
        paper.say("\n".join(address_of(order)), size=12, gap=6)
        paper.ln(4)
        for line in (line for line in order.lines.all() if line.due_quantity):
            paper.say(f"{line.due_quantity} × {line.title}" + (f", {line.variant}" if line.variant else ""), size=11, bold=True, gap=6)
            for label, value in line.personalisation.items():
                paper.say(f"    {label} : {value}", size=11, gap=6)
        if order.buyer_note:
            paper.ln(3)
            paper.say(_("A word from the buyer"), bold=True)
            paper.say(order.buyer_note)
        paper.ln(4)
        paper.say(_("Paid: %(amount)s, shipping included") % {"amount": money(Money(order.total_cents))})
    return bytes(paper.output())


def labels(vendor: Any, orders: Sequence[Any], *, sheet: str) -> bytes:
    """Addresses: sheets of 14 or 8 labels, or, for label printers, one a page of 100 × 150 mm."""
    if sheet not in SHEETS:
        return _one_a_page(vendor, orders)
    columns, rows, width, height, left, top = SHEETS[sheet]
    paper = Paper(_("Addresses"))
    paper.set_auto_page_break(False)
    for place, order in enumerate(orders):
        spot = place % (columns * rows)
        if spot == 0:
            paper.add_page()
        paper.set_xy(left + spot % columns * width + 6, top + spot // columns * height + 6)
        _label(paper, order, width=width - 12, size=10)
    return bytes(paper.output())


def _one_a_page(vendor: Any, orders: Sequence[Any]) -> bytes:
    paper = Paper(_("Addresses"), size=(100, 150))
    for order in orders:
        paper.add_page()
        paper.say(f"{_('From')} : {vendor.name}, {vendor.street}, {vendor.postcode} {vendor.city}", size=8, gap=4)
        paper.ln(10)
        _label(paper, order, width=80, size=14)
    return bytes(paper.output())


def _label(paper: Paper, order: Any, *, width: int, size: int) -> None:
    lines = address_of(order)
    paper.say(lines[0] if lines else "", size=size, bold=True, width=width, gap=size // 2)
    paper.say("\n".join(lines[1:]), size=size, width=width, gap=size // 2)
    paper.say(order.number + (f" · {order.relay_point}" if order.relay_point else ""), size=7, width=width, gap=4)


def address_of(order: Any) -> list[str]:
    """The lines of where it goes; by hand or without an address, the way it goes."""
    address = order.shipping_address
    return [str(part) for part in address.active_address_fields()] if address is not None else [order.shipping_method]

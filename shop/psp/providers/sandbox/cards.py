"""The test cards of the sandbox: what each number does. Any future date and any three digits are accepted."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Card:
    """`result`: approve, challenge, delay, or the code of a decline. Events may be late (seconds), doubled or reordered.

    For a promise: `capture` is the code of the bank's refusal when it is taken, `keeps` the days that it is kept.
    """

    number: str
    result: str
    label: object
    late: int = 0
    copies: int = 1
    reordered: bool = False
    capture: str = ""
    keeps: int = 0

    @property
    def spaced(self) -> str:
        return " ".join(self.number[i : i + 4] for i in range(0, 16, 4))


CARDS = (
    Card("4242424242424242", "approve", _("accepted at once")),
    Card("4000002500003155", "challenge", _("asks for 3-D Secure")),
    Card("4000000000000002", "card_declined", _("refused by the bank")),
    Card("4000000000009995", "insufficient_funds", _("not enough money")),
    Card("4000000000000069", "expired_card", _("card expired")),
    Card("4000000000000259", "delay", _("confirmed half a minute later")),
    Card("4000000000000341", "approve", _("accepted, told late"), 30),
    Card("4000000000000358", "approve", _("accepted, told twice"), 0, 2),
    Card("4000000000000366", "approve", _("accepted, told out of order"), 0, 1, True),
    Card("4000000000000374", "approve", _("promised, then refused when it is charged"), capture="expired_card"),
    Card("4000000000000382", "approve", _("promised for seven days only"), keeps=7),
)

# The last cards differ only in how a promise ends.
PROMISES_FROM = 9

DECLINES = {
    "card_declined": _("The bank refused this card. Try another one, or call your bank."),
    "insufficient_funds": _("There is not enough money on this card. Try another one."),
    "expired_card": _("This card has expired. Try another one."),
    "authentication_failed": _("The 3-D Secure check failed. Try again, or with another card."),
    "unknown_card": _("The sandbox knows only its test cards: choose one of the list."),
}


def card_of(number: str) -> Card | None:
    digits = "".join(c for c in number if c.isdigit())
    return next((card for card in CARDS if card.number == digits), None)

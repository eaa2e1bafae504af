"""What can go wrong around a pledge; verbs raise, the view answers each once."""

from typing import Any


class PledgeProblem(Exception):
    """Something that stops a pledge."""


class NotOpen(PledgeProblem):
    """The project takes no pledges: not yet, no longer, or never."""


class TierGone(PledgeProblem):
    """Somebody took the last place of this tier. Nothing was promised."""


class AmountChanged(PledgeProblem):
    """The amount is not the one that was shown: to be confirmed anew."""


class AlreadyPledged(PledgeProblem):
    """This page's pledge was made, or is under way at the bank; `pledge` is that one."""

    def __init__(self, pledge: Any) -> None:
        super().__init__(str(pledge.key))
        self.pledge = pledge


class PledgeEnded(PledgeProblem):
    """This page's pledge expired or was cancelled: a new page makes a new one."""


class StillPaying(PledgeProblem):
    """The page was sent again with other contents while its first payment is open; `pledge` is that one."""

    def __init__(self, pledge: Any) -> None:
        super().__init__(str(pledge.key))
        self.pledge = pledge


class TooLate(PledgeProblem):
    """The campaign is over: a promise can no longer be taken back here."""

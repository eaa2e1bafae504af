"""What can go wrong between basket and purchase; verbs raise, the view answers each once."""

from typing import Any


class CheckoutProblem(Exception):
    """Something that stops a checkout."""


class EmptyBasket(CheckoutProblem):
    """There is nothing to buy."""


class QuoteChanged(CheckoutProblem):
    """The total is not the one that was shown: the buyer confirms the new one; nothing was reserved or charged."""


class BasketHasProblems(CheckoutProblem):
    """Lines that cannot be bought today; `problems` are sentences for the buyer."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class SoldOut(CheckoutProblem):
    """Somebody was quicker; `titles` names what is gone. Nothing was charged."""

    def __init__(self, titles: tuple[str, ...]) -> None:
        super().__init__(", ".join(titles))
        self.titles = titles


class AlreadyPaying(CheckoutProblem):
    """Another tab of the same basket is being paid; `session` is that one."""

    def __init__(self, session: Any) -> None:
        super().__init__(str(session))
        self.session = session


class NotPaid(CheckoutProblem):
    """A purchase was asked for although the provider has not confirmed the payment."""


class CannotPlace(CheckoutProblem):
    """The payment came but no order can be made of it any more: it goes back to the buyer."""

"""What can go wrong in a basket, in the words of the domain; views turn each into a French sentence."""


class BasketProblem(Exception):
    """Something the buyer can mend; `message` is translated and says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotOnSale(BasketProblem):
    """The listing is paused, sold out or its boutique is on leave."""


class NotEnoughLeft(BasketProblem):
    """Fewer pieces are left than asked for."""


class PersonalisationMissing(BasketProblem):
    """A required field of the personalisation is empty or does not fit; `errors` by label."""

    def __init__(self, message: str, *, errors: dict[str, str]) -> None:
        super().__init__(message)
        self.errors = errors

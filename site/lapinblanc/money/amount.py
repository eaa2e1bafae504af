"""`Money`: an amount in euro cents, its sums and its fair division. Formatting lives in templates' filters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in euro cents; may be negative (a refund, a debit)."""

    cents: int

    def __post_init__(self) -> None:
        if type(self.cents) is not int:
            raise TypeError(f"Money takes whole cents, not {type(self.cents).__name__}")

    @classmethod
    def from_decimal(cls, amount: Decimal) -> "Money":
        """Euros as Decimal, half a cent rounded up, as the law of invoices has it."""
        return cls(int((amount.quantize(CENT, ROUND_HALF_UP) * 100).to_integral_value()))

    @classmethod
    def total(cls, amounts: Iterable["Money"]) -> "Money":
        return cls(sum(amount.cents for amount in amounts))

    @property
    def decimal(self) -> Decimal:
        """Euros with two decimals, for the columns that Oscar keeps."""
        return (Decimal(self.cents) / 100).quantize(CENT)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.cents + other.cents)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.cents - other.cents)

    def __neg__(self) -> "Money":
        return Money(-self.cents)

    def __mul__(self, quantity: int) -> "Money":
        if type(quantity) is not int:
            raise TypeError("Money is multiplied by a whole quantity; use share() for a rate")
        return Money(self.cents * quantity)

    def __bool__(self) -> bool:
        return self.cents != 0

    def share(self, basis_points: int) -> "Money":
        """The part that `basis_points` (1/100 of a per cent) make, half a cent rounded away from zero."""
        sign = -1 if self.cents < 0 else 1
        return Money(sign * ((abs(self.cents) * basis_points + 5000) // 10000))

    def allocate(self, weights: Sequence[int]) -> list["Money"]:
        """Divide by weights without losing a cent: largest remainder, ties to the first.

        Raises ValueError when no weight is positive.
        """
        whole = sum(weights)
        if whole <= 0 or any(weight < 0 for weight in weights):
            raise ValueError("allocate() needs weights that are not negative and not all zero")
        sign = -1 if self.cents < 0 else 1
        shares = [divmod(abs(self.cents) * weight, whole) for weight in weights]
        left = abs(self.cents) - sum(share for share, _rest in shares)
        order = sorted(range(len(shares)), key=lambda i: (-shares[i][1], i))
        extra = set(order[:left])
        return [Money(sign * (share + (i in extra))) for i, (share, _rest) in enumerate(shares)]


ZERO = Money(0)

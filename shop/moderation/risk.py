"""How much a listing needs a look, and why, in points that are shown to operators as they are. Pure.

Above `THRESHOLD` it waits for a person; below, a share of what is published is read afterwards.
"""

from dataclasses import dataclass

THRESHOLD = 50
# A boutique is established after so many days and creations, without a restriction within the year.
ESTABLISHED_DAYS, ESTABLISHED_LISTINGS, NEW_DAYS, FIRST_LISTINGS, FLOOD = 90, 10, 30, 3, 20


@dataclass(frozen=True, slots=True)
class Facts:
    """`price_ratio_percent`: the price against the middle one of its category; None when too few are known."""

    days_open: int = 0
    listings_before: int = 0
    reserved_words: tuple[str, ...] = ()
    price_ratio_percent: int | None = None
    pictures_elsewhere: int = 0
    documents_of_law: bool = False
    last_hour: int = 0
    restrictions: int = 0
    was_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    code: str
    points: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Risk:
    points: int
    reasons: tuple[Reason, ...]
    established: bool

    @property
    def holds(self) -> bool:
        forced = any(reason.code == "hidden-before" for reason in self.reasons)
        return forced or (self.points >= THRESHOLD and not self.established)

    @property
    def permille(self) -> int:
        """How many in a thousand are read after publication."""
        return min(1000, 20 + self.points * 8)


def risk_of(facts: Facts) -> Risk:
    """The sum of its reasons, a hundred at most."""
    established = facts.days_open >= ESTABLISHED_DAYS and facts.listings_before >= ESTABLISHED_LISTINGS and not facts.restrictions
    found = tuple(reason for reason in _reasons(facts) if reason.points)
    return Risk(min(100, sum(reason.points for reason in found)), found, established)


def _reasons(facts: Facts) -> tuple[Reason, ...]:
    ratio = facts.price_ratio_percent
    far = ratio is not None and (ratio < 25 or ratio > 800)
    return (
        Reason("new-boutique", 20 if facts.days_open < NEW_DAYS else 0),
        Reason("first-listings", 15 if facts.listings_before < FIRST_LISTINGS else 0),
        Reason("reserved-words", 25 if facts.reserved_words else 0, ", ".join(facts.reserved_words)),
        Reason("far-price", 15 if far else 0, f"{ratio} %" if far else ""),
        Reason("picture-elsewhere", 35 if facts.pictures_elsewhere else 0, str(facts.pictures_elsewhere or "")),
        Reason("documents-of-law", 20 if facts.documents_of_law else 0),
        Reason("flood", 20 if facts.last_hour >= FLOOD else 0, str(facts.last_hour)),
        Reason("earlier-decisions", min(40, 20 * facts.restrictions), str(facts.restrictions or "")),
        Reason("hidden-before", 50 if facts.was_hidden else 0),
    )

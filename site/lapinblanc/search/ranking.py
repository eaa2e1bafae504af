"""The weights of the ranking, in one place and dated. The page « Comment nous classons » is made from this module.

Money is not among them: neither the commission, nor a price, nor a payment moves a result.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

IN_FORCE_SINCE = date(2026, 11, 24)


@dataclass(frozen=True, slots=True)
class PostgresWeights:
    """Fields for ts_rank, in its order {D, C, B, A}: body, summary, keywords, title."""

    head: tuple[float, ...] = (0, 0, 0.6, 1)
    text: tuple[float, ...] = (0.12, 0.2, 0, 0)
    head_and_text: tuple[float, ...] = (0.1, 0.3, 0.5, 1)
    damping: float = 0.2
    coverage: float = 0.7
    neighbours: float = 0.35
    many: float = 0.0


@dataclass(frozen=True, slots=True)
class ElasticsearchWeights:
    """Boosts of the fields, none below one (BM25F asks it)."""

    title: float = 5
    keywords: float = 2.5
    summary: float = 1.5
    body: float = 1
    neighbours: float = 0.5
    stems: float = 0.6


POSTGRES = PostgresWeights()
ELASTICSEARCH = ElasticsearchWeights()


@dataclass(frozen=True, slots=True)
class Weight:
    """One thing that moves a result: the most that it adds to what the words earned (0.25 is a quarter), and why."""

    name: str
    most: float
    title: object
    reason: object

    @property
    def percent(self) -> str:
        return f"{'−' if self is DIVERSITY else '+'}{round(self.most * 100)} %"


TITLE = Weight("title", 0.5, _("The title says it"), _("A title that holds the words asked for answers better than a long text in which they also stand."))
HEAD = Weight("head", 0.5, _("The thing itself"), _("A title that begins with what is sought names the thing: « Savons marbrés » comes before « Porte-savon »."))
EXACT = Weight("exact", 0.8, _("The title is it"), _("Who types the name of a boutique or of a creation wants that one first."))
KIND = Weight("kind", 0.5, _("The kind of page asked for"), _("« Créatrice », « histoire », « collection »: such words say which pages are wanted."))
PICTURE = Weight("picture", 0.06, _("Pictures"), _("A creation with several pictures can be judged before it is bought."))
DETAILS = Weight("details", 0.05, _("A complete description"), _("Materials, sizes and how it is made spare a question to the maker."))
REVIEWS = Weight("reviews", 0.08, _("Reviews"), _("Reviews of verified buyers, drawn towards the mean of the site while they are few."))
STOCK = Weight("stock", 0.04, _("Ready to leave"), _("What is in stock can leave at once; what is sold out is not shown at all."))
FRESHNESS = Weight("freshness", 0.05, _("Newness"), _("New creations get a chance to be seen; it halves every sixty days."))
DIVERSITY = Weight("diversity", 0.03, _("Many boutiques"), _("Each further creation of one boutique on the list counts a little less, so that many are seen."))

TEXT_WEIGHTS = (TITLE, HEAD, EXACT, KIND)
QUALITY_WEIGHTS = (PICTURE, DETAILS, REVIEWS, STOCK, FRESHNESS)
EVERY_WEIGHT = (*TEXT_WEIGHTS, *QUALITY_WEIGHTS, DIVERSITY)

HALF_LIFE_DAYS = 60
REVIEW_PRIOR = (4.3, 5)
"""The mean score that a listing starts from, and how many reviews that is worth."""


def quality(*, pictures: int, details: float, mean_review: float | None, reviews: int, in_stock: bool) -> float:
    """What speaks for a page apart from words and newness: 0 to the sum of those weights. `details` is the share of facts given, 0 to 1."""
    prior, worth = REVIEW_PRIOR
    drawn = (prior * worth + (mean_review or 0.0) * reviews) / (worth + reviews)
    return round(
        PICTURE.most * min(pictures, 3) / 3
        + DETAILS.most * details
        + REVIEWS.most * max(0.0, min(1.0, (drawn - 3) / 2))
        + (STOCK.most if in_stock else 0.0),
        4,
    )


def freshness(age_days: float) -> float:
    return float(FRESHNESS.most * 0.5 ** (max(age_days, 0.0) / HALF_LIFE_DAYS))

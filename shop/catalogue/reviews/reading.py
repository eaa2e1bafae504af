"""Reviews as the public reads them: newest first, whole pages in a fixed number of queries, hidden ones nowhere.

LAW M6 (C. conso. L111-7-2, D111-17): each shows its date, the date of the experience and that it was checked; the order is
the date and nothing else; the mean counts every published one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Avg, Count, Q, QuerySet

from shop.catalogue.pictures import PictureFacts
from shop.catalogue.reviews.models import ProductReview
from shop.formats import in_language

PAGE = 20


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """What `feedback/_review.html` shows; `name` empty: a former buyer. Listing's title and address where several are mixed."""

    id: int
    score: int
    title: str
    body: str
    name: str
    published_at: datetime
    edited_at: datetime | None
    experienced_on: date | None
    verified: bool
    answer: str
    answered_at: datetime | None
    pictures: tuple[PictureFacts, ...]
    listing_title: str
    listing_url: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """`older`: the number to ask the next page with, 0 at the end."""

    reviews: tuple[ReviewCard, ...]
    older: int


@dataclass(frozen=True, slots=True)
class Score:
    """Mean of all published reviews, one decimal, and how many of each note (5 first)."""

    mean: str
    count: int
    notes: tuple[tuple[int, int], ...]


def of_listing(product_id: int) -> QuerySet[ProductReview]:
    return ProductReview.objects.approved().filter(product_id=product_id)


def of_vendor(vendor_id: int) -> QuerySet[ProductReview]:
    return ProductReview.objects.approved().filter(product__vendor_id=vendor_id)


def review_page(rows: QuerySet[ProductReview], *, before: int = 0, size: int = PAGE) -> ReviewPage:
    """Two queries: the reviews with their listings, and their pictures."""
    rows = rows.filter(pk__lt=before) if before else rows
    found = list(rows.order_by("-pk").select_related("product").prefetch_related("pictures")[: size + 1])
    return ReviewPage(cards_of(found[:size]), found[size - 1].pk if len(found) > size else 0)


def cards_of(found: Sequence[Any]) -> tuple[ReviewCard, ...]:
    return tuple(_card(review) for review in found)


def score_of(rows: QuerySet[ProductReview]) -> Score:
    """One query."""
    notes = {f"n{note}": Count("pk", filter=Q(score=note)) for note in range(1, 6)}
    facts = rows.aggregate(mean=Avg("score"), count=Count("pk"), **notes)
    mean = f"{facts['mean']:.1f}" if facts["mean"] else ""
    return Score(mean, facts["count"], tuple((note, facts[f"n{note}"]) for note in range(5, 0, -1)))


def _card(review: Any) -> ReviewCard:
    return ReviewCard(
        id=review.pk, score=review.score, title=review.title, body=review.body, name=review.name,
        published_at=review.date_created, edited_at=review.edited_at, experienced_on=review.experienced_on,
        verified=review.order_line_id is not None, answer=review.answer, answered_at=review.answered_at,
        pictures=tuple(picture_of(picture) for picture in review.pictures.all()),
        listing_title=review.product.title if review.product else "",
        listing_url=in_language(review.product.card.get("url", "")) if review.product else "",
    )


def picture_of(picture: Any) -> PictureFacts:
    urls = {key: default_storage.url(name) for key, name in picture.files.items()}
    return PictureFacts(
        src=urls["full"], src_avif="", src_small=urls["small"], src_small_avif=urls.get("small_avif", ""),
        width=picture.width, height=picture.height, alt=picture.alt,
    )

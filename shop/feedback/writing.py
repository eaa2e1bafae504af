"""Writing, changing and answering reviews. Only the buyer of a piece that has arrived may write one, and one alone.

The right rests on the order line (LAW M6): its one-to-one key makes a second click the same review. Nobody reviews what a
boutique of their own sold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from lapinblanc import clock
from lapinblanc.images.reading import RefusedPicture, random_name, read_picture, written
from PIL import ImageOps

from shop.catalogue.freezing import freeze_listings
from shop.catalogue.reviews.models import ProductReview, ReviewPicture
from shop.order.models import Line, OrderState, Purchase
from shop.vendors.models import TeamMember

MOST_PICTURES = 4
ARRIVED = (OrderState.DELIVERED, OrderState.RETURNED)


class NotYours(Exception):
    """The piece has not arrived, is gone from the catalogue, or was sold by a boutique of the buyer's own."""


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    score: int
    title: str
    body: str
    name: str
    experienced_on: date


def reviewable(*, purchase: Purchase, line: Line) -> bool:
    """Whether this buyer may review this line now."""
    if line.order.status not in ARRIVED or line.product_id is None or not line.due_quantity:
        return False
    team = TeamMember.objects.filter(vendor_id=line.order.vendor_id)
    own = team.filter(user__email__iexact=purchase.email)
    return not (own.exists() or (purchase.buyer_id is not None and team.filter(user_id=purchase.buyer_id).exists()))


def review_of(*, purchase: Purchase, line: Line) -> ProductReview | None:
    """The review of this line, or the one that the same account wrote on the same listing after another purchase."""
    found = ProductReview.objects.filter(order_line=line).first()
    if found is None and purchase.buyer_id is not None:
        found = ProductReview.objects.filter(product_id=listing_of(line), user_id=purchase.buyer_id).first()
    return found


def listing_of(line: Line) -> int:
    """The whole listing's number: a variant is reviewed with it."""
    product: Any = line.product
    return int(product.parent_id or product.pk)


@transaction.atomic
def write_review(
    *, purchase: Purchase, line: Line, facts: ReviewFacts, pictures: Sequence[Any] = (), without: Sequence[int] = ()
) -> ProductReview:
    """Publish, or change what was published. `without`: pictures to take away. Raises NotYours, RefusedPicture."""
    locked = Line.objects.select_for_update(of=["self"]).select_related("order", "product").get(pk=line.pk)
    if not reviewable(purchase=purchase, line=locked):
        raise NotYours
    review = review_of(purchase=purchase, line=locked)
    if review is None:
        review = ProductReview(order_line=locked, product_id=listing_of(locked), user_id=purchase.buyer_id, email=purchase.email, status=ProductReview.APPROVED)
    else:
        review.edited_at = clock.now()
    review.score, review.title, review.body = facts.score, facts.title, facts.body
    review.name, review.experienced_on = facts.name, facts.experienced_on
    review.save()
    _remove_pictures(review.pictures.filter(pk__in=list(without)))
    if review.pictures.count() + len(pictures) > MOST_PICTURES:
        raise RefusedPicture(_("Four pictures at most: take one away first."))
    for upload in pictures:
        _add_picture(review, upload)
    freeze_listings([listing_of(locked)])
    return review


@transaction.atomic
def take_back(*, review: ProductReview) -> None:
    """The author takes their review away, with its pictures. Of one that moderation hid the empty row stays, so that it cannot be written anew."""
    listing = review.product_id
    _remove_pictures(review.pictures.all())
    if review.status == ProductReview.REJECTED:
        ProductReview.objects.filter(pk=review.pk).update(title="", body="", name="", edited_at=clock.now())
    else:
        review.delete()
    freeze_listings([listing] if listing else [])


def answer(*, review: ProductReview, text: str) -> None:
    """The boutique's word under a review; an empty one takes it away."""
    text = text.strip()[:2000]
    ProductReview.objects.filter(pk=review.pk).update(answer=text, answered_at=clock.now() if text else None)


@transaction.atomic
def hide(*, review: ProductReview) -> None:
    """Called by a decision of moderation alone, which tells the author why."""
    _set_status(review, ProductReview.REJECTED)


@transaction.atomic
def restore(*, review: ProductReview) -> None:
    """Shown again; one whose author took it away meanwhile goes for good."""
    ProductReview.objects.filter(pk=review.pk, body="").delete()
    _set_status(review, ProductReview.APPROVED)


def _set_status(review: ProductReview, status: int) -> None:
    ProductReview.objects.filter(pk=review.pk).update(status=status)
    if review.product_id:
        freeze_listings([review.product_id])


def _remove_pictures(pictures: QuerySet[ReviewPicture]) -> None:
    """Rows now, files once that is certain: nobody reads them by their address any longer."""
    files = [name for picture in pictures for name in picture.files.values()]
    pictures.delete()
    transaction.on_commit(lambda: [default_storage.delete(name) for name in files])


def _add_picture(review: ProductReview, upload: Any) -> None:
    picture = read_picture(upload, most_side=1200).convert("RGB")
    small = ImageOps.contain(picture, (400, 400))
    files = {
        "full": _store(written(picture, "WEBP", quality=80), "webp"),
        "small": _store(written(small, "WEBP", quality=78), "webp"),
        "small_avif": _store(written(small, "AVIF", quality=60), "avif"),
    }
    ReviewPicture.objects.create(review=review, files=files, width=picture.width, height=picture.height, alt=_("Picture by a buyer"))


def _store(content: bytes, suffix: str) -> str:
    return str(default_storage.save(f"reviews/{random_name(suffix)}", ContentFile(content)))

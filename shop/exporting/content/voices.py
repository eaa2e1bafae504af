"""What buyers said: published reviews with the boutique's answers."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shop.catalogue.reviews.models import ProductReview
from shop.exporting.book import Book
from shop.vendors.models import Vendor


class Reviews:
    name = "avis"
    files: Sequence[str] = ("avis.jsonl",)
    about = _("The published reviews of your creations, with your answers.")

    def size(self, vendor: Vendor) -> int:
        return 1

    def write(self, book: Book) -> None:
        rows = ProductReview.objects.filter(product__vendor=book.vendor, status=ProductReview.APPROVED).prefetch_related("pictures").order_by("pk")
        with book.lines("avis.jsonl") as lines:
            for review in rows.iterator(chunk_size=500):
                lines.add(_facts(review, book))
        book.step(1)


def _facts(review: Any, book: Book) -> dict[str, Any]:
    """Under the name that the page shows."""
    return {
        "listing": review.product_id, "score": review.score, "title": review.title, "body": review.body, "author": review.name,
        "written_at": review.date_created, "experienced_on": review.experienced_on, "verified": review.order_line_id is not None,
        "answer": review.answer, "answered_at": review.answered_at,
        "pictures": [_picture(picture, book) for picture in review.pictures.all()],
    }


def _picture(picture: Any, book: Book) -> dict[str, Any]:
    files = {size: book.media(name) for size, name in picture.files.items()}
    return {"files": {size: path for size, path in files.items() if path}, "width": picture.width, "height": picture.height, "alt": picture.alt}

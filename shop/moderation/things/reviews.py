"""A review as the subject of a case: hidden or shown again; its author is told, the boutique's own stars follow."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.catalogue.reviews.models import ProductReview
from shop.feedback import writing
from shop.moderation.models import Measure
from shop.moderation.targets import Fact, Target

SHOWN, HIDDEN = "shown", "hidden"


class Reviews:
    key = "review"
    label = gettext_lazy("Review")

    def find(self, number: int) -> Target | None:
        review: Any = ProductReview.objects.select_related("product__vendor", "user").prefetch_related("pictures").filter(pk=number).first()
        if review is None or review.product is None:
            return None
        hidden = review.status == ProductReview.REJECTED
        email = review.user.email if review.user else review.email
        return Target(
            kind=self.key,
            number=review.pk,
            title=review.title,
            url=f"{review.product.get_absolute_url()}#avis-{review.pk}",
            state=HIDDEN if hidden else SHOWN,
            state_label=_("hidden by moderation") if hidden else _("shown"),
            vendor=None,
            person=review.user,
            email=email or "",
            facts=_facts(review),
            public=not hidden,
        )

    def measures(self, state: str, *, appealed: str) -> tuple[str, ...]:
        if appealed in (Measure.HIDE, Measure.WARN):
            return (Measure.CONFIRM, Measure.RESTORE)
        first = (Measure.CONFIRM,) if appealed else (Measure.KEEP,)
        return (*first, Measure.RESTORE) if state == HIDDEN else (*first, Measure.HIDE)

    def take(self, number: int, measure: str) -> str | None:
        review = ProductReview.objects.filter(pk=number).exclude(status=ProductReview.REJECTED).first()
        if review is None or measure != Measure.HIDE:
            return None
        writing.hide(review=review)
        return SHOWN

    def put_back(self, number: int, before: str) -> None:
        review = ProductReview.objects.filter(pk=number, status=ProductReview.REJECTED).first()
        if review is not None:
            writing.restore(review=review)


def _facts(review: Any) -> tuple[Fact, ...]:
    rows = (
        (_("Note"), f"{review.score} / 5"),
        (_("Words"), review.body),
        (_("Creation"), review.product.title),
        (_("Boutique"), review.product.vendor.name if review.product.vendor else ""),
        (_("The boutique answers"), review.answer),
        (_("Verified purchase"), _("yes") if review.order_line_id else _("no")),
    )
    return tuple(Fact(str(label), str(text)) for label, text in rows if text)

"""Reviews by verified buyers: Oscar's ProductReview with the order line it rests on, the date of experience, the answer."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.reviews.abstract_models import AbstractProductReview


class ProductReview(AbstractProductReview):
    """A review; `order_line` is the delivered line that gives the right to write it (LAW M6)."""

    order_line = models.OneToOneField(
        "order.Line", on_delete=models.SET_NULL, null=True, blank=True, related_name="review"
    )
    experienced_on = models.DateField(_("date of experience"), null=True, blank=True)
    answer = models.TextField(_("answer of the boutique"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta(AbstractProductReview.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="review_score_is_one_to_five"),
            models.CheckConstraint(condition=Q(answer="") | Q(answered_at__isnull=False), name="review_answer_has_a_date"),
        ]


class ReviewPicture(models.Model):
    """A picture that a buyer took: read and written anew like every picture that people send."""

    review = models.ForeignKey(ProductReview, on_delete=models.CASCADE, related_name="pictures")
    # Names in the media storage: {"full", "small", "small_avif"}.
    files = models.JSONField(default=dict)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField(_("what the picture shows"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("picture of a review")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return str(self.files.get("full", ""))


from oscar.apps.catalogue.reviews.models import *  # noqa: E402,F403  last, as Oscar's forks ask

"""Reviews by verified buyers: Oscar's ProductReview with the order line it rests on, the date of experience, the answer."""

from django.db import models
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


from oscar.apps.catalogue.reviews.models import *  # noqa: E402,F403  last, as Oscar's forks ask

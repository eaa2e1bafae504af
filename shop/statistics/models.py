"""Counts of visits by day: of a creation or a boutique's page, by where the reader came from, and by the words of a search.

No line is about a person: no address, no cookie, no account, no browser is kept (LAW D1).
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from lapinblanc.choices import TextChoices


class Source(TextChoices):
    SEARCH = "search", _("our search")
    SHELF = "shelf", _("categories")
    EDITORIAL = "editorial", _("stories, collections, campaigns")
    BOUTIQUE = "boutique", _("the boutique’s pages")
    HOME = "home", _("the home page")
    ENGINES = "engines", _("search engines")
    SOCIAL = "social", _("social networks")
    OUTSIDE = "outside", _("other sites")
    DIRECT = "direct", _("address typed, mail, unknown")


class VisitCount(models.Model):
    """`product` null: the boutique's own page."""

    vendor = models.ForeignKey("vendors.Vendor", on_delete=models.CASCADE, related_name="+")
    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, null=True, related_name="+")
    day = models.DateField()
    source = models.CharField(max_length=10, choices=Source)
    visits = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("visits of a day")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["vendor", "product", "day", "source"], name="visit_count_once", nulls_distinct=False),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="visit_source_known"),
        ]

    def __str__(self) -> str:
        return f"{self.vendor_id} {self.day} {self.source}: {self.visits}"


class WordCount(models.Model):
    """Words of our search that led to a creation."""

    vendor = models.ForeignKey("vendors.Vendor", on_delete=models.CASCADE, related_name="+")
    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    words = models.CharField(max_length=80)
    visits = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("words of a day")
        constraints: ClassVar = [models.UniqueConstraint(fields=["vendor", "product", "day", "words"], name="word_count_once")]

    def __str__(self) -> str:
        return f"{self.words}: {self.visits}"

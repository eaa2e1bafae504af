"""Which page shows which creation, written when a page is saved: « seen in », reports and alternatives read it."""

from typing import ClassVar

from django.db import models


class Mention(models.Model):
    """A page, live or not, names a creation; readers see it only where the page is open."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="mentions")
    listing = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["page", "listing"], name="mention_once_per_page")]

    def __str__(self) -> str:
        return f"{self.page_id}:{self.listing_id}"

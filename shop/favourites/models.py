"""What somebody keeps an eye on: creations and boutiques. One row a person and thing; nobody else sees whose."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock


class Favourite(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="favourites")
    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="favourites")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("favourite")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "product"], name="favourite_once")]

    def __str__(self) -> str:
        return f"{self.product_id}"


class Follow(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    vendor = models.ForeignKey("vendors.Vendor", on_delete=models.CASCADE, related_name="followers")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("boutique followed")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "vendor"], name="follow_once")]

    def __str__(self) -> str:
        return f"{self.vendor_id}"

"""Who does not want to be asked for reviews: a digest of the address, so that nobody can be read from it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock


class Unasked(models.Model):
    """`digest`: HMAC of the address, lower case, under the site's own key."""

    digest = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("address not to be asked for reviews")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.digest[:8]

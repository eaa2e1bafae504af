"""Addresses that led nowhere, counted by path: nothing of who asked. Written by `missing.py` alone."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LONGEST_PATH, LONGEST_HOST = 255, 100


class NotFound(models.Model):
    """A path of our site that answered 404, how often, and the site that a reader came from last (its host alone)."""

    path = models.CharField(_("address"), max_length=LONGEST_PATH, unique=True)
    times = models.PositiveIntegerField(_("times"), default=1)
    first_seen = models.DateTimeField(_("first seen"))
    last_seen = models.DateTimeField(_("last seen"), db_index=True)
    came_from = models.CharField(_("came from"), max_length=LONGEST_HOST, blank=True)
    dismissed = models.BooleanField(_("set aside"), default=False)

    class Meta:
        verbose_name = _("address not found")
        verbose_name_plural = _("addresses not found")
        permissions: ClassVar = [("see_reports", "Can read the editors’ reports")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(path__startswith="/") & ~Q(path__contains="?"), name="not_found_is_a_path"),
            models.CheckConstraint(condition=Q(times__gt=0), name="not_found_was_seen"),
        ]

    def __str__(self) -> str:
        return self.path

"""An opening: where its owner stopped, what she typed, and what she shows in confidence: her making, her birth date.

What buyers will read is written on the Vendor; here is what only the operators, the peers and the tax office may know.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock
from lapinblanc.private import private_storage


class Application(models.Model):
    """One a boutique. `done` holds the keys of the steps answered; `drafts` what was typed and is not valid yet, by step."""

    vendor = models.OneToOneField("vendors.Vendor", on_delete=models.CASCADE, related_name="application")
    reached = models.CharField(max_length=20, default="creation")
    done = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    drafts = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)

    # Who stands behind the boutique: asked by CGI 1649 ter A (DAC7), shown to nobody but the operators.
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    birth_place = models.CharField(_("place of birth"), max_length=120, blank=True)

    made_by = models.TextField(_("who makes"), blank=True)
    made_where = models.TextField(_("where"), blank=True)
    bought_parts = models.TextField(_("what is bought ready-made"), blank=True)

    begun_at = models.DateTimeField(default=clock.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    # Each submission is one mail; a second click is the same submission.
    submissions = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("application")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(submissions=0) | Q(submitted_at__isnull=False), name="application_submitted_has_its_date")
        ]

    def __str__(self) -> str:
        return f"application of {self.vendor_id}"  # type: ignore[attr-defined]


class MakingPicture(models.Model):
    """A picture of the making: read by the team, the operators and the peers who judge; at no public address."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="pictures")
    file = models.FileField(storage=private_storage, max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("picture of the making")
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "position"], name="making_picture_has_its_place"),
            models.CheckConstraint(condition=Q(position__lt=4), name="making_four_pictures_at_most"),
        ]

    def __str__(self) -> str:
        return self.file.name

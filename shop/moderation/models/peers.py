"""The proof of the hand-made by peers: who was drawn by lot, from whom, and what they answered (PRODUCT M1)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock
from lapinblanc.choices import TextChoices

from shop.moderation.models.cases import Case


class Answer(TextChoices):
    YES = "yes", _("Yes, this is made by hand")
    NO = "no", _("No, this is not made by hand")
    DOUBT = "doubt", _("I am not sure")


class PeerState(TextChoices):
    ASKED = "asked", _("waits for an answer")
    ANSWERED = "answered", _("has answered")
    SILENT = "silent", _("did not answer in time")
    RELEASED = "released", _("no longer needed")


class Draw(models.Model):
    """One draw by lot: with the seed and the candidates anybody finds the same boutiques again (`drawing.draw`)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="draws")
    seed = models.CharField(max_length=64)
    candidates = ArrayField(models.BigIntegerField())
    chosen = ArrayField(models.BigIntegerField())
    # What the candidates had to be, in a word each: "department", "category"; less when too few were left.
    kept_apart = ArrayField(models.CharField(max_length=12), default=list)
    drawn_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("draw by lot")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.case_id} · {self.seed[:8]}"


class PeerReview(models.Model):
    """The place of one peer: a boutique's owners are asked; one of them answers for it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="peers")
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="peers")
    vendor = models.ForeignKey("vendors.Vendor", on_delete=models.PROTECT, related_name="peer_reviews")
    state = models.CharField(max_length=10, choices=PeerState, default=PeerState.ASKED)
    asked_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    answer = models.CharField(max_length=6, choices=Answer, blank=True)
    words = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("peer’s answer")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "vendor"], name="peer_once_a_case"),
            models.CheckConstraint(condition=~Q(state="answered") | (Q(answer__in=Answer.values) & ~Q(words="") & Q(answered_at__isnull=False)), name="peer_answers_with_words"),
        ]
        indexes: ClassVar = [models.Index(fields=["due_at"], condition=Q(state="asked"), name="peer_waiting")]

    def __str__(self) -> str:
        return f"{self.case_id} · {self.vendor_id}"

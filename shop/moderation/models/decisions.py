"""Decisions with their reasons, what carries them out, and appeals (LAW M4, M5).

A decision is written once, together with the words of its statement of reasons; what happens to it later stands on its `Execution`.
"""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock
from lapinblanc.choices import TextChoices

from shop.moderation.models.cases import Case, Notice

NOTICE_OF_CLOSING = timedelta(days=30)


class Measure(TextChoices):
    OPEN = "open", _("open the boutique")
    PUBLISH = "publish", _("publish")
    KEEP = "keep", _("no measure")
    CONFIRM = "confirm", _("confirm the first decision")
    RESTORE = "restore", _("put back")
    RETURN = "return", _("send back to be mended")
    REFUSE = "refuse", _("refuse the application")
    WARN = "warn", _("warn")
    HIDE = "hide", _("hide")
    SUSPEND = "suspend", _("suspend the boutique")
    CLOSE = "close", _("close the boutique")


RESTRICTIONS = frozenset({Measure.RETURN, Measure.REFUSE, Measure.WARN, Measure.HIDE, Measure.SUSPEND, Measure.CLOSE})


class Decision(models.Model):
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    measure = models.CharField(max_length=10, choices=Measure)
    scope = models.CharField(max_length=300)
    facts = models.TextField(max_length=3000, blank=True)
    ground = models.CharField(max_length=20, blank=True)
    # The law or the rule as it was told, word for word.
    clause = models.CharField(max_length=500, blank=True)
    manifest = models.BooleanField(default=False)
    automated = models.BooleanField(default=False)
    found_by_machine = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)
    effective_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField(null=True, blank=True)
    # The appeal that it answers.
    appeal = models.OneToOneField("moderation.Appeal", on_delete=models.PROTECT, null=True, related_name="answer")

    class Meta:
        verbose_name = _("decision")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(measure__in=Measure.values), name="decision_measure_known"),
            models.CheckConstraint(
                condition=~Q(measure__in=sorted(RESTRICTIONS)) | (~Q(facts="") & ~Q(ground="") & ~Q(clause="")), name="decision_restricts_with_reasons"
            ),
            models.CheckConstraint(condition=Q(automated=True) | Q(by__isnull=False), name="decision_by_a_person_or_says_so"),
            models.CheckConstraint(condition=Q(measure="suspend", ends_at__gt=F("effective_at")) | (~Q(measure="suspend") & Q(ends_at__isnull=True)), name="decision_suspends_until_a_day"),
            models.CheckConstraint(
                condition=~Q(measure="close") | Q(manifest=True) | Q(effective_at__gte=F("decided_at") + NOTICE_OF_CLOSING), name="decision_closes_after_thirty_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} · {self.case_id}"  # type: ignore[attr-defined]

    @property
    def restricts(self) -> bool:
        return self.measure in RESTRICTIONS


class Execution(models.Model):
    """How far a decision is carried out: first its reasons are told, then the measure is taken, then it ends.

    `before`: the state of the thing, so that it can be put back.
    """

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="execution")
    due_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    before = models.CharField(max_length=12, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("carrying out of a decision")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(applied_at__isnull=True) | Q(told_at__isnull=False), name="measure_never_before_its_reasons"),
            models.CheckConstraint(condition=Q(applied_at__isnull=True) | Q(applied_at__gte=F("told_at")), name="reasons_never_after_the_measure"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(applied_at__isnull=True, cancelled_at__isnull=True), name="execution_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}"


class Appeal(models.Model):
    """Asked within six months, free, by whom the decision hit or by whom sent a notice; read by somebody else (DSA 20)."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="appeals")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, null=True, blank=True, related_name="appeals")
    text = models.TextField(max_length=3000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    upheld = models.BooleanField(null=True)

    class Meta:
        verbose_name = _("appeal")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="appeal_has_words"),
            models.UniqueConstraint(fields=["decision"], condition=Q(notice__isnull=True), name="appeal_once"),
            models.UniqueConstraint(fields=["decision", "notice"], name="appeal_once_a_notice"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.sent_at:%Y-%m-%d}"

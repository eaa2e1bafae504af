"""A case: something that an operator has to look at; and the notices that people sent about it.

A case is about one thing, named by kind and number (see `targets`). One open case at most for each thing: what arrives
meanwhile joins it.
"""

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock
from lapinblanc.choices import TextChoices


class Origin(TextChoices):
    APPLICATION = "application", _("application of a boutique")
    SCREENING = "screening", _("creation to read before it is shown")
    SAMPLE = "sample", _("sample")
    CHANGE = "change", _("change of a live creation")
    NOTICE = "notice", _("notice")
    OPERATOR = "operator", _("opened by an operator")


class CaseState(TextChoices):
    OPEN = "open", _("to decide")
    APPEALED = "appealed", _("appeal to decide")
    DECIDED = "decided", _("decided")
    MOOT = "moot", _("without object")


class NoticeReason(TextChoices):
    """What a notice says is wrong; the most urgent first."""

    CHILD = "child", _("Sexual abuse of a child")
    DANGEROUS = "dangerous", _("Dangerous product")
    COUNTERFEIT = "counterfeit", _("Copy of a work, of a design or of a brand")
    RESALE = "resale", _("Not hand-made: bought and resold")
    FORBIDDEN = "forbidden", _("Sale forbidden by law")
    MISLEADING = "misleading", _("Misleading: material, origin, price or right reserved by law")
    INSULT = "insult", _("Insult, threat or hatred")
    PRIVACY = "privacy", _("Personal data or picture of somebody")
    FALSE_REVIEW = "false_review", _("Review that is not genuine")
    OTHER = "other", _("Something else against the law or our rules")


class Case(models.Model):
    kind = models.CharField(max_length=12)
    number = models.BigIntegerField()
    title = models.CharField(max_length=255)
    origin = models.CharField(max_length=12, choices=Origin)
    state = models.CharField(max_length=10, choices=CaseState, default=CaseState.OPEN)
    vendor = models.ForeignKey("vendors.Vendor", on_delete=models.PROTECT, null=True, related_name="cases")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    risk = models.PositiveSmallIntegerField(default=0)
    # [{"code", "points", "words"}]: why the risk is what it is.
    reasons = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    # Of a change: what readers saw before, what they see now.
    before_revision = models.PositiveIntegerField(null=True, blank=True)
    after_revision = models.PositiveIntegerField(null=True, blank=True)
    opened_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("case")
        ordering: ClassVar = ["-risk", "opened_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(origin__in=Origin.values) & Q(state__in=CaseState.values), name="case_words_known"),
            models.CheckConstraint(condition=Q(risk__lte=100), name="case_risk_is_a_hundred_at_most"),
            models.CheckConstraint(condition=Q(state__in=("open", "appealed")) | Q(closed_at__isnull=False), name="case_closed_has_its_date"),
            models.UniqueConstraint(fields=["kind", "number"], condition=Q(state="open"), name="case_open_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-risk", "opened_at", "id"], condition=Q(state__in=("open", "appealed")), name="case_queue"),
            models.Index(fields=["vendor", "-opened_at"], name="case_of_vendor"),
            models.Index(fields=["kind", "number"], name="case_of_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.get_origin_display()} · {self.title}"  # type: ignore[attr-defined]


class Notice(models.Model):
    """What somebody told us (DSA 16). Name and address may stay empty for the abuse of a child alone."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notices")
    # The form's own key: a second click is the same notice.
    key = models.UUIDField(unique=True)
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    reason = models.CharField(max_length=12, choices=NoticeReason)
    address = models.CharField(_("exact address"), max_length=500)
    text = models.TextField(_("why it is unlawful or against the rules"), max_length=3000)
    good_faith = models.BooleanField()
    # Its author's account was erased.
    forgotten = models.BooleanField(default=False)
    language = models.CharField(max_length=2, default="fr")
    sent_at = models.DateTimeField(default=clock.now)
    decision = models.ForeignKey("moderation.Decision", on_delete=models.PROTECT, null=True, related_name="notices")

    class Meta:
        verbose_name = _("notice")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(reason__in=NoticeReason.values), name="notice_reason_known"),
            models.CheckConstraint(condition=Q(good_faith=True), name="notice_in_good_faith"),
            models.CheckConstraint(condition=Q(reason="child") | Q(forgotten=True) | (~Q(name="") & ~Q(email="")), name="notice_has_its_author"),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} · {self.address}"  # type: ignore[attr-defined]


class NoticeCount(models.Model):
    """How many notices came from one place within an hour: a keyed digest, forgotten the next day."""

    digest = models.CharField(max_length=64)
    hour = models.DateTimeField()
    count = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("count of notices")
        constraints: ClassVar = [models.UniqueConstraint(fields=["digest", "hour"], name="notice_count_once")]

    def __str__(self) -> str:
        return f"{self.digest[:8]} {self.hour:%H}"

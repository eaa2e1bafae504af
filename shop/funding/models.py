"""Campaigns with a goal: the project, its tiers, the pledges of its backers and the news that it writes to them.

Money is promised while a project is open and taken only when the goal is reached by its date. States move through
`states.py`; after the opening, goal and dates are locked by the database itself (migration 0002).
"""

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock
from lapinblanc.choices import TextChoices

# The least and the most that somebody may give, in cents.
LEAST, MOST = 100, 1_000_000


class ProjectState(TextChoices):
    DRAFT = "draft", _("in preparation")
    OPEN = "open", _("open to contributions")
    SUCCEEDED = "succeeded", _("goal reached")
    FAILED = "failed", _("goal not reached")
    CANCELLED = "cancelled", _("stopped")


class Project(models.Model):
    """What a boutique asks its backers for. The totals at the close are frozen: promises are then taken or let go."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("in one sentence"), max_length=200, blank=True, help_text=_("What the money will do."))
    vendor = models.ForeignKey(
        "vendors.Vendor", on_delete=models.PROTECT, related_name="projects", verbose_name=_("boutique that receives")
    )
    goal_cents = models.PositiveIntegerField(_("goal (cents)"), validators=[MinValueValidator(LEAST)])
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    state = models.CharField(_("state"), max_length=10, choices=ProjectState, default=ProjectState.DRAFT, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    # What was promised, and by how many, when the project was decided.
    promised_cents = models.PositiveIntegerField(default=0, editable=False)
    backers = models.PositiveIntegerField(default=0, editable=False)
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("funding")
        verbose_name_plural = _("fundings")
        ordering: ClassVar = ["-opens_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ProjectState.values), name="project_state_known"),
            models.CheckConstraint(condition=Q(goal_cents__gte=LEAST), name="project_has_a_goal"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="project_closes_after_it_opens"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "open"], decided_at__isnull=True)
                | Q(state__in=["succeeded", "failed", "cancelled"], decided_at__isnull=False),
                name="project_over_was_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state="succeeded") | Q(promised_cents__gte=F("goal_cents")),
                name="project_succeeds_by_its_goal",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("funding:detail", args=[self.slug])

    @property
    def takes_pledges(self) -> bool:
        """Open, and within its dates: right even when the job that closes it is late."""
        return self.state == ProjectState.OPEN and self.opens_at <= clock.now() < self.closes_at


class Tier(models.Model):
    """What a backer gets for an amount. `taken` counts the places held; the database refuses one too many."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="tiers")
    title = models.CharField(_("title"), max_length=80)
    description = models.TextField(_("what it holds"), max_length=600, blank=True)
    amount_cents = models.PositiveIntegerField(
        _("amount (cents)"), validators=[MinValueValidator(LEAST)], help_text=_("Delivery included.")
    )
    limit = models.PositiveIntegerField(_("places"), null=True, blank=True, help_text=_("Empty: as many as are asked for."))
    taken = models.PositiveIntegerField(default=0, editable=False)
    delivery_month = models.DateField(_("delivered by the end of"), help_text=_("Any day of the month promised."))
    vat_rate = models.PositiveSmallIntegerField(
        _("VAT, when the boutique owes it"), default=2000, choices=[(2000, "20 %"), (1000, "10 %"), (550, "5,5 %")]
    )
    needs_address = models.BooleanField(_("is sent by post"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("tier")
        ordering: ClassVar = ["position", "amount_cents", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_cents__gte=LEAST), name="tier_has_an_amount"),
            models.CheckConstraint(
                condition=Q(limit__isnull=True) | Q(taken__lte=F("limit")), name="tier_never_taken_beyond_its_limit"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def left(self) -> int | None:
        """Places left; None when there is no limit."""
        return None if self.limit is None else self.limit - self.taken


class PledgeState(TextChoices):
    STARTED = "started", _("waiting for the bank")
    AUTHORISED = "authorised", _("promised")
    CAPTURED = "captured", _("charged")
    RELEASED = "released", _("let go, nothing charged")
    FAILED = "failed", _("refused by the bank")
    CANCELLED = "cancelled", _("cancelled")


HOLDING = (PledgeState.STARTED, PledgeState.AUTHORISED, PledgeState.CAPTURED)
COUNTED = (PledgeState.AUTHORISED, PledgeState.CAPTURED)


class Pledge(models.Model):
    """One promise: a tier, or a free amount without counterpart. `key` comes from the page, `token` opens it by mail.

    `snapshot` is what was shown, in the shape of a checkout's; `attempt` counts the payments opened for it, one at a
    time. `holds_place` says that it counts in its tier's `taken`.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="pledges")
    tier = models.ForeignKey(Tier, on_delete=models.PROTECT, null=True, blank=True, related_name="pledges")
    key = models.UUIDField(unique=True, editable=False)
    token = models.CharField(max_length=64, unique=True, editable=False)
    backer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="pledges"
    )
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120)
    anonymous = models.BooleanField(_("without my name"), default=False)
    language = models.CharField(max_length=5, default="fr")
    amount_cents = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=PledgeState, default=PledgeState.STARTED)
    holds_place = models.BooleanField(default=False)
    attempt = models.PositiveSmallIntegerField(default=1)
    payment = models.OneToOneField("psp.Payment", on_delete=models.PROTECT, null=True, related_name="pledge")
    message = models.TextField(_("a word for the creator"), max_length=500, blank=True)
    message_public = models.BooleanField(default=False)
    message_reported_at = models.DateTimeField(null=True, blank=True)
    message_hidden_at = models.DateTimeField(null=True, blank=True)
    wants_updates = models.BooleanField(default=False)
    snapshot = models.JSONField(encoder=DjangoJSONEncoder)
    # The digest of what was shown when the button was pressed (LAW P10).
    evidence = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(db_index=True)
    authorised_at = models.DateTimeField(null=True, blank=True)
    captured_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    mend_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("contribution")
        ordering: ClassVar = ["-created_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=PledgeState.values), name="pledge_state_known"),
            models.CheckConstraint(condition=Q(amount_cents__gte=LEAST), name="pledge_is_one_euro_at_least"),
            models.CheckConstraint(
                condition=Q(state__in=["started", "cancelled"]) | Q(payment__isnull=False), name="pledge_beyond_its_start_has_a_payment"
            ),
            models.CheckConstraint(
                condition=Q(state="captured", captured_at__isnull=False) | (~Q(state="captured") & Q(captured_at__isnull=True)),
                name="pledge_captured_says_when",
            ),
            models.CheckConstraint(
                condition=Q(tier__isnull=True, holds_place=False)
                | Q(tier__isnull=False, state__in=["started", "authorised", "captured"], holds_place=True)
                | Q(tier__isnull=False, state__in=["released", "cancelled"], holds_place=False)
                | Q(tier__isnull=False, state="failed"),
                name="pledge_holds_a_place_while_it_lives",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | Q(mend_until__isnull=False), name="pledge_refused_says_until_when_to_mend"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["project", "state", "-created_at"], name="pledge_of_project_by_state"),
            models.Index(fields=["tier"], condition=Q(holds_place=True), name="pledge_holding_a_place"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What the mails and the ledger call it."""
        return f"LB-F-{self.pk:06d}"

    def get_absolute_url(self) -> str:
        return reverse("funding:pledge", args=[self.token])

    @property
    def message_is_shown(self) -> bool:
        return bool(self.message) and self.message_public and self.message_hidden_at is None


class Audience(TextChoices):
    EVERYBODY = "everybody", _("everybody")
    BACKERS = "backers", _("contributors only")


class Update(models.Model):
    """News of a project, mailed to the backers who agreed to be told."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="updates")
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=5000)
    audience = models.CharField(_("for whom"), max_length=10, choices=Audience, default=Audience.EVERYBODY)
    published_at = models.DateTimeField(default=clock.now)
    mailed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("news of a funding")
        ordering: ClassVar = ["-published_at", "-id"]

    def __str__(self) -> str:
        return self.title

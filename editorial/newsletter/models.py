"""The newsletter: who asked for it, what they agreed to, its issues, and one delivery for each person and issue."""

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock
from lapinblanc.choices import TextChoices
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

ITEMS = ("editorial.StoryPage", "editorial.GuidePage", "editorial.CollectionPage", "editorial_campaigns.CampaignPage", "editorial.NewsPage")


def new_secret() -> str:
    return secrets.token_urlsafe(18)


class SubscriberState(TextChoices):
    PENDING = "pending", _("has not confirmed yet")
    CONFIRMED = "confirmed", _("receives the letter")
    UNSUBSCRIBED = "unsubscribed", _("has unsubscribed")
    BOUNCED = "bounced", _("address that refuses")


class Language(TextChoices):
    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")


class Subscriber(models.Model):
    """An address, what it wants to read, and whether it may be written to: `confirmed` alone is."""

    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.FRENCH)
    stories = models.BooleanField(_("stories from the workshops"), default=True)
    collections = models.BooleanField(_("collections and campaigns"), default=True)
    cooperative = models.BooleanField(_("news of the cooperative"), default=True)
    state = models.CharField(_("state"), max_length=12, choices=SubscriberState, default=SubscriberState.PENDING)
    # Part of every address that a mail holds; changed when somebody asks anew, so that older mails lead nowhere.
    secret = models.CharField(max_length=32, default=new_secret, editable=False)
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        ordering: ClassVar = ["-asked_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="subscriber_email_once"),
            models.CheckConstraint(condition=Q(state__in=SubscriberState.values), name="subscriber_state_known"),
            models.CheckConstraint(condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False), name="subscriber_confirmed_is_dated"),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def wanted(self) -> str:
        """The subjects that were chosen, in words."""
        return ", ".join(str(self._meta.get_field(name).verbose_name) for name in ("stories", "collections", "cooperative") if getattr(self, name))

    @property
    def history(self) -> str:
        """What was agreed to and ended, line by line: editors read it, nobody writes it."""
        return " · ".join(f"{date_format(localtime(row.at), 'SHORT_DATETIME_FORMAT')} {row.get_kind_display()}" for row in self.consents.all())


class IssueState(TextChoices):
    DRAFT = "draft", _("draft")
    SCHEDULED = "scheduled", _("scheduled")
    SENDING = "sending", _("being sent")
    STOPPED = "stopped", _("stopped")
    SENT = "sent", _("sent")


class Issue(ClusterableModel):
    """One number of the letter. Its pages are those that editors chose and, if asked, what is new since the last one."""

    title = models.CharField(_("title"), max_length=120, help_text=_("Also the subject of the mail."))
    foreword = RichTextField(_("foreword"), blank=True, features=["bold", "italic", "link"], help_text=_("A few sentences, signed. Everybody receives them."))
    automatic = models.BooleanField(
        _("add what is new by itself"), default=True, help_text=_("Everything published since the last letter, after the pages chosen above.")
    )
    state = models.CharField(_("state"), max_length=10, choices=IssueState, default=IssueState.DRAFT, editable=False)
    scheduled_for = models.DateTimeField(_("leaves on"), null=True, blank=True, editable=False)
    started_at = models.DateTimeField(null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True, editable=False)
    rest_until = models.DateTimeField(null=True, blank=True, editable=False)
    problem = models.CharField(max_length=300, blank=True, editable=False)
    created_at = models.DateTimeField(_("made"), default=clock.now, editable=False)

    panels: ClassVar = [
        FieldPanel("title"),
        FieldPanel("foreword"),
        InlinePanel("items", [PageChooserPanel("page", ITEMS)], heading=_("Chosen pages"), label=_("Page"), max_num=30),
        FieldPanel("automatic"),
    ]

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=IssueState.values), name="issue_state_known"),
            models.CheckConstraint(condition=~Q(state="scheduled") | Q(scheduled_for__isnull=False), name="issue_scheduled_is_dated"),
        ]

    def __str__(self) -> str:
        return self.title


class IssueItem(Orderable):
    """A page of an issue, in its place. What was added by itself is written down when the sending begins."""

    issue = ParentalKey(Issue, on_delete=models.CASCADE, related_name="items")
    page = models.ForeignKey("wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")

    class Meta(Orderable.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["issue", "page"], name="issue_item_once")]

    def __str__(self) -> str:
        return f"{self.issue_id}:{self.page_id}"


class DeliveryState(TextChoices):
    WAITING = "waiting", _("waits")
    SENDING = "sending", _("on its way")
    SENT = "sent", _("sent")
    SKIPPED = "skipped", _("nothing for this person")
    SOFT = "soft", _("refused for the moment")
    BOUNCED = "bounced", _("address refused")
    FAILED = "failed", _("not sent")
    UNKNOWN = "unknown", _("cut off while sending: not sent again")


class Delivery(models.Model):
    """One issue for one person: the row is the key that makes a second sending impossible."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        indexes: ClassVar = [models.Index(fields=["issue", "state", "next_try"], name="delivery_next")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issue", "subscriber"], name="delivery_once"),
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="delivery_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id}:{self.subscriber_id}"


class ConsentKind(TextChoices):
    ASKED = "asked", _("asked on the site")
    CONFIRMED = "confirmed", _("confirmed by mail")
    CHANGED = "changed", _("changed the subjects")
    UNSUBSCRIBED = "unsubscribed", _("unsubscribed")
    COMPLAINED = "complained", _("marked the letter as unwanted")
    BOUNCED = "bounced", _("address refused")


class Consent(models.Model):
    """The evidence of a consent and of its end: when, on which page, to which text. Rows are only ever added."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=12, choices=ConsentKind)
    at = models.DateTimeField(default=clock.now)
    place = models.CharField(max_length=200, blank=True)
    text_version = models.CharField(max_length=20, blank=True)
    issue = models.ForeignKey(Issue, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar = ["at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"

"""What members say under a news item, what others report of it, and what moderators decided. The verbs are in `commenting` and `moderation`."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock
from lapinblanc.choices import TextChoices
from lapinblanc.cooperative.models import College

LONGEST = 2000


class State(TextChoices):
    SHOWN = "shown", _("shown")
    WITHDRAWN = "withdrawn", _("withdrawn by its author")
    HIDDEN = "hidden", _("hidden by a moderator")


class Comment(models.Model):
    """One comment or one answer to a comment; `author` is empty once the account is erased."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="comments_of_members")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    college = models.CharField(_("college"), max_length=12, choices=College)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="answers")
    # The form's own: a form sent twice is one comment.
    key = models.UUIDField(unique=True, default=uuid4)
    text = models.TextField(_("comment"), max_length=LONGEST)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SHOWN)
    created_at = models.DateTimeField(_("written"), default=clock.now)
    edited_at = models.DateTimeField(_("changed"), null=True, blank=True)

    class Meta:
        verbose_name = _("member's comment")
        verbose_name_plural = _("members' comments")
        indexes: ClassVar = [
            models.Index(fields=["page", "parent", "created_at"], name="comment_by_page"),
            models.Index(fields=["author", "created_at"], name="comment_by_author"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="comment_state_known"),
            models.CheckConstraint(condition=Q(college__in=College.values), name="comment_college_known"),
            models.CheckConstraint(condition=LessThanOrEqual(Length("text"), LONGEST), name="comment_not_too_long"),
            models.CheckConstraint(condition=~Q(state="withdrawn") | Q(text=""), name="comment_withdrawn_holds_nothing"),
            models.CheckConstraint(condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="comment_answers_another"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Outcome(TextChoices):
    WAITING = "waiting", _("to be read")
    HIDDEN = "hidden", _("comment hidden")
    KEPT = "kept", _("comment kept")


class Report(models.Model):
    """A member tells the moderators of a comment, and why; once each."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField(_("reason"), max_length=1000)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.WAITING)
    created_at = models.DateTimeField(_("received"), default=clock.now)

    class Meta:
        verbose_name = _("report of a comment")
        verbose_name_plural = _("reports of comments")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["comment", "reporter"], name="comment_reported_once_each"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="comment_report_outcome_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="comment_report_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.reason[:60]


class Ground(TextChoices):
    """What a restriction rests on: the law, or a rule that the members have accepted."""

    ILLEGAL = "illegal", _("content against the law")
    INSULT = "insult", _("insult, harassment or contempt")
    PRIVACY = "privacy", _("personal data of somebody")
    ADVERTISING = "advertising", _("advertising or repeated message")
    OFF_TOPIC = "off_topic", _("far from the subject")


class Decision(models.Model):
    """One decision about a comment, with its statement of reasons (LAW M4); rows are only ever added."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="decisions")
    hides = models.BooleanField(_("hides"))
    ground = models.CharField(_("rule"), max_length=12, choices=Ground, blank=True)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(_("decided"), default=clock.now)

    class Meta:
        verbose_name = _("decision about a comment")
        verbose_name_plural = _("decisions about comments")
        ordering: ClassVar = ["created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(hides=False) | (~Q(reason="") & Q(ground__in=Ground.values)), name="comment_hidden_with_reasons"),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.created_at:%Y-%m-%d}"

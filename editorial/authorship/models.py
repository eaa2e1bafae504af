"""Who writes with the editors: a boutique's own group and pictures, the stories it is invited to, and its word on a draft.

The rights themselves are Wagtail's: a group holds « change » on the pages of its invitations and on nothing else.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock
from lapinblanc.choices import TextChoices


class Authorship(models.Model):
    """A boutique in the editors' admin: its group of persons and its collection of pictures."""

    vendor = models.OneToOneField("vendors.Vendor", on_delete=models.CASCADE, related_name="+")
    group = models.OneToOneField("auth.Group", on_delete=models.CASCADE, related_name="authorship")
    collection = models.OneToOneField("wagtailcore.Collection", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.group)


class Invitation(models.Model):
    """A story that its creator may write in, until the invitation is withdrawn."""

    authorship = models.ForeignKey(Authorship, on_delete=models.CASCADE, related_name="invitations")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page"], condition=Q(withdrawn_at__isnull=True), name="invitation_one_open_per_page")
        ]

    def __str__(self) -> str:
        return f"{self.authorship_id}:{self.page_id}"


class Answer(TextChoices):
    NONE = "", _("no answer yet")
    APPROVED = "approved", _("approves")
    CHANGES = "changes", _("asks for changes")


class Approval(models.Model):
    """A draft sent to its creator by a link, and her answer about exactly this revision."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="approvals")
    revision = models.ForeignKey("wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+")
    revision_at = models.DateTimeField()
    email = models.EmailField()
    who = models.CharField(max_length=120)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField(default=clock.now)
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.NONE, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    message = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="approval_answer_known"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="approval_answer_has_its_hour",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.answer}"

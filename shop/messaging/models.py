"""What a buyer and a boutique write to each other: conversations about an order, a listing or nothing else, and their messages.

One conversation per order; per person and boutique one about each listing and one about nothing else. A guest's
conversation is about an order and opened by its `token`. Texts are kept as typed, plain.
"""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock
from lapinblanc.choices import TextChoices

LONGEST = 4000


class Side(TextChoices):
    BUYER = "buyer", _("buyer")
    VENDOR = "vendor", _("boutique")


def new_token() -> str:
    return secrets.token_urlsafe(32)


class Conversation(models.Model):
    vendor = models.ForeignKey("vendors.Vendor", on_delete=models.PROTECT, related_name="conversations")
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="conversations")
    email = models.EmailField(_("e-mail address"), blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(max_length=5, default="fr")
    token = models.CharField(max_length=64, unique=True, editable=False, default=new_token)
    order = models.OneToOneField("order.Order", on_delete=models.PROTECT, null=True, blank=True, related_name="conversation")
    listing = models.ForeignKey("catalogue.Product", on_delete=models.SET_NULL, null=True, blank=True, related_name="conversations")
    # What it is about, as it was named when it began.
    subject = models.CharField(_("about"), max_length=255, blank=True)
    started_at = models.DateTimeField(default=clock.now)
    last_at = models.DateTimeField(default=clock.now)
    vendor_unread = models.BooleanField(default=False)
    buyer_unread = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True, blank=True)
    blocked_by = models.CharField(max_length=6, choices=Side.choices, blank=True)

    class Meta:
        verbose_name = _("conversation")
        ordering: ClassVar = ["-last_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(order__isnull=True) | Q(listing__isnull=True), name="conversation_about_one_thing"),
            models.CheckConstraint(condition=Q(blocked_by__in=("", *Side.values)), name="conversation_blocked_by_a_side"),
            models.UniqueConstraint(
                fields=["vendor", "buyer", "listing"], condition=Q(buyer__isnull=False, listing__isnull=False), name="one_conversation_per_listing"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["vendor", "-vendor_unread", "-last_at", "-id"], name="inbox_unread_first"),
            models.Index(fields=["buyer", "-last_at", "-id"], name="conversations_of_buyer"),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.subject}"


class Message(models.Model):
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    side = models.CharField(max_length=6, choices=Side.choices)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(_("message"), max_length=LONGEST, blank=True)
    automatic = models.BooleanField(default=False)
    # The form's own key: sent twice, it is one message.
    key = models.UUIDField(unique=True, editable=False)
    sent_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    # Claimed before its mail leaves: a mail may be lost, never sent twice.
    claimed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("message")
        ordering: ClassVar = ["sent_at", "id"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(side__in=Side.values), name="message_from_a_side")]
        indexes: ClassVar = [
            models.Index(fields=["conversation", "sent_at"], name="messages_in_order"),
            models.Index(fields=["sent_at"], condition=Q(claimed_at__isnull=True), name="messages_to_be_mailed"),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.sent_at:%Y-%m-%d %H:%M}"


class AttachmentKind(TextChoices):
    PICTURE = "picture", _("picture")
    PDF = "pdf", _("PDF document")


class Attachment(models.Model):
    """`path` lies in the private storage, under a name of ours; `name` is shown."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    kind = models.CharField(max_length=8, choices=AttachmentKind.choices)
    path = models.CharField(max_length=255, unique=True)
    name = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("attachment")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(kind__in=AttachmentKind.values), name="attachment_kind_known")]

    def __str__(self) -> str:
        return self.name


class Template(models.Model):
    """Words that a boutique writes often; {prénom} and {commande} are replaced when they are used."""

    vendor = models.ForeignKey("vendors.Vendor", on_delete=models.CASCADE, related_name="message_templates")
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"), max_length=LONGEST)

    class Meta:
        verbose_name = _("template of a message")
        ordering: ClassVar = ["title", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["vendor", "title"], name="template_title_once_per_vendor")]

    def __str__(self) -> str:
        return self.title


class InboxSettings(models.Model):
    """When a boutique wants no mail, and what is answered for it while it is on leave."""

    vendor = models.OneToOneField("vendors.Vendor", on_delete=models.CASCADE, related_name="inbox_settings")
    quiet_from = models.TimeField(_("no mail from"), null=True, blank=True)
    quiet_to = models.TimeField(_("until"), null=True, blank=True)
    # Days of the week without mail, Monday is 0.
    quiet_days = models.JSONField(default=list, blank=True)
    leave_answer = models.TextField(_("automatic answer during leave"), max_length=600, blank=True)

    class Meta:
        verbose_name = _("settings of the messages")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True) | Q(quiet_from__isnull=False, quiet_to__isnull=False),
                name="quiet_hours_have_two_ends",
            )
        ]

    def __str__(self) -> str:
        return str(self.vendor)

"""A collection that a member or a boutique proposes: its pieces, why, and what the editors answered."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock
from lapinblanc.choices import TextChoices

MOST_PIECES = 24


class ProposalState(TextChoices):
    WAITING = "waiting", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")


class Proposal(models.Model):
    """`listings` holds numbers of listings in the order of the proposer; `page` is the draft that was made of it."""

    title = models.CharField(_("title of the collection"), max_length=120)
    why = models.TextField(_("why these pieces together"), max_length=1000)
    listings = ArrayField(models.BigIntegerField(), verbose_name=_("creations"))
    who = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("proposed by"), on_delete=models.CASCADE, related_name="collection_proposals")
    name = models.CharField(_("name to sign with"), max_length=80)
    state = models.CharField(_("state"), max_length=10, choices=ProposalState, default=ProposalState.WAITING)
    reason = models.TextField(_("what we answer"), max_length=1000, blank=True)
    page = models.ForeignKey("wagtailcore.Page", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(_("proposed on"), default=clock.now)
    decided_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # When the mail with the answer was sent.
    told_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("proposal of a collection")
        verbose_name_plural = _("proposals of collections")
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ProposalState.values), name="proposal_state_known"),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True) | Q(~Q(state="waiting"), decided_at__gte=F("created_at")),
                name="proposal_decided_has_a_date",
            ),
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(reason=""), name="proposal_declined_has_a_reason"),
            models.CheckConstraint(condition=Q(listings__len__gte=1, listings__len__lte=MOST_PIECES), name="proposal_has_its_pieces"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "-created_at"], name="proposal_by_state")]

    def __str__(self) -> str:
        return self.title

"""Verbs on a boutique's team: inviting by a signed link, joining, changing a role, leaving. One owner stays at least.

The boutique's row is locked first, so that two owners who leave at once cannot leave it without any.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from lapinblanc import clock
from lapinblanc.mailing import one_line
from lapinblanc.privacy.rows import addresses_of

from shop.vendors.models import TeamInvitation, TeamMember, TeamRole, Vendor

SALT = "team-invitation"
DAYS = 7
MOST_WAITING = 20
MOST_A_DAY = 40


class CannotInvite(Exception):
    """`message` says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@transaction.atomic
def invite(*, vendor: Vendor, email: str, role: str, by: Any) -> TeamInvitation:
    """Offer a place; again to the same address renews its link and ends the one before. Raises CannotInvite."""
    email = email.strip().lower()
    Vendor.objects.select_for_update().get(pk=vendor.pk)
    if vendor.members.filter(user__email__iexact=email).exists():
        raise CannotInvite(_("This person is in your team already."))
    if vendor.invitations.exclude(email=email).count() >= MOST_WAITING:
        raise CannotInvite(_("Twenty invitations wait already: take one back first."))
    if _mails_today(vendor) > MOST_A_DAY:
        raise CannotInvite(_("Many invitations left today: please go on tomorrow."))
    facts = {"role": role, "invited_by": by, "sent_at": clock.now()}
    invitation, _made = TeamInvitation.objects.update_or_create(vendor=vendor, email=email, defaults=facts)
    transaction.on_commit(lambda: _send(invitation))
    return invitation


def _mails_today(vendor: Vendor) -> int:
    """How many invitations the boutique sent today, with this one: taking back and inviting again is no way to write to everybody."""
    key = f"invitations:{vendor.pk}:{clock.today()}"
    cache.add(key, 0, 86_400)
    return int(cache.incr(key))


def token_of(invitation: TeamInvitation) -> str:
    return signing.dumps([invitation.pk, invitation.sent_at.isoformat()], salt=SALT, compress=True)


def by_token(text: str) -> TeamInvitation | None:
    """The invitation of the newest link that was sent, while it holds; None for every other."""
    try:
        pk, sent = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = TeamInvitation.objects.select_related("vendor").filter(pk=pk, sent_at__gt=clock.now() - timedelta(days=DAYS)).first()
    return found if found and found.sent_at.isoformat() == sent else None


def is_meant_for(invitation: TeamInvitation, user: Any) -> bool:
    """The address is proved to be theirs: a link that was sent on opens nothing."""
    return bool(user.is_authenticated and invitation.email in addresses_of(user))


@transaction.atomic
def join(*, invitation: TeamInvitation, user: Any) -> TeamMember:
    """Take the place. Twice is once; a role that one has already stays. Raises CannotInvite when it was taken back meanwhile."""
    Vendor.objects.select_for_update().get(pk=invitation.vendor_id)
    known = TeamMember.objects.filter(vendor=invitation.vendor, user=user).first()
    fresh = TeamInvitation.objects.select_for_update().filter(pk=invitation.pk, sent_at=invitation.sent_at).first()
    if known is None and fresh is None:
        raise CannotInvite(_("This invitation was taken back."))
    member = known or TeamMember.objects.create(vendor=invitation.vendor, user=user, role=fresh.role if fresh else invitation.role)
    TeamInvitation.objects.filter(pk=invitation.pk).delete()
    return member


@transaction.atomic
def change_role(*, member: TeamMember, role: str) -> bool:
    """False when the boutique would be left without an owner."""
    locked = _locked(member)
    if locked is None or (role != TeamRole.OWNER and _is_last_owner(locked)):
        return False
    locked.role = role
    locked.save(update_fields=["role"])
    return True


@transaction.atomic
def leave(*, member: TeamMember) -> bool:
    """False when the boutique would be left without an owner. Gone already is done."""
    locked = _locked(member)
    if locked is None:
        return True
    if _is_last_owner(locked):
        return False
    locked.delete()
    return True


def forget_old_invitations() -> int:
    """A week after its link has ended, an invitation goes."""
    return int(TeamInvitation.objects.filter(sent_at__lt=clock.now() - timedelta(days=2 * DAYS)).delete()[0])


def _locked(member: TeamMember) -> TeamMember | None:
    """The boutique first, then the place as it is now."""
    Vendor.objects.select_for_update().get(pk=member.vendor_id)
    return TeamMember.objects.filter(pk=member.pk).first()


def _is_last_owner(member: TeamMember) -> bool:
    others = TeamMember.objects.filter(vendor_id=member.vendor_id, role=TeamRole.OWNER).exclude(pk=member.pk)
    return member.role == TeamRole.OWNER and not others.exists()


def _send(invitation: TeamInvitation) -> None:
    with translation.override("fr"):
        url = settings.BASE_URL + reverse("workshop:team_join", args=[token_of(invitation)])
        context = {"vendor": invitation.vendor, "role": invitation.get_role_display(), "days": DAYS, "url": url}
        subject = one_line(_("« %(boutique)s » invites you to its team") % {"boutique": invitation.vendor.name})
        EmailMessage(subject, render_to_string("mails/team_invitation.txt", context), to=[invitation.email]).send()

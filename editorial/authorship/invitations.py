"""Inviting a creator to write her own story, and taking the invitation back.

A boutique has one group of persons, its owners, and one collection of pictures. The group holds « change » on the pages of
its open invitations and the rights on that collection: Wagtail refuses everything else by itself.
"""

import logging
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from lapinblanc import clock
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from editorial.authorship.mails import announce_invitation
from editorial.authorship.models import Authorship, Invitation
from editorial.authorship.roles import ENTER
from shop import api

log = logging.getLogger(__name__)
PREFIX = "Boutique : "
PICTURES = ("add_image", "change_image", "choose_image")


class NoBoutique(Exception):
    """The story tells of no boutique, or of one without an owner: there is nobody to invite."""


@transaction.atomic
def invite(*, page: Any, by: Any) -> Invitation:
    """Let the owners of the story's boutique write in it, and tell them. Twice is once. Raises NoBoutique."""
    if page.vendor_id is None or not api.owners_of(page.vendor_id):
        raise NoBoutique
    authorship = open_authorship(vendor_id=page.vendor_id, name=page.vendor.name)
    invitation, made = Invitation.objects.get_or_create(page_id=page.pk, withdrawn_at=None, defaults={"authorship": authorship, "invited_by": by})
    if invitation.authorship_id != authorship.pk:
        # The editors gave the story to another boutique since.
        withdraw(page=page)
        invitation, made = Invitation.objects.create(page_id=page.pk, authorship=authorship, invited_by=by), True
    settle(authorship)
    if made:
        transaction.on_commit(lambda: announce_invitation(invitation_id=invitation.pk))
    return invitation


@transaction.atomic
def withdraw(*, page: Any) -> int:
    """Close the story to its creator. Returns how many invitations were open."""
    rows = list(Invitation.objects.select_for_update().filter(page_id=page.pk, withdrawn_at__isnull=True).select_related("authorship__group"))
    for invitation in rows:
        invitation.withdrawn_at = clock.now()
        invitation.save(update_fields=["withdrawn_at"])
        settle(invitation.authorship)
    return len(rows)


def open_authorship(*, vendor_id: int, name: str) -> Authorship:
    """The boutique's group and collection, made when they are missing."""
    found = Authorship.objects.filter(vendor_id=vendor_id).select_related("group", "collection").first()
    if found is not None:
        return found
    title = f"{PREFIX}{name}"[:130]
    if Group.objects.filter(name=title).exists():
        title = f"{title} ({vendor_id})"
    root: Any = Collection.get_first_root_node()
    return Authorship.objects.create(vendor_id=vendor_id, group=Group.objects.create(name=title), collection=root.add_child(name=title))


@transaction.atomic
def settle(authorship: Authorship) -> list[str]:
    """Give the group exactly its rights and its persons; returns what was put right."""
    group, told = authorship.group, []
    pages = set(Invitation.objects.filter(authorship=authorship, withdrawn_at__isnull=True).values_list("page_id", flat=True))
    owners = set(api.owners_of(authorship.vendor_id)) if pages else set()
    if set(group.user_set.values_list("pk", flat=True)) != owners:
        told.append(f"{group.name}: persons")
        group.user_set.set(owners)
    app, codename = ENTER.split(".")
    enter = Permission.objects.get(content_type__app_label=app, codename=codename)
    if list(group.permissions.all()) != [enter]:
        told.append(f"{group.name}: entry")
        group.permissions.set([enter])
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    held = GroupPagePermission.objects.filter(group=group)
    if set(held.values_list("page_id", "permission_id")) != {(pk, change.pk) for pk in pages}:
        told.append(f"{group.name}: pages")
        held.delete()
        for pk in pages:
            GroupPagePermission.objects.create(group=group, page_id=pk, permission=change)
    pictures = Permission.objects.filter(content_type__app_label="wagtailimages", codename__in=PICTURES)
    files = GroupCollectionPermission.objects.filter(group=group)
    if set(files.values_list("collection_id", "permission_id")) != {(authorship.collection_id, row.pk) for row in pictures}:
        told.append(f"{group.name}: pictures")
        files.delete()
        for row in pictures:
            GroupCollectionPermission.objects.create(group=group, collection_id=authorship.collection_id, permission=row)
    return told


def settle_all() -> list[str]:
    """Every boutique's group, as its invitations and its owners say today."""
    told = [sentence for authorship in Authorship.objects.select_related("group") for sentence in settle(authorship)]
    for sentence in told:
        log.warning("creators corrected: %s", sentence)
    return told

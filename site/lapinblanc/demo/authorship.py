"""The demo's creators write along: two are invited to stories of their own, one has approved a draft, one asks for changes."""

from typing import Any

from editorial.authorship.approvals import answer, send_draft
from editorial.authorship.invitations import invite
from editorial.authorship.portrait import new_portrait
from editorial.models import StoryIndexPage, StoryPage
from lapinblanc.accounts.models import User
from lapinblanc.demo.people import STAFF
from shop.vendors.models import Vendor

INVITED = ("atelier-maelle", "terre-et-sel")


def invite_creators() -> None:
    """Their mails wait in the folder of mails that `make run` names."""
    editor = User.objects.get(email=STAFF[0][1][0])
    index: Any = StoryIndexPage.objects.filter(locale__language_code="fr").order_by("path")[0]
    for slug in INVITED:
        vendor = Vendor.objects.get(slug=slug)
        story = StoryPage.objects.filter(vendor=vendor, locale=index.locale).order_by("pk").first()
        if story is None:
            story = new_portrait(index=index, vendor_id=vendor.pk, by=editor)
        invite(page=story, by=editor)
        sent = send_draft(page=story, by=editor)
        if slug == INVITED[0]:
            answer(approval=sent, approved=True)
        else:
            answer(approval=sent, approved=False, message="La terre vient de Saint-Amand, pas de La Borne. Le reste me va.")

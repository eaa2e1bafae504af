"""A boutique's stories, for its own settings: where they are read, and where its creator writes in those she is invited to."""

from collections.abc import Sequence

from django.urls import reverse

from editorial.authorship.models import Invitation
from editorial.cards import open_pages
from editorial.languages import address, readable
from editorial.pages.story import StoryPage
from shop import api

MOST = 12


def stories_of(vendor_id: int) -> Sequence[api.Story]:
    """Open ones and those with an open invitation, the newest first; two queries."""
    invited = set(Invitation.objects.filter(authorship__vendor_id=vendor_id, withdrawn_at__isnull=True).values_list("page_id", flat=True))
    pages = {page.pk: page for page in readable(open_pages(StoryPage.objects.filter(vendor_id=vendor_id))).order_by("-first_published_at", "-pk")[:MOST]}
    drafts = StoryPage.objects.filter(pk__in=invited - set(pages))[:MOST]
    rows = [*drafts, *pages.values()]
    return [
        api.Story(
            title=page.draft_title or page.title,
            url=address(page) if page.pk in pages else "",
            edit_url=reverse("wagtailadmin_pages:edit", args=[page.pk]) if page.pk in invited else "",
        )
        for page in rows
    ]

"""Which page shows which creation, written when a page is saved: « seen in », reports and alternatives read it."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from editorial.blocks.choosing import LISTING, chosen_in
from editorial.cards import open_pages
from editorial.languages import address, readable
from shop import api

MOST_SEEN_IN = 6


class Mention(models.Model):
    """A page, live or not, names a creation; readers see it only where the page is open."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="mentions")
    listing = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["page", "listing"], name="mention_once_per_page")]

    def __str__(self) -> str:
        return f"{self.page_id}:{self.listing_id}"


@transaction.atomic
def write_mentions(page: Any) -> int:
    """Make the mentions of a page those of its body; returns how many. Running twice changes nothing."""
    ids = api.known_listings(chosen_in(page.body)[LISTING])
    Mention.objects.filter(page_id=page.pk).exclude(listing_id__in=ids).delete()
    rows = [Mention(page_id=page.pk, listing_id=pk, position=place) for place, pk in enumerate(ids)]
    Mention.objects.bulk_create(rows, update_conflicts=True, unique_fields=["page", "listing"], update_fields=["position"])
    return len(rows)


def seen_in(listing_id: int) -> Sequence[api.SeenIn]:
    """The stories, collections and guides open to everybody that show a creation, each in one language, newest first; one query."""
    # Local imports: the pages have bodies, whose fields this module's table completes.
    from editorial.pages.collection import CollectionPage
    from editorial.pages.guide import GuidePage
    from editorial.pages.story import StoryPage

    kinds = {StoryPage: _("Story"), CollectionPage: _("Collection"), GuidePage: _("Guide")}
    words = {kind.pk: kinds[model] for model, kind in ContentType.objects.get_for_models(*kinds).items()}
    pages = readable(open_pages(Page.objects.filter(mentions__listing_id=listing_id, content_type_id__in=words))).order_by("-first_published_at", "-pk")
    return [api.SeenIn(title=page.title, kind=words[page.content_type_id], url=address(page)) for page in pages[:MOST_SEEN_IN]]

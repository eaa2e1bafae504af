"""Stories, collections and news as documents of the search: what is live and open to everybody."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.html import strip_tags
from lapinblanc.search import ranking
from lapinblanc.search.document import COLLECTION, NEWS, STORY, Document
from wagtail.models import Page

from editorial.cards import open_pages, story_cards
from editorial.pages.collection import CollectionPage
from editorial.pages.news import NewsPage
from editorial.pages.story import StoryPage

MODELS: Mapping[str, Any] = {STORY: StoryPage, COLLECTION: CollectionPage, NEWS: NewsPage}
DETAILS = 0.8


class Pages:
    """The pages that editors write. A page's number is its key whatever its kind."""

    name = "page"
    kinds = tuple(MODELS)
    templates: Mapping[str, str] = dict.fromkeys(MODELS, "components/_story_card.html")

    def total(self) -> int:
        return sum(model.objects.live().count() for model in MODELS.values())

    def keys(self, *, after: int, limit: int) -> list[int]:
        rows = Page.objects.live().exact_type(*MODELS.values()).filter(pk__gt=after)
        return list(rows.order_by("pk").values_list("pk", flat=True)[:limit])

    def refresh(self, keys: Sequence[int]) -> None:
        """Pages freeze nothing."""

    def documents(self, keys: Sequence[int]) -> list[Document]:
        return [_document(kind, page) for kind, model in MODELS.items() for page in open_pages(model.objects.filter(pk__in=keys))]

    def cards(self, keys: Mapping[str, Sequence[int]]) -> Mapping[tuple[str, int], Any]:
        """One query a kind, and one for all their pictures."""
        pages = {kind: list(open_pages(MODELS[kind].objects.filter(pk__in=numbers)).defer("body").select_related("picture")) for kind, numbers in keys.items()}
        prefetch_related_objects([page.picture for found in pages.values() for page in found if page.picture], "renditions")
        return {(kind, page.pk): card for kind, found in pages.items() for page, card in zip(found, story_cards(found), strict=True)}


def _document(kind: str, page: Any) -> Document:
    return Document(
        kind=kind,
        key=page.pk,
        title=page.title,
        summary=page.intro,
        body=" ".join(_texts(page.body)),
        keywords=" , ".join(word for word in (page.kicker, page.author) if word),
        slug=page.slug,
        published_at=page.first_published_at,
        quality=ranking.quality(pictures=3 if page.picture_id else 0, details=DETAILS, mean_review=None, reviews=0, in_stock=False),
    )


def _texts(body: Any) -> list[str]:
    """The words of a body: its texts and quotes, and what is said of each creation."""
    found = []
    for block in body:
        if block.block_type == "text":
            found.append(strip_tags(str(block.value).replace("<", " <")))
        elif block.block_type == "quote":
            found.append(" ".join(str(value) for value in block.value.values() if isinstance(value, str)))
        elif block.block_type == "listing":
            found.append(block.value.get("note") or "")
    return found


"""Pages of the editorial house as documents of the search: what is live and open to everybody.

A room that brings a kind of page of its own adds it with `register_page_model`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.html import strip_tags
from lapinblanc.search import ranking
from lapinblanc.search.document import COLLECTION, GUIDE, NEWS, PAGE, STORY, Document
from wagtail.models import Page

from editorial.cards import open_pages, story_cards
from editorial.pages.body import BodyPage
from editorial.pages.collection import CollectionPage
from editorial.pages.guide import GuidePage
from editorial.pages.legal import LegalPage
from editorial.pages.news import NewsPage
from editorial.pages.standard import StandardPage
from editorial.pages.story import StoryPage

DETAILS = 0.8
_models: dict[str, list[type[Page]]] = {
    STORY: [StoryPage],
    COLLECTION: [CollectionPage],
    GUIDE: [GuidePage],
    NEWS: [NewsPage],
    PAGE: [StandardPage, LegalPage],
}


def register_page_model(kind: str, model: type[Page]) -> None:
    """A room's own kind of page, among `lapinblanc.search.document.KINDS`; called when the room is ready.

    The model has a title, `intro`, and either a `body` of blocks (a `BodyPage`) or a rich `text`. Its rows are followed
    already: every page is a row of Wagtail's own table, which has the triggers.
    """
    if model not in _models.setdefault(kind, []):
        _models[kind].append(model)


def page_models(*kinds: str) -> list[type[Page]]:
    """The models of these kinds, or of all."""
    return [model for kind, models in _models.items() if not kinds or kind in kinds for model in models]


class Pages:
    """The pages that editors write. A page's number is its key whatever its kind."""

    name = "page"

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(_models)

    @property
    def templates(self) -> Mapping[str, str]:
        return dict.fromkeys(_models, "components/_story_card.html")

    def total(self) -> int:
        return sum(model.objects.live().count() for model in page_models())

    def keys(self, *, after: int, limit: int) -> list[int]:
        rows = Page.objects.live().exact_type(*page_models()).filter(pk__gt=after)
        return list(rows.order_by("pk").values_list("pk", flat=True)[:limit])

    def refresh(self, keys: Sequence[int]) -> None:
        """Pages freeze nothing."""

    def documents(self, keys: Sequence[int]) -> list[Document]:
        return [_document(kind, page) for kind in _models for page in _open(kind, keys)]

    def cards(self, keys: Mapping[str, Sequence[int]]) -> Mapping[tuple[str, int], Any]:
        """One query a model, and one for all their pictures."""
        pages = {kind: list(_open(kind, numbers, bodies=False)) for kind, numbers in keys.items()}
        pictures = [page.picture for found in pages.values() for page in found if getattr(page, "picture_id", None)]
        prefetch_related_objects(pictures, "renditions")
        return {(kind, page.pk): card for kind, found in pages.items() for page, card in zip(found, story_cards(found), strict=True)}


def _open(kind: str, keys: Sequence[int], *, bodies: bool = True) -> Iterable[Any]:
    """Pages of a kind that everybody may see; without their long texts where only cards are wanted."""
    for model in _models[kind]:
        rows = open_pages(model.objects.filter(pk__in=keys))
        if issubclass(model, BodyPage):
            rows = rows.select_related("picture")
        if not bodies:
            rows = rows.defer("body" if issubclass(model, BodyPage) else "text")
        yield from rows


def _document(kind: str, page: Any) -> Document:
    body = " ".join(_texts(page.body)) if isinstance(page, BodyPage) else _words(page.text)
    return Document(
        kind=kind,
        key=page.pk,
        title=page.title,
        summary=page.intro,
        body=body,
        keywords=" , ".join(word for word in (getattr(page, "kicker", ""), getattr(page, "author", "")) if word),
        slug=page.slug,
        published_at=page.first_published_at,
        quality=ranking.quality(pictures=3 if getattr(page, "picture_id", None) else 0, details=DETAILS, mean_review=None, reviews=0, in_stock=False),
    )


def _words(html: str) -> str:
    return strip_tags(html.replace("<", " <"))


def _texts(body: Any) -> list[str]:
    """The words of a body: its texts and quotes, and what is said of each creation."""
    found = []
    for block in body:
        if block.block_type == "text":
            found.append(_words(str(block.value)))
        elif block.block_type == "quote":
            found.append(" ".join(str(value) for value in block.value.values() if isinstance(value, str)))
        elif block.block_type == "listing":
            found.append(block.value.get("note") or "")
    return found

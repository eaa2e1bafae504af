"""The English pages of the demo: home, the index of stories and two stories, written for English readers."""

from typing import Any

from wagtail.models import Locale, Page
from wagtail.rich_text import RichText

from editorial.models import HomePage, StoryPage
from lapinblanc.demo.editorial import read


def create_english() -> None:
    """Copies of the French pages in the English tree, with their own words and the same creations."""
    facts, english = read("english.json"), Locale.objects.get(language_code="en")
    french = HomePage.objects.get(locale__language_code="fr")
    home = french.copy_for_translation(english)
    home.cooperative, home.body = facts["home"]["cooperative"], []
    home.save_revision().publish()
    source = StoryPage.objects.filter(locale=french.locale).first()
    index = _translated(source.get_parent().specific, english, facts["index"]) if source is not None else None
    for row in facts["stories"]:
        _translated(StoryPage.objects.get(slug=row["of"]), english, {**row, "body": _body(StoryPage.objects.get(slug=row["of"]), row["texts"])})
    if index is not None:
        home.hero = StoryPage.objects.filter(locale=english).first()
        home.save_revision().publish()


def _translated(page: Any, locale: Locale, facts: dict[str, Any]) -> Page:
    copy: Page = page.copy_for_translation(locale)
    for name in ("title", "slug", "intro", "kicker", "body"):
        if name in facts:
            setattr(copy, name, facts[name])
    copy.save_revision().publish()
    return copy


def _body(page: Any, texts: list[str]) -> list[tuple[str, Any]]:
    """The English texts, with what the French body shows of creations between them."""
    shown = [(block.block_type, block.value) for block in page.body if block.block_type in ("listing", "picture", "vendor")]
    body: list[tuple[str, Any]] = []
    for number, text in enumerate(texts):
        body.append(("text", RichText(text)))
        body += shown[number : number + 1]
    return [*body, *shown[-1:]]

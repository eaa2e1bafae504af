"""Loads the editorial house: home, stories, collections, news, guides, the season's campaign and legal pages, in French."""

import json
from datetime import date, datetime
from typing import Any

from django.conf import settings
from wagtail.models import Page, Site

from editorial.campaigns.models import CampaignIndexPage, CampaignPage
from editorial.models import (
    CollectionIndexPage,
    CollectionPage,
    GuideIndexPage,
    GuidePage,
    HomePage,
    LegalPage,
    NewsIndexPage,
    NewsPage,
    StoryIndexPage,
    StoryPage,
)
from lapinblanc import clock
from lapinblanc.demo.house import House
from lapinblanc.demo.markdown import to_html

HERE = settings.ROOT / "fixtures" / "demo" / "editorial"
LEGAL = settings.ROOT / "fixtures" / "reference" / "legal"
# In the order of the tree: the index's model, title, address and introduction, the pages' model and their file.
SECTIONS: tuple[tuple[Any, str, str, str, Any, str], ...] = (
    (StoryIndexPage, "Histoires d’ateliers", "histoires", "Chaque jeudi, une créatrice, un créateur, et ce qui sort de ses mains.", StoryPage, "stories.json"),
    (CollectionIndexPage, "Collections", "collections", "Des pièces choisies une à une, et pourquoi.", CollectionPage, "collections.json"),
    (NewsIndexPage, "La coopérative", "cooperative", "Ce qui se décide, ce qui se compte, ce qui vient.", NewsPage, "news.json"),
    (GuideIndexPage, "Guides", "guides", "Choisir, offrir, entretenir : ce que les ateliers nous ont appris.", GuidePage, "guides.json"),
)


def create_pages(house: House) -> None:
    """The whole tree, published; the default page of a new Wagtail gives way to the home page."""
    root = Page.objects.get(depth=1)
    facts = read("home.json")
    home = root.add_child(instance=HomePage(title="Lapin Blanc", slug="accueil", cooperative=facts["cooperative"]))
    Site.objects.filter(is_default_site=True).update(root_page=home)
    Page.objects.filter(depth=2).exclude(pk=home.pk).delete()
    home.refresh_from_db()
    for index_model, title, slug, intro, model, file in SECTIONS:
        index = home.add_child(instance=index_model(title=title, slug=slug, intro=intro))
        for row in read(file):
            publish(index, model(**common(house, row), **_own(house, model, row)))
    campaigns = home.add_child(
        instance=CampaignIndexPage(title="Campagnes", slug="campagnes", intro="Ce qui se prépare, ce qui se finance, et ce que cela a donné.")
    )
    publish(campaigns, _season(house, read("season.json")))
    for path in sorted(LEGAL.glob("*.md")):
        head, text = to_html(path.read_text(encoding="utf-8"))
        in_force = date.fromisoformat(head.pop("in_force"))
        home.add_child(instance=LegalPage(text=text, in_force=in_force, **head))
    _furnish_home(house, home, facts)


def common(house: House, row: dict[str, Any]) -> dict[str, Any]:
    """What every page with a body says of itself."""
    facts = {name: row[name] for name in ("title", "slug", "kicker", "intro", "author")}
    picks = [{"type": "listing", **pick} for pick in row.get("picks", [])]
    body = house.body([*picks, *row.get("body", [])], row.get("boutique", ""))
    return {**facts, "date": row.get("date", clock.today()), "picture": house.picture(row.get("craft", "textile")), "body": body}


def _own(house: House, model: Any, row: dict[str, Any]) -> dict[str, Any]:
    """What one kind of page says beside that."""
    if model is StoryPage:
        return {"vendor": house.vendors[row["boutique"]]}
    if model is NewsPage:
        return {"audience": row.get("audience", "public")}
    if model is CollectionPage:
        return {"query": row.get("query", ""), "most": row.get("most", 24)}
    return {"in_short": row["in_short"]}


def publish(parent: Page, page: Any) -> Any:
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _season(house: House, row: dict[str, Any]) -> CampaignPage:
    starts, ends = (datetime.fromisoformat(row[name]).replace(tzinfo=clock.PARIS) for name in ("starts", "ends"))
    return CampaignPage(
        **common(house, row), starts_at=starts, ends_at=ends, collection=CollectionPage.objects.get(slug=row["collection"]),
        banner_text=row["banner_text"], banner_label=row["banner_label"], tint=row["tint"],
        invites=True, invitation=row["invitation"],
    )


def _furnish_home(house: House, home: Any, facts: dict[str, Any]) -> None:
    home.hero = StoryPage.objects.get(slug=facts["hero"])
    rails = house.body([{"type": "rail", **row} for row in facts["rails"]])
    boutique = house.body([{"type": "boutique", "slug": facts["boutiques"][0]}])
    home.body = [rails[0], *boutique, *rails[1:]]
    home.save_revision().publish()


def read(name: str) -> Any:
    return json.loads((HERE / name).read_text(encoding="utf-8"))

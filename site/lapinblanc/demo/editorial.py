"""Loads the editorial house: home, stories, collections, news and legal pages, with their pictures and renditions."""

import json
from datetime import date
from typing import Any

import nh3
from django.conf import settings
from django.core.files.images import ImageFile
from wagtail.models import Page, Site
from wagtail.rich_text import RichText

from editorial.images.models import Picture
from editorial.images.renditions import make_renditions
from editorial.models import (
    CollectionIndexPage,
    CollectionPage,
    HomePage,
    LegalPage,
    NewsIndexPage,
    NewsPage,
    StoryIndexPage,
    StoryPage,
)
from lapinblanc.demo.markdown import to_html
from lapinblanc.demo.media import SOURCE, Album
from shop.catalogue.models import Category, Product
from shop.vendors.models import Vendor

HERE = settings.ROOT / "fixtures" / "demo" / "editorial"
LEGAL = settings.ROOT / "fixtures" / "reference" / "legal"


class House:
    """Builds pages; remembers pictures and boutiques already looked up."""

    def __init__(self, album: Album) -> None:
        self.album = album
        self.pictures: dict[str, Picture] = {}
        self.vendors = {vendor.slug: vendor for vendor in Vendor.objects.all()}

    def picture(self, craft: str) -> Picture:
        """A workshop's view in Wagtail's library, its renditions made now rather than by a reader."""
        chosen = self.album.workshop(craft)
        if chosen.stem not in self.pictures:
            with (SOURCE / chosen.row["file"]).open("rb") as opened:
                picture = Picture(title=chosen.row["alt"], alt=chosen.row["alt"], credit="Lapin Blanc")
                picture.file = ImageFile(opened, name=f"{chosen.stem}.webp")
                picture.save()
            make_renditions(picture)
            self.pictures[chosen.stem] = picture
        return self.pictures[chosen.stem]

    def listings(self, vendor: str) -> list[Any]:
        return list(Product.objects.on_sale().by(self.vendors[vendor]).order_by("pk"))

    def piece(self, vendor: str, row: dict[str, Any]) -> Any:
        """The listing a row means: the n-th of the boutique, or the n-th of the boutique in a category."""
        shelf = self.listings(vendor)
        if "category" in row:
            chosen = Category.objects.get(slug=row["category"]).pk
            shelf = [listing for listing in shelf if chosen in listing.category_ids] or shelf
        return shelf[row.get("index", 0) % len(shelf)]

    def body(self, blocks: list[dict[str, Any]], vendor: str = "") -> list[tuple[str, Any]]:
        return [self._block(block, vendor) for block in blocks]

    def _block(self, block: dict[str, Any], vendor: str) -> tuple[str, Any]:
        kind = block["type"]
        if kind == "text":
            return "text", RichText(nh3.clean(block["html"], tags={"p", "h2", "h3", "em", "strong", "a", "ul", "li"}))
        if kind == "quote":
            return "quote", {"text": block["text"], "who": block["who"]}
        if kind == "listing":
            return "listing", {"listing": self.piece(vendor, block), "note": ""}
        if kind == "picture":
            return "picture", {"image": self.picture(block["craft"]), "caption": block["caption"]}
        if kind == "rail":
            chosen = self.vendors[block["boutique"]] if "boutique" in block else None
            return "rail", {"title": block["title"], "intro": "", "listings": [], "category": block.get("category", ""), "vendor": chosen}
        return "vendor", {"vendor": self.vendors[block["slug"]]}


def create_pages(album: Album) -> None:
    """The whole tree, published; the default page of a new Wagtail gives way to the home page."""
    house = House(album)
    root = Page.objects.get(depth=1)
    facts = _read("home.json")
    home = root.add_child(instance=HomePage(title="Lapin Blanc", slug="accueil", cooperative=facts["cooperative"]))
    Site.objects.filter(is_default_site=True).update(root_page=home)
    Page.objects.filter(depth=2).exclude(pk=home.pk).delete()
    home.refresh_from_db()
    stories = home.add_child(
        instance=StoryIndexPage(title="Histoires d’ateliers", slug="histoires", intro="Chaque jeudi, une créatrice, un créateur, et ce qui sort de ses mains.")
    )
    _create_bodies(house, stories, StoryPage, _read("stories.json"))
    collections = home.add_child(
        instance=CollectionIndexPage(title="Collections", slug="collections", intro="Des pièces choisies une à une, et pourquoi.")
    )
    _create_collections(house, collections)
    news = home.add_child(
        instance=NewsIndexPage(title="La coopérative", slug="cooperative", intro="Ce qui se décide, ce qui se compte, ce qui vient.")
    )
    _create_bodies(house, news, NewsPage, _read("news.json"))
    for path in sorted(LEGAL.glob("*.md")):
        head, text = to_html(path.read_text(encoding="utf-8"))
        in_force = date.fromisoformat(head.pop("in_force"))
        home.add_child(instance=LegalPage(text=text, in_force=in_force, **head))
    _furnish_home(house, home, facts)


def _create_bodies(house: House, parent: Page, model: Any, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        page = model(
            title=row["title"],
            slug=row["slug"],
            kicker=row["kicker"],
            intro=row["intro"],
            author=row["author"],
            date=row["date"],
            picture=house.picture(row.get("craft", "textile")),
            body=house.body(row["body"], row.get("boutique", "")),
        )
        parent.add_child(instance=page)
        page.save_revision().publish()


def _create_collections(house: House, parent: Page) -> None:
    for row in _read("collections.json"):
        picks = []
        for pick in row["picks"]:
            picks.append(("listing", {"listing": house.piece(pick["boutique"], pick), "note": pick["note"]}))
        page = CollectionPage(
            title=row["title"],
            slug=row["slug"],
            kicker=row["kicker"],
            intro=row["intro"],
            author=row["author"],
            picture=house.picture(row["craft"]),
            body=picks,
        )
        parent.add_child(instance=page)
        page.save_revision().publish()


def _furnish_home(house: House, home: Any, facts: dict[str, Any]) -> None:
    home.hero = StoryPage.objects.get(slug=facts["hero"])
    rails: list[tuple[str, Any]] = [
        ("rail", {"title": row["title"], "intro": row["intro"], "listings": [], "category": row["category"], "vendor": None})
        for row in facts["rails"]
    ]
    home.body = [rails[0], ("vendor", {"vendor": house.vendors[facts["boutiques"][0]]}), *rails[1:]]
    home.save_revision().publish()


def _read(name: str) -> Any:
    return json.loads((HERE / name).read_text(encoding="utf-8"))

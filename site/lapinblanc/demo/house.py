"""Turns the demo's written texts into bodies of blocks: pictures, boutiques and creations are named in them, and looked up here."""

from collections.abc import Callable
from typing import Any

import nh3
from django.core.files.images import ImageFile
from wagtail.rich_text import RichText

from editorial.images.models import Picture
from editorial.images.renditions import make_renditions
from editorial.models import CollectionPage
from lapinblanc.demo.media import SOURCE, Album
from shop.catalogue.models import Category, Product
from shop.vendors.models import Vendor

TAGS = {"p", "h2", "h3", "em", "strong", "b", "a", "ul", "li"}


class House:
    """Builds bodies; remembers pictures and boutiques already looked up."""

    def __init__(self, album: Album) -> None:
        self.album = album
        self.pictures: dict[str, Picture] = {}
        self.vendors = {vendor.slug: vendor for vendor in Vendor.objects.all()}
        self.categories = dict(Category.objects.values_list("slug", "pk"))
        self.shelves: dict[str, list[Any]] = {}

    def picture(self, craft: str) -> Picture:
        """A workshop's view in Wagtail's library, its renditions made now rather than by a job."""
        chosen = self.album.workshop(craft)
        if chosen.stem not in self.pictures:
            with (SOURCE / chosen.row["file"]).open("rb") as opened:
                picture = Picture(title=chosen.row["alt"], alt=chosen.row["alt"], credit="Lapin Blanc")
                picture.file = ImageFile(opened, name=f"{chosen.stem}.webp")
                picture.save()
            make_renditions(picture)
            self.pictures[chosen.stem] = picture
        return self.pictures[chosen.stem]

    def piece(self, vendor: str, row: dict[str, Any]) -> Any:
        """The listing a row means: the n-th of the boutique, or the n-th of the boutique in a category."""
        if vendor not in self.shelves:
            self.shelves[vendor] = list(Product.objects.on_sale().by(self.vendors[vendor]).order_by("pk"))
        shelf = self.shelves[vendor]
        if "category" in row:
            chosen = self.categories[row["category"]]
            shelf = [listing for listing in shelf if chosen in listing.category_ids] or shelf
        return shelf[row.get("index", 0) % len(shelf)]

    def body(self, blocks: list[dict[str, Any]], vendor: str = "") -> list[tuple[str, Any]]:
        return [self._block(block, vendor) for block in blocks]

    def _block(self, block: dict[str, Any], vendor: str) -> tuple[str, Any]:
        """A kind of block that is not named here does not exist: KeyError tells which."""
        makers: dict[str, Callable[[dict[str, Any], str], Any]] = {
            "text": lambda row, _vendor: html(row["html"]),
            "quote": lambda row, _vendor: {"text": row["text"], "who": row["who"]},
            "separator": lambda _row, _vendor: None,
            "figures": lambda row, _vendor: {"figures": [{"value": value, "label": label} for value, label in row["figures"]], "source": row["source"]},
            "questions": lambda row, _vendor: {"title": row["title"], "questions": [{"question": asked, "answer": html(told)} for asked, told in row["questions"]]},
            "steps": lambda row, _vendor: {"title": row["title"], "steps": [{"title": title, "text": text, "image": None} for title, text in row["steps"]]},
            "picture": lambda row, _vendor: {"image": self.picture(row["craft"]), "caption": row["caption"], "alt": "", "credit": ""},
            "gallery": lambda row, _vendor: {"title": row["title"], "pictures": [{"image": self.picture(craft), "caption": told} for craft, told in row["pictures"]]},
            "material": self._material,
            "hotspots": self._hotspots,
            "listing": lambda row, vendor: {"listing": self.piece(row.get("boutique", vendor), row), "note": row.get("note", "")},
            "rail": self._rail,
            "collection": lambda row, _vendor: {"collection": CollectionPage.objects.get(slug=row["slug"]), "pieces": True},
            "boutique": lambda row, vendor: {"vendor": self.vendors[row.get("slug", vendor)]},
        }
        kind = block["type"]
        return {"boutique": "vendor"}.get(kind, kind), makers[kind](block, vendor)

    def _rail(self, row: dict[str, Any], _vendor: str) -> dict[str, Any]:
        chosen = self.vendors[row["boutique"]] if "boutique" in row else None
        return {"title": row["title"], "intro": row.get("intro", ""), "listings": [], "category": row.get("category", ""), "vendor": chosen, "search": ""}

    def _material(self, row: dict[str, Any], _vendor: str) -> dict[str, Any]:
        facts = [{"label": label, "value": value} for label, value in row["facts"]]
        return {"name": row["name"], "text": html(row["html"]), "image": self.picture(row["craft"]), "origin": row["origin"], "care": row["care"], "facts": facts}

    def _hotspots(self, row: dict[str, Any], vendor: str) -> dict[str, Any]:
        points = [{"listing": self.piece(vendor, {"index": index}), "across": across, "down": down} for across, down, index in row["points"]]
        return {"image": self.picture(row["craft"]), "points": points, "caption": row["caption"]}


def html(text: str) -> RichText:
    return RichText(nh3.clean(text, tags=TAGS))

"""Puts the demo's pictures into the media storage and chooses one for each listing, boutique and story."""

import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from shop.catalogue.pictures import PictureFacts

SOURCE = settings.ROOT / "fixtures" / "media"
FOLDER = "demo"


@dataclass(frozen=True, slots=True)
class Picture:
    """A row of the manifest, with the names of its files in the storage."""

    row: dict[str, Any]

    @property
    def stem(self) -> str:
        return Path(self.row["file"]).stem

    @property
    def original(self) -> str:
        return f"{FOLDER}/{self.stem}.webp"

    @property
    def derivatives(self) -> dict[str, str]:
        return {
            "full_avif": f"{FOLDER}/{self.stem}.avif",
            "small": f"{FOLDER}/small/{self.stem}.webp",
            "small_avif": f"{FOLDER}/small/{self.stem}.avif",
        }

    def facts(self) -> dict[str, Any]:
        """As a card freezes it."""
        names = self.derivatives
        return asdict(
            PictureFacts(
                src=default_storage.url(self.original),
                src_avif=default_storage.url(names["full_avif"]),
                src_small=default_storage.url(names["small"]),
                src_small_avif=default_storage.url(names["small_avif"]),
                width=self.row["width"],
                height=self.row["height"],
                alt=self.row["alt"],
            )
        )


class Album:
    """All pictures; each choice takes the nearest one that was used least."""

    def __init__(self) -> None:
        rows = json.loads((SOURCE / "manifest.json").read_text(encoding="utf-8"))
        self.pictures = [Picture(row) for row in rows]
        self.used: dict[str, int] = defaultdict(int)

    def store(self) -> None:
        """Copy what the storage lacks."""
        for picture in self.pictures:
            for name in (picture.original, *picture.derivatives.values()):
                if not default_storage.exists(name):
                    default_storage.save(name, ContentFile((SOURCE / Path(name).relative_to(FOLDER)).read_bytes()))

    def for_listing(self, *, kind: str, colours: list[str]) -> Picture:
        """A picture of this kind whose colours come nearest; raises LookupError for a kind without pictures."""
        of_kind = [picture for picture in self.pictures if picture.row["kind"] == kind]
        if not of_kind:
            raise LookupError(f"no picture of kind {kind}")
        return self._least_used(of_kind, colours)

    def named(self, stem: str) -> Picture:
        """The picture of this name; raises LookupError for one that is not there. Others are chosen as if it were not used."""
        found = next((picture for picture in self.pictures if picture.stem == stem), None)
        if found is None:
            raise LookupError(f"no picture named {stem}")
        return found

    def workshop(self, craft: str) -> Picture:
        """A view of a workshop of this craft."""
        views = [picture for picture in self.pictures if picture.row["kind"] == "atelier"]
        return self._least_used([view for view in views if view.row.get("craft") == craft] or views, [])

    def _least_used(self, pictures: list[Picture], colours: list[str]) -> Picture:
        def distance(picture: Picture) -> tuple[int, int, str]:
            theirs = picture.row["colours"]
            shared = len(set(colours) & set(theirs))
            first = bool(theirs) and bool(colours) and theirs[0] == colours[0]
            return (self.used[picture.stem] - 2 * shared - 2 * first, self.used[picture.stem], picture.stem)

        chosen = min(pictures, key=distance)
        self.used[chosen.stem] += 1
        return chosen

"""The pictures of an import, after its listings: fetched or taken from a zip, read anew, each once, each error on its line."""

import io
import time
import zipfile
from contextlib import ExitStack
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from shop.catalogue.models import Product
from shop.catalogue.uploads import MOST_BYTES, RefusedPicture, store_picture
from shop.catalogue.whole.reading import read_whole, with_everything
from shop.catalogue.whole.values import WholePicture
from shop.catalogue.whole.writing import write_whole
from shop.importing.fetching import NotFetched, fetch
from shop.importing.incoming import MOST_PICTURES
from shop.importing.models import ImportedListing, ImportLine, ImportRun

TRIES = 3
# Between two pictures of the same host, in seconds: nobody's shop is to suffer from leaving it.
POLITE = 0.2


def fetch_pictures(run: ImportRun) -> str:
    """Lines whose pictures wait, one listing after the other; a killed run goes on with those that still wait."""
    waiting = run.lines.filter(trial=False, product__isnull=False).exclude(pictures=[])
    total = waiting.count()
    done = lost = taken = 0
    run.advance(0, total=total)
    with Shelves(run) as shelves:
        for line in waiting.select_related("product").iterator(chunk_size=50):
            added, failed = _pictures_of(run, line, shelves)
            taken, lost, done = taken + added, lost + failed, done + 1
            run.advance(done, note=line.title[:200])
    return _("%(taken)d pictures taken, %(lost)d not") % {"taken": taken, "lost": lost}


class Shelves:
    """Where pictures come from: zips that were sent, by the name of the file; else the web."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self.stack = ExitStack()
        self.members: dict[str, tuple[zipfile.ZipFile, zipfile.ZipInfo]] = {}
        self.last: dict[str, float] = {}

    def __enter__(self) -> "Shelves":
        for stored in (self.run.pictures_file, self.run.file):
            if stored:
                opened = self.stack.enter_context(stored.open("rb"))
                if opened.read(4) == b"PK\x03\x04":
                    self._look(opened)
        return self

    def __exit__(self, *_about: object) -> None:
        self.stack.close()

    def _look(self, opened: Any) -> None:
        try:
            packed = self.stack.enter_context(zipfile.ZipFile(opened))
        except (zipfile.BadZipFile, ValueError, OSError):
            return
        for member in packed.infolist()[:20_000]:
            if not member.is_dir() and member.file_size <= MOST_BYTES:
                self.members.setdefault(_base(member.filename), (packed, member))

    def get(self, address: str) -> io.BytesIO:
        """Raises NotFetched. A member's name is compared, and never used as a path."""
        found = self.members.get(_base(address))
        if found:
            try:
                with found[0].open(found[1]) as member:
                    data = member.read(MOST_BYTES + 1)
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as broken:
                raise NotFetched(_("This compressed file is damaged: please send it again, or unpack it first.")) from broken
            return io.BytesIO(data)
        if not address.lower().startswith(("http://", "https://")):
            raise NotFetched(_("No file of this name was sent."))
        if self.run.options.get("pictures") == "zip":
            raise NotFetched(_("No file of this name was sent."))
        return self._fetched(address)

    def _fetched(self, address: str) -> io.BytesIO:
        host = urlsplit(address).netloc
        for attempt in range(1, TRIES + 1):
            time.sleep(max(0, self.last.get(host, 0) + POLITE * attempt - time.monotonic()))
            self.last[host] = time.monotonic()
            try:
                return fetch(address)
            except NotFetched as wrong:
                if not wrong.again or attempt == TRIES:
                    raise
        raise AssertionError


def _base(name: str) -> str:
    return unquote(urlsplit(name).path if "://" in name else name).replace("\\", "/").rsplit("/", 1)[-1].casefold()


def _pictures_of(run: ImportRun, line: ImportLine, shelves: Shelves) -> tuple[int, int]:
    """(taken, lost) of one listing; the listing is written once, with all of them."""
    product: Any = line.product
    here = read_whole(with_everything(Product.objects.filter(pk=product.pk)).get())
    known = {picture.source_url for picture in here.pictures if picture.source_url}
    digests = {picture.digest for picture in here.pictures if picture.digest}
    made: list[tuple[WholePicture, list[int]]] = []
    lost: list[list[str]] = []
    for address, alt, places in line.pictures:
        if address in known or len(here.pictures) + len(made) >= MOST_PICTURES:
            continue
        try:
            picture = _made(product, shelves.get(address), address, alt or line.title)
        except (NotFetched, RefusedPicture) as wrong:
            lost.append([address[:300], wrong.message])
            continue
        if picture is not None and picture.digest not in digests:
            digests.add(picture.digest)
            made.append((picture, places))
    with transaction.atomic():
        if made:
            _write(run, product, made)
        ImportLine.objects.filter(pk=line.pk).update(pictures=[], lost=lost)
    return len(made), len(lost)


def _write(run: ImportRun, product: Any, made: list[tuple[WholePicture, list[int]]]) -> None:
    locked = Product.objects.select_for_update(of=["self"]).get(pk=product.pk)
    here = read_whole(with_everything(Product.objects.filter(pk=product.pk)).get())
    shown = {place: picture.key for picture, places in made for place in places}
    variants = tuple(replace(variant, picture=variant.picture or shown.get(place, "")) for place, variant in enumerate(here.variants))
    before = locked.revision
    now = write_whole(product=locked, whole=here.but(pictures=(*here.pictures, *(picture for picture, _places in made)), variants=variants), by=run.asked_by, why="import", stock=False)
    # The import's own hand is no change of the vendor's.
    ImportedListing.objects.filter(product=locked, revision=before).update(revision=now)


def _made(product: Any, data: io.BytesIO, address: str, alt: str) -> WholePicture:
    """A picture read and written anew in its sizes. Raises RefusedPicture."""
    stored = store_picture(product_id=product.pk, upload=ContentFile(data.getvalue()))
    files = stored.files
    return WholePicture(
        key=files.original, alt=alt[:250], original=files.original, master=stored.master, derivatives=files.derivatives, width=files.width, height=files.height,
        digest=stored.digest, source_url=address if address.startswith("http") and len(address) < 1000 else "",
    )

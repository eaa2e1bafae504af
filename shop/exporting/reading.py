"""Listings of a boutique for export, in batches by number: a fixed number of queries for each batch, flat memory."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Avg, Count, Q

from shop.catalogue.models import Category, Product
from shop.catalogue.reviews.models import ProductReview
from shop.catalogue.whole.reading import category_paths, read_whole, with_everything
from shop.catalogue.whole.values import WholeListing, WholePicture
from shop.exporting.book import PHOTOS
from shop.exporting.platforms.listing import ExportedListing
from shop.vendors.models import Vendor

BATCH = 200


def batches(vendor: Vendor) -> Iterator[list[Any]]:
    """Every listing of the boutique, removed ones too, oldest first."""
    approved = Q(reviews__status=ProductReview.APPROVED)
    rows = with_everything(Product.objects.listings().filter(vendor=vendor)).order_by("pk")
    rows = rows.annotate(voices=Count("reviews", filter=approved), mean=Avg("reviews__score", filter=approved))
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        yield batch


class Categories:
    """Paths and names of the tree, read once."""

    def __init__(self) -> None:
        self.paths = category_paths()
        names = dict(Category.objects.values_list("path", "name"))
        step = Category.steplen
        self.names = {path: tuple(names[path[:end]] for end in range(step, len(path) + 1, step)) for path in names}


def exported(product: Any, *, vendor: Vendor, categories: Categories, media: Callable[[str], str] | None = None) -> ExportedListing:
    """`media` puts a file into the archive and says its path there; without it nothing is read from the storage."""
    whole, addresses = _with_paths(read_whole(product, paths=categories.paths), media or _path)
    category = next(iter(product.categories.all()), None)
    return ExportedListing(
        id=product.pk, slug=product.slug, state=product.state, whole=whole, boutique=vendor.name,
        published_at=_iso(product.published_at), created_at=_iso(product.date_created), publish_at=_iso(product.publish_at),
        revision=product.revision, reviews=product.voices, rating=f"{product.mean:.2f}" if product.mean is not None else None,
        categories=categories.names.get(category.path, ()) if category else (), addresses=addresses,
    )


def line_of(listing: ExportedListing) -> dict[str, Any]:
    """A line of creations.jsonl: docs/listing-format.md, and what this instance knows beside it."""
    beside = ("id", "slug", "state", "published_at", "created_at", "publish_at", "revision", "reviews", "rating")
    return listing.whole.to_json() | {name: getattr(listing, name) for name in beside}


def address_of(name: str) -> str:
    """Where the public fetches a file of the media storage."""
    url = str(default_storage.url(name))
    return url if "://" in url else settings.BASE_URL + url


def _path(name: str) -> str:
    return PHOTOS + name.lstrip("/") if name else ""


def _with_paths(whole: WholeListing, media: Callable[[str], str]) -> tuple[WholeListing, Mapping[str, str]]:
    """Pictures by their path in the archive, which is their key too; those whose file is lost are left out."""
    pictures, keys, addresses = [], dict[str, str](), dict[str, str]()
    for picture in whole.pictures:
        path = media(picture.original)
        if path:
            keys[picture.key] = path
            addresses[path] = address_of(picture.original)
            pictures.append(_kept(picture, path, media))
    variants = tuple(replace(variant, picture=keys.get(variant.picture, "")) for variant in whole.variants)
    return whole.but(pictures=tuple(pictures), variants=variants), addresses


def _kept(picture: WholePicture, path: str, media: Callable[[str], str]) -> WholePicture:
    derivatives = {size: media(name) for size, name in (picture.derivatives or {}).items()}
    return replace(picture, key=path, original=path, master=media(picture.master), derivatives={size: name for size, name in derivatives.items() if name})


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None

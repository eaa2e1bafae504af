"""A boutique from its archive, in one transaction: all of it, or nothing, pictures included.

Orders and the statement stay in the archive: contracts and books are those of the house that concluded them. So do the
price history (here nobody was offered those prices, LAW P7), the payment account and the team but its owner.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.utils.dateparse import parse_datetime
from oscar.core.loading import get_model

from shop.catalogue.freezing import freeze_listings, freeze_vendor
from shop.catalogue.models import Product
from shop.catalogue.reviews.models import ProductReview, ReviewPicture
from shop.catalogue.whole.creating import create_whole
from shop.catalogue.whole.rows import SkuTaken, category_by_path
from shop.catalogue.whole.values import WholeListing
from shop.catalogue.whole.writing import StockBelowReserved
from shop.exporting.content.boutique import FAIR, PICTURES, PLAIN, SHIPPING
from shop.exporting.restoring.opening import HostileArchive, OpenArchive
from shop.exporting.restoring.pictures import Shelf
from shop.shipping.models import ShippingOption
from shop.vendors.models import Fair, Section, TeamMember, Vendor

DATES = {"since", "leave_from", "leave_to", "starts_on", "ends_on"}
# What an operator grants or a person signs: taken on the word of the archive, or asked again.
PROOFS = ("state", "charter_signed_at", "certified_at", "artisan_proved_at")
UNPROVED = {"state": "preparing", "certified_at": None, "charter_signed_at": None, "charter_version": "", "artisan_proved_at": None}
UNSHOWN = {"published": "paused", "in_review": "draft"}
MOMENTS = {"declared_at", "certified_at", "charter_signed_at", "artisan_proved_at"}


@dataclass(slots=True)
class Restored:
    vendor: Vendor
    listings: dict[int, int] = field(default_factory=dict)  # the number there: the number here
    reviews: int = 0
    notes: list[str] = field(default_factory=list)


class AlreadyHere(Exception):
    """A boutique has this address: name another with `slug`, or import the creations into it instead."""


def restore_boutique(*, archive: OpenArchive, owner: Any, slug: str = "", to_check: bool = False) -> Restored:
    """Write what `archive` (checked) holds. Raises HostileArchive, AlreadyHere.

    An archive is not signed. `to_check`: it proves nothing, so the boutique comes in preparation, with its proofs to be given again.
    """
    shelf = Shelf(archive)
    try:
        with transaction.atomic():
            return _write(archive, shelf, owner, slug, to_check)
    except (DatabaseError, ValidationError, KeyError, TypeError, ValueError, AttributeError, SkuTaken, StockBelowReserved) as broken:
        shelf.give_back()
        raise HostileArchive(f"{type(broken).__name__}: {broken}") from broken
    except BaseException:
        shelf.give_back()
        raise


def _write(archive: OpenArchive, shelf: Shelf, owner: Any, slug: str, to_check: bool) -> Restored:
    facts = archive.json("boutique.json")
    facts = {**facts, **UNPROVED} if to_check else facts
    vendor = _vendor(facts, shelf, slug or facts["slug"])
    TeamMember.objects.create(vendor=vendor, user=owner)
    restored = Restored(vendor)
    for number, line in archive.lines("creations.jsonl"):
        try:
            _listing({**line, "state": UNSHOWN.get(line["state"], line["state"])} if to_check else line, shelf, restored, owner)
        except (DatabaseError, KeyError, TypeError, ValueError, SkuTaken) as broken:
            raise HostileArchive(f"creations.jsonl, line {number}: {type(broken).__name__}: {broken}") from broken
    for _number, line in archive.lines("avis.jsonl"):
        _review(line, shelf, restored)
    freeze_listings(restored.listings.values())
    freeze_vendor(vendor)
    restored.notes += [f"{name} taken on the word of the archive: {facts[name]}" for name in PROOFS if facts.get(name)]
    if len(facts["team"]) > 1:
        restored.notes.append(f"{len(facts['team']) - 1} other member(s) of the team to be invited again")
    return restored


def _vendor(facts: Mapping[str, Any], shelf: Shelf, slug: str) -> Vendor:
    if Vendor.objects.filter(slug=slug).exists():
        raise AlreadyHere(slug)
    partner = get_model("partner", "Partner").objects.create(name=facts["name"], code=slug)
    vendor = Vendor(partner=partner, **{name: _read(name, facts[name]) for name in PLAIN if name in facts} | {"slug": slug})
    for name in PICTURES:
        if facts.get(name):
            setattr(vendor, name, shelf.name_of(facts[name]["file"]))
            setattr(vendor, f"{name}_facts", {key: _address(value, shelf) for key, value in facts[name]["facts"].items()})
    vendor.full_clean(exclude=["partner"], validate_constraints=False)
    vendor.save()
    for place, name in enumerate(facts["sections"]):
        Section.objects.create(vendor=vendor, name=name, position=place)
    for fair in facts["fairs"]:
        made = Fair(vendor=vendor, **{name: _read(name, fair[name]) for name in FAIR if name in fair})
        made.full_clean()
        made.save()
    for place, option in enumerate(facts["shipping"]):
        made_option = ShippingOption(vendor=vendor, position=place, **{name: option[name] for name in SHIPPING if name in option})
        made_option.full_clean()
        made_option.save()
    return vendor


def _address(value: Any, shelf: Shelf) -> Any:
    """A path in the archive becomes the address of the file here; a size or an alt text stays."""
    return default_storage.url(shelf.name_of(value)) if isinstance(value, str) and value.startswith("photos/") else value


def _listing(line: Mapping[str, Any], shelf: Shelf, restored: Restored, owner: Any) -> None:
    whole = WholeListing.from_json({**line, "pictures": [_picture(picture, shelf) for picture in line.get("pictures", ())]})
    if whole.category and category_by_path(whole.category) is None:
        restored.notes.append(f"« {whole.title} »: no category {whole.category} here")
    product = create_whole(vendor=restored.vendor, whole=whole, by=owner, why="restore")
    restored.listings[int(line["id"])] = product.pk
    times = {name: parse_datetime(line[name]) for name in ("published_at", "publish_at") if line.get(name)}
    kept = {"date_created": parse_datetime(line["created_at"])} if line.get("created_at") else {}
    product.state, product.slug = line["state"], line["slug"]
    for name, moment in times.items():
        setattr(product, name, moment)
    product.clean_fields(exclude=["product_class", "parent", "vendor", "section", "picture"])
    Product.objects.filter(pk=product.pk).update(state=product.state, slug=product.slug, **times, **kept)


def _picture(picture: Mapping[str, Any], shelf: Shelf) -> dict[str, Any]:
    derivatives = {size: shelf.name_of(path) for size, path in (picture.get("derivatives") or {}).items()}
    return {**picture, "original": shelf.name_of(picture["original"]), "master": shelf.name_of(picture.get("master", "")), "derivatives": derivatives}


def _review(line: Mapping[str, Any], shelf: Shelf, restored: Restored) -> None:
    review = ProductReview(
        product_id=restored.listings[int(line["listing"])], score=line["score"], title=line["title"], body=line["body"], name=line["author"],
        status=ProductReview.APPROVED, answer=line["answer"] or "", experienced_on=_read("since", line["experienced_on"]),
        answered_at=_moment(line["answered_at"]),
    )
    review.clean_fields(exclude=["product", "user", "order_line"])
    review.save()
    ProductReview.objects.filter(pk=review.pk).update(date_created=_moment(line["written_at"]))
    for picture in line.get("pictures", ()):
        files = {size: shelf.name_of(path) for size, path in picture["files"].items()}
        ReviewPicture.objects.create(review=review, files=files, width=picture["width"], height=picture["height"], alt=picture["alt"][:250])
    restored.reviews += 1


def _read(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in DATES:
        return date.fromisoformat(value)
    return _moment(value) if name in MOMENTS else value


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None

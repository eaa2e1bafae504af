"""Loads categories, boutiques and listings from `fixtures/demo/`, with pictures, shipping and stock."""

import json
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from oscar.core.loading import get_model

from lapinblanc import clock
from lapinblanc.accounts.models import User
from lapinblanc.demo.legal import legal_facts, numbers_of
from lapinblanc.demo.media import Album
from lapinblanc.demo.openings import enable_account, signed
from lapinblanc.demo.people import PASSWORD, create_person
from lapinblanc.money import Money
from shop.catalogue.freezing import freeze_listings, freeze_vendor
from shop.catalogue.models import Category, PersonalisationField, Product, ProductClass, ProductImage
from shop.partner.models import StockRecord
from shop.shipping.models import ShippingOption
from shop.vendors.models import TeamMember, Vendor, VendorState

DEMO = settings.ROOT / "fixtures" / "demo"


def boutique_files() -> list[dict[str, Any]]:
    """The boutiques in the order of their numbers."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(Path(DEMO / "boutiques").glob("*.json"))]


def create_categories() -> dict[str, int]:
    """The tree; returns the number of each category by slug."""
    numbers: dict[str, int] = {}

    def plant(rows: list[dict[str, Any]], parent: Any) -> None:
        for row in rows:
            node = parent.add_child(name=row["name"], slug=row["slug"]) if parent else Category.add_root(
                name=row["name"], slug=row["slug"]
            )
            numbers[row["slug"]] = node.pk
            plant(row.get("children", []), Category.objects.get(pk=node.pk))

    plant(json.loads((DEMO / "categories.json").read_text(encoding="utf-8")), None)
    return numbers


@cache
def category_path(slug: str) -> str:
    """The slugs from the root down to a category: « creations/table/bols »."""

    def search(rows: list[dict[str, Any]], above: str) -> str:
        for row in rows:
            here = f"{above}/{row['slug']}".strip("/")
            found = here if row["slug"] == slug else search(row.get("children", []), here)
            if found:
                return found
        return ""

    return search(json.loads((DEMO / "categories.json").read_text(encoding="utf-8")), "")


def create_boutique(facts: dict[str, Any], *, album: Album, categories: dict[str, int]) -> Vendor:
    """One boutique with its owner, shipping options and listings, frozen."""
    owner = facts["owner"]
    hashed = make_password(PASSWORD)
    user = create_person(facts["email"], owner["first_name"], owner["last_name"], hashed=hashed)
    vendor = _create_vendor(facts, user, album)
    classes = {kind.slug: kind for kind in ProductClass.objects.all()}
    pks = []
    for index, row in enumerate(facts["listings"]):
        published = _moment(clock.today() - timedelta(days=3 + (index * 7 + len(facts["slug"]) * 3) % 160), index)
        pks.append(_create_listing(row, vendor, album, categories[row["category"]], classes, published).pk)
    freeze_listings(pks)
    freeze_vendor(vendor)
    return vendor


def _create_vendor(facts: dict[str, Any], user: User, album: Album) -> Vendor:
    leave = facts["leave"] or {}
    portrait = album.workshop(facts["craft"])
    vendor = Vendor.objects.create(
        partner=get_model("partner", "Partner").objects.create(name=facts["name"], code=facts["slug"]),
        slug=facts["slug"],
        name=facts["name"],
        state=VendorState.APPROVED,
        tagline=facts["tagline"],
        about=facts["about"],
        announcement=facts["announcement"],
        portrait=portrait.original,
        portrait_facts=portrait.facts(),
        since=facts["since"],
        legal_status=facts["status"],
        legal_name=facts["legal_name"],
        siret=facts["siret"] or "",
        vat_number=facts["vat_number"] or "",
        vat_regime=facts["vat_regime"],
        mediator=facts["mediator"] or "",
        street=facts["street"],
        postcode=facts["postcode"],
        city=facts["city"],
        department=facts["department"],
        email=facts["email"],
        phone=facts["phone"],
        policy_shipping=facts["policies"]["shipping"],
        policy_returns=facts["policies"]["returns"],
        policy_custom=facts["policies"]["custom"],
        leave_from=leave.get("from"),
        leave_to=leave.get("to"),
        leave_message=leave.get("message", ""),
        idu=numbers_of(facts, [(path := category_path(row["category"]), legal_facts(path, row)) for row in facts["listings"]]),
        **signed(facts),
    )
    vendor.refresh_from_db()
    enable_account(vendor, place=vendor.pk)
    TeamMember.objects.create(vendor=vendor, user=user)
    ShippingOption.objects.bulk_create(
        ShippingOption(
            vendor=vendor,
            code=row["code"],
            label=row["label"],
            kind=row["kind"],
            base_cents=row["base"],
            per_extra_cents=row["per_extra"],
            free_from_cents=row["free_from"],
            min_days=row["min_days"],
            max_days=row["max_days"],
            position=position,
        )
        for position, row in enumerate(facts["shipping"])
    )
    return vendor


def _create_listing(
    row: dict[str, Any], vendor: Vendor, album: Album, category: int, classes: dict[str, Any], published: datetime
) -> Product:
    made = row["stock"] is None and all(variant["stock"] is None for variant in row["variants"])
    sizes = row["dimensions"]
    product = Product.objects.create(
        structure=Product.PARENT if row["variants"] else Product.STANDALONE,
        product_class=classes["made-to-order" if made else "stocked"],
        vendor=vendor,
        title=row["title"],
        slug=row["slug"],
        summary=row["summary"],
        description=row["description"],
        state=row["state"],
        published_at=published if row["state"] in ("published", "paused") else None,
        materials=row["materials"],
        colours=row["colours"],
        occasions=row["occasions"],
        technique=row["technique"],
        care=row["care"],
        making=row["making"],
        length_mm=sizes.get("longueur"),
        width_mm=sizes.get("largeur"),
        height_mm=sizes.get("hauteur"),
        diameter_mm=sizes.get("diametre"),
        weight_g=row["weight"],
        made_to_order=made,
        lead_days=row["lead_days"],
        second_life=row["second_life"],
        withdrawal=row["withdrawal"],
        legal=legal_facts(category_path(row["category"]), row),
    )
    product.categories.add(category)
    _create_stock(row, product, vendor, made, _create_pictures(row, product, album))
    PersonalisationField.objects.bulk_create(
        PersonalisationField(
            product=product,
            label=field["label"],
            kind=field["kind"],
            required=field["required"],
            max_length=field["max_length"] or 60,
            choices=field["choices"],
            position=position,
        )
        for position, field in enumerate(row["personalisation"])
    )
    return product


def _create_pictures(row: dict[str, Any], product: Product, album: Album) -> dict[str, ProductImage]:
    """Those that the variants name, by name in their order; else one of the kind."""
    named = list(dict.fromkeys(variant["picture"] for variant in row["variants"] if "picture" in variant))
    pictures = [album.named(stem) for stem in named] or [album.for_listing(kind=row["picture_kind"], colours=row["colours"])]
    return {
        picture.stem: ProductImage.objects.create(
            product=product,
            original=picture.original,
            alt=picture.row["alt"],
            width=picture.row["width"],
            height=picture.row["height"],
            derivatives=picture.derivatives,
            display_order=place,
        )
        for place, picture in enumerate(pictures)
    }


def _create_stock(row: dict[str, Any], product: Product, vendor: Vendor, made: bool, pictures: dict[str, ProductImage]) -> None:
    """A variant is `values` by axis, or one `value` of the axis `label`."""
    choices = [variant.get("values") or {variant["label"]: variant["value"]} for variant in row["variants"]]
    if choices:
        Product.objects.filter(pk=product.pk).update(variant_values={"axes": list(choices[0])})
    for number, variant in enumerate(row["variants"], start=1):
        child = Product.objects.create(
            structure=Product.CHILD,
            parent=product,
            title=f"{row['title']}, {', '.join(choices[number - 1].values())}",
            slug=f"{row['slug']}-{number}",
            variant_values=choices[number - 1],
            position=number - 1,
            picture=pictures.get(variant.get("picture", "")),
        )
        _stock(child, vendor, f"{row['slug']}-{number}", variant["price"], None if made else variant["stock"] or 0)
    if not row["variants"]:
        _stock(product, vendor, row["slug"], row["price"], row["stock"])


def _stock(product: Product, vendor: Vendor, sku: str, cents: int, stock: int | None) -> None:
    StockRecord.objects.create(
        product=product,
        partner_id=vendor.partner_id,
        partner_sku=sku[:128],
        price=Money(cents).decimal,
        num_in_stock=stock,
    )


def _moment(day: date, index: int) -> datetime:
    return datetime.combine(day, time(7 + index % 12, (index * 13) % 60), tzinfo=clock.PARIS)

"""What the law asks of a listing before it is published, from its own facts and its boutique's: sentences (LAW G1-G8, P8)."""

from typing import Any

from lapinblanc import clock
from lapinblanc.soldes import may_say_soldes

from shop.catalogue.models import Category
from shop.compliance.branches import unregistered
from shop.compliance.families import families_of
from shop.compliance.requirements import VendorFacts, missing
from shop.compliance.words import blocking
from shop.vendors.models import LegalStatus, Vendor

TEXTS = ("title", "summary", "description", "technique", "making", "care")


def facts_of_vendor(vendor: Vendor) -> VendorFacts:
    """The boutique as the manufacturer that it is unless a listing names another."""
    postal = f"{vendor.street}, {vendor.postcode} {vendor.city}" if vendor.street and vendor.city else ""
    return VendorFacts(name=vendor.legal_name or vendor.name, postal=postal, electronic=vendor.email, private=vendor.legal_status == LegalStatus.PRIVATE, idu=vendor.idu)


def unlawful(product: Any) -> list[str]:
    """What keeps this listing from being published by law; two queries."""
    category = product.categories.first()
    slugs = [*category.get_ancestors().values_list("slug", flat=True), category.slug] if isinstance(category, Category) else []
    path, boutique = "/".join(slugs), facts_of_vendor(product.vendor)
    gaps = missing(families_of(path), product.legal, boutique) + unregistered(path, product.legal, boutique.idu, private=boutique.private)
    texts = {name: getattr(product, name) for name in TEXTS} | {"tags": ", ".join(product.tags)}
    return gaps + blocking(texts, artisan_proved=product.vendor.artisan_proved_at is not None, soldes_open=may_say_soldes(starts_at=clock.now(), ends_at=clock.now()))

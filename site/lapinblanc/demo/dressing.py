"""A third of the demo's boutiques have dressed their page: a banner, a colour, sections in an order of their own, fairs to come."""

from collections import Counter
from dataclasses import asdict
from datetime import timedelta

from lapinblanc import clock
from shop.catalogue.freezing import picture_facts
from shop.catalogue.models import Product, ProductImage
from shop.vendors.accents import ACCENTS
from shop.vendors.models import Fair, Section, Vendor

# Name, place, postcode, stand, days from today, how many days.
FAIRS = (
    ("Marché des créatrices et créateurs", "Place des Halles, Dinan", "22100", "Allée B, 12", 16, 2),
    ("Salon des métiers de la main", "Parc des expositions, Rennes", "35170", "Hall 3, 48", 44, 3),
    ("Portes ouvertes des ateliers", "À l’atelier", "", "", 71, 2),
)
EVERY, MOST_SECTIONS, LEAST_OF_A_SECTION = 3, 4, 2


def dress_boutiques() -> int:
    """Returns how many. Sections are the kinds that a boutique makes most."""
    chosen = list(Vendor.objects.open().order_by("pk"))[::EVERY]
    colours = list(ACCENTS)
    for number, vendor in enumerate(chosen):
        # Not the picture of the portrait a second time: something that the boutique makes.
        banner = ProductImage.objects.filter(product__vendor=vendor).order_by("-product__published_at", "-pk").first()
        if banner is not None:
            vendor.banner, vendor.banner_facts = banner.original.name, asdict(picture_facts(banner))
        vendor.accent = colours[(number + 1) % len(colours)]
        vendor.save(update_fields=["banner", "banner_facts", "accent"])
        _sections(vendor)
        for name, place, postcode, stand, ahead, days in FAIRS[number % 2 :: 2]:
            start = clock.today() + timedelta(days=ahead + number)
            Fair.objects.create(vendor=vendor, name=name, place=place, postcode=postcode, stand=stand, starts_on=start, ends_on=start + timedelta(days=days - 1))
    return len(chosen)


def _sections(vendor: Vendor) -> None:
    kinds = Counter(Product.objects.filter(vendor=vendor).values_list("categories__name", flat=True))
    for place, (kind, count) in enumerate(kinds.most_common(MOST_SECTIONS)):
        if kind and count >= LEAST_OF_A_SECTION:
            section = Section.objects.create(vendor=vendor, name=kind, position=place)
            Product.objects.filter(vendor=vendor, categories__name=kind).update(section=section)

"""What a listing's page says of the thing itself: materials and sizes in words, questions to the buyer, facts for machines."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from lapinblanc.money import Money
from lapinblanc.structured import printed


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """A field of the personalisation, as an input of the page."""

    name: str
    label: str
    kind: str
    required: bool
    max_length: int
    choices: tuple[str, ...]


def fields_of(product: Any) -> tuple[FieldFacts, ...]:
    return tuple(
        FieldFacts(f"perso-{field.pk}", field.label, field.kind, field.required, field.max_length, tuple(field.choices))
        for field in product.personalisation_fields.all()
    )


def facts_of(product: Any) -> tuple[tuple[str, str], ...]:
    sizes = (
        (_("Length"), product.length_mm),
        (_("Width"), product.width_mm),
        (_("Height"), product.height_mm),
        (_("Diameter"), product.diameter_mm),
    )
    rows = [
        (_("Materials"), ", ".join(product.materials)),
        (_("Technique"), product.technique),
        (_("Colours"), ", ".join(product.colours)),
        *((label, centimetres(size)) for label, size in sizes if size),
        (_("Weight"), grams(product.weight_g) if product.weight_g else ""),
    ]
    return tuple((label, value) for label, value in rows if value)


def structured_of(product: Any, cents: int, buyable: bool) -> str:
    """schema.org Product as JSON that may stand inside a script element."""
    facts = {
        "@type": "Product",
        "name": product.title,
        "description": product.summary,
        "brand": {"@type": "Brand", "name": product.vendor.name},
        "offers": {
            "@type": "Offer",
            "price": str(Money(cents).decimal),
            "priceCurrency": "EUR",
            "availability": f"https://schema.org/{'InStock' if buyable else 'OutOfStock'}",
        },
    }
    if product.card.get("reviews"):
        rating = {"@type": "AggregateRating", "ratingValue": product.card["rating"], "reviewCount": product.card["reviews"]}
        facts["aggregateRating"] = rating
    return printed(facts)


def centimetres(size: int) -> str:
    """Millimetres as a reader says them: `24 cm`, `7,5 cm`, `8 mm`."""
    if size < 20:
        return f"{size}\u00a0mm"
    whole, rest = divmod(size, 10)
    return f"{whole},{rest}\u00a0cm" if rest else f"{whole}\u00a0cm"


def grams(weight: int) -> str:
    if weight < 1000:
        return f"{weight}\u00a0g"
    whole, rest = divmod(weight, 1000)
    return f"{whole},{rest // 100}\u00a0kg" if rest >= 100 else f"{whole}\u00a0kg"

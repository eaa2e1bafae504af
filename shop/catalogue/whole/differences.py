"""What changed between two whole listings, in words: (what, before, after). Pure."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lapinblanc.money import Money

from shop.catalogue.whole.values import WholeListing
from shop.formats import money

NAMES = {
    "title": gettext_lazy("Title"), "summary": gettext_lazy("In one sentence"), "description": gettext_lazy("Description"), "category": gettext_lazy("Category"),
    "section": gettext_lazy("Section"), "price_cents": gettext_lazy("Price"), "stock": gettext_lazy("Stock"), "sku": gettext_lazy("Your reference"),
    "made_to_order": gettext_lazy("Made to order"), "lead_days": gettext_lazy("Days before it leaves"), "materials": gettext_lazy("Materials"),
    "colours": gettext_lazy("Colours"), "occasions": gettext_lazy("Occasions"), "tags": gettext_lazy("Tags"), "technique": gettext_lazy("Technique"),
    "making": gettext_lazy("How it is made"), "care": gettext_lazy("Care"), "made_by": gettext_lazy("Made by"), "made_in": gettext_lazy("Made in"),
    "bought_parts": gettext_lazy("Parts that you bought ready-made"), "second_life": gettext_lazy("Second life"), "weight_g": gettext_lazy("Weight (g)"),
    "length_mm": gettext_lazy("Length (mm)"), "width_mm": gettext_lazy("Width (mm)"), "height_mm": gettext_lazy("Height (mm)"),
    "diameter_mm": gettext_lazy("Diameter (mm)"), "vat_rate": gettext_lazy("VAT rate"), "withdrawal": gettext_lazy("Returns"),
    "legal": gettext_lazy("Legal notices"), "variants": gettext_lazy("Variants"), "fields": gettext_lazy("Personalisation"), "pictures": gettext_lazy("Pictures"),
}
MOST = 300


def differences(before: WholeListing, after: WholeListing) -> list[tuple[str, str, str]]:
    """In the order of the editor; texts cut after three hundred letters."""
    found = []
    for name, label in NAMES.items():
        old, new = getattr(before, name), getattr(after, name)
        if name == "pictures":
            old, new = [(p.original, p.alt) for p in old], [(p.original, p.alt) for p in new]
        if name == "legal":
            old, new = dict(old or {}), dict(new or {})
        if old != new:
            found.append((str(label), _written(name, getattr(before, name)), _written(name, getattr(after, name))))
    return found


def _written(name: str, value: Any) -> str:
    if value is None or value in ("", (), {}):
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "price_cents":
        return money(Money(value))
    if name == "vat_rate":
        return f"{value / 100:g} %"
    if name == "variants":
        return "; ".join(" ".join((*variant.values.values(), money(Money(variant.price_cents)) if variant.price_cents is not None else "")) for variant in value)[:MOST]
    if name == "fields":
        return ", ".join(field.label for field in value)[:MOST]
    if name == "pictures":
        return ", ".join(picture.alt or _("without words") for picture in value)[:MOST]
    if name == "legal":
        return "; ".join(f"{key}: {word}" for key, word in value.items())[:MOST]
    return (", ".join(value) if isinstance(value, tuple) else str(value))[:MOST]

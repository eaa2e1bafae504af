"""What would make a listing's page better, beside what the law asks: each remark is a fact with a tick or a cross."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Remark:
    fine: bool
    sentence: str


def remarks(product: Any) -> list[Remark]:
    """Of a listing fetched with everything; no query."""
    images = list(product.images.all())
    sizes = (product.length_mm, product.width_mm, product.height_mm, product.diameter_mm)
    return [
        Remark(len(images) >= 3, _("Three pictures or more, one of them in a hand or in use")),
        Remark(bool(images) and all(image.alt for image in images), _("Words for each picture, for those who do not see it")),
        Remark(any(sizes), _("Sizes")),
        Remark(bool(product.materials), _("Materials")),
        Remark(len(product.making) >= 80, _("How it is made, in some sentences")),
        Remark(bool(product.care), _("How to care for it")),
        Remark(bool(product.summary), _("A sentence that sums it up")),
        Remark(len(product.description) >= 200, _("A description of two hundred letters or more")),
    ]

"""What a file leaves open: the kind that its words name, VAT where prices came without, sections, and what was chosen once for all."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from shop.catalogue.models import Category
from shop.catalogue.whole.reading import category_paths
from shop.catalogue.whole.rows import category_by_path
from shop.catalogue.whole.values import WholeListing
from shop.importing import words
from shop.importing.formats.headers import words_of
from shop.importing.incoming import Incoming
from shop.vendors import shelves
from shop.vendors.models import Vendor


@dataclass(frozen=True, slots=True)
class Choices:
    """What the vendor chose once for all: `overwrite` what was changed here since, `stock` too where a listing is known already."""

    lead_days: int = 3
    category: str = ""
    weight_g: int | None = None
    vat_rate: int = 2000
    overwrite: bool = False
    stock: bool = False
    pictures: str = "fetch"

    @classmethod
    def of(cls, options: dict[str, Any]) -> "Choices":
        known = {name: value for name, value in options.items() if name in cls.__slots__ and value is not None}
        return cls(**known)


class Completing:
    """For one run: what was looked up once is kept."""

    def __init__(self, vendor: Vendor, source: str, choices: Choices, *, trial: bool) -> None:
        self.vendor, self.source, self.choices, self.trial = vendor, source, choices, trial
        self._paths: dict[str, bool] = {}
        self._names: dict[str, str] | None = None
        self._shelves: set[str] | None = None

    def whole(self, incoming: Incoming, sentences: list[str]) -> WholeListing:
        """With what was chosen once, the kind that its words name, and VAT where prices came without."""
        assert incoming.whole is not None
        whole = self._shelved(incoming.whole, sentences)
        if self.source != "ours":
            said = incoming.category_words.split(" ; ")
            category = self._kind_named(said) or words.category_in(*said) or self.choices.category
            category = category if self._exists(category) else (self.choices.category if self._exists(self.choices.category) else "")
            if not category:
                sentences.append(_("Its kind could not be told: it is asked of you before publishing."))
            whole = whole.but(category=category, vat_rate=self.choices.vat_rate, lead_days=whole.lead_days if whole.lead_days != 3 else self.choices.lead_days)
            whole = whole.but(weight_g=whole.weight_g or (None if any(v.weight_g for v in whole.variants) else self.choices.weight_g))
        elif whole.category and not self._exists(whole.category):
            sentences.append(_("Its kind does not exist here: it is asked of you before publishing."))
        if incoming.net and (whole.price_cents or any(variant.price_cents for variant in whole.variants)):
            if self.vendor.vat_regime != "normal":
                sentences.append(_("The price was without tax: you charge none, so it is the same."))
            else:
                variants = tuple(replace(variant, price_cents=_with_vat(variant.price_cents, whole.vat_rate)) for variant in whole.variants)
                whole = whole.but(price_cents=_with_vat(whole.price_cents, whole.vat_rate), variants=variants)
                sentences.append(_("The price was without tax: %(rate)s %% were added.") % {"rate": f"{whole.vat_rate / 100:g}".replace(".", ",")})
        return whole

    def _kind_named(self, said: list[str]) -> str:
        """A kind that is called here as it was there."""
        if self._names is None:
            paths = category_paths()
            self._names = {words_of(name): paths[path] for path, name in Category.objects.order_by("-path").values_list("path", "name")}
        return next((self._names[words_of(text)] for text in said if words_of(text) in self._names), "")

    def _exists(self, path: str) -> bool:
        if path not in self._paths:
            self._paths[path] = bool(path) and category_by_path(path) is not None
        return self._paths[path]

    def _shelved(self, whole: WholeListing, sentences: list[str]) -> WholeListing:
        """Its section is made where the boutique has none of this name; without a free place it stands in none, and that is said."""
        name = whole.section.strip()[:60]
        if self._shelves is None:
            self._shelves = set(self.vendor.sections.values_list("name", flat=True))
        if name and name not in self._shelves:
            try:
                if len(self._shelves) >= shelves.MOST_SECTIONS:
                    raise shelves.TooMany
                if not self.trial:
                    shelves.add_section(vendor=self.vendor, name=name)
                self._shelves.add(name)
            except shelves.SectionExists:
                self._shelves.add(name)
            except shelves.TooMany:
                sentences.append(_("Its section « %(name)s » found no place: a boutique has twenty at most.") % {"name": name})
                name = ""
        return whole.but(section=name)


def _with_vat(net: int | None, rate: int) -> int | None:
    """`rate` in hundredths of a per cent."""
    return (net * (10_000 + rate) + 5000) // 10_000 if net else net

"""Listings of a file into the catalogue: new, changed, unchanged, kept as it is here, or refused.

Those that are new are written together; whatever asks for more is taken by itself.

What came before is found by its name in the other shop; what the vendor changed here since is never overwritten unasked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shop.catalogue.models import ListingState, Product
from shop.catalogue.whole.creating import create_many, create_whole, skus_of, taken_skus
from shop.catalogue.whole.reading import read_whole, with_everything
from shop.catalogue.whole.rows import SkuTaken
from shop.catalogue.whole.values import WholeListing, WholeVariant
from shop.catalogue.whole.writing import StockBelowReserved, write_whole
from shop.importing.completing import Choices, Completing
from shop.importing.incoming import Incoming
from shop.importing.models import ImportedListing, ImportRun, Outcome
from shop.vendors.models import Vendor


@dataclass(slots=True)
class Taken:
    outcome: str
    sentences: list[str] = field(default_factory=list)
    product: Any = None
    pictures: bool = False


@dataclass(slots=True)
class Fresh:
    """A listing that is not known here, on its way to be written with others; `place`: in what was taken together."""

    place: int
    incoming: Incoming
    whole: WholeListing
    taken: Taken


class Taking:
    """For one run: `trial` says what would happen and writes nothing."""

    def __init__(self, run: ImportRun, *, trial: bool) -> None:
        self.run, self.trial = run, trial
        self.vendor: Vendor = run.vendor
        self.choices = Choices.of(run.options)
        self.source = "ours" if run.format == "ours" else run.format
        self.go_on_from({})

    def go_on_from(self, seen: dict[str, int]) -> None:
        """`seen`: the first line of each key that was taken; what was looked up is looked up again, as it may have been rolled back."""
        self.seen = seen
        self.completing = Completing(self.vendor, self.source, self.choices, trial=self.trial)

    def take_many(self, together: Sequence[Incoming]) -> list[Taken]:
        """In the order given; inside the caller's transaction."""
        asked = ImportedListing.objects.filter(vendor=self.vendor, source=self.source, key__in=[incoming.key for incoming in together])
        known = set(asked.values_list("key", flat=True))
        taken: list[Taken | None] = [self._refused(incoming) for incoming in together]
        fresh: list[Fresh] = []
        for place, incoming in enumerate(together):
            if taken[place] is None and incoming.key not in known and not incoming.combinations:
                said = Taken(Outcome.IMPORTED, list(incoming.notes), pictures=bool(incoming.pictures))
                fresh.append(Fresh(place, incoming, self.completing.whole(incoming, said.sentences), said))
        # A reference that somebody has already is settled one by one.
        clashing = taken_skus(vendor=self.vendor, wholes=[one.whole for one in fresh])
        fresh = [one for one in fresh if clashing.isdisjoint(skus_of(one.whole))]
        self._create(fresh)
        for one in fresh:
            taken[one.place] = one.taken
        return [done or self._by_itself(incoming) for done, incoming in zip(taken, together, strict=True)]

    def take(self, incoming: Incoming) -> Taken:
        """One listing, in its own transaction."""
        return self._refused(incoming) or self._by_itself(incoming)

    def _refused(self, incoming: Incoming) -> Taken | None:
        """What its own rows, or those before, speak against; else the line is remembered."""
        if incoming.refused:
            return Taken(Outcome.REFUSED, [incoming.refused])
        if incoming.key in self.seen:
            return Taken(Outcome.REFUSED, [_("The same creation stands in line %(line)d already.") % {"line": self.seen[incoming.key]}])
        self.seen[incoming.key] = incoming.lines[0]
        return None

    def _create(self, fresh: Sequence["Fresh"]) -> None:
        if self.trial or not fresh:
            return
        made = create_many(vendor=self.vendor, wholes=[one.whole for one in fresh], by=self.run.asked_by, why="import")
        for one, product in zip(fresh, made, strict=True):
            one.taken.product = product
        ImportedListing.objects.bulk_create(self._named(one.incoming, product) for one, product in zip(fresh, made, strict=True))

    def _named(self, incoming: Incoming, product: Any) -> ImportedListing:
        return ImportedListing(
            vendor=self.vendor, source=self.source, key=incoming.key, product=product, digest=incoming.digest, revision=product.revision, created_by=self.run
        )

    def _by_itself(self, incoming: Incoming) -> Taken:
        with transaction.atomic():
            known = ImportedListing.objects.select_for_update(of=["self"]).select_related("product").filter(vendor=self.vendor, source=self.source, key=incoming.key).first()
            if known and known.product.state == ListingState.REMOVED:
                if not self.trial:
                    known.delete()
                known = None
            if incoming.combinations:
                return self._combined(known, incoming)
            return self._known(known, incoming) if known else self._new(incoming)

    def _new(self, incoming: Incoming) -> Taken:
        taken = Taken(Outcome.IMPORTED, list(incoming.notes), pictures=bool(incoming.pictures))
        whole = self.completing.whole(incoming, taken.sentences)
        if self.trial:
            taken.sentences += [left_out(sku) for sku in sorted(taken_skus(vendor=self.vendor, wholes=[whole]))]
            return taken
        taken.product = self._written(lambda w: create_whole(vendor=self.vendor, whole=w, by=self.run.asked_by, why="import"), whole, taken)
        self._named(incoming, taken.product).save()
        return taken

    def _known(self, known: ImportedListing, incoming: Incoming) -> Taken:
        product: Any = known.product
        if known.digest == incoming.digest:
            return Taken(Outcome.UNCHANGED, product=product, pictures=product.images.count() == 0 and bool(incoming.pictures))
        if product.revision != known.revision and not self.choices.overwrite:
            return Taken(Outcome.KEPT, [changed_here()], product)
        taken = Taken(Outcome.UPDATED, list(incoming.notes), product, pictures=True)
        here = read_whole(with_everything(Product.objects.filter(pk=product.pk)).get())
        whole = self.completing.whole(incoming, taken.sentences)
        assert incoming.whole is not None
        # What the other shop does not know, and was written here, stays.
        kept = {name: getattr(here, name) for name in KEPT_HERE if not getattr(incoming.whole, name)}
        kept |= {name: getattr(here, name) for name in ("lead_days", "withdrawal", "vat_rate") if self.source != "ours"}
        keys = {picture.source_url: picture.key for picture in here.pictures if picture.source_url}
        # A price that the file cannot tell (another currency) never takes away the one that stands here.
        prices = {tuple(sorted(v.values.items())): v.price_cents for v in here.variants}
        variants = tuple(replace(v, picture=keys.get(v.picture, ""), price_cents=v.price_cents if v.price_cents is not None else prices.get(tuple(sorted(v.values.items())))) for v in whole.variants)
        price = here.price_cents if whole.price_cents is None and not variants else whole.price_cents
        whole = whole.but(pictures=here.pictures, **kept, variants=variants, price_cents=price)
        if self.source == "prestashop" and here.variants:
            # The variants came from its second file.
            whole = whole.but(variants=here.variants, price_cents=None, stock=None, sku="")
        self._update(known, whole, incoming.digest, taken, stock=self.choices.stock)
        return taken

    def _update(self, known: ImportedListing, whole: WholeListing, digest: str, taken: Taken, *, stock: bool) -> None:
        if self.trial:
            return
        product: Any = known.product
        try:
            with transaction.atomic():
                self._written(lambda w: write_whole(product=product, whole=w, by=self.run.asked_by, why="import", stock=stock), whole, taken)
        except StockBelowReserved:
            taken.outcome, taken.sentences, taken.pictures = Outcome.REFUSED, [_("Some pieces are set aside for orders under way: the stock cannot be below them.")], False
            return
        product.refresh_from_db(fields=["revision"])
        known.digest, known.revision = digest, product.revision
        known.save(update_fields=["digest", "revision"])

    def _combined(self, known: ImportedListing | None, incoming: Incoming) -> Taken:
        """PrestaShop's second file: variants on top of the price that the first one brought."""
        if known is None:
            return Taken(Outcome.REFUSED, [_("Its creation (%(key)s) is not here yet: import the file of the products first.") % {"key": incoming.key}])
        here = read_whole(with_everything(Product.objects.filter(pk=known.product_id)).get())
        price = here.price_cents if not here.variants else min((v.price_cents or 0 for v in here.variants), default=0)
        if here.variants:
            # The prices here are sums already: what is added to the cheapest is told by the difference between the file's own.
            price = (price or 0) - min(one.impact_cents for one in incoming.combinations)
        variants = tuple(
            WholeVariant(one.values, price + one.impact_cents if price else None, one.stock, one.sku, (here.weight_g or 0) + one.impact_g or None)
            for one in incoming.combinations
        )
        if any((variant.price_cents or 0) < 0 for variant in variants):
            return Taken(Outcome.REFUSED, [_("A variant of it would cost less than nothing.")])
        if _same_pieces(here.variants, variants):
            return Taken(Outcome.UNCHANGED, product=known.product)
        if known.product.revision != known.revision and not self.choices.overwrite:
            return Taken(Outcome.KEPT, [changed_here()], known.product)
        taken = Taken(Outcome.UPDATED, list(incoming.notes), known.product)
        # The product's own file, sent again, is still the same file: its digest stays.
        self._update(known, here.but(variants=variants, price_cents=None, stock=None, sku=""), known.digest, taken, stock=True)
        return taken

    def _written(self, write: Any, whole: WholeListing, taken: Taken) -> Any:
        """References that another piece of the boutique has are left out, and said."""
        for _try in range(102):
            try:
                with transaction.atomic():
                    return write(whole)
            except SkuTaken as other:
                taken.sentences.append(left_out(other.sku))
                whole = _without_sku(whole, other.sku)
        raise SkuTaken("")


KEPT_HERE = ("section", "making", "care", "technique", "made_by", "made_in", "bought_parts", "legal", "fields", "occasions", "summary", "category", "materials", "colours", "weight_g", "length_mm", "width_mm", "height_mm", "diameter_mm")


def _without_sku(whole: WholeListing, sku: str) -> WholeListing:
    seen = False
    variants = []
    for variant in whole.variants:
        clash = variant.sku.strip() == sku.strip()
        # Twice in one file: the last one loses it first, so that one may keep it when the clash was among themselves.
        variants.append(replace(variant, sku="") if clash else variant)
        seen = seen or clash
    return whole.but(sku="" if whole.sku.strip() == sku.strip() else whole.sku, variants=tuple(variants))


def left_out(sku: str) -> str:
    return _("The reference %(sku)s is another creation's already: it was left out.") % {"sku": sku[:60]}


def changed_here() -> str:
    return _("You changed it here since the last import: yours was kept. To take the file's, choose so and import again.")


def _same_pieces(here: tuple[WholeVariant, ...], there: tuple[WholeVariant, ...]) -> bool:
    def facts(variants: tuple[WholeVariant, ...]) -> list[tuple[Any, ...]]:
        return sorted((tuple(sorted(v.values.items())), v.price_cents) for v in variants)

    return facts(here) == facts(there)

"""What was typed and not yet written: kept as it stands, valid or not, so that nothing is ever lost.

A listing that nobody can buy yet is written as soon as all that was typed is valid; a live one waits for « Publier les
changements », so that buyers never read half a sentence.
"""

from typing import Any

from django.http import QueryDict
from lapinblanc import clock

from shop.catalogue.models import ListingDraft, ListingState, Product
from shop.catalogue.whole.reading import read_whole, with_everything
from shop.catalogue.whole.values import WholeListing
from shop.catalogue.whole.writing import write_whole
from shop.vendors.models import Vendor
from shop.workshop.editor.parts import parts_of, read

# Of the form, but about the moment alone.
PASSING = ("csrfmiddlewaretoken", "revision", "alt", "order", "move", "picture")
MOST_BYTES = 300_000
# While nobody can buy it, what is typed is written at once.
UNSEEN = (ListingState.DRAFT, ListingState.IN_REVIEW)


def whole_now(product: Product) -> WholeListing:
    return read_whole(with_everything(Product.objects.filter(pk=product.pk)).get())


def keep(*, product: Product, by: Any, typed: QueryDict) -> ListingDraft | None:
    """Remember what was typed; one draft a listing, the last one counts. Too much of it is not kept."""
    data = {name: values for name, values in typed.lists() if name not in PASSING and not name.startswith("alt-")}
    if "title" not in data or sum(len(value) for values in data.values() for value in values) > MOST_BYTES:
        return None
    draft, _made = ListingDraft.objects.update_or_create(product=product, defaults={"typed": data, "by": by, "at": clock.now()})
    return draft


def autosave(*, product: Product, vendor: Vendor, by: Any, typed: QueryDict, revision: int) -> tuple[int, bool]:
    """(revision, whether everything is written). Raises ChangedMeanwhile, StockBelowReserved, SkuTaken; what was typed is kept first."""
    keep(product=product, by=by, typed=typed)
    if product.state not in UNSEEN:
        return product.revision, False
    whole = whole_now(product)
    changed, fine = read(parts_of(typed, whole, vendor), whole)
    if changed != whole:
        revision = write_whole(product=product, whole=changed, by=by, why="autosave", revision=revision, only_in=UNSEEN)
    if fine:
        forget(product)
    return revision, fine


def forget(product: Product) -> None:
    ListingDraft.objects.filter(product=product).delete()


def draft_of(product: Product) -> ListingDraft | None:
    return ListingDraft.objects.filter(product=product).select_related("by").first()


def typed_of(draft: ListingDraft) -> QueryDict:
    """As a form reads it."""
    typed = QueryDict(mutable=True)
    for name, values in draft.typed.items():
        typed.setlist(name, values)
    return typed

"""Versions of a listing, and going back to one; the moment at which a draft goes live by itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from lapinblanc import clock

from shop.catalogue.editing import NotReady
from shop.catalogue.models import ListingState, ListingVersion
from shop.catalogue.whole.differences import differences
from shop.catalogue.whole.versions import whole_of
from shop.catalogue.whole.writing import SkuTaken, StockBelowReserved, write_whole
from shop.vendors.access import own, own_of, vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor
from shop.workshop.editor import drafts
from shop.workshop.editor.completeness import still_complete
from shop.workshop.editor.views import editable, said

SHOWN = 30
WHY = {
    "create": gettext_lazy("created"), "before": gettext_lazy("before the first change"), "edit": gettext_lazy("saved"), "autosave": gettext_lazy("saved while typing"), "pictures": gettext_lazy("pictures"),
    "undo": gettext_lazy("an older version brought back"), "import": gettext_lazy("from a file"), "restore": gettext_lazy("from an archive"),
}


@dataclass(frozen=True, slots=True)
class ShownVersion:
    revision: int
    at: datetime
    by: str
    why: str
    current: bool
    changes: list[tuple[str, str, str]]


@vendor_required("listings")
def versions(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    """Each with what it changed; the newest first."""
    product = own(editable(), vendor=vendor, pk=pk)
    rows = list(product.versions.select_related("by")[: SHOWN + 1])
    shown = []
    for index, row in enumerate(rows[:SHOWN]):
        before = rows[index + 1] if index + 1 < len(rows) else None
        changes = differences(whole_of(before), whole_of(row)) if before else []
        shown.append(ShownVersion(row.revision, row.at, _named(row.by), str(WHY.get(row.why, row.why)), row.revision == product.revision, changes))
    return page(request, vendor, "listing/versions", {"listing": product, "versions": shown})


@require_POST
@vendor_required("listings")
def restore(request: HttpRequest, vendor: Vendor, pk: int, revision: int) -> HttpResponse:
    """Everything as it was then but the stock, which sales have changed since. It is a version itself, so that it can be undone."""
    product = own(editable(), vendor=vendor, pk=pk)
    version = own_of(ListingVersion.objects.all(), parent=product, field="product", revision=revision)
    try:
        with still_complete(product):
            write_whole(product=product, whole=whole_of(version), by=request.user, why="undo", stock=False)
        drafts.forget(product)
        messages.success(request, _("This version is back; the stock stays as it is."))
    except NotReady as gaps:
        for sentence in gaps.missing:
            messages.error(request, sentence)
    except (SkuTaken, StockBelowReserved) as refusal:
        messages.error(request, said(refusal))
    return redirect("workshop:listing", pk)


@require_POST
@vendor_required("listings")
def schedule(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    """« Publier le »: a moment of Paris; empty takes it back."""
    product = own(editable(), vendor=vendor, pk=pk)
    text = request.POST.get("publish_at", "").strip()
    try:
        moment = datetime.strptime(text, "%Y-%m-%dT%H:%M").replace(tzinfo=clock.PARIS) if text else None
    except ValueError:
        moment = clock.now()
    if product.state != ListingState.DRAFT:
        messages.error(request, _("Only a draft can be published at a moment."))
    elif moment is not None and moment <= clock.now():
        messages.error(request, _("This moment is past: choose a day and an hour to come."))
    else:
        type(product).objects.filter(pk=pk).update(publish_at=moment)
        messages.success(request, _("It will be published at that moment, if nothing is missing then.") if moment else _("It will not be published by itself."))
    return redirect("workshop:listing", pk)


def _named(user: Any) -> str:
    return (user.get_full_name() or user.email) if user is not None else ""

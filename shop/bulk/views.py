"""The table of creations, inline edits, and changes of many: shown before, done, undone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from lapinblanc.numbers import whole

from shop.bulk import applying, inline, preparing, selecting
from shop.bulk.actions import Action, Refused
from shop.bulk.forms import ActionForm
from shop.bulk.models import Change, LineState
from shop.bulk.showing import shown_lines
from shop.bulk.tasks import carry_on_change
from shop.catalogue.models import ListingState
from shop.vendors.access import own, vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor

LINES = 100


@vendor_required("listings")
def table(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    return _table(request, vendor, ActionForm(vendor=vendor))


def _table(request: HttpRequest, vendor: Vendor, form: ActionForm, *, chosen: Any = (), problems: Any = None, status: int = 200) -> HttpResponse:
    filters = selecting.Filters.read(request.GET)
    start = min(whole(request.GET.get("apres", "")) or 0, 100_000)
    rows = filters.rows(vendor)
    found, more = selecting.table_page(rows, sort=filters.sort, start=start)
    context = {
        "rows": found, "filters": filters, "form": form, "chosen": chosen, "problems": problems or {}, "count": rows.count(),
        "states": ListingState.choices, "sections": selecting.sections_of(vendor), "sorts": [(key, label) for key, (label, _order) in selecting.SORTS.items()],
        "stocks": list(selecting.STOCKS.items()), "gaps": list(selecting.GAPS.items()), "address": filters.address(),
        "typed": request.POST if problems else {}, "here": filters.address(apres=start or None),
        "older_url": f"?{filters.address(apres=start + selecting.PAGE)}" if more else "", "newest_url": f"?{filters.address()}" if start else "",
    }
    return page(request, vendor, "listings", context, status=status)


@require_POST
@vendor_required("listings")
def save(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    """Prices and stocks typed in the table. What is wrong is said beside its cell; nothing is written then."""
    cells, problems = inline.read_cells(request.POST.dict())
    if problems:
        return _table(request, vendor, ActionForm(vendor=vendor), problems=problems, status=422)
    changes = inline.save(vendor=vendor, by=request.user, cells=cells)
    for change in changes:
        done = change.lines.filter(state=LineState.DONE).count()
        messages.success(request, ngettext("%(n)d creation changed.", "%(n)d creations changed.", done) % {"n": done})
        for line in change.lines.filter(state=LineState.KEPT):
            messages.error(request, f"{line.title} : {line.reason}")
    if len(changes) == 1:
        return redirect("bulk:change", changes[0].pk)
    return redirect(f"{reverse('workshop:listings')}?{selecting.Filters.read(request.GET).address()}")


@require_POST
@vendor_required("listings")
def prepare(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    """What was chosen and what to do with it: a change to be confirmed, or the table again with what is wrong."""
    chosen = [number for value in request.POST.getlist("chosen") if (number := whole(value)) is not None]
    form = ActionForm(request.POST, vendor=vendor)
    if form.is_valid():
        rows = selecting.Filters.read(request.GET).rows(vendor)
        try:
            change = preparing.prepare(vendor=vendor, by=request.user, products=rows if request.POST.get("all") else rows.filter(pk__in=chosen), action=form.action())
            return redirect("bulk:change", change.pk)
        except preparing.NothingToChange:
            form.add_error(None, _("Nothing would change: choose creations, and something that differs from what they have."))
        except preparing.TooMany:
            form.add_error(None, _("More than five thousand at once: filter the table first."))
        except Refused as refused:
            form.add_error(None, refused.message)
    return _table(request, vendor, form, chosen=chosen, status=422)


@vendor_required("listings")
def detail(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    """What will change, or what was changed, line by line; how far it is while it is done."""
    change = own(Change.objects.all(), vendor=vendor, pk=pk)
    after = min(whole(request.GET.get("apres", "")) or 0, 2**31)
    lines, more = shown_lines(change, after=after, most=LINES)
    context = {
        "change": change, "lines": lines, "action": Action.of(change.action), "undoable": applying.undoable(change),
        "to_do": change.asked - change.refused, "older_url": f"?apres={more}" if more else "", "newest_url": request.path if after else "",
    }
    return page(request, vendor, "bulk_change", context)


@vendor_required("listings")
def progress(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    change = own(Change.objects.all(), vendor=vendor, pk=pk)
    return render(request, "components/_progress.html", {"work": change, "url": request.path})


@require_POST
@vendor_required("listings")
def confirm(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    change = own(Change.objects.all(), vendor=vendor, pk=pk)
    if not applying.confirm(change):
        messages.info(request, _("This change was started already: nothing was done twice."))
    return redirect("bulk:change", pk)


@require_POST
@vendor_required("listings")
def undo(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    change = own(Change.objects.all(), vendor=vendor, pk=pk)
    if not applying.undoable(change) or not applying.undo(change):
        messages.info(request, _("There is nothing to bring back."))
    return redirect("bulk:change", pk)


@require_POST
@vendor_required("listings")
def again(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    """A change that failed goes on from where it was."""
    change = own(Change.objects.all(), vendor=vendor, pk=pk)
    if change.again():
        carry_on_change.enqueue(change.pk)
    return redirect("bulk:change", pk)

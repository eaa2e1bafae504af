"""Doing a prepared change, and undoing it: line by line, each only where the value is still the one that was shown.

A line that somebody changed meanwhile is left as it is and said. Each batch is one transaction with its cards frozen again,
so that a killed job goes on where it was: done lines are not done twice.
"""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from lapinblanc.jobs.tracked import WorkState, run_tracked
from lapinblanc.money import Money

from shop.bulk.actions import Action
from shop.bulk.models import Change, ChangeLine, LineState, Step
from shop.catalogue import editing
from shop.catalogue.freezing import freeze_listings
from shop.catalogue.models import ListingState, Product
from shop.partner.models import StockRecord
from shop.vendors.models import Section

BATCH = 100
# Up to this many lines are done while the person waits; more go to the worker, which shows how far it is.
AT_ONCE = 60


def confirm(change: Change) -> bool:
    """Start doing what was shown; False when it was started already (a second click)."""
    return _start(change, Step.SHOWN, Step.APPLYING)


def undo(change: Change) -> bool:
    """Start bringing back what was done; False when there is nothing to bring back."""
    return _start(change, Step.DONE, Step.UNDOING)


def carry_on(pk: int) -> bool:
    """Do or undo what waits of a change; may run twice, and goes on after a killed run."""
    return run_tracked(Change, pk, _work)


def _start(change: Change, here: Step, there: Step) -> bool:
    from shop.bulk.tasks import carry_on_change

    with transaction.atomic():
        rows = Change.objects.filter(pk=change.pk, step=here)
        if not rows.update(step=there, state=WorkState.WAITING, done=0, total=change.asked - change.refused, ended_at=None):
            return False
        if change.asked > AT_ONCE:
            transaction.on_commit(lambda: carry_on_change.enqueue(change.pk))
    if change.asked <= AT_ONCE:
        carry_on(change.pk)
    return True


def _work(change: Change) -> str:
    action, back = Action.of(change.action), change.step == Step.UNDOING
    waiting, done = (LineState.DONE, LineState.UNDONE) if back else (LineState.WAITING, LineState.DONE)
    count = change.lines.filter(state__in=(done, LineState.KEPT)).count()
    while lines := list(change.lines.filter(state=waiting).select_related("stockrecord")[:BATCH]):
        with transaction.atomic():
            for line in lines:
                _one(line, action, back, done)
            ChangeLine.objects.bulk_update(lines, ["state", "reason"])
            touched = sorted({line.product_id for line in lines})
            Product.objects.filter(pk__in=touched).update(revision=F("revision") + 1)
            freeze_listings(touched)
        count += len(lines)
        change.advance(count)
    Change.objects.filter(pk=change.pk).update(step=Step.UNDONE if back else Step.DONE)
    return _("Undone.") if back else _("Done.")


def _one(line: ChangeLine, action: Action, back: bool, done: LineState) -> None:
    here, there = (line.after, line.before) if back else (line.before, line.after)
    try:
        with transaction.atomic():
            changed = _write_record(line, action, here, there) if action.of_records else _write_product(line, action, here, there)
        line.state = done if changed else LineState.KEPT
        line.reason = "" if changed else _("It was changed meanwhile: it is left as it is.")
    except IntegrityError:
        line.state, line.reason = LineState.KEPT, _("Some pieces are set aside for orders under way: the stock cannot be below them.")
    except editing.NotReady as refused:
        line.state, line.reason = LineState.KEPT, " ".join(refused.missing)[:500]
    except editing.ImpossibleState:
        line.state, line.reason = LineState.KEPT, _("This state cannot be chosen here.")


def _write_record(line: ChangeLine, action: Action, here: Any, there: Any) -> int:
    """One guarded UPDATE: nothing is written where the value is no longer the one that was shown."""
    rows = StockRecord.objects.filter(pk=line.stockrecord_id)
    if action.kind.startswith("price"):
        return int(rows.filter(price=_price(here)).update(price=_price(there)))
    if action.kind == "stock_add" or here is None:
        # What was sold since is not brought back: the pieces are added or taken, whatever is there now.
        return int(rows.filter(num_in_stock__isnull=False).update(num_in_stock=F("num_in_stock") + (there - here)))
    return int(rows.filter(num_in_stock=here).update(num_in_stock=there))


def _price(cents: int | None) -> Any:
    return Money(cents).decimal if cents is not None else None


def _write_product(line: ChangeLine, action: Action, here: Any, there: Any) -> int:
    product = Product.objects.select_for_update(of=["self"]).select_related("section", "vendor").get(pk=line.product_id)
    if action.kind == "state":
        if product.state != here:
            return 0
        if here == ListingState.REMOVED and there != ListingState.PAUSED:
            here = editing.move_listing(product=product, state=ListingState.PAUSED)
        # What was published cannot be a draft again: buyers may hold its address. It is paused.
        if here != there and not (here == ListingState.PAUSED and there in (ListingState.DRAFT, ListingState.HIDDEN, ListingState.IN_REVIEW)):
            editing.move_listing(product=product, state=ListingState.PAUSED if there == ListingState.DRAFT else there)
        return 1
    if action.kind == "section":
        if (product.section.name if product.section else "") != here:
            return 0
        product.section = Section.objects.filter(vendor_id=product.vendor_id, name=there).first() if there else None
        product.save(update_fields=["section", "date_updated"])
        return 1
    field = "lead_days" if action.kind == "lead_days" else "tags"
    return int(Product.objects.filter(pk=product.pk, **{field: here}).update(**{field: there}))


def undoable(change: Change) -> bool:
    return change.step == Step.DONE and change.is_over

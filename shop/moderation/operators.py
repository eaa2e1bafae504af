"""Operators' pages, under /gestion/moderation/: the queue, a case with everything that is known, the decision, the figures."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from lapinblanc.bridge.guard import operator_required

from shop.messaging.posting import handed_to_moderation
from shop.moderation import dossiers, targets
from shop.moderation.cases import open_case
from shop.moderation.comparing import comparison_of
from shop.moderation.deciding import (
    AlreadyDecided,
    ImpossibleMeasure,
    Incomplete,
    NoReason,
    SamePerson,
    appeal_of,
    decide,
    possible,
)
from shop.moderation.forms import DecisionForm
from shop.moderation.grounds import GROUNDS
from shop.moderation.models import Case, Measure, Origin
from shop.moderation.peers import agreed, application_arrived
from shop.moderation.queue import WAITING, history, next_step, queue_page, waiting
from shop.moderation.reasons import in_words


@operator_required
def board(request: HttpRequest) -> HttpResponse:
    origin, text, late = request.GET.get("origine", ""), request.GET.get("q", "").replace("\0", "")[:80], bool(request.GET.get("retard"))
    rows = waiting(origin=origin, late=late, text=text)
    found = queue_page(rows, after=request.GET.get("apres", ""))
    query = request.GET.copy()
    query["apres"] = found.after
    origins = [("", _("Everything")), *Origin.choices, ("appeal", _("appeals"))]
    context = {"cases": found.cases, "origins": origins, "origin": origin, "text": text, "late": late, "older_url": f"?{query.urlencode()}" if found.after else "", "total": rows.count()}
    return render(request, "moderation/operators/queue.html", context)


@operator_required
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one case; a POST decides it."""
    found = get_object_or_404(Case.objects.select_related("vendor"), pk=pk)
    target = targets.find(found.kind, found.number)
    form = DecisionForm(request.POST or None, measures=possible(found, target))
    if request.method == "POST" and form.is_valid() and _decided(request, found, form):
        return redirect("moderation_desk:case", pk)
    context = {"case": found, "target": target, "form": form, **_known(found)}
    return render(request, "moderation/operators/case.html", context, status=422 if form.errors else 200)


def _decided(request: HttpRequest, found: Case, form: DecisionForm) -> bool:
    try:
        decide(case=found, by=request.user, verdict=form.verdict())
    except AlreadyDecided:
        form.add_error(None, _("Somebody else has just decided this case."))
    except ImpossibleMeasure:
        form.add_error("measure", _("This measure is not possible in the present state."))
    except NoReason:
        form.add_error("facts", _("A restriction names its ground and its facts; a suspension its days."))
    except SamePerson:
        form.add_error(None, _("You decided first: an appeal is read by somebody else."))
    except Incomplete as gaps:
        for sentence in gaps.missing:
            form.add_error(None, sentence)
    else:
        messages.success(request, _("Decision recorded: its reasons are told, then it is carried out."))
        return True
    return False


def _known(found: Case) -> dict[str, Any]:
    earlier = history(found)
    listing = found.kind == "listing"
    return {
        "dossier": dossiers.dossier_of(found.vendor) if found.origin == Origin.APPLICATION and found.vendor else None,
        "comparison": comparison_of(product_id=found.number, before=found.before_revision, after=found.after_revision) if listing else None,
        "reasons": in_words(found.reasons),
        "notices": found.notices.order_by("pk"),  # type: ignore[attr-defined]
        "peers": found.peers.select_related("vendor", "draw"),  # type: ignore[attr-defined]
        "one_click": found.state == "open" and found.origin == Origin.APPLICATION and agreed(found),
        "history": earlier,
        "next_step": next_step(earlier),
        "appeal": appeal_of(found),
        "grounds": GROUNDS,
        "open_measure": Measure.OPEN,
    }


@require_POST
@operator_required
def open_about(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """A case of the operators' own initiative."""
    target = targets.find(kind, number)
    if target is None or target.private:
        raise Http404
    if target.kind == "vendor" and target.state == "applied" and target.vendor is not None:
        made = application_arrived(vendor=target.vendor)
    else:
        made = open_case(target=target, origin=Origin.OPERATOR, risk=50)
    return redirect("moderation_desk:case", made.pk)


@require_GET
@operator_required
def picture(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    found = get_object_or_404(Case.objects.select_related("vendor"), pk=pk, vendor__isnull=False)
    made = dossiers.picture_of(found.vendor, key)
    if made is None:
        raise Http404
    return HttpResponse(made[0], content_type=made[1], headers={"Cache-Control": "private, no-store"})


@require_GET
@operator_required
def file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """What is attached to a message that was reported, as long as its case waits."""
    found = get_object_or_404(Case, pk=pk, kind="message", state__in=WAITING)
    return handed_to_moderation(found.number, file)

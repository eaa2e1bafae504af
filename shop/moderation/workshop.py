"""« Modération » in the workshop: decisions with their reasons, appeals, and what the boutique is asked as a peer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shop.moderation import dossiers, peers
from shop.moderation.appealing import NoAppeal, appeal, last_day, may_appeal
from shop.moderation.forms import AppealForm, PeerForm
from shop.moderation.models import Case, CaseState, Decision, PeerReview, PeerState
from shop.moderation.statements import TOLD
from shop.vendors.access import own, own_of, vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor

SHOWN = 50


@vendor_required("boutique")
def index(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    told = Decision.objects.filter(case__vendor=vendor, measure__in=TOLD).select_related("case").order_by("-pk")[:SHOWN]
    # Notices and samples are looked at in silence: what waits for the boutique's own sake is shown.
    waiting = Case.objects.filter(vendor=vendor, state__in=(CaseState.OPEN, CaseState.APPEALED), origin__in=("application", "screening"))
    return page(request, vendor, "moderation", {"decisions": told, "waiting": waiting, "tasks": peers.tasks_of(vendor)})


@vendor_required("boutique")
def decision(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    found = own_of(Decision.objects.select_related("case", "execution"), parent=vendor, field="case__vendor", pk=pk, measure__in=TOLD)
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            appeal(decision=found, text=form.cleaned_data["text"], by=request.user)
            messages.success(request, _("Your appeal has arrived: somebody else reads the case again."))
        except NoAppeal:
            messages.error(request, _("This decision can no longer be appealed here."))
        return redirect("moderation:decision", pk)
    context = {
        "decision": found, "case": found.case, "appeals": found.appeals.filter(notice=None), "last_day": last_day(found), "form": form if may_appeal(found) else None,
        "answers": found.case.peers.filter(state=PeerState.ANSWERED),
    }
    return page(request, vendor, "moderation_decision", context, status=422 if form.errors else 200)


@vendor_required("boutique")
def peer(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    """The making of another boutique, for whom lot has chosen; closed once the answer is given."""
    found = own(PeerReview.objects.select_related("case__vendor"), vendor=vendor, pk=pk)
    form = PeerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            peers.answer(peer=found, answer=form.cleaned_data["answer"], words=form.cleaned_data["words"])
            messages.success(request, _("Thank you: your answer has arrived."))
        except peers.NotAsked:
            messages.error(request, _("This answer is no longer needed. Thank you all the same."))
        return redirect("moderation:index")
    asked = found.state == PeerState.ASKED and found.case.state in (CaseState.OPEN, CaseState.APPEALED)
    context = {"peer": found, "case": found.case, "dossier": dossiers.dossier_of(found.case.vendor) if asked else None, "form": form if asked else None}
    return page(request, vendor, "moderation_peer", context, status=422 if form.errors else 200)


@require_GET
@vendor_required("boutique")
def peer_picture(request: HttpRequest, vendor: Vendor, pk: int, key: int) -> HttpResponse:
    """A picture of the making, for the peer who is asked and as long as she is."""
    found = own(PeerReview.objects.select_related("case__vendor").filter(state=PeerState.ASKED, case__state__in=(CaseState.OPEN, CaseState.APPEALED)), vendor=vendor, pk=pk)
    picture = dossiers.picture_of(found.case.vendor, key)
    if picture is None:
        raise Http404
    return HttpResponse(picture[0], content_type=picture[1], headers={"Cache-Control": "private, no-store"})

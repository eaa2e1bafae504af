"""The screens of an opening under /atelier/ouvrir/: begin, one question each, summary, hand in. Reached again where one stopped."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shop.opening import answering, making, shipping, submitting
from shop.opening.asking import initial_of, with_template
from shop.opening.charter import current
from shop.opening.forms import NameForm, form_class
from shop.opening.models import MakingPicture
from shop.opening.policies import TEMPLATES
from shop.opening.shipping import SUGGESTED_ON
from shop.opening.steps import KEYS, STEPS, SUMMARY, TOTAL, before, number_of, step_of
from shop.vendors.access import may, membership_of, own_of, vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor, VendorState


@never_cache
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """The first question for who has no boutique; everybody else is led to where they stopped."""
    member = membership_of(request.user)
    if member is not None:
        return _where_she_stopped(member)
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answering.begin(user=request.user, name=form.cleaned_data["name"], tagline=form.cleaned_data["tagline"])
        return redirect("opening:step", "creation")
    context = {"form": form, "step": STEPS[0], "number": 1, "total": TOTAL}
    return render(request, "workshop/opening/start.html", context, status=422 if form.errors else 200)


def _where_she_stopped(member: Any) -> HttpResponse:
    if member.vendor.state != VendorState.PREPARING or not may(member, "boutique"):
        return redirect("opening:summary" if member.vendor.state == VendorState.APPLIED and may(member, "boutique") else "workshop:today")
    return _to(answering.application_of(member.vendor).reached)


def _to(key: str) -> HttpResponse:
    if key == "banque":
        return redirect("opening:bank")
    return redirect("opening:step", key) if key in KEYS else redirect("opening:summary")


@vendor_required("boutique")
def step(request: HttpRequest, vendor: Vendor, key: str) -> HttpResponse:
    """One question. Whatever the button, what was typed is kept first."""
    asked = step_of(key)
    if asked is None:
        raise Http404
    if vendor.state != VendorState.PREPARING:
        return redirect("opening:start")
    if key == "identite" and not vendor.legal_status:
        return redirect("opening:step", "statut")
    application = answering.application_of(vendor)
    if request.method != "POST":
        return _asked(request, vendor, key, form_class(key, vendor)(initial=initial_of(key, vendor, application)))
    form = form_class(key, vendor)(request.POST)
    typed = {name: request.POST.get(name, "") for name in form.fields if name in request.POST}
    action = request.POST.get("action", "continue")
    refused = making.add_pictures(vendor=vendor, uploads=request.FILES.getlist("pictures")[:8]) if key == "charte" else []
    for sentence in refused:
        messages.error(request, sentence)
    if action == "continue" and form.is_valid() and not refused:
        try:
            _answer(vendor, key, form.cleaned_data)
        except answering.NotPreparing:
            # Handed in meanwhile, in another window.
            return redirect("opening:start")
        return _to(answering.application_of(vendor).reached)
    return _kept(request, vendor, key, form, typed, action)


def _kept(request: HttpRequest, vendor: Vendor, key: str, form: Any, typed: dict[str, str], action: str) -> HttpResponse:
    """Back, leave, take a text of ours; or the same screen with what must be mended."""
    reached = before(key) if action == "back" else key
    answering.keep_draft(vendor=vendor, step=key, typed=with_template(typed, action.removeprefix("use-")), reached=reached)
    if action == "quit":
        messages.success(request, _("All that you typed is kept. Come back when you like."))
        return redirect("workshop:today")
    if action == "continue":
        return _asked(request, vendor, key, form, status=422 if form.errors else 200)
    return _to(reached)


def _answer(vendor: Vendor, key: str, data: dict[str, Any]) -> None:
    if key == "charte":
        making.sign(vendor=vendor, data=data)
    elif key == "livraison":
        shipping.choose_shipping(vendor=vendor, data=data)
    else:
        answering.answer(vendor=vendor, step=key, data=data)


def _asked(request: HttpRequest, vendor: Vendor, key: str, form: Any, *, status: int = 200) -> HttpResponse:
    extra: dict[str, Any] = {}
    if key == "charte":
        extra = {"charter": current(), "pictures": MakingPicture.objects.filter(application__vendor=vendor)}
    elif key == "conditions":
        extra = {"templates": [(form[field], list(enumerate(title for title, _text in texts))) for field, texts in TEMPLATES.items()]}
    elif key == "livraison":
        extra = {"suggested_on": SUGGESTED_ON}
    return page(request, vendor, "opening/step", {**frame_of(vendor, key), "form": form, **extra}, status=status)


def frame_of(vendor: Vendor, key: str) -> dict[str, Any]:
    """What every screen shows around its question: how far, and the way to each step."""
    done = set(answering.application_of(vendor).done)
    return {
        "step": step_of(key), "number": number_of(key), "total": TOTAL, "back": before(key), "here": key,
        "steps": [{"key": each.key, "label": each.label, "done": each.key in done, "current": each.key == key} for each in STEPS],
    }


@vendor_required("boutique")
def summary(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    """What is missing, each with the way to it; then handing in."""
    if vendor.state not in (VendorState.PREPARING, VendorState.APPLIED):
        return redirect("workshop:today")
    labels = {each.key: each.label for each in STEPS}
    missing = [{"step": gap.step, "label": labels[gap.step], "sentence": gap.sentence} for gap in submitting.to_submit(vendor)]
    return page(request, vendor, "opening/summary", {**frame_of(vendor, SUMMARY), "missing": missing, "application": answering.application_of(vendor)})


@require_POST
@vendor_required("boutique")
def hand_in(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    try:
        submitting.submit(vendor=vendor, certified=request.POST.get("certified") == "on")
        messages.success(request, _("Your application has arrived."))
    except submitting.NotComplete:
        messages.error(request, _("Not yet: complete what is missing, and tick the promise."))
    return redirect("opening:summary")


@require_POST
@vendor_required("boutique")
def take_back(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    submitting.take_back(vendor=vendor)
    return redirect("opening:summary")


@vendor_required("boutique")
def picture(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    """A picture of the making, for the team alone here; operators and peers read it in the room of moderation."""
    found = own_of(MakingPicture.objects.all(), parent=vendor, field="application__vendor", pk=pk)
    with found.file.open("rb") as file:
        answer = HttpResponse(file.read(), content_type="image/webp")
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@vendor_required("boutique")
def remove_picture(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    found = own_of(MakingPicture.objects.all(), parent=vendor, field="application__vendor", pk=pk)
    try:
        making.remove_picture(vendor=vendor, picture=found)
    except answering.NotPreparing:
        messages.error(request, _("Your application is being read: take it back first."))
    return redirect("opening:step", "charte")

"""Banner and portrait of the boutique: sent, cropped around a point, taken away."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shop.catalogue.boutique_pictures import (
    FOCUS,
    SHAPES,
    RefusedPicture,
    remove_boutique_picture,
    set_boutique_picture,
)
from shop.vendors.access import vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor

WORDS = {
    "banner": (gettext_lazy("Banner"), gettext_lazy("Wide and low, at the top of your page: 1600 × 400 pixels look best, 800 at least.")),
    "portrait": (gettext_lazy("Portrait"), gettext_lazy("You, your hands or your workshop: 1200 × 900 pixels look best, 400 at least. It also stands on your card in lists.")),
}


@require_GET
@vendor_required("boutique")
def pictures(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    return page(request, vendor, "boutique_pictures", _context(vendor))


@require_POST
@vendor_required("boutique")
def put(request: HttpRequest, vendor: Vendor, kind: str) -> HttpResponse:
    if kind not in SHAPES:
        raise Http404
    focus = request.POST.get("focus", "")
    try:
        set_boutique_picture(vendor=vendor, kind=kind, upload=request.FILES.get("picture"), alt=request.POST.get("alt", ""), focus=focus if focus in FOCUS else "centre")
    except RefusedPicture as refused:
        typed = {"kind": kind, "alt": request.POST.get("alt", ""), "focus": focus, "refused": refused.message}
        return page(request, vendor, "boutique_pictures", _context(vendor, typed), status=422)
    messages.success(request, _("The picture is on your page."))
    return redirect("workshop:boutique_pictures")


@require_POST
@vendor_required("boutique")
def remove(request: HttpRequest, vendor: Vendor, kind: str) -> HttpResponse:
    if kind not in SHAPES:
        raise Http404
    remove_boutique_picture(vendor=vendor, kind=kind)
    return redirect("workshop:boutique_pictures")


def _context(vendor: Vendor, typed: dict[str, str] | None = None) -> dict[str, Any]:
    """For each shape its words, the picture that is there, and what was typed when it was refused."""
    shapes = []
    for kind, (label, advice) in WORDS.items():
        facts = getattr(vendor, f"{kind}_facts") or {}
        said = typed if typed and typed["kind"] == kind else {"alt": facts.get("alt", ""), "focus": "", "refused": ""}
        shapes.append({"kind": kind, "label": label, "help": advice, "facts": facts or None, **{name: said[name] for name in ("alt", "focus", "refused")}})
    return {"shapes": shapes, "focuses": [(name, label) for name, (label, _point) in FOCUS.items()]}

"""« Tout est à vous » : an owner's archive of the boutique, its progress and its download; a table of creations at once."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from lapinblanc import clock
from lapinblanc.accounts.two_factor import confirmed

from shop.exporting import asking
from shop.exporting.chapters import chapters
from shop.exporting.making import KEPT
from shop.exporting.models import ExportRun
from shop.exporting.tables import KINDS, lines_of
from shop.vendors.access import own, vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor


@require_GET
@vendor_required("boutique")
def home(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    context = {
        "run": asking.latest(vendor), "ready": asking.ready(vendor), "chapters": chapters(), "days": KEPT.days,
        "kinds": [(name, kind.label) for name, kind in KINDS.items()],
    }
    return page(request, vendor, "export", context)


@require_POST
@vendor_required("boutique")
@confirmed
def start(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    asking.ask_archive(vendor=vendor, by=request.user)
    return redirect("exporting:home")


@require_GET
@vendor_required("boutique")
def progress(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    """The piece of the page that is read again while the job runs."""
    run = own(ExportRun.objects.all(), vendor=vendor, pk=pk)
    return render(request, "workshop/_export_progress.html", {"run": run})


@require_POST
@vendor_required("boutique")
def cancel(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    own(ExportRun.objects.all(), vendor=vendor, pk=pk).cancel()
    return redirect("exporting:home")


@require_POST
@vendor_required("boutique")
@confirmed
def again(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    asking.try_again(run=own(ExportRun.objects.all(), vendor=vendor, pk=pk))
    return redirect("exporting:home")


@require_GET
@vendor_required("boutique")
@confirmed
def download(request: HttpRequest, vendor: Vendor, pk: int) -> Any:
    """The owner's alone, for seven days."""
    run = own(ExportRun.objects.filter(expires_at__gt=clock.now()).exclude(file=""), vendor=vendor, pk=pk)
    path = asking.path_of(run)
    if not path.is_file():
        messages.error(request, _("This archive is gone: have another one made."))
        return redirect("exporting:home")
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{vendor.slug}-{clock.today()}.zip")


@require_GET
@vendor_required("boutique")
def table(request: HttpRequest, vendor: Vendor, kind: str) -> Any:
    """The creations as one CSV, at once."""
    if kind not in KINDS:
        raise Http404
    answer = StreamingHttpResponse(lines_of(KINDS[kind], vendor), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{KINDS[kind].file}-{clock.today()}.csv"'
    return answer

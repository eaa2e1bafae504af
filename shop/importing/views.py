"""The pages of an import: a file, what its columns mean, a dry run, the import, its report, and its undoing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from lapinblanc.numbers import whole

from shop.importing import reporting, tasks, undoing
from shop.importing.choosing import OptionsForm, UploadForm, columns_of, read_columns
from shop.importing.models import ImportRun, Stage
from shop.importing.recognising import FORMATS
from shop.importing.running import again_from, counts, receive, recognise_again, set_columns
from shop.importing.tables import Unreadable
from shop.vendors.access import own, vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor


def _runs() -> "reporting.QuerySet[ImportRun]":
    return ImportRun.objects.select_related("vendor")


@require_GET
@vendor_required("listings")
def home(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    return page(request, vendor, "import_home", {"form": UploadForm(), "runs": list(vendor.imports.all()[:20])})


@require_POST
@vendor_required("listings")
def take(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        sent, zipped = form.cleaned_data["file"], form.cleaned_data["pictures"]
        try:
            run = receive(vendor=vendor, file=sent, filename=sent.name, by=request.user, pictures=zipped, options={"pictures": "zip" if zipped else "fetch"})
            return redirect("importing:run", run.pk)
        except Unreadable as why:
            form.add_error("file", why.message)
    return page(request, vendor, "import_home", {"form": form, "runs": list(vendor.imports.all()[:20])}, status=422)


@require_GET
@vendor_required("listings")
def detail(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    run = own(_runs(), vendor=vendor, pk=pk)
    return page(request, vendor, "import_run", _facts(request, run, OptionsForm(initial={"format": run.format, **run.options})))


def _facts(request: HttpRequest, run: ImportRun, form: OptionsForm) -> dict[str, object]:
    trial = run.stage in (Stage.CHOOSING, Stage.TRYING)
    only = request.GET.get("voir", "")
    only = only if only in reporting.FILTERS else ""
    lines, after = reporting.page_of(run, trial=trial, only=only, after=whole(request.GET.get("apres", "")) or 0)
    return {
        "run": run, "form": form, "label": FORMATS[run.format].label, "trial": trial, "only": only, "lines": lines, "counts": counts(run, trial=trial),
        "columns": columns_of(run) if trial and run.is_over and run.format != "ours" else [], "newest_url": f"?voir={only}" if request.GET.get("apres") else "",
        "older_url": f"?voir={only}&apres={after}" if after else "", "waiting": run.lines.filter(trial=False).exclude(pictures=[]).count() if not trial else 0,
    }


@require_POST
@vendor_required("listings")
def attempt(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    """Save what the columns mean, and try without writing anything."""
    run = own(_runs(), vendor=vendor, pk=pk)
    form = OptionsForm(request.POST)
    if not form.is_valid():
        return page(request, vendor, "import_run", _facts(request, run, form), status=422)
    options = dict(form.cleaned_data)
    wanted = options.pop("format")
    if wanted != run.format:
        # Another format has other columns: they are shown again first.
        if recognise_again(run=run, wanted=wanted, options=options):
            messages.info(request, _("The columns were read again: please check them."))
        return redirect("importing:run", pk)
    if run.is_over and run.stage in (Stage.CHOOSING, Stage.TRYING):
        set_columns(run=run, columns=read_columns(run, request.POST), options=options)
        tasks.start(run, Stage.TRYING)
    return redirect("importing:run", pk)


@require_POST
@vendor_required("listings")
def go(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    run = own(_runs(), vendor=vendor, pk=pk)
    if run.stage == Stage.TRYING and run.file:
        tasks.start(run, Stage.IMPORTING)
    return redirect("importing:run", pk)


@require_POST
@vendor_required("listings")
def pictures(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    """Pictures that still wait."""
    run = own(_runs(), vendor=vendor, pk=pk)
    if run.stage in (Stage.IMPORTING, Stage.PICTURES):
        tasks.start(run, Stage.PICTURES)
    return redirect("importing:run", pk)


@require_GET
@vendor_required("listings")
def progress(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    """The piece of the page that is read again while the job runs."""
    return render(request, "workshop/_import_progress.html", {"run": own(_runs(), vendor=vendor, pk=pk)})


@require_POST
@vendor_required("listings")
def cancel(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    own(_runs(), vendor=vendor, pk=pk).cancel()
    return redirect("importing:run", pk)


@require_POST
@vendor_required("listings")
def again(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    again_from(run=own(_runs(), vendor=vendor, pk=pk), enqueue=tasks.carry_on.enqueue)
    return redirect("importing:run", pk)


@require_POST
@vendor_required("listings")
def undo(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    run = own(_runs(), vendor=vendor, pk=pk)
    if run.is_over and run.stage in (Stage.IMPORTING, Stage.PICTURES):
        done = undoing.undo(run=run)
        messages.success(request, _("%(removed)d drafts were removed; %(kept)d stay, since they were changed, shown or sold here.") % {"removed": done.removed, "kept": done.kept})
    return redirect("importing:run", pk)


@require_GET
@vendor_required("listings")
def report(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse | StreamingHttpResponse:
    run = own(_runs(), vendor=vendor, pk=pk)
    rows = reporting.as_table(run, trial=run.stage in (Stage.CHOOSING, Stage.TRYING))
    answer = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rapport-import-{run.pk}.csv"'
    return answer


@require_GET
@vendor_required("listings")
def lacking(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    """« Il manque encore »: what the imported drafts still need."""
    rows, after = reporting.lacking(vendor, after=whole(request.GET.get("apres", "")) or 0)
    context = {"rows": rows, "older_url": f"?apres={after}" if after else "", "newest_url": "?" if request.GET.get("apres") else ""}
    return page(request, vendor, "import_lacking", context)

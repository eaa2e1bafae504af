"""« Mes données » : a person's copy of everything, and the erasure of the account."""

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lapinblanc import clock
from lapinblanc.privacy import erasing, exporting
from lapinblanc.privacy.models import Export, ExportState


@never_cache
@login_required
def home(request: HttpRequest) -> HttpResponse:
    mine = Export.objects.filter(user=request.user)
    context = {
        "waiting": mine.filter(state=ExportState.ASKED).first(),
        "ready": mine.filter(state=ExportState.READY, expires_at__gt=clock.now()).order_by("-pk").first(),
    }
    return render(request, "privacy/home.html", context)


@login_required
@require_POST
def ask_copy(request: HttpRequest) -> HttpResponse:
    exporting.ask_export(user=request.user, by=request.user)
    return redirect("privacy:home")


@never_cache
@login_required
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The owner's alone; for everybody else, and after seven days, it does not exist."""
    export = Export.objects.filter(pk=pk, user=request.user, state=ExportState.READY, expires_at__gt=clock.now()).first()
    if export is None or not exporting.path_of(export).is_file():
        raise Http404
    return FileResponse(exporting.path_of(export).open("rb"), as_attachment=True, filename=f"mes-donnees-lapin-blanc-{clock.today()}.zip")


@never_cache
@login_required
@reauthentication_required(allow_get=True)
def erasure(request: HttpRequest) -> HttpResponse:
    """What goes and what stays; asked for, it signs the person out, and signing in again undoes it."""
    refused: list[str] = []
    if request.method == "POST":
        try:
            erasing.ask_erasure(user=request.user, by=request.user)
        except erasing.CannotErase as obstacle:
            refused = obstacle.sentences
        else:
            logout(request)
            return redirect("privacy:asked")
    else:
        refused = erasing.obstacles(request.user)
    context = {"promises": erasing.promises(), "obstacles": refused, "days": erasing.DELAY.days}
    return render(request, "privacy/erasure.html", context, status=422 if request.method == "POST" else 200)


@never_cache
def asked(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy/asked.html", {"days": erasing.DELAY.days})

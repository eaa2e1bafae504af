"""The operators' page of the journal, under /gestion/journal/."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lapinblanc.audit import reading
from lapinblanc.bridge.guard import operator_with


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _asked(request: HttpRequest) -> reading.Asked:
    """What the address asks for; what makes no sense is not asked."""
    get = request.GET
    before = get.get("avant", "")
    return reading.Asked(
        who=get.get("qui", "").replace("\0", "").strip()[:100], what=get.get("quoi", "").replace("\0", "")[:60], since=_day(get.get("depuis", "")),
        until=_day(get.get("jusque", "")), before=int(before) if before.isdecimal() and len(before) < 12 else None,
    )


@operator_with("accounts.change_user")
def journal(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    lines, next_key = reading.page(asked)
    kept = {name: request.GET[name] for name in ("qui", "quoi", "depuis", "jusque") if request.GET.get(name)}
    context = {
        "lines": lines, "asked": asked, "kinds": reading.kinds(),
        "older_url": f"?{urlencode({**kept, 'avant': next_key})}" if next_key else "",
        "newest_url": f"?{urlencode(kept)}" if asked.before else "",
    }
    return render(request, "operators/journal.html", context)

"""Pages of the search: results, suggestions, the page that explains the ranking, clicks, saved searches."""

from babel.numbers import format_currency
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from lapinblanc.money import Money
from lapinblanc.search import addresses, counting, ranking, saved
from lapinblanc.search.document import KINDS
from lapinblanc.search.owners import owned_by
from lapinblanc.search.page import help_for, search_page
from lapinblanc.search.suggest import proposals


def money(cents: int) -> str:
    """« 12 € », with cents only where there are some."""
    pattern = "#,##0.## ¤" if cents % 100 else "#,##0 ¤"
    return str(format_currency(Money(cents).decimal, "EUR", pattern, locale=get_language() or "fr", currency_digits=False))


@require_GET
def results(request: HttpRequest) -> HttpResponse:
    """One ranked page of creations, boutiques, stories, collections and news."""
    address = addresses.read(request.path, request.GET)
    page = search_page(address, money)
    if address.text and address.page == 1 and not address.narrowed:
        counting.searched(address.text, page.total)
    context = {"page": page, "help": help_for(page), "own": owned_by(request.user), "saved": saved.is_saved(request.user, page.address)}
    return render(request, "search/results.html", context)


@require_GET
@cache_control(public=True, max_age=60)
def suggestions(request: HttpRequest) -> HttpResponse:
    """The list under the search field, as HTML."""
    text = request.GET.get("q", "").replace("\0", "")
    return render(request, "search/_suggestions.html", {"proposals": proposals(text), "text": text})


@require_GET
def explained(request: HttpRequest) -> HttpResponse:
    """« Comment nous classons », from the weights in force."""
    context = {"weights": ranking.EVERY_WEIGHT, "since": ranking.IN_FORCE_SINCE, "half_life": ranking.HALF_LIFE_DAYS, "prior": ranking.REVIEW_PRIOR}
    return render(request, "search/explained.html", context)


@csrf_exempt
@require_POST
def click(request: HttpRequest) -> HttpResponse:
    """A result was chosen: a number goes up. No cookie is read and nothing of the person is kept, so that no token is needed."""
    kind, key, place = request.POST.get("kind", ""), request.POST.get("key", ""), request.POST.get("place", "")
    if kind in KINDS and key.isdecimal() and len(key) < 16 and place.isdecimal() and len(place) < 4:
        counting.clicked(request.POST.get("q", "")[:200].replace("\0", ""), kind, int(key), int(place))
    return HttpResponse(status=204)


@login_required
def alerts(request: HttpRequest) -> HttpResponse:
    """The searches that somebody saved."""
    return render(request, "search/alerts.html", {"saved": saved.of(request.user)})


@login_required
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Save a search: from then on, new creations that answer it come by mail."""
    address = addresses.read(reverse("search:results"), _query(request.POST.get("query", "")))
    if not (address.text or address.values or address.filters.by_price):
        messages.error(request, _("Type what you are looking for, then save the search."))
        return redirect("search:results")
    if saved.save(request.user, address):
        messages.success(request, _("We will write when new creations answer this search, once a day at most."))
    else:
        messages.error(request, _("You already follow %(most)d searches: stop one first.") % {"most": saved.MOST})
        return redirect("search:alerts")
    return redirect(address.url)


@login_required
@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop an alert of one's own."""
    if not saved.forget(request.user, pk):
        raise Http404
    messages.success(request, _("You will not hear of this search any more."))
    return redirect("search:alerts")


@csrf_exempt
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail: asks on GET, stops on POST (also by RFC 8058's one click, which sends no cookie)."""
    found = saved.by_token(token)
    if found is None:
        raise Http404
    if request.method == "POST":
        found.delete()
    return render(request, "search/unsubscribe.html", {"search": found, "done": request.method == "POST"})


def _query(text: str) -> QueryDict:
    return QueryDict(text[:500].lstrip("?"))

"""The letter's public pages: asking, confirming, choosing, leaving. A mail's links change nothing when they are only looked at."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from editorial.newsletter import consent, tokens
from editorial.newsletter.consent import TEXT_VERSION, TEXTS
from editorial.newsletter.forms import PreferencesForm, SubscribeForm
from editorial.newsletter.models import Issue, Subscriber, SubscriberState

MOST_AN_HOUR = 20
HOUR = 3600


@never_cache
def subscribe(request: HttpRequest) -> HttpResponse:
    """Ask for the letter; the answer is the same for every address."""
    data = request.POST.copy() if request.method == "POST" else None
    form = SubscribeForm(data)
    status = 200
    if data is not None:
        status = 422
        if _too_many(request):
            status = 429
            form.is_valid()
            form.add_error(None, _("Too many requests came from your connection: try again in an hour."))
        elif form.is_valid():
            consent.ask(email=form.cleaned_data["email"], topics=form.cleaned_data["topics"], language=get_language() or "fr", place=request.path)
            return redirect("newsletter:asked")
    return render(request, "newsletter/subscribe.html", {"form": form, "agreement": TEXTS[TEXT_VERSION]}, status=status)


@never_cache
def asked(request: HttpRequest) -> HttpResponse:
    return render(request, "newsletter/asked.html")


@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail: a button on GET (mail scanners follow links), the consent on POST."""
    found = tokens.read(tokens.CONFIRM, token)
    if found is None:
        return render(request, "newsletter/expired.html", status=404)
    person, _issue = found
    if request.method != "POST":
        return render(request, "newsletter/confirm.html", {"person": person})
    if not consent.confirm(subscriber=person):
        return render(request, "newsletter/expired.html", status=404)
    messages.success(request, _("Thank you: you will receive the next letter."))
    return redirect(tokens.address(tokens.PREFERENCES, person))


@never_cache
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Subjects and language of one subscriber, by the address of their mails."""
    person, _issue = _known(tokens.PREFERENCES, token)
    if person.state != SubscriberState.CONFIRMED:
        return render(request, "newsletter/left.html", {"person": person})
    now = {"topics": [topic for topic in consent.TOPICS if getattr(person, topic)], "language": person.language}
    form = PreferencesForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        consent.change(subscriber=person, topics=form.cleaned_data["topics"], language=form.cleaned_data["language"])
        messages.success(request, _("Your choices are kept."))
        return redirect("newsletter:preferences", token=token)
    context = {"form": form, "person": person, "stop_url": tokens.address(tokens.UNSUBSCRIBE, person)}
    return render(request, "newsletter/preferences.html", context, status=422 if form.errors else 200)


@csrf_exempt
@never_cache
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Asks on GET, stops on POST (also by RFC 8058's one click, which sends no cookie)."""
    person, issue = _known(tokens.UNSUBSCRIBE, token)
    if request.method == "POST":
        consent.unsubscribe(subscriber=person, issue=issue)
        person.refresh_from_db()
    if person.state != SubscriberState.CONFIRMED:
        return render(request, "newsletter/left.html", {"person": person})
    return render(request, "newsletter/unsubscribe.html", {"person": person})


def _known(purpose: str, token: str) -> tuple[Subscriber, Issue | None]:
    found = tokens.read(purpose, token)
    if found is None:
        raise Http404
    return found


def _too_many(request: HttpRequest) -> bool:
    """More than a household would ask for in an hour, from one connection."""
    key = f"newsletter:{get_adapter(request).get_client_ip(request)}"
    cache.add(key, 0, HOUR)
    return int(cache.incr(key)) > MOST_AN_HOUR

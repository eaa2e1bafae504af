"""Saved searches and their alerts: what is new since the last mail, found like any search, sent once a day at most."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lapinblanc import clock
from lapinblanc.mailing import compose, unsubscribe_headers
from lapinblanc.search import addresses, answering
from lapinblanc.search.addresses import Address
from lapinblanc.search.document import LISTING
from lapinblanc.search.engine import NEWEST, SearchQuery
from lapinblanc.search.models import SavedSearch
from lapinblanc.search.sources import cards

MOST = 50
MOST_TOLD = 6
SALT = "saved-search"
REST = timedelta(hours=23)


def save(user: Any, address: Address) -> bool:
    """Keep a search; saving it twice is keeping it once. False when there are too many."""
    kept = replace(address, page=1, sort="pertinence")
    query = kept.url.partition("?")[2]
    if SavedSearch.objects.filter(user=user).exclude(query=query).count() >= MOST:
        return False
    SavedSearch.objects.get_or_create(user=user, query=query[:500], defaults={"text": address.text})
    return True


def is_saved(user: Any, address: Address) -> bool:
    if not user.is_authenticated:
        return False
    query = replace(address, page=1, sort="pertinence").url.partition("?")[2]
    return SavedSearch.objects.filter(user=user, query=query[:500]).exists()


def of(user: Any) -> list[SavedSearch]:
    return list(SavedSearch.objects.filter(user=user).order_by("-created_at"))


def forget(user: Any, pk: int) -> bool:
    deleted, _by_model = SavedSearch.objects.filter(user=user, pk=pk).delete()
    return bool(deleted)


def token(search: SavedSearch) -> str:
    return signing.dumps([search.pk, search.user_id], salt=SALT, compress=True)


def by_token(text: str) -> SavedSearch | None:
    """The search of an unguessable address, None when it is wrong or already gone."""
    try:
        pk, user = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return SavedSearch.objects.filter(pk=pk, user_id=user).first()


def tell_everybody() -> int:
    """Write to those whose searches have something new; returns how many mails. One failure doesn't stop the others."""
    due = SavedSearch.objects.filter(told_until__lt=clock.now() - REST).order_by("pk").values_list("pk", flat=True)
    return sum(_tell(pk) for pk in list(due))


def news_of(search: SavedSearch, since: datetime) -> list[Any]:
    """Cards of creations published since then that answer the search, newest first."""
    address = addresses.read(reverse("search:results"), QueryDict(search.query))
    filters = replace(address.filters, values={**address.filters.values, "kind": (LISTING,)}, published_after=since)
    query = SearchQuery(answering.question(address.text, correct=not address.literal), filters, sort=NEWEST, limit=MOST_TOLD)
    answer = answering.find(query)
    found = cards((hit.kind, hit.key) for hit in answer.results.hits)
    return [found[hit.kind, hit.key] for hit in answer.results.hits if (hit.kind, hit.key) in found] if answer.results.exact else []


def _tell(pk: int) -> int:
    """Look and write under a lock: two workers write one mail. The mail leaves when the date is kept."""
    with transaction.atomic():
        search = SavedSearch.objects.select_for_update(skip_locked=True, of=["self"]).select_related("user").filter(pk=pk, told_until__lt=clock.now() - REST).first()
        if search is None:
            return 0
        since, search.told_until = search.told_until, clock.now()
        new = news_of(search, since)
        search.save(update_fields=["told_until"])
        if new:
            _send(search, new)
        return 1 if new else 0


def _send(search: SavedSearch, new: list[Any]) -> None:
    stop = settings.BASE_URL + reverse("search:unsubscribe", args=[token(search)])
    with translation.override("fr"):
        context = {
            "search": search, "cards": new, "stop_url": stop,
            "search_url": f"{settings.BASE_URL}{reverse('search:results')}?{search.query}",
        }
        subject = _("New for « %(text)s »") % {"text": search.text or _("your search")}
        mail = compose(template="alert", to=search.user.email, subject=subject, context=context, headers=unsubscribe_headers(stop))
    mail.send()

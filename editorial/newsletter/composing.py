"""What a letter holds and how it reads: pages chosen and new ones, then one mail for a reader's subjects, language and college.

What is reserved to members goes into the letter of those it is for, asked of the register at this moment.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import override
from lapinblanc import clock
from lapinblanc.cooperative.models import Member
from lapinblanc.mailing import compose, unsubscribe_headers
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from editorial.audience import MEMBERS, PUBLIC
from editorial.campaigns.models import CampaignPage
from editorial.cards import open_pages
from editorial.images.facts import shared_picture
from editorial.newsletter import tokens
from editorial.newsletter.consent import TOPICS
from editorial.newsletter.models import Issue, IssueState, Subscriber
from editorial.pages.collection import CollectionPage
from editorial.pages.guide import GuidePage
from editorial.pages.news import NewsPage
from editorial.pages.story import StoryPage

KINDS: dict[Any, str] = {StoryPage: "stories", GuidePage: "stories", CollectionPage: "collections", CampaignPage: "collections", NewsPage: "cooperative"}
MOST_NEW = 5
FIRST_LOOKS_BACK = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in a letter. `audience` is « public », « members » or a college; addresses are absolute."""

    topic: str
    audience: str
    language: str
    translation: str
    title: str
    kicker: str
    intro: str
    url: str
    picture: str
    alt: str


@dataclass(frozen=True, slots=True)
class Reader:
    """What decides which letter somebody receives."""

    topics: tuple[str, ...] = TOPICS
    language: str = "fr"
    college: str = ""

    def may_read(self, entry: Entry) -> bool:
        return entry.audience == PUBLIC or (bool(self.college) and entry.audience in (MEMBERS, self.college))


def reader_of(subscriber: Subscriber) -> Reader:
    """A subscriber as a reader: a member when the address is the verified one of a current member's account."""
    accounts = EmailAddress.objects.filter(email__iexact=subscriber.email, verified=True).values("user")
    member = Member.objects.current().filter(user__in=accounts).first()
    topics = tuple(topic for topic in TOPICS if getattr(subscriber, topic))
    return Reader(topics, subscriber.language, str(member.college) if member else "")


def new_pages(since: datetime) -> list[int]:
    """Numbers of what was published since then, newest first, a few of each kind; what is reserved is among them."""
    found: list[int] = []
    for model in KINDS:
        rows = _visible(model).filter(first_published_at__gt=since, locale__language_code=settings.LANGUAGE_CODE)
        found += rows.order_by("-first_published_at").values_list("pk", flat=True)[:MOST_NEW]
    return found


def pages_of(issue: Issue) -> list[int]:
    """Those that editors chose, in order, then, until the sending begins, what is new."""
    chosen = [item.page_id for item in issue.items.all()]
    if not issue.automatic or issue.started_at is not None:
        return chosen
    return chosen + [pk for pk in new_pages(since(issue)) if pk not in chosen]


def since(issue: Issue) -> datetime:
    """When the last letter began to leave; for the first one, a month ago."""
    last = Issue.objects.filter(started_at__isnull=False).exclude(pk=issue.pk).order_by("-started_at").first()
    return last.started_at if last is not None and last.started_at else clock.now() - FIRST_LOOKS_BACK


def entries(pages: Sequence[int]) -> list[Entry]:
    """Pages as they can be read at this moment, in their order, with the translations that are published."""
    keys = dict(Page.objects.filter(pk__in=pages).values_list("translation_key", "pk"))
    found: list[tuple[int, Entry]] = []
    for model, topic in KINDS.items():
        for page in _visible(model).filter(translation_key__in=keys).defer("body").select_related("picture", "locale").prefetch_related("picture__renditions"):
            found.append((pages.index(keys[page.translation_key]), _entry(page, topic)))
    return [entry for _place, entry in sorted(found, key=lambda pair: pair[0])]


def for_reader(found: Iterable[Entry], reader: Reader) -> list[Entry]:
    """Those of the reader's subjects that they may read, each in their language where it is translated, else in French."""
    mine = [entry for entry in found if entry.topic in reader.topics and reader.may_read(entry)]
    translated = {entry.translation for entry in mine if entry.language == reader.language}
    return [entry for entry in mine if entry.language == (reader.language if entry.translation in translated else settings.LANGUAGE_CODE)]


def letter(issue: Issue, reader: Reader, found: Iterable[Entry], *, to: str, stop_url: str, preferences_url: str, headers: dict[str, str] | None = None) -> EmailMultiAlternatives | None:
    """One letter, None when there is nothing in it for this reader."""
    mine = for_reader(found, reader)
    if not mine and not issue.foreword:
        return None
    with override(reader.language):
        titles = {"stories": _("Stories"), "collections": _("Collections and campaigns"), "cooperative": _("The cooperative")}
        context = {
            "issue": issue, "sections": [(titles[topic], [entry for entry in mine if entry.topic == topic]) for topic in TOPICS],
            "stop_url": stop_url, "preferences_url": preferences_url, "foreword_text": plain(issue.foreword),
        }
        return compose(template="letter", to=to, subject=issue.title, context=context, headers=headers)


def letter_for(issue: Issue, subscriber: Subscriber, found: Iterable[Entry], *, key: str) -> EmailMultiAlternatives | None:
    """The letter of one subscriber, with the headers that unsubscribe in one click and a number of its own."""
    stop = tokens.address(tokens.UNSUBSCRIBE, subscriber, issue)
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    headers = unsubscribe_headers(stop) | {"List-Id": f"Lapin Blanc <lettre.{host}>", "Message-ID": f"<lettre-{key}@{host}>"}
    return letter(
        issue, reader_of(subscriber), found, to=subscriber.email, stop_url=stop,
        preferences_url=tokens.address(tokens.PREFERENCES, subscriber), headers=headers,
    )


def plain(html: str) -> str:
    """An editor's rich text as the text part of a mail: paragraphs apart, addresses of links after their words."""
    text = re.sub(r'<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', r"\2 (\1)", str(expand_db_html(html)))
    text = re.sub(r"</p>\s*|<br\s*/?>", "\n\n", text)
    return unescape(strip_tags(text)).strip()


def freeze(issue: Issue) -> None:
    """Write down what the letter holds: from now on nothing joins it by itself."""
    chosen = set(issue.items.values_list("page_id", flat=True))
    place = len(chosen)
    for page in pages_of(issue):
        if page not in chosen:
            issue.items.model.objects.create(issue=issue, page_id=page, sort_order=place)
            place += 1


def is_draft(issue: Issue) -> bool:
    return issue.state in (IssueState.DRAFT, IssueState.SCHEDULED)


def _visible(model: Any) -> Any:
    """Live pages of a kind: open ones, and of news also those reserved to members."""
    if model is NewsPage:
        return model.objects.live().exclude(expire_at__lte=clock.now())
    return open_pages(model.objects.all())


def _entry(page: Any, topic: str) -> Entry:
    picture = shared_picture(page.picture)
    return Entry(
        topic=topic,
        audience=str(getattr(page, "audience", PUBLIC)),
        language=page.locale.language_code,
        translation=str(page.translation_key),
        title=page.title,
        kicker=page.kicker,
        intro=page.intro,
        url=_absolute(page.get_url() or ""),
        picture=_absolute(picture[0]) if picture else "",
        alt=page.picture.default_alt_text if picture else "",
    )


def _absolute(path: str) -> str:
    return path if path.startswith("http") else settings.BASE_URL + path

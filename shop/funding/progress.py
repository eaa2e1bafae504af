"""How far a project is, in figures and in a sentence; its tiers, its backers' words and its news: values for pages.

Everything for any number of projects in a fixed number of queries.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from lapinblanc import clock
from lapinblanc.money import Money

from shop.formats import money
from shop.funding.models import COUNTED, Audience, Pledge, Project, ProjectState

WORDS_SHOWN = 30
NEWS_SHOWN = 20
_homes: list[Callable[[Sequence[int]], dict[int, str]]] = []


def register_homes(homes: Callable[[Sequence[int]], dict[int, str]]) -> None:
    """The editorial house says at which address it tells of a project: project id to address, for those it knows."""
    _homes.append(homes)


@dataclass(frozen=True, slots=True)
class Progress:
    """One project on a card. `sentence`: « 3 240 € sur 5 000 € · 64 % · 48 contributions · encore 12 jours »."""

    id: int
    slug: str
    title: str
    summary: str
    url: str
    vendor_name: str
    vendor_url: str
    state: str
    state_label: str
    promised: Money
    goal: Money
    percent: int
    backers: int
    remaining: str
    closes_at: datetime
    takes_pledges: bool

    @property
    def sentence(self) -> str:
        parts = (
            _("%(promised)s of %(goal)s") % {"promised": _whole(self.promised), "goal": _whole(self.goal)},
            f"{self.percent}\u00a0%",
            ngettext("%(count)d contribution", "%(count)d contributions", self.backers) % {"count": self.backers},
            self.remaining,
        )
        return " · ".join(parts)

    @property
    def filled(self) -> int:
        """The promised cents that the bar shows: never beyond the goal."""
        return min(self.promised.cents, self.goal.cents)


@dataclass(frozen=True, slots=True)
class TierFacts:
    id: int
    title: str
    description: str
    amount: Money
    month: date
    sent: bool
    backers: int
    left: int | None
    url: str

    @property
    def is_gone(self) -> bool:
        return self.left is not None and self.left <= 0


@dataclass(frozen=True, slots=True)
class Word:
    """A backer's public word; `name` is empty for one who gives without it."""

    id: int
    name: str
    text: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class News:
    title: str
    text: str
    published_at: datetime
    for_backers: bool


@dataclass(frozen=True, slots=True)
class Funding:
    """All that a campaign's page shows of its funding."""

    progress: Progress
    tiers: tuple[TierFacts, ...]
    words: tuple[Word, ...]
    names: tuple[str, ...]
    news: tuple[News, ...]
    pledge_url: str
    least: int
    most: int


def progress_of(projects: Iterable[Project], *, known_homes: Mapping[int, str] | None = None) -> list[Progress]:
    """In the order given; drafts are left out. `known_homes` spares asking where each project is told."""
    shown = [project for project in projects if project.state != ProjectState.DRAFT]
    sums = {
        row["project"]: (row["cents"], row["count"])
        for row in Pledge.objects.filter(project__in=[project.pk for project in shown if project.decided_at is None], state__in=COUNTED)
        .order_by()
        .values("project")
        .annotate(cents=Sum("amount_cents"), count=Count("pk"))
    }
    homes = known_homes or {pk: url for home in _homes for pk, url in home([project.pk for project in shown]).items()}
    return [_progress(project, sums.get(project.pk, (0, 0)), homes.get(project.pk, "")) for project in shown]


def fundings_by_number(ids: Sequence[int]) -> dict[int, Progress]:
    """How far projects are, by number; drafts and unknown ones are left out."""
    found = Project.objects.filter(pk__in=list(ids)).select_related("vendor") if ids else []
    return {progress.id: progress for progress in progress_of(found)}


def funding_choices() -> list[tuple[int, str]]:
    """Projects that an editor may show, newest first."""
    return list(Project.objects.exclude(state=ProjectState.DRAFT).order_by("-opens_at").values_list("pk", "title")[:200])


def funding_of_number(number: int, *, home: str) -> Funding | None:
    """The funding that the page at `home` tells of; None when it is a draft or gone."""
    project = Project.objects.select_related("vendor").filter(pk=number).first()
    return funding_of(project, home=home) if project is not None else None


def funding_of(project: Project, *, for_backers: bool = False, home: str = "") -> Funding | None:
    """A project with tiers, words and news; None for a draft. `for_backers` shows them their own news too."""
    found = progress_of([project], known_homes={project.pk: home} if home else None)
    if not found:
        return None
    tiers = project.tiers.all()
    url = _pledge_url(project)
    given = list(project.pledges.filter(state__in=COUNTED, message_public=True, message_hidden_at=None).exclude(message="")[:WORDS_SHOWN])
    named = project.pledges.filter(state__in=COUNTED, anonymous=False).order_by("-created_at").values_list("name", flat=True)
    news = project.updates.filter(published_at__lte=clock.now())
    if not for_backers:
        news = news.filter(audience=Audience.EVERYBODY)
    return Funding(
        progress=found[0],
        tiers=tuple(
            TierFacts(
                id=tier.pk, title=tier.title, description=tier.description, amount=Money(tier.amount_cents), month=tier.delivery_month,
                sent=tier.needs_address, backers=tier.taken, left=tier.left, url=f"{url}?palier={tier.pk}",
            )
            for tier in tiers
        ),
        words=tuple(Word(p.pk, "" if p.anonymous else shown_name(p.name), p.message, p.created_at) for p in given),
        names=tuple(dict.fromkeys(shown_name(name) for name in named[:60])),
        news=tuple(News(u.title, u.text, u.published_at, u.audience == Audience.BACKERS) for u in news[:NEWS_SHOWN]),
        pledge_url=url,
        least=1,
        most=10_000,
    )


def shown_name(name: str) -> str:
    """First name and initial: enough to be recognised by friends."""
    first, _space, last = name.strip().partition(" ")
    return f"{first} {last[0]}." if last else first


def _whole(amount: Money) -> str:
    """Without its cents when there are none: « 5 000 € »."""
    return money(amount).replace(",00", "").replace(".00", "")


def _progress(project: Project, sums: tuple[int, int], home: str) -> Progress:
    cents, backers = sums if project.decided_at is None else (project.promised_cents, project.backers)
    return Progress(
        id=project.pk,
        slug=project.slug,
        title=project.title,
        summary=project.summary,
        url=home or project.get_absolute_url(),
        vendor_name=project.vendor.name,
        vendor_url=project.vendor.get_absolute_url(),
        state=project.state,
        state_label=str(ProjectState(project.state).label),
        promised=Money(cents),
        goal=Money(project.goal_cents),
        percent=cents * 100 // project.goal_cents,
        backers=backers,
        remaining=_remaining(project),
        closes_at=project.closes_at,
        takes_pledges=project.takes_pledges,
    )


def _remaining(project: Project) -> str:
    now = clock.now()
    if project.decided_at is not None:
        return str(ProjectState(project.state).label)
    if now < project.opens_at:
        return _("opens soon")
    left = project.closes_at - now
    if left <= timedelta(0):
        return _("the counting is under way")
    if left < timedelta(days=1):
        hours = max(1, int(left.total_seconds() // 3600))
        return ngettext("%(count)d hour left", "%(count)d hours left", hours) % {"count": hours}
    return ngettext("%(count)d day left", "%(count)d days left", left.days) % {"count": left.days}


def _pledge_url(project: Any) -> str:
    return reverse("funding:pledge_page", args=[project.slug])

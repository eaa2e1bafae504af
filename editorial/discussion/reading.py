"""A discussion as a page shows it: threads of comments and answers, who spoke, and what this reader may do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.paginator import Paginator
from django.db.models import Count, Q
from lapinblanc import clock
from lapinblanc.cooperative.models import Member

from editorial.discussion.commenting import EDITABLE
from editorial.discussion.models import Comment, State

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Said:
    """One comment on the page. `text` is empty when it was withdrawn or hidden; `name` when the account is gone."""

    pk: int
    name: str
    college: str
    text: str
    state: str
    at: datetime
    edited: bool
    mine: bool
    changeable: bool
    answers: tuple["Said", ...] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """`may_write`: a member for whom the page is, while comments are open. `key` goes into the form."""

    threads: tuple[Said, ...]
    total: int
    open: bool
    member: bool
    key: str
    older_url: str = ""
    newest_url: str = ""

    @property
    def may_write(self) -> bool:
        return self.open and self.member


def discussion_of(page: Any, *, member: Member | None, number: str | None = None) -> Thread:
    """The discussion under a news item, oldest first; three queries whatever its length."""
    rows = Comment.objects.filter(page=page)
    # What was taken back or hidden keeps its place, without its words.
    tops = rows.filter(parent=None).select_related("author").order_by("created_at", "pk")
    counted = rows.aggregate(tops=Count("pk", filter=Q(parent=None)), shown=Count("pk", filter=Q(state=State.SHOWN)))
    pages = Paginator(tops, PER_PAGE)
    pages.count = counted["tops"]
    paged = pages.get_page(number or 1)
    shown = list(paged.object_list)
    answers = rows.filter(parent__in=[top.pk for top in shown]).select_related("author").order_by("created_at", "pk")
    below: dict[int, list[Said]] = {}
    for answer in answers:
        below.setdefault(int(answer.parent_id or 0), []).append(_said(answer, member))
    return Thread(
        threads=tuple(_said(top, member, tuple(below.get(top.pk, ()))) for top in shown),
        total=counted["shown"],
        open=page.comments_open,
        member=member is not None,
        key=str(uuid4()),
        older_url=f"?commentaires={paged.next_page_number()}#discussion" if paged.has_next() else "",
        newest_url="?commentaires=1#discussion" if paged.has_previous() else "",
    )


def _said(row: Comment, member: Member | None, answers: tuple[Said, ...] = ()) -> Said:
    mine = member is not None and row.author_id == member.user_id and row.state == State.SHOWN
    return Said(
        pk=row.pk,
        name=(row.author.first_name if row.author else ""),
        college=row.get_college_display(),
        text=row.text if row.state == State.SHOWN else "",
        state=row.state,
        at=row.created_at,
        edited=row.edited_at is not None,
        mine=mine,
        changeable=mine and clock.now() - row.created_at <= EDITABLE,
        answers=answers,
    )

"""What members do in a discussion: comment, answer, change, take back, report. Every verb asks the register and the page's audience.

Text is kept as typed, plain; nothing in it is ever HTML or a link.
"""

import re
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from lapinblanc import clock
from lapinblanc.cooperative.models import Member

from editorial.audience import may_read
from editorial.discussion.models import LONGEST, Comment, Report, State
from editorial.pages.news import NewsPage

MOST_AT_ONCE = 5
FLOOD = timedelta(minutes=10)
EDITABLE = timedelta(minutes=15)
# What would turn the direction of the page's own text, and what no keyboard writes.
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class NotYours(Exception):
    """No member of the page's audience, or not the author: nothing may be written."""


class Closed(Exception):
    """The page takes no comments, or what was to be answered is gone."""


class TooMany(Exception):
    """Five comments in ten minutes: wait a little."""


class TooLate(Exception):
    """The quarter of an hour in which a comment may be changed is over."""


class Unfit(Exception):
    """Nothing written, or too much."""


def page_for(*, number: int, member: Member | None) -> NewsPage:
    """The live news item that this member may read. Raises NotYours, also when there is none: the answer tells nothing."""
    page = NewsPage.objects.live().filter(pk=number).first()
    if page is None or member is None or not may_read(page, member):
        raise NotYours
    return page


def comment(*, page: NewsPage, member: Member, text: str, key: UUID, parent: Comment | None = None) -> Comment:
    """Write a comment, or an answer one level deep. The same key twice is one comment.

    Raises NotYours, Closed, Unfit, TooMany.
    """
    written = _fit(text)
    if not may_read(page, member) or not member.is_current:
        raise NotYours
    if not page.comments_open or (parent is not None and (parent.page_id != page.pk or parent.parent_id or parent.state != State.SHOWN)):
        raise Closed
    with transaction.atomic():
        # One at a time for each member: the count below holds.
        Member.objects.select_for_update().get(pk=member.pk)
        known = Comment.objects.filter(key=key).first()
        if known is not None:
            if known.author_id != member.user_id:
                raise NotYours
            return known
        if Comment.objects.filter(author=member.user_id, created_at__gt=clock.now() - FLOOD).count() >= MOST_AT_ONCE:
            raise TooMany
        return Comment.objects.create(page=page, author=member.user, college=member.college, parent=parent, text=written, key=key)


def change(*, comment: Comment, member: Member | None, text: str) -> None:
    """Its author writes it anew, within a quarter of an hour. Raises NotYours, TooLate, Unfit."""
    written = _fit(text)
    with transaction.atomic():
        row = _own(comment, member)
        if clock.now() - row.created_at > EDITABLE:
            raise TooLate
        row.text, row.edited_at = written, clock.now()
        row.save(update_fields=["text", "edited_at"])


def withdraw(*, comment: Comment, member: Member | None) -> None:
    """Its author takes it back: the place stays, the words are gone. Raises NotYours."""
    with transaction.atomic():
        row = _own(comment, member)
        row.text, row.state = "", State.WITHDRAWN
        row.save(update_fields=["text", "state"])


def report(*, comment: Comment, member: Member | None, reason: str) -> None:
    """Tell the moderators, once each; a second report changes nothing. Raises NotYours, Unfit."""
    told = CONTROLS.sub("", reason).strip()
    if not told or len(told) > 1000:
        raise Unfit
    page_for(number=comment.page_id, member=member)
    if member is None or comment.state != State.SHOWN or comment.author_id == member.user_id:
        raise NotYours
    Report.objects.get_or_create(comment=comment, reporter=member.user, defaults={"reason": told})


def _own(comment: Comment, member: Member | None) -> Comment:
    """The author's own comment under lock, where they still may read the page."""
    page_for(number=comment.page_id, member=member)
    row = Comment.objects.select_for_update().get(pk=comment.pk)
    if member is None or row.author_id != member.user_id or row.state != State.SHOWN:
        raise NotYours
    return row


def _fit(text: str) -> str:
    written = CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not written or len(written) > LONGEST:
        raise Unfit
    return written

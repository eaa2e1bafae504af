"""Who may read what is reserved: a news item for all members or for one college.

The database keeps Wagtail's restriction of a page in step with its audience (migration `news_audience`), so that whatever asks
for open pages holds already: lists, search, sitemaps, feeds. Here is the other side: what a member may read, by the register.
"""

from typing import Any

from django.db.models import Q, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from lapinblanc import clock
from lapinblanc.cooperative import groups
from lapinblanc.cooperative.models import Member, MemberGroup
from lapinblanc.cooperative.register import membership_of

from editorial.cards import open_pages

PUBLIC, MEMBERS = "public", "members"


def reader(request: HttpRequest) -> Member | None:
    """The member who reads, looked up once a request."""
    if not hasattr(request, "member_reading"):
        request.member_reading = membership_of(request.user)
    found: Member | None = request.member_reading
    return found


def audiences_of(member: Member | None) -> tuple[str, ...]:
    """The audiences beyond the public that a member belongs to."""
    return (MEMBERS, str(member.college)) if member else ()


def may_read(page: Any, member: Member | None) -> bool:
    """Whether a news item is for this member, or for everybody."""
    return page.audience == PUBLIC or page.audience in audiences_of(member)


def reserved(pages: Any, member: Member | None) -> Any:
    """Live news items reserved to audiences of this member."""
    return pages.live().exclude(expire_at__lte=clock.now()).filter(audience__in=audiences_of(member))


def readable(pages: Any, member: Member | None) -> Any:
    """Live news items that this member may read: the open ones, and those reserved to their audiences."""
    return pages.live().filter(Q(pk__in=open_pages(pages).values("pk")) | Q(pk__in=reserved(pages, member).values("pk")))


def refuse_strangers(page: Any, request: HttpRequest) -> HttpResponse | None:
    """The answer to somebody whom a reserved page is not for: it tells nothing of it. None when they may read on.

    Editors of the page see it as its readers do.
    """
    page = page.specific
    if getattr(page, "audience", PUBLIC) == PUBLIC:
        return None
    member = reader(request)
    if may_read(page, member):
        # Wagtail asks the groups: a membership that began today may be ahead of the job.
        if member:
            _see_the_groups(request.user, page.audience)
        return None
    if request.user.is_authenticated and page.permissions_for_user(request.user).can_edit():
        return _served_to_editor(page, request)
    answer = render(request, "editorial/reserved.html", {"audience": page.audience, "member": member}, status=403)
    add_never_cache_headers(answer)
    return answer


def _see_the_groups(user: Any, audience: str) -> None:
    """Read the groups of the account once, for Wagtail's check too; put them in step where they lag behind the register."""
    prefetch_related_objects([user], "groups")
    ours = MemberGroup.objects.filter(audience=audience).values_list("group_id", flat=True)
    if not {group.pk for group in user.groups.all()} & set(ours):
        groups.keep_in_step()
        user._prefetched_objects_cache = {}


def _served_to_editor(page: Any, request: HttpRequest) -> HttpResponse:
    answer: HttpResponse = page.serve(request)
    add_never_cache_headers(answer)
    return answer

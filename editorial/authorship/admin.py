"""The editors' pages: begin a portrait, invite its creator, send her the draft and read her answer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from lapinblanc.numbers import whole
from wagtail.models import Page

from editorial.authorship.access import is_creator, stories_of
from editorial.authorship.approvals import NothingToSend, address_of, approvals_of, has_changed, send_draft
from editorial.authorship.invitations import NoBoutique, invite, withdraw
from editorial.authorship.models import Invitation
from editorial.authorship.portrait import new_portrait
from editorial.pages.story import StoryIndexPage, StoryPage
from shop import api

MOST_SHOWN = 24


def index_for(user: Any) -> Page | None:
    """The first section of stories that this person may add to."""
    for index in StoryIndexPage.objects.live().order_by("path"):
        if index.permissions_for_user(user).can_add_subpage():
            return index  # type: ignore[no-any-return]
    return None


@require_http_methods(["GET", "POST"])
def portrait(request: HttpRequest) -> HttpResponse:
    """Choose a boutique; its draft opens in the editor."""
    index = index_for(request.user)
    if index is None:
        raise PermissionDenied
    if request.method == "POST":
        vendor = get_object_or_404(api.choosable_vendors(), pk=whole(request.POST.get("vendor", "")) or 0)
        story = new_portrait(index=index, vendor_id=vendor.pk, by=request.user)
        return redirect("wagtailadmin_pages:edit", story.pk)
    words = request.GET.get("q", "").strip()
    rows = api.choosable_vendors()
    for word in words.split():
        rows = rows.filter(name__icontains=word)
    vendors = list(rows[: MOST_SHOWN + 1])
    told = set(StoryPage.objects.filter(vendor__in=vendors).values_list("vendor_id", flat=True))
    cards = [(vendor.pk, api.open_vendor_card(vendor), vendor.pk in told) for vendor in vendors[:MOST_SHOWN]]
    context = {"cards": [row for row in cards if row[1] is not None], "words": words, "more": len(vendors) > MOST_SHOWN, "page_title": _("New portrait"), "header_icon": "user"}
    return render(request, "authorship/admin/portrait.html", context)


def my_stories(request: HttpRequest) -> HttpResponse:
    """A creator's way in: her story when there is one, else the list of them."""
    stories = list(StoryPage.objects.filter(pk__in=stories_of(request.user)).order_by("pk"))
    if len(stories) == 1:
        return redirect("wagtailadmin_pages:edit", stories[0].pk)
    return render(request, "authorship/admin/mine.html", {"stories": stories, "page_title": _("My stories"), "header_icon": "doc-full-inverse"})


def story_for(request: HttpRequest, page_id: int) -> StoryPage:
    """The newest draft of a story that this person may edit. Raises Http404, PermissionDenied."""
    live = get_object_or_404(StoryPage, pk=page_id)
    if is_creator(request.user) or not live.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return live.get_latest_revision_as_object()  # type: ignore[no-any-return]


def together(request: HttpRequest, page_id: int) -> HttpResponse:
    """Who may write in this story, which drafts were sent, and what the creator answered."""
    story = story_for(request, page_id)
    context = {**state_of(story), "page_title": story.title, "header_icon": "group"}
    return render(request, "authorship/admin/together.html", context)


def state_of(story: StoryPage) -> dict[str, Any]:
    """For the page and for the panel of the editor."""
    sent = approvals_of(story.pk)
    return {
        "story": story,
        "invitation": Invitation.objects.filter(page_id=story.pk, withdrawn_at__isnull=True).select_related("authorship__group", "invited_by").first(),
        "approvals": [{"row": row, "changed": has_changed(row), "address": address_of(row)} for row in sent],
    }


@require_POST
def invitation(request: HttpRequest, page_id: int) -> HttpResponse:
    """Invite the creator, or take the invitation back."""
    story = story_for(request, page_id)
    if request.POST.get("act") == "withdraw":
        withdraw(page=story)
        messages.success(request, _("The invitation is withdrawn: this story is closed to its creator."))
    else:
        try:
            invite(page=story, by=request.user)
            messages.success(request, _("The creator is invited: a mail tells her where to write."))
        except NoBoutique:
            messages.error(request, _("Choose the boutique of this story first, and save."))
    return redirect("story_together", page_id)


@require_POST
def sending(request: HttpRequest, page_id: int) -> HttpResponse:
    """Send the newest draft to the creator."""
    story = story_for(request, page_id)
    try:
        sent = send_draft(page=story, by=request.user, note=request.POST.get("note", "").strip()[:2000])
        messages.success(request, _("The draft left for %(email)s.") % {"email": sent.email})
    except NothingToSend:
        messages.error(request, _("Choose the boutique of this story first, and save."))
    return redirect("story_together", page_id)

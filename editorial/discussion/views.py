"""Addresses of a discussion. Each view parses, calls one verb and answers; what was typed always comes back with the error."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from editorial.audience import reader
from editorial.discussion import commenting
from editorial.discussion.commenting import Closed, NotYours, TooLate, TooMany, Unfit
from editorial.discussion.forms import CommentForm, ReportForm
from editorial.discussion.models import Comment
from editorial.pages.news import NewsPage


@require_POST
@never_cache
def add(request: HttpRequest, number: int) -> HttpResponse:
    """A comment or an answer."""
    form, member = CommentForm(request.POST), reader(request)
    try:
        page = commenting.page_for(number=number, member=member)
    except NotYours:
        return _refused(request)
    assert member is not None
    parent = Comment.objects.filter(pk=_number(request.POST.get("parent")), page=page).first()
    if not form.is_valid():
        return _again(request, page, form, parent)
    try:
        if request.POST.get("parent") and parent is None:
            raise Closed
        made = commenting.comment(page=page, member=member, text=form.cleaned_data["text"], key=_key(request), parent=parent)
    except (Closed, TooMany, Unfit, NotYours) as refused:
        form.add_error("text", sentence(refused))
        return _again(request, page, form, parent)
    messages.success(request, _("Your comment is published. You may change it for a quarter of an hour."))
    return redirect(f"{page.get_url()}#commentaire-{made.pk}")


@never_cache
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Its author changes a comment."""
    found, page = _comment(request, pk)
    member = reader(request)
    if found is None or page is None or member is None or found.author_id != member.user_id:
        return _refused(request)
    form = CommentForm(request.POST or None, initial={"text": found.text})
    if request.method == "POST" and form.is_valid():
        try:
            commenting.change(comment=found, member=member, text=form.cleaned_data["text"])
        except (NotYours, TooLate, Unfit) as refused:
            form.add_error("text", sentence(refused))
        else:
            messages.success(request, _("Your comment is changed."))
            return redirect(f"{page.get_url()}#commentaire-{found.pk}")
    return render(request, "discussion/write.html", {"page": page, "form": form, "changes": True}, status=422 if form.errors else 200)


@require_POST
@never_cache
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Its author takes a comment back."""
    return _simple(request, pk, lambda found: commenting.withdraw(comment=found, member=reader(request)), _("Your comment is withdrawn."))


@never_cache
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """A member tells the moderators."""
    found, page = _comment(request, pk)
    if found is None or page is None:
        return _refused(request)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _simple(
            request, pk, lambda row: commenting.report(comment=row, member=reader(request), reason=form.cleaned_data["reason"]),
            _("Thank you: a moderator will read this comment and your reason."),
        )
    return render(request, "discussion/report.html", {"page": page, "comment": found, "form": form}, status=422 if form.errors else 200)


def sentence(refused: Exception) -> str:
    """What to tell somebody whose words were not taken."""
    return {
        Closed: _("This discussion is closed, or the comment that you answer was withdrawn."),
        TooMany: _("You have written five comments in ten minutes: wait a few minutes, then send this one again. Your text is kept below."),
        TooLate: _("A comment can be changed for a quarter of an hour: it is over. You may withdraw it and write another."),
        Unfit: _("Write between one and 2,000 characters."),
    }.get(type(refused), _("This is not yours to write."))


def _simple(request: HttpRequest, pk: int, verb: Callable[[Comment], None], done: str) -> HttpResponse:
    found, page = _comment(request, pk)
    if found is None or page is None:
        return _refused(request)
    try:
        verb(found)
    except (NotYours, Unfit):
        return _refused(request)
    messages.success(request, done)
    return redirect(f"{page.get_url()}#discussion")


def _comment(request: HttpRequest, pk: int) -> tuple[Comment | None, NewsPage | None]:
    """A comment under a page that this reader may read as a member, else nothing."""
    found = Comment.objects.filter(pk=pk).first()
    try:
        return found, commenting.page_for(number=found.page_id if found else 0, member=reader(request))
    except NotYours:
        return None, None


def _again(request: HttpRequest, page: NewsPage, form: Any, parent: Comment | None) -> HttpResponse:
    context = {"page": page, "form": form, "parent": parent, "key": request.POST.get("key", "") or uuid4()}
    return render(request, "discussion/write.html", context, status=422)


def _refused(request: HttpRequest) -> HttpResponse:
    """Nothing was written; what was typed stays on the page, to be copied."""
    typed = request.POST.get("text") or request.POST.get("reason") or ""
    return render(request, "discussion/refused.html", {"typed": typed[:4000]}, status=403)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 16 else 0


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()

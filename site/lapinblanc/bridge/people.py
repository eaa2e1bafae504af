"""Operators' pages of people, under /gestion/personnes/: search, one person, and the changes of rights, each with its reason."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.models import Group
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lapinblanc.accounts import rights
from lapinblanc.accounts.models import User
from lapinblanc.accounts.two_factor import FACTORS
from lapinblanc.audit.reading import entries_about
from lapinblanc.bridge.guard import operator_with
from lapinblanc.numbers import whole
from lapinblanc.privacy import erasing, exporting
from lapinblanc.privacy.models import Erasure, ErasureState

PER_PAGE = 30
RIGHT = "accounts.change_user"


def found(text: str) -> Any:
    """People whose address or name holds every word, the newest first."""
    people = User.objects.order_by("-pk")
    for word in text.split()[:5]:
        people = people.filter(Q(email__icontains=word) | Q(first_name__icontains=word) | Q(last_name__icontains=word))
    return people.only("id", "email", "first_name", "last_name", "is_staff", "is_superuser", "is_active", "date_joined")


@operator_with(RIGHT)
def people(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\0", "").strip()[:100]
    page = Paginator(found(text), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "operators/people.html", {"page": page, "text": text})


def _with_facts() -> Any:
    """People with their membership, whether they have a second step, and the day of a waiting erasure, in one query."""
    waiting = Erasure.objects.filter(user=OuterRef("pk"), state=ErasureState.WAITING).values("due_at")[:1]
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
    return User.objects.select_related("membership").annotate(has_factor=Exists(factors), erased_on=Subquery(waiting))


@operator_with(RIGHT)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    who = get_object_or_404(_with_facts(), pk=pk)
    held = list(who.groups.order_by("name"))
    context = {
        "person": who,
        "may_change": rights.may_change(by=request.user, person=who),
        "teams": list(who.vendor_memberships.select_related("vendor").order_by("vendor__name")),
        "membership": getattr(who, "membership", None),
        "roles": held,
        "other_roles": list(rights.roles_to_give(by=request.user).exclude(pk__in=[role.pk for role in held])),
        "second_factor": who.has_factor,
        "addresses": list(who.emailaddress_set.order_by("-primary", "email")),
        "erased_on": who.erased_on,
        "entries": entries_about(who)[:10],
    }
    return render(request, "operators/person.html", context)


def _change(request: HttpRequest, pk: int, what: Any, done: str, **facts: Any) -> HttpResponse:
    """Call one verb for one person; its refusals become a sentence."""
    who = get_object_or_404(User, pk=pk)
    try:
        what(person=who, by=request.user, reason=request.POST.get("reason", "").strip(), **facts)
        messages.success(request, done)
    except rights.NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("operators:person", pk=pk)


@require_POST
@operator_with(RIGHT)
def set_active(request: HttpRequest, pk: int) -> HttpResponse:
    wanted = request.POST.get("state", "")
    if wanted not in ("open", "closed"):
        raise Http404
    done = _("The account is open again.") if wanted == "open" else _("The account is closed, its sessions are over.")
    return _change(request, pk, rights.set_active, done, active=wanted == "open")


@require_POST
@operator_with(RIGHT)
def set_operator(request: HttpRequest, pk: int) -> HttpResponse:
    wanted = request.POST.get("operator") == "yes"
    done = _("This person may enter the back office.") if wanted else _("This person may no longer enter the back office.")
    return _change(request, pk, rights.set_operator, done, operator=wanted)


@require_POST
@operator_with(RIGHT)
def set_role(request: HttpRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(Group, pk=whole(request.POST.get("role", "")) or 0)
    verb, done = (rights.take_role, _("Role taken back.")) if request.POST.get("how") == "take" else (rights.give_role, _("Role given."))
    return _change(request, pk, verb, done, role=role)


@require_POST
@operator_with(RIGHT)
def reset_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(request, pk, rights.reset_second_factor, _("Second step taken off; the person has been told."))


@require_POST
@operator_with(RIGHT)
def start_privacy(request: HttpRequest, pk: int) -> HttpResponse:
    """For a person who asked by letter: a copy, which they alone can read, or the erasure, which they can undo."""
    what = request.POST.get("what", "")
    if what not in ("copy", "erasure"):
        raise Http404
    done = _("The copy is being made; the person gets a mail.") if what == "copy" else _("The account will be erased in seven days; the person gets a mail.")
    return _change(request, pk, _copy if what == "copy" else _erase, done)


def _copy(*, person: User, by: Any, reason: str) -> None:
    rights.check(by=by, person=person, reason=reason)
    exporting.ask_export(user=person, by=by, reason=reason)


def _erase(*, person: User, by: Any, reason: str) -> None:
    """Raises NotAllowed with the sentences of what is in the way."""
    rights.check(by=by, person=person, reason=reason)
    try:
        erasing.ask_erasure(user=person, by=by, reason=reason)
    except erasing.CannotErase as obstacle:
        raise rights.NotAllowed(str(obstacle)) from obstacle

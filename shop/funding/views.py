"""The campaign's page, one page to pledge, the way back from the bank, and a pledge by its token."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from lapinblanc.money import Money
from lapinblanc.numbers import whole

from shop.funding import exceptions as problems
from shop.funding import pledging
from shop.funding.forms import PledgeForm, cents_typed
from shop.funding.models import Pledge, PledgeState, Project, ProjectState, Tier
from shop.funding.progress import funding_of, progress_of
from shop.funding.settling import settle_pledge
from shop.funding.snapshot import last_day, vat_of
from shop.funding.updates import report_message
from shop.psp.models import PaymentState
from shop.psp.provider import ProviderError
from shop.vendors.legal import vat_mention
from shop.vendors.places import towns_of


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the editors tell of the project, when they do; else its own plain page."""
    project = _project(slug)
    funding = funding_of(project)
    if funding is None:
        raise Http404
    if funding.progress.url != project.get_absolute_url():
        return redirect(funding.progress.url)
    return render(request, "funding/detail.html", {"funding": funding, "project": project})


@never_cache
def pledge_page(request: HttpRequest, slug: str) -> HttpResponse:
    """GET `palier` or `montant` chooses; POST promises."""
    project = _project(slug)
    if not project.takes_pledges:
        messages.info(request, _("This campaign takes no contribution at the moment."))
        return redirect("funding:detail", slug)
    tier, amount = _chosen(request, project)
    if amount is None:
        messages.info(request, _("Choose a tier, or an amount between 1 € and 10,000 €."))
        return redirect("funding:detail", slug)
    sent = tier is not None and tier.needs_address
    if request.method != "POST":
        form = PledgeForm(initial=_known(request, project, tier, amount), sent=sent)
        return _show(request, form, project, tier, amount)
    form = PledgeForm(request.POST, sent=sent)
    if not form.is_valid():
        return _show(request, form, project, tier, amount, status=422)
    return _promise(request, form, project, tier, amount)


def _promise(request: HttpRequest, form: PledgeForm, project: Project, tier: Tier | None, amount: Money) -> HttpResponse:
    typed = form.cleaned_data
    asked = pledging.PledgeRequest(
        key=form.key_value,
        tier_id=tier.pk if tier else None,
        shown_total=Money(typed["shown_total"]),
        email=typed["email"],
        name=typed["name"].strip(),
        address=form.address(),
        message=typed["message"].strip(),
        message_public=typed["message_public"],
        anonymous=typed["anonymous"],
        wants_updates=typed["wants_updates"],
        language=get_language() or "fr",
    )
    try:
        return redirect(pledging.start_pledge(project=project, backer=request.user, asked=asked))
    except problems.AlreadyPledged as other:
        return redirect("funding:return", other.pledge.key)
    except problems.TierGone:
        messages.error(request, _("The last place of this tier has just been taken. Nothing was promised: please choose another one."))
        return _again(request, project, status=409)
    except problems.NotOpen:
        messages.info(request, _("This campaign has just closed. Nothing was promised and nothing is charged."))
        return _again(request, project, status=409)
    except (problems.AmountChanged, problems.PledgeEnded):
        messages.warning(request, _("The time to confirm was over, or the amount has changed: please check it and confirm again."))
        _forget_key(request, project)
        fresh = PledgeForm(initial={**request.POST.dict(), **_new(request, project, tier, amount)}, sent=form.sent)
        return _show(request, fresh, project, tier, amount, status=409)
    except ProviderError:
        messages.error(request, _("The payment service does not answer. Nothing was promised; please try again in a minute."))
        return _show(request, form, project, tier, amount, status=503)


@never_cache
def come_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where the provider sends the backer: look at the truth, then thank, wait or offer to try again."""
    found = Pledge.objects.select_related("payment", "project__vendor", "tier").filter(key=key).first()
    if found is None:
        raise Http404
    try:
        settle_pledge(found)
        if found.state == PledgeState.STARTED and not _is_under_way(found):
            context = {"pledge": found, "pay_url": pledging.open_payment(found)}
            return render(request, "funding/retry.html", context)
    except ProviderError:
        return render(request, "funding/waiting.html", {"pledge": found})
    except problems.PledgeEnded:
        return redirect(found)
    if _is_under_way(found):
        return render(request, "funding/waiting.html", {"pledge": found})
    return redirect(found)


@never_cache
def pledge(request: HttpRequest, token: str) -> HttpResponse:
    """Thanks, and whatever becomes of it: one page for the whole life of a pledge."""
    found = _pledge(token)
    payment: Any = found.payment
    purchase = getattr(payment, "purchase", None) if payment is not None else None
    context = {
        "pledge": found,
        "funding": funding_of(found.project, for_backers=True),
        "amount": Money(found.amount_cents),
        "purchase": purchase,
        "can_cancel": found.project.takes_pledges and found.state in (PledgeState.STARTED, PledgeState.AUTHORISED),
        "stopped": found.project.state == ProjectState.CANCELLED,
        "missed": found.project.state == ProjectState.FAILED,
    }
    return render(request, "funding/pledge.html", context)


@require_POST
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    found = _pledge(token)
    try:
        pledging.cancel_pledge(pledge=found)
        messages.success(request, _("Your contribution is cancelled: nothing was charged and nothing will be."))
    except problems.TooLate:
        messages.info(request, _("The campaign is over: a contribution can no longer be cancelled here. Nothing was changed."))
    return redirect(found)


@require_POST
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """After a refusal by the bank: to the payment page again."""
    found = _pledge(token)
    try:
        return redirect(pledging.mend(pledge=found))
    except problems.PledgeProblem:
        messages.info(request, _("This contribution can no longer be confirmed. Nothing was charged."))
    except ProviderError:
        messages.error(request, _("The payment service does not answer. Nothing was charged; please try again in a minute."))
    return redirect(found)


@require_POST
def news(request: HttpRequest, token: str) -> HttpResponse:
    """The backer turns the mails about news on or off."""
    found = _pledge(token)
    Pledge.objects.filter(pk=found.pk).update(wants_updates=not found.wants_updates)
    return redirect(found)


@require_POST
def report(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = Pledge.objects.filter(project__slug=slug, pk=pk, message_public=True).select_related("project").first()
    if found is None:
        raise Http404
    report_message(pledge=found)
    messages.success(request, _("Thank you: somebody of the house will look at this word."))
    return redirect("funding:detail", slug)


def _project(slug: str) -> Project:
    project = Project.objects.select_related("vendor").filter(slug=slug).exclude(state=ProjectState.DRAFT).first()
    if project is None:
        raise Http404
    return project


def _pledge(token: str) -> Pledge:
    found = Pledge.objects.select_related("project__vendor", "tier", "payment__purchase").filter(token=token).first()
    if found is None:
        raise Http404
    return found


def _is_under_way(found: Pledge) -> bool:
    return found.payment is not None and found.payment.state == PaymentState.PROCESSING


def _chosen(request: HttpRequest, project: Project) -> tuple[Tier | None, Money | None]:
    """What was chosen: a tier with its amount today, or a free amount; (None, None) for neither."""
    if request.method == "POST":
        tier_id, typed = request.POST.get("tier", ""), request.POST.get("shown_total", "")
        cents = whole(typed)
        free = Money(cents) if cents is not None and len(typed) < 9 else None
    else:
        tier_id, free = request.GET.get("palier", ""), cents_typed(request.GET.get("montant", ""))
    if not tier_id:
        return None, free
    tier = project.tiers.filter(pk=whole(tier_id)).first()
    return tier, Money(tier.amount_cents) if tier else None


def _new(request: HttpRequest, project: Project, tier: Tier | None, amount: Money) -> dict[str, Any]:
    """The key of this browser's pledge for this project: the same in every tab until it was made."""
    keys = request.session.setdefault("funding_keys", {})
    key = keys.get(str(project.pk))
    if key is None or Pledge.objects.filter(key=key).exclude(state=PledgeState.STARTED).exists():
        key = keys[str(project.pk)] = str(uuid4())
        request.session.modified = True
    return {"key": key, "tier": tier.pk if tier else None, "shown_total": amount.cents}


def _forget_key(request: HttpRequest, project: Project) -> None:
    request.session.get("funding_keys", {}).pop(str(project.pk), None)
    request.session.modified = True


def _known(request: HttpRequest, project: Project, tier: Tier | None, amount: Money) -> dict[str, Any]:
    known = _new(request, project, tier, amount)
    if request.user.is_authenticated:
        known |= {"email": request.user.email, "name": request.user.get_full_name()}
    return known


def _again(request: HttpRequest, project: Project, *, status: int) -> HttpResponse:
    project.refresh_from_db()
    return render(request, "funding/detail.html", {"funding": funding_of(project), "project": project}, status=status)


def _show(
    request: HttpRequest, form: PledgeForm, project: Project, tier: Tier | None, amount: Money, *, status: int = 200
) -> HttpResponse:
    vendor = project.vendor
    context = {
        "form": form,
        "project": project,
        "progress": progress_of([project])[0],
        "tier": tier,
        "amount": amount,
        "goal": Money(project.goal_cents),
        "until": last_day(tier.delivery_month) if tier else None,
        "vendor": vendor,
        "mention": "" if tier and vat_of(tier, vendor) else vat_mention(vendor.vat_regime),
        "towns": towns_of(str(form["postcode"].value() or "")) if form.sent else (),
    }
    return render(request, "funding/page.html", context, status=status)

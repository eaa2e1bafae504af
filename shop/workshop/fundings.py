"""A boutique's own fundings: how far they are, who contributes, news to write, counterparts to send."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from lapinblanc.money import Money
from lapinblanc.numbers import whole

from shop.funding import fulfilment
from shop.funding.models import COUNTED, Audience, Pledge, PledgeState, Project, ProjectState, Tier
from shop.funding.progress import progress_of
from shop.funding.updates import publish_update
from shop.order.models import Order, OrderState
from shop.vendors.access import own, own_of, vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor

PAGE = 50


class UpdateForm(forms.Form):
    """News for everybody or for contributors alone."""

    title = forms.CharField(label=gettext_lazy("Title of the news"), max_length=120)
    text = forms.CharField(label=gettext_lazy("Your news"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))
    audience = forms.ChoiceField(label=gettext_lazy("Who may read it"), choices=Audience.choices, initial=Audience.EVERYBODY)


@dataclass(frozen=True, slots=True)
class TierLine:
    """A tier in the workshop: its orders to send, on their way and delivered."""

    tier: Tier
    amount: Money
    to_send: int
    on_the_way: int
    delivered: int


@vendor_required("listings")
def table(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    projects = Project.objects.filter(vendor=vendor).select_related("vendor")
    drafts = [project for project in projects if project.state == ProjectState.DRAFT]
    return page(request, vendor, "fundings", {"fundings": progress_of(projects), "drafts": drafts})


@vendor_required("listings")
def detail(request: HttpRequest, vendor: Vendor, slug: str) -> HttpResponse:
    return _show(request, vendor, slug, UpdateForm())


@require_POST
@vendor_required("listings")
def tell(request: HttpRequest, vendor: Vendor, slug: str) -> HttpResponse:
    """Publish news; the job mails it."""
    project = _own(vendor, slug)
    form = UpdateForm(request.POST)
    if not form.is_valid():
        return _show(request, vendor, slug, form, status=422)
    publish_update(project=project, **form.cleaned_data)
    messages.success(request, _("Your news is published; contributors who asked for it are written to."))
    return redirect("workshop:funding", slug)


@require_POST
@vendor_required("listings")
def send(request: HttpRequest, vendor: Vendor, slug: str, pk: int) -> HttpResponse:
    tier = own_of(Tier.objects.all(), parent=_own(vendor, slug), field="project", pk=pk)
    done = fulfilment.send_tier(tier=tier, carrier=request.POST.get("carrier", "").strip()[:60] or "Colissimo")
    messages.success(request, ngettext("%(count)d counterpart is on its way.", "%(count)d counterparts are on their way.", done) % {"count": done})
    return redirect("workshop:funding", slug)


@require_POST
@vendor_required("listings")
def arrived(request: HttpRequest, vendor: Vendor, slug: str, pk: int) -> HttpResponse:
    tier = own_of(Tier.objects.all(), parent=_own(vendor, slug), field="project", pk=pk)
    done = fulfilment.deliver_tier(tier=tier)
    messages.success(request, ngettext("%(count)d counterpart is delivered.", "%(count)d counterparts are delivered.", done) % {"count": done})
    return redirect("workshop:funding", slug)


def _own(vendor: Vendor, slug: str) -> Any:
    return own(Project.objects.select_related("vendor").exclude(state=ProjectState.DRAFT), vendor=vendor, slug=slug)


def _show(request: HttpRequest, vendor: Vendor, slug: str, form: UpdateForm, *, status: int = 200) -> HttpResponse:
    project = _own(vendor, slug)
    start = min(whole(request.GET.get("apres", "")) or 0, 100_000)
    rows = project.pledges.filter(state__in=[*COUNTED, PledgeState.FAILED, PledgeState.RELEASED]).select_related("tier")
    found = list(rows[start : start + PAGE + 1])
    context = {
        "project": project,
        "progress": progress_of([project])[0],
        "pledges": found[:PAGE],
        "older_url": f"?apres={start + PAGE}" if len(found) > PAGE else "",
        "newest_url": "?" if start else "",
        "tiers": _tier_lines(project),
        "news": list(project.updates.all()[:10]),
        "form": form,
        "settling": _settling(project),
    }
    return page(request, vendor, "funding", context, status=status)


def _tier_lines(project: Project) -> list[TierLine]:
    """Each tier with its orders by state, in two queries."""
    rows = Order.objects.filter(purchase__payment__pledge__project=project).order_by()
    counts: dict[tuple[int, str], int] = {
        (row["purchase__payment__pledge__tier"], row["status"]): row["n"]
        for row in rows.values("purchase__payment__pledge__tier", "status").annotate(n=Count("pk"))
    }

    def count(tier: Tier, *states: str) -> int:
        return sum(counts.get((tier.pk, state), 0) for state in states)

    return [
        TierLine(
            tier=tier,
            amount=Money(tier.amount_cents),
            to_send=count(tier, OrderState.PLACED, OrderState.MAKING),
            on_the_way=count(tier, OrderState.SHIPPED),
            delivered=count(tier, OrderState.DELIVERED),
        )
        for tier in project.tiers.all()
    ]


def _settling(project: Project) -> dict[str, Any] | None:
    """After the decision: how many promises were taken or let go, of how many."""
    if project.decided_at is None:
        return None
    ended = dict(
        Pledge.objects.filter(project=project, authorised_at__isnull=False).order_by().values_list("state").annotate(n=Count("pk"))
    )
    charged = Pledge.objects.filter(project=project, state=PledgeState.CAPTURED).aggregate(cents=Sum("amount_cents"))["cents"] or 0
    waiting = ended.get(PledgeState.AUTHORISED, 0)
    return {"done": project.backers - waiting, "of": project.backers, "waiting": waiting, "refused": ended.get(PledgeState.FAILED, 0), "charged": Money(charged)}

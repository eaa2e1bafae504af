"""Operators, under /gestion/: the boutiques, the jobs, and Oscar's dashboard. Every view asks for `is_staff`.

Oscar's dashboard brings a login and a logout of its own: they are not routed; their names lead to allauth's.
"""

from django.apps import apps
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import RedirectView
from django_tasks_db.models import DBTaskResult

from lapinblanc.bridge import journal, people
from lapinblanc.bridge.guard import operator_required
from shop.vendors.models import Vendor, VendorState

SHOWN = 100


@operator_required
def boutiques(request: HttpRequest) -> HttpResponse:
    """Applications first, oldest first, then everybody else."""
    waiting = Vendor.objects.filter(state=VendorState.APPLIED).order_by("declared_at")
    others = Vendor.objects.exclude(state=VendorState.APPLIED).order_by("name")[:SHOWN]
    return render(request, "operators/boutiques.html", {"waiting": waiting, "others": others})


@operator_required
def jobs(request: HttpRequest) -> HttpResponse:
    """Jobs that failed, and the latest ones."""
    failed = DBTaskResult.objects.filter(status="FAILED").order_by("-enqueued_at")[:SHOWN]
    latest = DBTaskResult.objects.exclude(status="FAILED").order_by("-enqueued_at")[:30]
    return render(request, "operators/jobs.html", {"failed": failed, "latest": latest})


@require_POST
@operator_required
def run_again(request: HttpRequest, pk: str) -> HttpResponse:
    job = get_object_or_404(DBTaskResult, pk=pk, status="FAILED")
    job.task.enqueue(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
    job.delete()
    messages.success(request, _("The job is in the queue again."))
    return redirect("operators:jobs")


def _dashboard() -> list[URLPattern | URLResolver]:
    patterns, _app, _namespace = apps.get_app_config("dashboard").urls
    kept = [pattern for pattern in patterns if getattr(pattern, "name", "") not in ("login", "logout")]
    return [
        *kept,
        path("entree/", RedirectView.as_view(pattern_name="account_login", query_string=True), name="login"),
        path("sortie/", RedirectView.as_view(pattern_name="account_logout"), name="logout"),
    ]


# Names that the dashboard's templates lead to: the account's own pages.
customer_urls = (
    [
        path("compte/", RedirectView.as_view(pattern_name="account"), name="summary"),
        path("compte/entree/", RedirectView.as_view(pattern_name="account_login"), name="login"),
        path("compte/sortie/", RedirectView.as_view(pattern_name="account_logout"), name="logout"),
        path("compte/messages/", RedirectView.as_view(pattern_name="account"), name="notifications-inbox"),
    ],
    "customer",
)
operator_urls = (
    [
        path("boutiques/", boutiques, name="boutiques"),
        path("personnes/", people.people, name="people"),
        path("personnes/<int:pk>/", people.person, name="person"),
        path("personnes/<int:pk>/etat/", people.set_active, name="person_state"),
        path("personnes/<int:pk>/role/", people.set_role, name="person_role"),
        path("personnes/<int:pk>/gestion/", people.set_operator, name="person_operator"),
        path("personnes/<int:pk>/deuxieme-etape/", people.reset_second_factor, name="person_second_step"),
        path("personnes/<int:pk>/donnees/", people.start_privacy, name="person_data"),
        path("journal/", journal.journal, name="journal"),
        path("travaux/", jobs, name="jobs"),
        path("travaux/<uuid:pk>/relancer/", run_again, name="run_again"),
    ],
    "operators",
)
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(operator_urls)),
    path("", include(customer_urls)),
    path("", include((_dashboard(), "dashboard"))),
]

"""Addresses of the editors' reports, under Wagtail's admin."""

from django.urls import path

from editorial.reports.addresses import Addresses, lead_away, set_aside
from editorial.reports.base import EditorsReport
from editorial.reports.dead import DeadListings
from editorial.reports.orphans import Orphans
from editorial.reports.pictures import Pictures
from editorial.reports.sales import QuietStories, Sales

REPORTS: tuple[type[EditorsReport], ...] = (Sales, QuietStories, DeadListings, Pictures, Orphans, Addresses)
app_name = "editorial_reports"
urlpatterns = [
    *(path(f"{view.key}/", view.as_view(), name=view.key) for view in REPORTS),
    *(path(f"{view.key}/results/", view.as_view(results_only=True), name=f"{view.key}_results") for view in REPORTS),
    path("addresses/<int:pk>/set-aside/", set_aside, name="set_aside"),
    path("lead-away/<int:page_id>/", lead_away, name="lead_away"),
]

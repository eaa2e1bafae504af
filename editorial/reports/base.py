"""What the editors' reports share: one permission, a sentence that states the rule, a table, and its export.

Each report is one query for its rows and a fixed number for what a page of them shows.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

PERMISSION = "editorial_reports.see_reports"
DAYS = 30


def may_see(user: Any) -> bool:
    """Editors and operators; neither contributors nor translators."""
    return bool(user.is_active and user.has_perm(PERMISSION))


class EditorsReport(ReportView):  # type: ignore[misc]
    """`key` names its addresses and its exported file; `rule` says what is listed, above the table."""

    key = ""
    rule: Any = ""
    paginate_by = 30
    results_template_name = "editorial/reports/results.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_see(request.user):
            raise PermissionDenied
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    @cached_property
    def index_url(self) -> str:
        return reverse(f"editorial_reports:{self.key}")

    @cached_property
    def index_results_url(self) -> str:
        return reverse(f"editorial_reports:{self.key}_results")

    @property
    def export_filename(self) -> str:
        return self.key

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(*args, **kwargs), "rule": self.rule}


class LinkColumn(Column):  # type: ignore[misc]
    """A cell that leads elsewhere: `link` gives the address of a row, empty for plain text."""

    cell_template_name = "editorial/reports/link_cell.html"

    def __init__(self, name: str, *, link: Any, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.link = link

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        return {**super().get_cell_context_data(instance, parent_context), "link": self.link(instance)}


def edit_url(page_id: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id])

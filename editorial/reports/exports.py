"""Every CSV that Wagtail's admin exports, its own reports too: titles and names that others wrote are text, never formulas.

Wagtail sees to it in its XLSX and not in its CSV.
"""

from typing import Any

from lapinblanc.sheets import plain_cell
from wagtail.admin.views.mixins import SpreadsheetExportMixin


def make_plain() -> None:
    """Called once, when the room is ready."""
    as_wagtail_does = SpreadsheetExportMixin.preprocess_field_value

    def preprocess_field_value(self: Any, field: str, value: Any, export_format: str) -> Any:
        cell = as_wagtail_does(self, field, value, export_format)
        return plain_cell(cell) if export_format == self.FORMAT_CSV else cell

    SpreadsheetExportMixin.preprocess_field_value = preprocess_field_value

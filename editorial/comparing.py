"""Two versions of a page side by side: hours as people in Paris say them, and nothing where none was set."""

from typing import Any

from django.db import models
from django.template.defaultfilters import date as worded
from lapinblanc import clock
from wagtail.admin.compare import FieldComparison, register_comparison_class


class MomentComparison(FieldComparison):
    val_a: Any
    val_b: Any

    def __init__(self, field: Any, obj_a: Any, obj_b: Any) -> None:
        super().__init__(field, obj_a, obj_b)
        self.val_a, self.val_b = said(self.val_a), said(self.val_b)


def said(moment: Any) -> str:
    return worded(moment.astimezone(clock.PARIS), "j F Y, H:i") if moment else ""


def listen() -> None:
    register_comparison_class(models.DateTimeField, comparison_class=MomentComparison)

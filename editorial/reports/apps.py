from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "editorial.reports"
    label = "editorial_reports"
    verbose_name = _("Reports")

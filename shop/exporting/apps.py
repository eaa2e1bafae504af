from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportingConfig(AppConfig):
    name = "shop.exporting"
    label = "exporting"
    verbose_name = _("Export")

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PspConfig(AppConfig):
    name = "shop.psp"
    label = "psp"
    verbose_name = _("Payments")

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommissionsConfig(AppConfig):
    name = "shop.commissions"
    label = "commissions"
    verbose_name = _("Commissions")

    def ready(self) -> None:
        from lapinblanc.audit.watching import watch

        from shop.commissions.models import CommissionRate

        watch(CommissionRate, "rate", "vat_rate", "valid_from", "decided_by")

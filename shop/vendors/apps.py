from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VendorsConfig(AppConfig):
    name = "shop.vendors"
    label = "vendors"
    verbose_name = _("Boutiques")

    def ready(self) -> None:
        from lapinblanc.audit.watching import watch
        from lapinblanc.jobs import periodic
        from lapinblanc.privacy.registry import register

        from shop.vendors import tasks
        from shop.vendors.models import TeamMember, Vendor
        from shop.vendors.personal import INVITATIONS

        identity = ("legal_name", "siret", "vat_number", "street", "postcode", "city", "email", "phone", "psp_account")
        watch(Vendor, "name", "state", "legal_status", "vat_regime", masked=identity)
        watch(TeamMember, "vendor", "user", "role")
        register(INVITATIONS)
        periodic.register(tasks.tidy_invitations, every=timedelta(days=1))

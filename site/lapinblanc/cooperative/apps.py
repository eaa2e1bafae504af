from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CooperativeConfig(AppConfig):
    name = "lapinblanc.cooperative"
    label = "cooperative"
    verbose_name = _("Cooperative")

    def ready(self) -> None:
        # Models are not loaded when this module is imported.
        from lapinblanc.audit.watching import watch
        from lapinblanc.cooperative.models import Member
        from lapinblanc.cooperative.personal import Register
        from lapinblanc.cooperative.tasks import keep_groups_in_step
        from lapinblanc.jobs.periodic import register
        from lapinblanc.privacy import registry

        register(keep_groups_in_step, every=timedelta(minutes=10))
        registry.register(Register())
        watch(Member, "number", "college", "joined", "left")

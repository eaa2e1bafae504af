from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProposalsConfig(AppConfig):
    name = "editorial.proposals"
    label = "proposals"
    verbose_name = _("Proposals")

    def ready(self) -> None:
        from lapinblanc.privacy.registry import register

        from editorial.proposals.personal import PROPOSED

        register(PROPOSED)

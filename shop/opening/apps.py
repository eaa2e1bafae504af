from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpeningConfig(AppConfig):
    name = "shop.opening"
    label = "opening"
    verbose_name = _("Opening")

    def ready(self) -> None:
        # Models are not loaded when this module is.
        from lapinblanc.audit.watching import watch
        from lapinblanc.privacy.registry import register as answer_for

        from shop.catalogue import gates
        from shop.moderation import dossiers
        from shop.opening import dossier
        from shop.opening.mails import received_again
        from shop.opening.models import Application
        from shop.opening.personal import Openings
        from shop.opening.readiness import to_publish
        from shop.order.mails import resends
        from shop.psp.models import ProviderAccount

        gates.register(to_publish)
        dossiers.register(dossier.Openings())
        resends("opening", received_again)
        answer_for(Openings())
        watch(Application, "reached", "submitted_at", masked=("first_name", "last_name", "birth_date", "birth_place"))
        watch(ProviderAccount, "vendor", "provider", "state", masked=("holder_name", "bank_name", "iban_last4"))

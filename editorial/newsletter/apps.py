from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsletterConfig(AppConfig):
    name = "editorial.newsletter"
    label = "newsletter"
    verbose_name = _("Newsletter")

    def ready(self) -> None:
        # Models are not loaded when this module is imported.
        from lapinblanc.jobs.periodic import register
        from lapinblanc.privacy import registry

        from editorial.newsletter import receivers  # noqa: F401  hears the mail service
        from editorial.newsletter.personal import LETTER
        from editorial.newsletter.tasks import forget_unconfirmed, send_letters

        register(send_letters, every=timedelta(seconds=5))
        register(forget_unconfirmed, every=timedelta(days=1))
        registry.register(LETTER)

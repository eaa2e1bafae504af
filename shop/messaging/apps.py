"""Messages between buyers and boutiques: conversations, templates, quiet hours, and their mails."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    name = "shop.messaging"
    label = "messaging"
    verbose_name = _("Messages")

    def ready(self) -> None:
        # Models are not loaded when this module is imported.
        from lapinblanc.jobs.periodic import register
        from lapinblanc.privacy import registry

        from shop.messaging import tasks
        from shop.messaging.personal import Conversations
        from shop.messaging.timeline import messages_of
        from shop.order.timeline import tells

        register(tasks.tell, every=timedelta(minutes=1))
        registry.register(Conversations())
        tells(messages_of)

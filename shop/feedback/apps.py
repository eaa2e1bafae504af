"""Reviews of buyers: writing, answering, inviting."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "shop.feedback"
    label = "feedback"
    verbose_name = _("Reviews")

    def ready(self) -> None:
        # Models are not loaded when this module is imported.
        from lapinblanc.jobs.periodic import register

        from shop.feedback.inviting import invite_again
        from shop.feedback.tasks import invite
        from shop.feedback.timeline import reviews_of
        from shop.order.mails import resends
        from shop.order.timeline import tells

        register(invite, every=timedelta(hours=1))
        resends("review", invite_again)
        tells(reviews_of)

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuthorshipConfig(AppConfig):
    name = "editorial.authorship"
    label = "authorship"
    verbose_name = _("Authorship")

    def ready(self) -> None:
        # Models are not loaded when this module is imported.
        from lapinblanc.jobs.periodic import register
        from lapinblanc.privacy.registry import register as register_personal

        from editorial.authorship.personal import Approvals
        from editorial.authorship.receivers import listen
        from editorial.authorship.stories import stories_of
        from editorial.authorship.tasks import settle_creators
        from shop.api import register_stories

        register(settle_creators, every=timedelta(minutes=10))

        register_personal(Approvals())
        register_stories(stories_of)
        listen()

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscussionConfig(AppConfig):
    name = "editorial.discussion"
    label = "discussion"
    verbose_name = _("Discussion")

    def ready(self) -> None:
        from lapinblanc.privacy.registry import register

        from editorial.discussion.personal import Comments

        register(Comments())

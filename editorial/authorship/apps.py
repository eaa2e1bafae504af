from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuthorshipConfig(AppConfig):
    name = "editorial.authorship"
    label = "authorship"
    verbose_name = _("Authorship")

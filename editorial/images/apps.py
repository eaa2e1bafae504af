from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialImagesConfig(AppConfig):
    name = "editorial.images"
    label = "editorial_images"
    verbose_name = _("Pictures")

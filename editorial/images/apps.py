from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialImagesConfig(AppConfig):
    name = "editorial.images"
    label = "editorial_images"
    verbose_name = _("Pictures")

    def ready(self) -> None:
        # Models are not loaded when this module is imported.
        from lapinblanc.jobs.periodic import register

        from editorial.images.tasks import render_missing

        register(render_missing, every=timedelta(hours=1))

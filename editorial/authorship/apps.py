from datetime import timedelta

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, post_save
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
        from editorial.authorship.receivers import follow_migrations, follow_sections
        from editorial.authorship.tasks import settle_creators

        register(settle_creators, every=timedelta(minutes=10))

        register_personal(Approvals())

        # Once, after the last app: only then does every permission exist.
        last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
        post_migrate.connect(follow_migrations, sender=last, dispatch_uid="authorship_roles")
        for model in apps.get_app_config("editorial").get_models():
            if model._meta.model_name.endswith(("indexpage", "homepage")):
                post_save.connect(follow_sections, sender=model, dispatch_uid=f"authorship_{model._meta.model_name}")

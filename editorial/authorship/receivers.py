"""When roles are applied: after migrations, and when a section of the site is made."""

from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models.signals import post_migrate, post_save

from editorial.authorship.roles import apply_roles
from editorial.authorship.workflow import apply_workflow


def follow_migrations(*, using: str, plan: Any = (), **kwargs: Any) -> None:
    """After every table exists; a migration of one app alone may come before ours do."""
    tables = set(connections[using].introspection.table_names())
    if {"wagtailcore_page", "wagtailcore_grouppagepermission", "wagtailimages_image", "wagtailcore_workflow", "editorial_storypage"} <= tables:
        apply_roles()
        apply_workflow()


def follow_sections(*, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw:
        apply_roles(told=False)
        apply_workflow()


def listen() -> None:
    """Connect both; roles are applied once, after the last app: only then does every permission exist."""
    last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
    post_migrate.connect(follow_migrations, sender=last, dispatch_uid="authorship_roles")
    for model in apps.get_app_config("editorial").get_models():
        name = str(model._meta.model_name)
        if name.endswith(("indexpage", "homepage")):
            post_save.connect(follow_sections, sender=model, dispatch_uid=f"authorship_{name}")

"""When roles are applied: after migrations, and when a section of the site is made."""

from typing import Any

from django.db import connections

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

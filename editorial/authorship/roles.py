"""The groups of the editors' admin and their rights, as data: what stands here is what the database holds.

Applied after `migrate`, when a section of the site is made, and by `manage.py apply_roles`; whatever else somebody gave
such a group by hand is taken away again, and told in the log. The two groups that Wagtail brings, with rights over the whole
tree, are emptied. Groups that are not named here are left alone.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

log = logging.getLogger(__name__)

HOME, STORIES, COLLECTIONS, NEWS, GUIDES, CAMPAIGNS = "homepage", "storyindexpage", "collectionindexpage", "newsindexpage", "guideindexpage", "campaignindexpage"
WRITE = frozenset({"add", "change"})
PUBLISH = WRITE | {"publish", "lock"}
LEAD = PUBLISH | {"unlock", "bulk_delete"}
ENTER = "wagtailadmin.access_admin"
FILES = frozenset({"add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document"})
APPS = {"image": "wagtailimages", "document": "wagtaildocs", "collection": "wagtailcore"}


@dataclass(frozen=True, slots=True)
class Role:
    """`pages` gives page permissions by kind of section, there and below; `language` narrows them to one tree.

    `models` are patterns of « app.codename »: a room that is new is reached by its app's name alone.
    """

    key: str
    name: str
    pages: tuple[tuple[str, frozenset[str]], ...] = ()
    files: frozenset[str] = frozenset()
    models: tuple[str, ...] = ()
    language: str = ""


# Fundings are prepared, opened and stopped; never deleted.
FUNDINGS = ("funding.add_project", "funding.change_project", "funding.view_project", "funding.add_tier", "funding.change_tier", "funding.view_tier", "funding.change_pledge")
SECTIONS = (STORIES, COLLECTIONS, NEWS, GUIDES, CAMPAIGNS)
EDITORIAL_MODELS = (
    ENTER, "editorial_campaigns.*", "editorial_reports.*", "proposals.*", "site_search.*_synonymrule",
    "wagtailredirects.*_redirect", "simple_translation.submit_translation", *FUNDINGS,
)
CHIEF_EDITOR = Role(
    key="chief_editor",
    name="Rédaction en chef",
    pages=((HOME, LEAD),),
    files=FILES | {"add_collection", "change_collection", "delete_collection"},
    models=(*EDITORIAL_MODELS, "newsletter.*_issue", "newsletter.view_subscriber", "discussion.change_comment", "authorship.*"),
)
EDITOR = Role(
    key="editor",
    name="Rédaction",
    pages=tuple((section, PUBLISH) for section in SECTIONS),
    files=FILES,
    models=(*EDITORIAL_MODELS, "discussion.change_comment", "authorship.*"),
)
TRANSLATOR = Role(
    key="translator",
    name="Traduction",
    pages=((HOME, WRITE),),
    files=frozenset({"choose_image", "choose_document"}),
    models=(ENTER, "simple_translation.submit_translation"),
    language="en",
)
OPERATOR = Role(
    key="operator",
    name="Exploitation",
    models=(ENTER, "wagtailredirects.*_redirect", "site_search.*_synonymrule", "editorial_reports.*", "discussion.change_comment", "newsletter.view_subscriber", "cooperative.*_member", *FUNDINGS),
)
# The fifth role, the contributor, is one group per invited boutique: see `invitations.py`.
ROLES = (CHIEF_EDITOR, EDITOR, TRANSLATOR, OPERATOR)
REVIEWERS = (CHIEF_EDITOR, EDITOR)
# Wagtail's migrations make them; nobody is meant to be in them.
RESTING = (Role(key="wagtail_editors", name="Editors"), Role(key="wagtail_moderators", name="Moderators"))


def group_of(role: Role) -> Group:
    return Group.objects.get_or_create(name=role.name)[0]


@transaction.atomic
def apply_roles(*, told: bool = True) -> list[str]:
    """Give every role exactly its rights. Returns what was changed, a sentence each; nothing the second time.

    `told` writes corrections to the log; a new section gives rights that nobody took away.
    """
    known = {f"{row.content_type.app_label}.{row.codename}": row for row in Permission.objects.select_related("content_type")}
    sections = list(Page.objects.filter(content_type__app_label__in=("editorial", "editorial_campaigns")).values_list("content_type__model", "locale__language_code", "pk"))
    changes: list[str] = []
    for role in ROLES:
        group, made = Group.objects.get_or_create(name=role.name)
        found = _apply(role, group, known, sections)
        changes += found
        if told and not made:
            for change in found:
                log.warning("role corrected: %s", change)
    for role in RESTING:
        for group in Group.objects.filter(name=role.name):
            changes += _apply(role, group, known, sections)
    return changes


def _apply(role: Role, group: Group, known: dict[str, Permission], sections: list[Any]) -> list[str]:
    return [*_apply_models(role, group, known), *_apply_pages(role, group, known, sections), *_apply_files(role, group, known)]


def matching(patterns: Iterable[str], known: Iterable[str]) -> set[str]:
    return {name for name in known for pattern in patterns if fnmatchcase(name, pattern)}


def _apply_models(role: Role, group: Group, known: dict[str, Permission]) -> list[str]:
    wanted = matching(role.models, known)
    held = {f"{row.content_type.app_label}.{row.codename}" for row in group.permissions.select_related("content_type")}
    group.permissions.add(*(known[name] for name in wanted - held))
    group.permissions.remove(*(known[name] for name in held - wanted))
    return _sentences(role, wanted, held)


def _apply_pages(role: Role, group: Group, known: dict[str, Permission], sections: list[Any]) -> list[str]:
    rights = dict(role.pages)
    wanted = {
        (pk, right) for model, language, pk in sections for right in rights.get(model, ()) if not role.language or language == role.language
    }
    rows = GroupPagePermission.objects.filter(group=group).select_related("permission")
    held = {(row.page_id, row.permission.codename.removesuffix("_page")): row for row in rows}
    for pk, right in wanted - held.keys():
        GroupPagePermission.objects.create(group=group, page_id=pk, permission=known[f"wagtailcore.{right}_page"])
    GroupPagePermission.objects.filter(pk__in=[row.pk for key, row in held.items() if key not in wanted]).delete()
    return _sentences(role, {f"page {pk} {right}" for pk, right in wanted}, {f"page {pk} {right}" for pk, right in held})


def _apply_files(role: Role, group: Group, known: dict[str, Permission]) -> list[str]:
    root = Collection.get_first_root_node()
    if root is None:
        return []
    rows = GroupCollectionPermission.objects.filter(group=group).select_related("permission")
    held = {(row.collection_id, row.permission.codename): row for row in rows}
    wanted = {(root.pk, codename) for codename in role.files}
    for pk, codename in wanted - held.keys():
        app = APPS[codename.rpartition("_")[2]]
        GroupCollectionPermission.objects.create(group=group, collection_id=pk, permission=known[f"{app}.{codename}"])
    GroupCollectionPermission.objects.filter(pk__in=[row.pk for key, row in held.items() if key not in wanted]).delete()
    return _sentences(role, {f"files {pk} {right}" for pk, right in wanted}, {f"files {pk} {right}" for pk, right in held})


def _sentences(role: Role, wanted: set[str], held: set[str]) -> list[str]:
    return [f"{role.key}: + {right}" for right in sorted(wanted - held)] + [f"{role.key}: - {right}" for right in sorted(held - wanted)]


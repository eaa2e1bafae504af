"""Roles are what `roles.py` says, whatever somebody changed by hand."""

import logging

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import Collection, GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Page, Workflow

from editorial.authorship.roles import CHIEF_EDITOR, EDITOR, OPERATOR, ROLES, TRANSLATOR, apply_roles, group_of
from editorial.authorship.workflow import NAME, apply_workflow
from editorial.models import HomePage, StoryIndexPage
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories() -> StoryIndexPage:
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Accueil", slug="accueil"))
    return home.add_child(instance=StoryIndexPage(title="Histoires", slug="histoires"))


def rights(group: Group) -> tuple[set[str], set[tuple[int, str]], set[str]]:
    return (
        {f"{row.content_type.app_label}.{row.codename}" for row in group.permissions.select_related("content_type")},
        set(GroupPagePermission.objects.filter(group=group).values_list("page_id", "permission__codename")),
        set(GroupCollectionPermission.objects.filter(group=group).values_list("permission__codename", flat=True)),
    )


def test_a_new_section_is_open_to_its_roles_at_once(stories: StoryIndexPage) -> None:
    assert {right for page, right in rights(group_of(EDITOR))[1] if page == stories.pk} == {"add_page", "change_page", "publish_page", "lock_page"}
    assert stories.get_workflow().name == NAME
    assert apply_roles() == []


def test_rights_given_or_taken_by_hand_are_put_right_and_told(stories: StoryIndexPage, caplog: pytest.LogCaptureFixture) -> None:
    before = {role.key: rights(group_of(role)) for role in ROLES}
    group = group_of(EDITOR)
    group.permissions.add(Permission.objects.get(codename="add_user", content_type__app_label="accounts"))
    group.permissions.remove(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(group=group, page=Page.objects.get(depth=1), permission=Permission.objects.get(codename="publish_page"))
    GroupCollectionPermission.objects.filter(group=group, permission__codename="choose_image").delete()
    with caplog.at_level(logging.WARNING, logger="editorial"):
        changes = apply_roles()
    assert {role.key: rights(group_of(role)) for role in ROLES} == before
    assert "editor: - accounts.add_user" in changes
    assert "editor: + wagtailadmin.access_admin" in changes
    assert len(changes) == 4
    assert len(caplog.records) == 4


def test_a_group_of_somebody_else_is_left_alone(stories: StoryIndexPage) -> None:
    mine = Group.objects.create(name="Autre")
    mine.permissions.add(Permission.objects.get(codename="access_admin"))
    apply_roles()
    assert mine.permissions.count() == 1


def test_the_groups_that_wagtail_brings_have_no_rights(stories: StoryIndexPage) -> None:
    """They would reach the whole tree, members' news included."""
    for name in ("Editors", "Moderators"):
        group = Group.objects.get(name=name)
        assert rights(group) == (set(), set(), set())
        GroupPagePermission.objects.create(group=group, page=Page.objects.get(depth=1), permission=Permission.objects.get(codename="change_page"))
        group.permissions.add(Permission.objects.get(codename="access_admin"))
    assert len(apply_roles()) == 4
    assert {pages for name in ("Editors", "Moderators") for pages in map(len, rights(Group.objects.get(name=name)))} == {0}
    Group.objects.filter(name="Moderators").delete()
    apply_roles()
    assert not Group.objects.filter(name="Moderators").exists()


def test_each_role_has_no_more_than_it_needs(stories: StoryIndexPage) -> None:
    """Nobody but the chief editor may delete with children, and nobody at all manages persons, groups or settings of the shop."""
    for role in ROLES:
        models, pages, _files = rights(group_of(role))
        assert "wagtailadmin.access_admin" in models
        assert not {name for name in models if name.split(".")[0] in {"accounts", "auth", "catalogue", "order", "vendors", "ledger", "psp"}}
        assert ("bulk_delete_page" in {right for _pk, right in pages}) is (role is CHIEF_EDITOR)
    assert rights(group_of(OPERATOR))[1] == set()
    assert rights(group_of(TRANSLATOR))[1] == set()


def test_the_command_tells_what_it_corrected(stories: StoryIndexPage, capsys: pytest.CaptureFixture[str]) -> None:
    GroupPagePermission.objects.filter(group=group_of(EDITOR)).delete()
    call_command("apply_roles")
    assert "editor: + page" in capsys.readouterr().out
    call_command("apply_roles")
    assert capsys.readouterr().out.strip() == "0 rights corrected"


def test_the_workflow_is_one_and_its_reviewers_are_the_editors(stories: StoryIndexPage) -> None:
    apply_workflow()
    apply_workflow()
    task = GroupApprovalTask.objects.get(name="Relecture")
    assert set(task.groups.all()) == {group_of(CHIEF_EDITOR), group_of(EDITOR)}
    assert Workflow.objects.get(name=NAME).tasks.get().pk == task.pk
    assert Page.objects.get(depth=1).get_workflow() is None


def test_everybody_s_files_are_in_reach_of_the_editors(stories: StoryIndexPage) -> None:
    child = Collection.get_first_root_node().add_child(name="Privé")
    editor = make.staff(EDITOR, "redactrice")
    picture = make.picture(collection=child)
    assert picture.is_editable_by_user(editor)

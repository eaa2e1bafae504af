"""The way of a text to its readers, as code: written, submitted, read again by the editors, published on approval."""

from typing import Any

from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from editorial.authorship.roles import HOME, REVIEWERS, group_of

NAME, TASK = "Relecture par la rédaction", "Relecture"


def apply_workflow() -> Workflow:
    """One workflow with one task for the reviewers, on the whole site; the one that Wagtail brings rests."""
    task = GroupApprovalTask.objects.filter(name=TASK).first() or GroupApprovalTask.objects.create(name=TASK, active=True)
    groups = [group_of(role) for role in REVIEWERS]
    if set(task.groups.values_list("pk", flat=True)) != {group.pk for group in groups}:
        task.groups.set(groups)
    workflow = Workflow.objects.filter(name=NAME).first() or Workflow.objects.create(name=NAME, active=True)
    if list(workflow.workflow_tasks.values_list("task_id", flat=True)) != [task.pk]:
        workflow.workflow_tasks.all().delete()
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.filter(page__depth=1).delete()
    homes: Any = Page.objects.filter(content_type__app_label="editorial", content_type__model=HOME)
    for page in homes:
        WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": workflow})
    return workflow

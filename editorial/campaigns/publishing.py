"""Publishing and taking down by our clock: Wagtail's own actions, with Wagtail's own log entries.

Wagtail's command asks the machine's time; ours asks `clock.now()`, which tests and previews move.
"""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from lapinblanc import clock
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import DraftStateMixin, Page, Revision

from editorial.authorship.access import is_creator

PUBLISHED, TAKEN_DOWN = "wagtail.publish.scheduled", "wagtail.unpublish.scheduled"


def publish(revision: Revision) -> None:
    """Make a revision live now, whatever go-live date it holds."""
    kind = PublishPageRevisionAction if issubclass(revision.content_type.model_class(), Page) else PublishRevisionAction
    action = kind(revision, log_action=PUBLISHED)
    # Wagtail would compare it with the machine's time and schedule again; we know that the hour has come.
    action.object.go_live_at = None
    action.execute(skip_permission_checks=True)


def publish_latest_draft(page: Page, *, read_until: datetime | None = None) -> bool:
    """The latest draft that editors know of goes live. False when it is live as it is, or when they know of none.

    What an invited creator wrote after `read_until`, when the editors last published the release, nobody has read: what was
    written before goes live, and hers stays a draft.
    """
    if page.live and not page.has_unpublished_changes:
        return False
    if page.latest_revision_id is None:
        publish(page.specific.save_revision())
        return True
    drafts = Revision.objects.for_instance(page).select_related("user").order_by("-created_at", "-pk")
    known = next((draft for draft in drafts.iterator(chunk_size=20) if not _unread(draft, read_until)), None)
    if known is None or (page.live and known.pk == page.live_revision_id):
        return False
    publish(known)
    return True


def _unread(draft: Revision, read_until: datetime | None) -> bool:
    return draft.user is not None and is_creator(draft.user) and read_until is not None and draft.created_at > read_until


def take_down(row: Any, *, expired: bool = False) -> None:
    row.unpublish(set_expired=expired, log_action=TAKEN_DOWN)


def scheduled_revisions() -> list[int]:
    """What an editor scheduled and is due, the earliest first."""
    due = Revision.objects.filter(approved_go_live_at__lte=clock.now()).order_by("approved_go_live_at", "pk")
    return list(due.values_list("pk", flat=True))


@transaction.atomic
def publish_scheduled(pk: int) -> bool:
    """Publish one scheduled revision, once; False when another worker holds it or has done it."""
    revision = Revision.objects.select_for_update(skip_locked=True, of=["self"]).filter(pk=pk, approved_go_live_at__lte=clock.now()).first()
    if revision is None:
        return False
    publish(revision)
    return True


def expired_rows() -> list[tuple[type[Any], int]]:
    """What is live and whose time is over: pages, and snippets with drafts."""
    models = [Page, *(model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page))]
    now = clock.now()
    return [(model, pk) for model in models for pk in model._default_manager.filter(live=True, expire_at__lte=now).values_list("pk", flat=True)]


@transaction.atomic
def take_down_expired(model: type[Any], pk: int) -> bool:
    """Take one down, once; False when another worker holds it or has done it."""
    rows = model._default_manager.select_for_update(skip_locked=True, of=["self"])
    row = rows.filter(pk=pk, live=True, expire_at__lte=clock.now()).first()
    if row is None:
        return False
    take_down(row.specific if isinstance(row, Page) else row, expired=True)
    return True

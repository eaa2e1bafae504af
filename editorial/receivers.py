"""Django's own signal that a page was saved, turned into the verb that writes its mentions."""

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_save
from wagtail.models import Page

from editorial.mentions import write_mentions


def page_was_saved(sender: type, instance: Any, raw: bool = False, update_fields: Iterable[str] | None = None, **_kwargs: Any) -> None:
    """In the page's own transaction. A draft of a live page saves only marks beside the body: nothing changes."""
    if raw or not issubclass(sender, Page) or not hasattr(instance, "body"):
        return
    if update_fields is None or "body" in update_fields:
        write_mentions(instance)


def connect() -> None:
    """Called when the room is ready."""
    post_save.connect(page_was_saved, dispatch_uid="mentions")

"""The panel of a story's editor that tells who writes along and what the creator answered."""

from typing import Any

from wagtail.admin.panels import Panel

from editorial.authorship.access import is_creator


class TogetherPanel(Panel):
    """Shown to editors of a story that exists; its buttons lead to the page `story_together`."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "authorship/admin/panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and not is_creator(self.request.user)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            # A local import: the pages name this panel, and that module names the pages.
            from editorial.authorship.admin import state_of

            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, **state_of(self.instance)}

"""In the editor of a collection: how many creations answer its rule at this moment."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.panels import Panel

from editorial.rules import answers, search_url


class RulePanel(Panel):  # type: ignore[misc]
    """The count of the rule that was last saved, with the way to see them."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]
        def render_html(self, parent_context: Any = None) -> SafeString:
            rule = self.instance.query
            if not rule:
                return format_html('<p class="help">{}</p>', _("Without a search, the collection holds what you pick by hand in the body."))
            total = answers(rule, self.instance.most).total
            words = ngettext("%(n)d creation answers now.", "%(n)d creations answer now.", total) % {"n": total}
            return format_html('<p class="help">{} <a href="{}" target="_blank" rel="noopener">{}</a></p>', words, search_url(rule), _("See them"))

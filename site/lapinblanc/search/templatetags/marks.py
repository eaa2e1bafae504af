"""Marked text to HTML: everything is escaped, then our private signs become <mark>."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from lapinblanc.search.engine import MARK_END, MARK_START

register = template.Library()


@register.filter
def marks(text: str) -> SafeString:
    """« \\ue000bol\\ue001 bleu » is « <mark>bol</mark> bleu »."""
    return mark_safe(escape(text).replace(MARK_START, "<mark>").replace(MARK_END, "</mark>"))

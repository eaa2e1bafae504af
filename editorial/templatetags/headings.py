"""Headings of a long text: each gets an anchor, and the list of them goes before the text.

{% headings as body parts %}…{% endheadings %} prints nothing: `body` is the text with anchors, `parts` its second-level headings.
"""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from django import template
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe
from django.utils.text import slugify

register = template.Library()
HEADING = re.compile(r"<h2(?P<attributes>[^>]*)>(?P<inside>.*?)</h2>", re.DOTALL)
ID = re.compile(r'\bid="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Heading:
    id: str
    label: str


class HeadingsNode(template.Node):
    def __init__(self, inside: template.NodeList, body: str, parts: str) -> None:
        self.inside, self.body, self.parts = inside, body, parts

    def render(self, context: template.Context) -> str:
        html, found = anchored(self.inside.render(context))
        context[self.body], context[self.parts] = mark_safe(html), found  # what was rendered is safe already: only ids are added
        return ""


@register.tag
def headings(parser: Any, token: Any) -> HeadingsNode:
    _name, _as, body, parts = token.split_contents()
    inside = parser.parse(("endheadings",))
    parser.delete_first_token()
    return HeadingsNode(inside, body, parts)


def anchored(html: str) -> tuple[str, list[Heading]]:
    """The text with an id on each h2 outside of cards, and those headings in order."""
    found: list[Heading] = []
    used: dict[str, int] = {}

    def mark(match: re.Match[str]) -> str:
        label = " ".join(unescape(strip_tags(match["inside"])).split())
        if not label or "class=" in match["attributes"]:
            return match.group(0)
        own = ID.search(match["attributes"])
        base = f"p-{slugify(label)[:50]}".rstrip("-")
        used[base] = used.get(base, 0) + 1
        anchor = own[1] if own else base if used[base] == 1 else f"{base}-{used[base]}"
        found.append(Heading(anchor, label))
        return match.group(0) if own else f'<h2 id="{anchor}"{match["attributes"]}>{match["inside"]}</h2>'

    return HEADING.sub(mark, html), found

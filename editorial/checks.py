"""What the editor is told while writing: Wagtail's content checks with five of our own, and remarks that only the server can make.

The rules run in the preview, through axe. Wagtail 8.0 lets a site name rules and their words; the code of ours is in
`static/editorial/checks.js`, which adds it to axe once Wagtail's own script has loaded. Remarks are meta elements of a preview.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.userbar import ContentCheckerItem

from editorial.images.models import Picture

SCRIPT = "editorial/checks.js"
_RULES = {
    "lb-missing-alt": ("main img", "serious"),
    "lb-empty-link-words": ("main a", "serious"),
    "lb-typed-price": ("main .prose p, main .prose li, main .lead", "moderate"),
    "lb-missing-description": ("h1", "moderate"),
    "lb-long-title": ("h1", "minor"),
}
_WORDS = {
    "lb-missing-alt": (
        _("Picture without alternative text"),
        _("Say in one sentence what is seen, in the picture’s own form; tick « decorative » when it says nothing that the text does not say."),
    ),
    "lb-empty-link-words": (
        _("A link that does not say where it leads"),
        _("« Click here » means nothing to somebody who hears the links one after the other: link the words that name the place."),
    ),
    "lb-typed-price": (
        _("A price typed in the text"),
        _("It will be wrong on the day it changes. Add a card of the creation: its price is always the right one."),
    ),
    "lb-missing-description": (
        _("No description for search engines"),
        _("In the tab « Promote », say in one or two sentences what makes one want to open the page. Until then the introduction stands in."),
    ),
    "lb-long-title": (_("A title of more than 70 signs"), _("It is cut in lists of search engines: shorten it, or give a shorter one in the tab « Promote ».")),
}


class HouseChecker(ContentCheckerItem):
    """Wagtail's checks and ours."""

    axe_run_only = [rule for rule in ContentCheckerItem.axe_run_only if rule != "empty-meta-description"] + list(_RULES)
    axe_custom_rules = [
        *(rule for rule in ContentCheckerItem.axe_custom_rules if rule["id"] != "empty-meta-description"),
        # In what editors write: elsewhere the paragraphs are ours.
        {"id": "p-as-heading", "selector": ".prose p", "enabled": True},
        *(
            {"id": name, "impact": impact, "selector": selector, "tags": ["best-practice"], "any": [f"{name}-check"], "enabled": True}
            for name, (selector, impact) in _RULES.items()
        ),
    ]
    axe_messages = ContentCheckerItem.axe_messages | {name: {"error_name": title, "help_text": advice} for name, (title, advice) in _WORDS.items()}

    @property
    def media(self) -> forms.Media:
        return forms.Media(js=[versioned_static(SCRIPT)])


def with_house_checks(items: list[Any]) -> None:
    """Puts our checker in the place of Wagtail's, in the bar of a page and in the editor's panel."""
    items[:] = [HouseChecker(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items]


def remarks_on(page: Any) -> tuple[tuple[str, str], ...]:
    """What no look at the page tells: a description that the introduction stands in for, and the files of pictures that nobody described."""
    found = []
    if not page.search_description:
        found.append(("lb:description", "missing"))
    undescribed = Picture.objects.filter(pk__in=_pictures(page), alt="", decorative=False).values_list("file", flat=True)
    stems = "|".join(file.rpartition("/")[2].rpartition(".")[0] for file in undescribed)
    return (*found, ("lb:alt", stems)) if stems else tuple(found)


def _pictures(page: Any) -> set[int]:
    """The numbers of the pictures that a page shows, in its fields and in any block."""
    found = {getattr(page, "picture_id", None)}
    body = getattr(page, "body", None)
    if body is not None and hasattr(body, "stream_block"):
        found |= {int(key) for model, key, *_rest in body.stream_block.extract_references(body) if model is Picture}
    return {key for key in found if key}

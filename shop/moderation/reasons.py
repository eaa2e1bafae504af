"""Why a case is risky, in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _


def in_words(rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, int]]:
    """Sentences and points, the heaviest first."""
    said = {
        "new-boutique": _("The boutique is younger than thirty days"),
        "first-listings": _("One of its first creations"),
        "reserved-words": _("Words that the law keeps for others"),
        "far-price": _("Price far from the middle of its category"),
        "picture-elsewhere": _("The same picture is at another boutique"),
        "documents-of-law": _("A kind for which the law asks documents"),
        "flood": _("Many creations within an hour"),
        "earlier-decisions": _("Earlier decisions within the year"),
        "hidden-before": _("It was hidden before, and sent again"),
    }
    found = [(said.get(row["code"], _("Notice")) + (f" ({row['words']})" if row.get("words") else ""), int(row["points"])) for row in rows]
    return sorted(found, key=lambda row: -row[1])

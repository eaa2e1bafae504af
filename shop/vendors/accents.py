"""The six colours that a boutique may wear on its page. Their tokens stand in the theme, checked on page and card, light and dark."""

from django.utils.translation import gettext_lazy as _

ACCENTS = {
    "garance": _("madder red"), "prune": _("plum"), "ocean": _("sea blue"), "foret": _("forest green"), "miel": _("honey"), "ardoise": _("slate"),
}


def accent_of(name: str) -> str:
    """A name that the page may wear; the house’s own red for everything else."""
    return name if name in ACCENTS else "garance"

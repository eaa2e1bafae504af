"""The shelves of the chooser of blocks."""

from django.utils.translation import gettext_lazy as _

WORDS = _("To read")
PICTURES = _("To look at")
PIECES = _("Creations and boutiques")
WORKSHOP = _("In the workshop")
INVITATIONS = _("To take part")

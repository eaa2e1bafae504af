"""The newsletter, for copies and erasures."""

from django.utils.translation import gettext_lazy as _
from lapinblanc.privacy.rows import OwnRows, Table

LETTER = OwnRows(
    "lettre",
    _("Your subscription to the newsletter, with what you agreed to and the letters sent to you"),
    _("It ends with the account; nobody writes to you any more."),
    (Table("newsletter.Subscriber", "lettre-d-information", _("What you asked to receive."), ("email", "language", "stories", "collections", "cooperative", "state", "asked_at", "confirmed_at", "left_at"), address="email"),),
)

"""Invitations to teams hold an address: they go with the person's data, whoever sent them."""

from django.utils.translation import gettext_lazy as _
from lapinblanc.privacy.rows import OwnRows, Table

INVITATIONS = OwnRows(
    name="invitations-equipe",
    what=_("Invitations to the team of a boutique that were sent to you or by you"),
    why=_("Without an answer they end by themselves."),
    tables=(
        Table(
            label="vendors.TeamInvitation", sheet="invitations-equipe", about=_("Invitations to the team of a boutique."), owner="invited_by", address="email",
            fields=("vendor__name", "email", "role", "sent_at"),
        ),
    ),
)

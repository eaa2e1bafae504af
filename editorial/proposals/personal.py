"""Proposals of collections, for copies and erasures. A collection that was made of one is a page of the house and stays."""

from django.utils.translation import gettext_lazy as _
from lapinblanc.privacy.rows import OwnRows, Table

PROPOSED = OwnRows(
    "propositions",
    _("Collections that you proposed, and what we answered"),
    _("A collection published from them stays, as the editors wrote it."),
    (Table("proposals.Proposal", "collections-proposees", _("Collections that you proposed."), ("title", "why", "listings", "name", "state", "reason", "created_at"), owner="who"),),
)

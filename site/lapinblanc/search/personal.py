"""Saved searches, for copies and erasures. Counts of searches name nobody."""

from django.utils.translation import gettext_lazy as _

from lapinblanc.privacy.rows import OwnRows, Table

SAVED = OwnRows(
    "recherches",
    _("Your saved searches and their alerts"),
    _("They were for you alone."),
    (Table("site_search.SavedSearch", "recherches-suivies", _("Searches whose news come to you by mail."), ("text", "query", "created_at", "told_until"), owner="user"),),
)

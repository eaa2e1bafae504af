"""Favourites, for copies and erasures: they are their owner's alone."""

from django.utils.translation import gettext_lazy
from lapinblanc.privacy.rows import OwnRows, Table

KEPT = OwnRows(
    "favoris",
    gettext_lazy("Your favourites and the boutiques that you follow"),
    gettext_lazy("They were for you alone."),
    (
        Table("favourites.Favourite", "creations", gettext_lazy("Creations that you keep."), ("product__title", "at"), owner="user"),
        Table("favourites.Follow", "boutiques", gettext_lazy("Boutiques that you follow."), ("vendor__name", "at"), owner="user"),
    ),
)

"""What this room keeps of a person: who asked for an archive. The file itself is the boutique's and goes after a week."""

from django.utils.translation import gettext_lazy as _
from lapinblanc.privacy.rows import OwnRows, Table

ARCHIVES = OwnRows(
    name="archives",
    what=_("The archives of a boutique that you asked for"),
    why=_("Their files are removed within the day."),
    tables=(
        Table(
            label="exporting.ExportRun", sheet="archives", about=_("Archives of a boutique that you asked for."), owner="asked_by",
            fields=("vendor__name", "state", "asked_at", "ended_at", "size", "expires_at"),
        ),
    ),
)

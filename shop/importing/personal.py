"""What this room keeps of a person: who asked for an import. The files are the boutique's and go with it."""

from django.utils.translation import gettext_lazy as _
from lapinblanc.privacy.rows import OwnRows, Table

IMPORTS = OwnRows(
    name="imports",
    what=_("The imports of files that you asked for"),
    why=_("What they brought is the boutique's, and stays there."),
    tables=(
        Table(
            label="importing.ImportRun", sheet="imports", about=_("Imports of files that you asked for."), owner="asked_by",
            fields=("vendor__name", "filename", "format", "stage", "state", "asked_at", "ended_at", "note"),
        ),
    ),
)

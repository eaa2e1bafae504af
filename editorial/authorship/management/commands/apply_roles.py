"""`manage.py apply_roles`: give the editors' groups exactly the rights of `roles.py`; prints what was corrected."""

from typing import Any

from django.core.management.base import BaseCommand

from editorial.authorship.invitations import settle_all
from editorial.authorship.roles import apply_roles
from editorial.authorship.workflow import apply_workflow


class Command(BaseCommand):
    help = "Give the editors' groups their rights, and the sections their workflow."

    def handle(self, *args: Any, **options: Any) -> None:
        changes = apply_roles()
        apply_workflow()
        changes += settle_all()
        for change in changes:
            self.stdout.write(change)
        self.stdout.write(f"{len(changes)} rights corrected")

"""`manage.py make_renditions`: make what is missing for readers, with progress; interrupted, it goes on where it was."""

from typing import Any

from django.core.management.base import BaseCommand

from editorial.images.renditions import incomplete, make_missing


class Command(BaseCommand):
    help = "Make the renditions that public pages lack."

    def handle(self, *args: Any, **options: Any) -> None:
        numbers = list(incomplete().values_list("pk", flat=True))
        made = 0
        for done, (number, count) in enumerate(make_missing(numbers), start=1):
            made += count
            self.stdout.write(f"{done}/{len(numbers)} picture {number}: {count}")
        self.stdout.write(f"{made} renditions made")

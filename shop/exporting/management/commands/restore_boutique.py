"""`manage.py restore_boutique ARCHIVE [--owner EMAIL] [--slug SLUG] [--to-check | --check]`: a boutique from its archive."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from lapinblanc.accounts.models import User

from shop.exporting.restoring.opening import HostileArchive, OpenArchive
from shop.exporting.restoring.writing import AlreadyHere, restore_boutique


class Command(BaseCommand):
    help = "Read the archive of a boutique back: identity, creations with pictures, ways to send, reviews. All of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument("--owner", default="", help="e-mail address of the owner; the boutique's own by default; made when unknown")
        parser.add_argument("--slug", default="", help="another address for the boutique")
        parser.add_argument("--to-check", action="store_true", help="take none of its proofs on its word: in preparation, nothing shown, charter and approval to be given again")
        parser.add_argument("--check", action="store_true", help="check names, sizes and digests, and write nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            with OpenArchive(options["archive"]) as archive:
                manifest = archive.check()
                self.stdout.write(f"{manifest['name']}: {len(manifest['files'])} files, all as the manifest says")
                if options["check"]:
                    return
                email = options["owner"] or archive.json("boutique.json")["email"]
                owner = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email)
                restored = restore_boutique(archive=archive, owner=owner, slug=options["slug"], to_check=options["to_check"])
        except HostileArchive as refused:
            raise CommandError(f"Refused: {refused}") from refused
        except AlreadyHere as taken:
            raise CommandError(f"There is a boutique « {taken} » already: give --slug, or import its creations.") from taken
        self.stdout.write(f"{restored.vendor.slug}: {len(restored.listings)} creations, {restored.reviews} reviews")
        for note in restored.notes:
            self.stdout.write(f"  {note}")

"""`manage.py demo_accounts`: who can sign in to the demo, and with which password."""

from typing import Any

from django.core.management.base import BaseCommand

from lapinblanc.demo.people import BUYERS, OPERATOR, PASSWORD, STAFF


class Command(BaseCommand):
    help = "Print the demo accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Password of every demo account: {PASSWORD}")
        for role, email in (
            ("buyer", BUYERS[0][0]),
            ("boutique Atelier Maëlle", "atelier-maelle@demo.lapinblanc.example"),
            ("boutique Terre & Sel", "terre-et-sel@demo.lapinblanc.example"),
            ("boutique being opened", "faience-dautan@demo.lapinblanc.example"),
            ("boutique being read", "reliure-de-la-tannerie@demo.lapinblanc.example"),
            ("operator", OPERATOR[0]),
            *((role.key.replace("_", " "), who[0]) for role, who in STAFF),
        ):
            self.stdout.write(f"  {role:26} {email}")

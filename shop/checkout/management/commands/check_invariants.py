"""`manage.py check_invariants`: money, stock and orders agree; exit code 1 and sentences when they don't."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from shop.checkout.invariants import CHECKS, broken_invariants


class Command(BaseCommand):
    help = "Check that money, stock and orders agree."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = broken_invariants()
        for sentence in broken:
            self.stderr.write(sentence)
        if broken:
            sys.exit(1)
        self.stdout.write(f"{len(CHECKS)} invariants hold")

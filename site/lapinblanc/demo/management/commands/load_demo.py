"""`manage.py load_demo`: the demo marketplace; `--listings N --vendors M` a larger one, by COPY, for measurements."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.cache import cache
from django.core.management.base import BaseCommand
from django.db import transaction

from lapinblanc.demo.authorship import invite_creators
from lapinblanc.demo.catalogue import boutique_files, create_boutique, create_categories
from lapinblanc.demo.conversations import write_messages
from lapinblanc.demo.cooperative import create_conversations, create_members
from lapinblanc.demo.dressing import dress_boutiques
from lapinblanc.demo.editorial import create_pages
from lapinblanc.demo.fundings import create_fundings
from lapinblanc.demo.house import House
from lapinblanc.demo.imports import import_pieces
from lapinblanc.demo.media import Album
from lapinblanc.demo.moderation import create_cases
from lapinblanc.demo.openings import open_boutiques
from lapinblanc.demo.people import create_people
from lapinblanc.demo.prices import create_prices
from lapinblanc.demo.purchases import create_purchases
from lapinblanc.demo.reference import create_reference
from lapinblanc.demo.scale import copy_listings
from lapinblanc.demo.season import agree_prices
from lapinblanc.demo.translations import create_english
from lapinblanc.demo.visits import create_visits
from lapinblanc.search.indexing import rebuild
from shop.vendors.models import Vendor


class Command(BaseCommand):
    help = "Load the demo marketplace into an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there are boutiques already")
        parser.add_argument("--listings", type=int, default=0, help="then add as many listings, by COPY")
        parser.add_argument("--vendors", type=int, default=100, help="over as many further boutiques")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        if Vendor.objects.exists():
            if not options["if_empty"] and not options["listings"]:
                self.stderr.write("There are boutiques already: run `make reset` first to load the demo anew.")
        else:
            self._load()
        if options["listings"]:
            rate = copy_listings(listings=options["listings"], vendors=options["vendors"])
            self.stdout.write(f"{options['listings']} listings copied, {rate:.0f} a second")
        cache.clear()
        self.stdout.write(f"Demo ready in {time.monotonic() - began:.1f} s")

    def _load(self) -> None:
        with transaction.atomic():
            create_reference()
            buyers = create_people()
            album = Album()
            album.store()
            categories = create_categories()
            for facts in boutique_files():
                create_boutique(facts, album=album, categories=categories)
            self.stdout.write("Boutiques and listings: done")
            house = House(album)
            create_members()
            create_pages(house)
            create_english()
            invite_creators()
            agree_prices(house)
            import_pieces(house)
            dress_boutiques()
            self.stdout.write("Stories, collections and news: done")
        create_purchases(buyers)
        create_prices(house, buyers)
        create_fundings(house, buyers)
        create_conversations(house)
        write_messages()
        open_boutiques()
        create_cases()
        create_visits()
        rebuild("postgres")
        self.stdout.write("Purchases and reviews: done")

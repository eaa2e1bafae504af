"""`manage.py export_corpus`: the site's documents as JSON Lines, for `relevance` and for whoever judges."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lapinblanc.search.sources import sources

BATCH = 400


class Command(BaseCommand):
    help = "Write what the public may find as JSON Lines: id, kind, title, summary, keywords, body, facets, quality."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        written = 0
        with options["file"].open("w", encoding="utf-8") as file:
            for source in sources():
                after = 0
                while keys := source.keys(after=after, limit=BATCH):
                    after = keys[-1]
                    for document in sorted(source.documents(keys), key=lambda document: document.slug):
                        file.write(json.dumps(line(document), ensure_ascii=False) + "\n")
                        written += 1
        self.stdout.write(f"{written} documents")


def line(document: Any) -> dict[str, Any]:
    """A document without numbers of this database: categories and boutiques stand among its keywords."""
    facets: dict[str, Any] = {"vendor": next((t.partition(":")[2] for t in document.facets if t.startswith("vendor:")), "")}
    if document.price_cents is not None:
        facets["price_cents"] = document.price_cents
    return {
        "id": f"{document.kind}:{document.slug}", "kind": document.kind, "title": document.title, "summary": document.summary,
        "keywords": document.keywords, "body": document.body, "facets": facets, "quality": document.quality,
    }

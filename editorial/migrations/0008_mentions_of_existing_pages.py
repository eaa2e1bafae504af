"""Writes the mentions of the pages that were there before mentions were; from then on, saving a page writes its own."""

import json

from django.db import migrations

TABLES = ("storypage", "collectionpage", "newspage", "guidepage", "homepage")


def named(body):
    """The numbers of the listings that a body's JSON names by hand, in order, each once."""
    found = {}
    for block in body:
        value = block.get("value")
        if block.get("type") == "listing" and isinstance(value, dict):
            found[value.get("listing")] = None
        elif block.get("type") == "rail" and isinstance(value, dict):
            for item in value.get("listings") or []:
                found[item["value"] if isinstance(item, dict) else item] = None
    return [pk for pk in found if pk is not None]


def write(apps, schema_editor):
    Mention, Product = apps.get_model("editorial", "Mention"), apps.get_model("catalogue", "Product")
    with schema_editor.connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f'SELECT page_ptr_id, body::text FROM "editorial_{table}"')
            for page, text in cursor.fetchall():
                ids = named(json.loads(text) if text else [])
                known = set(Product.objects.filter(pk__in=ids).values_list("pk", flat=True))
                rows = [Mention(page_id=page, listing_id=pk, position=place) for place, pk in enumerate(ids) if pk in known]
                Mention.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("editorial", "0007_english"), ("catalogue", "0036_search_follows")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]

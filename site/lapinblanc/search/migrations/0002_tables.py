"""The tables of the index in PostgreSQL, the triggers' functions, and the index itself made known."""

from typing import Any, ClassVar

from django.db import migrations

from lapinblanc.search import outbox
from lapinblanc.search.engines.postgres import schema

INDEX = "site_search"


def create(apps: Any, editor: Any) -> None:
    with editor.connection.cursor() as cursor:
        cursor.execute(schema.create_tables(INDEX))
        cursor.execute(schema.create_indexes(INDEX))
    apps.get_model("site_search", "ActiveIndex").objects.create(name="postgres")


def drop(apps: Any, editor: Any) -> None:
    with editor.connection.cursor() as cursor:
        cursor.execute(schema.drop(INDEX))


class Migration(migrations.Migration):
    dependencies: ClassVar = [("site_search", "0001_searching")]

    operations: ClassVar = [
        migrations.RunPython(create, drop),
        migrations.RunSQL(outbox.FUNCTIONS, outbox.DROP_FUNCTIONS),
    ]

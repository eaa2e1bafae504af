"""The option under which a basket line remembers the page where its creation was met."""

from typing import ClassVar

from django.db import migrations


def create_option(apps, schema_editor):
    apps.get_model("catalogue", "Option").objects.get_or_create(
        code="lu", defaults={"name": "Read in", "type": "integer", "required": False}
    )


class Migration(migrations.Migration):
    dependencies: ClassVar = [("catalogue", "0036_search_follows")]
    operations: ClassVar = [migrations.RunPython(create_option, migrations.RunPython.noop)]

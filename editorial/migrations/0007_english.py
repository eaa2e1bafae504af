"""Pages may be written in English too; French stays the source."""

from typing import Any, ClassVar

from django.db import migrations


def add(apps: Any, schema_editor: Any) -> None:
    apps.get_model("wagtailcore", "Locale").objects.get_or_create(language_code="en")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("editorial", "0006_news_audience"), ("wagtailcore", "0098_apitoken")]
    operations: ClassVar = [migrations.RunPython(add, migrations.RunPython.noop)]

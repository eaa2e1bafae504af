"""The two classes of listing (from stock, made to order) and the one option that carries a personalisation."""

from typing import ClassVar

from django.db import migrations


def create_kinds(apps, schema_editor):
    product_class = apps.get_model("catalogue", "ProductClass")
    option, _made = apps.get_model("catalogue", "Option").objects.get_or_create(
        code="personalisation", defaults={"name": "Personalisation", "type": "text", "required": False}
    )
    for slug, name, track in (("stocked", "From stock", True), ("made-to-order", "Made to order", False)):
        kind, _made = product_class.objects.get_or_create(
            slug=slug, defaults={"name": name, "track_stock": track, "requires_shipping": True}
        )
        kind.options.add(option)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("catalogue", "0034_listing_vendor")]
    operations: ClassVar = [migrations.RunPython(create_kinds, migrations.RunPython.noop)]

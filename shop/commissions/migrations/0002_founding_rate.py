"""The first rate: 8 % before tax plus VAT at 20 %, until the members vote another."""

from datetime import datetime, timezone
from typing import ClassVar

from django.db import migrations


def set_founding_rate(apps, schema_editor):
    apps.get_model("commissions", "CommissionRate").objects.get_or_create(
        valid_from=datetime(2018, 1, 1, tzinfo=timezone.utc),
        defaults={"rate": 800, "vat_rate": 2000, "decided_by": "Statuts fondateurs"},
    )


class Migration(migrations.Migration):
    dependencies: ClassVar = [("commissions", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(set_founding_rate, migrations.RunPython.noop)]

"""Purchase numbers come from a sequence: two checkouts at once never wait for each other, nor share one."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("order", "0022_purchase_vendor_parcels")]
    operations: ClassVar = [
        migrations.RunSQL("CREATE SEQUENCE purchase_number START 1", "DROP SEQUENCE purchase_number")
    ]

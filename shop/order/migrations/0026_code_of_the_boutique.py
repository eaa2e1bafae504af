"""What the code of a boutique took off an order."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('order', '0025_read_in'),
    ]

    operations = [
        migrations.AddField(
            model_name='order',
            name='coupon_code',
            field=models.CharField(blank=True, max_length=24, verbose_name='code'),
        ),
        migrations.AddField(
            model_name='order',
            name='discount_cents',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='order',
            name='shipping_discount_cents',
            field=models.PositiveIntegerField(default=0),
        ),
    ]

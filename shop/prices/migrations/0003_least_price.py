"""A price is one that a card can be charged: fifty cents at least."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partner', '0008_guarded_stock'),
        ('prices', '0002_history'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='pricewindow',
            constraint=models.CheckConstraint(condition=models.Q(('price_cents__gte', 50)), name='price_window_is_a_price'),
        ),
    ]

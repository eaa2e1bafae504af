"""The right to see the whole site as of a date."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('editorial_campaigns', '0002_campaign_funding'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='campaignpage',
            options={'permissions': [('see_as_of', 'Can see the whole site as of a date')], 'verbose_name': 'campaign', 'verbose_name_plural': 'campaigns'},
        ),
    ]

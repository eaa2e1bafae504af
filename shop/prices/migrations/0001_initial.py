"""What pieces were offered at, and lower prices agreed for a time."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('partner', '0008_guarded_stock'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PriceChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('price_cents', models.PositiveIntegerField(null=True)),
                ('at', models.DateTimeField()),
                ('stockrecord', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='price_changes', to='partner.stockrecord')),
            ],
            options={
                'indexes': [models.Index(fields=['stockrecord', 'at', 'id'], name='price_change_in_order')],
            },
        ),
        migrations.CreateModel(
            name='PriceWindow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('price_cents', models.PositiveIntegerField(verbose_name='price during the campaign')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('campaign', models.CharField(max_length=60)),
                ('agreed_at', models.DateTimeField()),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('agreed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stockrecord', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='price_windows', to='partner.stockrecord')),
            ],
            options={
                'indexes': [models.Index(fields=['campaign'], name='price_window_by_campaign')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='price_window_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('agreed_at__lte', models.F('starts_at'))), name='price_window_agreed_before_it_starts'), models.CheckConstraint(condition=models.Q(('campaign', ''), _negated=True), name='price_window_names_its_campaign'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('left_at__isnull', True)), expressions=[(models.Func(models.F('stockrecord'), models.F('stockrecord'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('starts_at'), models.F('ends_at'), function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='price_windows_never_overlap')],
            },
        ),
    ]

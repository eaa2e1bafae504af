"""Codes of boutiques, their uses, and sales of their own."""

import django.contrib.postgres.fields
import django.db.models.deletion
import lapinblanc.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('order', '0026_code_of_the_boutique'),
        ('vendors', '0002_workshop_fields'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Coupon',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=24, verbose_name='code')),
                ('kind', models.CharField(choices=[('percent', 'per cent'), ('amount', 'amount'), ('shipping', 'free shipping')], max_length=8)),
                ('percent', models.PositiveSmallIntegerField(default=0)),
                ('amount_cents', models.PositiveIntegerField(default=0)),
                ('minimum_cents', models.PositiveIntegerField(default=0)),
                ('listings', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, null=True, size=None)),
                ('is_personal', models.BooleanField(default=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('stopped_at', models.DateTimeField(blank=True, null=True)),
                ('most_uses', models.PositiveIntegerField(blank=True, null=True)),
                ('most_per_person', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('uses', models.PositiveIntegerField(default=0)),
                ('created_at', models.DateTimeField(default=lapinblanc.clock.now)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('vendor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coupons', to='vendors.vendor')),
            ],
            options={
                'verbose_name': 'code',
                'ordering': ['-created_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='CouponPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('coupon', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='coupons.coupon')),
            ],
        ),
        migrations.CreateModel(
            name='Redemption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(db_index=True)),
                ('person', models.CharField(blank=True, max_length=64)),
                ('place', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('reserved', 'reserved'), ('used', 'used'), ('released', 'released')], default='reserved', max_length=8)),
                ('cents', models.PositiveIntegerField()),
                ('reserved_at', models.DateTimeField(default=lapinblanc.clock.now)),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('coupon', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='redemptions', to='coupons.coupon')),
                ('order', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='redemption', to='order.order')),
            ],
        ),
        migrations.CreateModel(
            name='Sale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80, verbose_name='name')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('created_at', models.DateTimeField(default=lapinblanc.clock.now)),
                ('stopped_at', models.DateTimeField(blank=True, null=True)),
                ('start_seen_at', models.DateTimeField(blank=True, null=True)),
                ('end_seen_at', models.DateTimeField(blank=True, null=True)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('vendor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sales', to='vendors.vendor')),
            ],
            options={
                'verbose_name': 'sale',
                'ordering': ['-starts_at', '-id'],
            },
        ),
        migrations.AddConstraint(
            model_name='coupon',
            constraint=models.UniqueConstraint(fields=('vendor', 'code'), name='coupon_code_once_per_vendor'),
        ),
        migrations.AddConstraint(
            model_name='coupon',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Z0-9][A-Z0-9-]{2,23}$')), name='coupon_code_in_capitals'),
        ),
        migrations.AddConstraint(
            model_name='coupon',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount_cents', 0), ('kind', 'percent'), ('percent__gte', 1), ('percent__lte', 99)), models.Q(('amount_cents__gte', 1), ('kind', 'amount'), ('percent', 0)), models.Q(('amount_cents', 0), ('kind', 'shipping'), ('percent', 0)), _connector='OR'), name='coupon_takes_off_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='coupon',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='coupon_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='coupon',
            constraint=models.CheckConstraint(condition=models.Q(('most_uses', None), ('uses__lte', models.F('most_uses')), _connector='OR'), name='coupon_never_used_too_often'),
        ),
        migrations.AddConstraint(
            model_name='couponperson',
            constraint=models.UniqueConstraint(fields=('coupon', 'email'), name='coupon_person_once'),
        ),
        migrations.AddConstraint(
            model_name='redemption',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['reserved', 'used', 'released'])), name='redemption_state_known'),
        ),
        migrations.AddConstraint(
            model_name='redemption',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('order__isnull', False), ('state', 'used')), models.Q(models.Q(('state', 'used'), _negated=True), ('order', None)), _connector='OR'), name='redemption_used_by_an_order'),
        ),
        migrations.AddConstraint(
            model_name='redemption',
            constraint=models.CheckConstraint(condition=models.Q(('cents__gt', 0)), name='redemption_took_something_off'),
        ),
        migrations.AddConstraint(
            model_name='redemption',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'released'), _negated=True), fields=('coupon', 'key'), name='redemption_once_per_checkout'),
        ),
        migrations.AddConstraint(
            model_name='redemption',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('state', 'released'), _negated=True), models.Q(('person', ''), _negated=True)), fields=('coupon', 'person', 'place'), name='redemption_place_once_per_person'),
        ),
        migrations.AddConstraint(
            model_name='sale',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='sale_ends_after_it_starts'),
        ),
    ]

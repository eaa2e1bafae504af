"""Campaigns, what goes live with them, and what has switched."""

import django.db.models.deletion
import editorial.blocks.streams
import lapinblanc.clock
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('editorial', '0004_more_kinds_of_pages'),
        ('editorial_images', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CampaignIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('intro', models.CharField(blank=True, max_length=300, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'index of campaigns',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='CampaignPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('kicker', models.CharField(blank=True, help_text='Two or three words above the title.', max_length=60, verbose_name='kicker')),
                ('intro', models.CharField(help_text='One or two sentences, shown in lists too.', max_length=300, verbose_name='introduction')),
                ('body', editorial.blocks.streams.BodyField([], blank=True, verbose_name='body')),
                ('date', models.DateField(default=lapinblanc.clock.today, verbose_name='date')),
                ('author', models.CharField(blank=True, max_length=80, verbose_name='author')),
                ('minutes', models.PositiveSmallIntegerField(default=1, editable=False)),
                ('starts_at', models.DateTimeField(help_text='In Paris time. At this very minute everything below switches together.', verbose_name='starts on')),
                ('ends_at', models.DateTimeField(help_text='In Paris time. The page stays, as an archive.', verbose_name='ends on')),
                ('banner_text', models.CharField(blank=True, help_text='Shown above every page while the campaign lasts. Empty: no banner.', max_length=120, verbose_name='sentence of the banner')),
                ('banner_label', models.CharField(blank=True, help_text='« See the creations », for instance.', max_length=40, verbose_name='text of its link')),
                ('tint', models.CharField(choices=[('garance', 'madder red'), ('bleu', 'blue'), ('sauge', 'sage green'), ('miel', 'honey')], default='garance', max_length=10, verbose_name='tint')),
                ('countdown', models.BooleanField(default=True, verbose_name='show how much time is left')),
                ('invites', models.BooleanField(default=False, help_text='They find the invitation in their workshop until the campaign starts.', verbose_name='boutiques may join with lower prices')),
                ('invitation', models.CharField(blank=True, max_length=300, verbose_name='what boutiques are told')),
                ('collection', models.ForeignKey(blank=True, help_text='Its creations are shown on the campaign’s page.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='editorial.collectionpage', verbose_name='collection')),
                ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='editorial_images.picture', verbose_name='picture')),
            ],
            options={
                'verbose_name': 'campaign',
                'verbose_name_plural': 'campaigns',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ReleasePiece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('taken_down', models.BooleanField(default=False, verbose_name='taken down at the end')),
                ('campaign', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='release', to='editorial_campaigns.campaignpage')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page of the release')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Switch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moment', models.CharField(choices=[('start', 'at its start'), ('end', 'at its end')], max_length=5)),
                ('due_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('retry_at', models.DateTimeField(blank=True, null=True)),
                ('error', models.TextField(blank=True)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='switches', to='editorial_campaigns.campaignpage')),
            ],
        ),
        migrations.AddIndex(
            model_name='campaignpage',
            index=models.Index(fields=['starts_at', 'ends_at'], name='campaign_by_dates'),
        ),
        migrations.AddConstraint(
            model_name='campaignpage',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='campaign_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='campaignpage',
            constraint=models.CheckConstraint(condition=models.Q(('tint__in', ['garance', 'bleu', 'sauge', 'miel'])), name='campaign_tint_known'),
        ),
        migrations.AddConstraint(
            model_name='releasepiece',
            constraint=models.UniqueConstraint(fields=('campaign', 'page'), name='release_holds_a_page_once'),
        ),
        migrations.AddConstraint(
            model_name='switch',
            constraint=models.UniqueConstraint(fields=('campaign', 'moment'), name='campaign_switches_once_each_way'),
        ),
        migrations.AddConstraint(
            model_name='switch',
            constraint=models.CheckConstraint(condition=models.Q(('moment__in', ['start', 'end'])), name='campaign_moment_known'),
        ),
    ]

"""Guides, legal texts of their own kind, what pages mention."""

from typing import Any

import django.db.models.deletion
import editorial.blocks.streams
import lapinblanc.clock
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


def to_legal(apps: Any, schema_editor: Any) -> None:
    """Texts with a version become legal texts: the same page, address and history, another kind."""
    content_types = apps.get_model("contenttypes", "ContentType")
    legal, _made = content_types.objects.get_or_create(app_label="editorial", model="legalpage")
    standard = content_types.objects.filter(app_label="editorial", model="standardpage").first()
    if standard is None:
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO editorial_legalpage (page_ptr_id, intro, text, footer, version, in_force)"
            " SELECT page_ptr_id, intro, text, footer, version, in_force FROM editorial_standardpage WHERE version <> '' AND in_force IS NOT NULL"
        )
        cursor.execute("DELETE FROM editorial_standardpage WHERE page_ptr_id IN (SELECT page_ptr_id FROM editorial_legalpage)")
        cursor.execute("UPDATE wagtailcore_page SET content_type_id = %s WHERE id IN (SELECT page_ptr_id FROM editorial_legalpage)", [legal.pk])
        cursor.execute(
            "UPDATE wagtailcore_revision SET content_type_id = %s, content = jsonb_set(content, '{content_type}', to_jsonb(%s))"
            " WHERE content_type_id = %s AND object_id IN (SELECT page_ptr_id::text FROM editorial_legalpage)",
            [legal.pk, legal.pk, standard.pk],
        )


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0036_search_follows'),
        ('editorial', '0003_search_follows'),
        ('editorial_images', '0001_initial'),
        ('vendors', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='GuideIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('intro', models.CharField(blank=True, max_length=300, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'index of guides',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='LegalPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('intro', models.CharField(blank=True, max_length=300, verbose_name='introduction')),
                ('text', wagtail.fields.RichTextField(verbose_name='text')),
                ('footer', models.CharField(blank=True, choices=[('', 'not in the footer'), ('cooperative', 'the cooperative'), ('legal', 'your rights')], default='', max_length=12, verbose_name='in the footer')),
                ('version', models.CharField(max_length=20, verbose_name='version')),
                ('in_force', models.DateField(verbose_name='in force since')),
            ],
            options={
                'verbose_name': 'legal text',
                'verbose_name_plural': 'legal texts',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.AddField(
            model_name='collectionpage',
            name='most',
            field=models.PositiveSmallIntegerField(default=24, verbose_name='at most'),
        ),
        migrations.AddField(
            model_name='collectionpage',
            name='query',
            field=models.CharField(blank=True, help_text='What follows the question mark in the address of a search: q=bol&couleur=bleu. New creations join by themselves.', max_length=400, verbose_name='and those that answer this search'),
        ),
        migrations.AddField(
            model_name='newspage',
            name='audience',
            field=models.CharField(choices=[('public', 'everybody'), ('members', 'all members'), ('creators', 'the college of creators'), ('buyers', 'the college of buyers'), ('employees', 'the college of employees'), ('partners', 'the college of partners')], default='public', max_length=12, verbose_name='for whom'),
        ),
        migrations.AddField(
            model_name='newspage',
            name='comments_open',
            field=models.BooleanField(default=True, verbose_name='members may comment'),
        ),
        migrations.AddField(
            model_name='storypage',
            name='vendor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='vendors.vendor', verbose_name='boutique'),
        ),
        migrations.CreateModel(
            name='GuidePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('kicker', models.CharField(blank=True, help_text='Two or three words above the title.', max_length=60, verbose_name='kicker')),
                ('intro', models.CharField(help_text='One or two sentences, shown in lists too.', max_length=300, verbose_name='introduction')),
                ('body', editorial.blocks.streams.BodyField([], blank=True, verbose_name='body')),
                ('date', models.DateField(default=lapinblanc.clock.today, verbose_name='date')),
                ('author', models.CharField(blank=True, max_length=80, verbose_name='author')),
                ('minutes', models.PositiveSmallIntegerField(default=1, editable=False)),
                ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='editorial_images.picture', verbose_name='picture')),
            ],
            options={
                'verbose_name': 'guide',
                'verbose_name_plural': 'guides',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalogue.product')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('page', 'listing'), name='mention_once_per_page')],
            },
        ),
        migrations.RunPython(to_legal, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='standardpage',
            name='in_force',
        ),
        migrations.RemoveField(
            model_name='standardpage',
            name='version',
        ),
    ]

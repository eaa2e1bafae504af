"""What a guide says in short; the search follows every kind of page, and for whom a news item is."""

from typing import ClassVar

import wagtail.fields
from django.db import migrations
from lapinblanc.search.outbox import follow, unfollow

KINDS = "ARRAY['story', 'collection', 'news', 'campaign', 'guide', 'page']"
PAGE = f"""
  SELECT array_agg(k) INTO gone FROM unnest(changed) k WHERE NOT EXISTS (SELECT 1 FROM wagtailcore_page p WHERE p.id = k AND p.live);
  PERFORM site_search_note('page', changed);
  IF gone IS NOT NULL THEN PERFORM site_search_hide({KINDS}, gone); END IF;
"""
RESTRICTION = f"""
  IF TG_OP = 'DELETE' THEN
    SELECT array_agg(p.id) INTO changed FROM before current_row JOIN wagtailcore_page closed ON closed.id = current_row.page_id JOIN wagtailcore_page p ON p.path LIKE closed.path || '%%';
    PERFORM site_search_note('page', changed);
    RETURN NULL;
  END IF;
  SELECT array_agg(p.id) INTO gone FROM after current_row JOIN wagtailcore_page closed ON closed.id = current_row.page_id JOIN wagtailcore_page p ON p.path LIKE closed.path || '%%';
  PERFORM site_search_note('page', gone);
  PERFORM site_search_hide({KINDS}, gone);
"""
# A member's news leaves the index with the statement that closes it.
NEWS = """
  PERFORM site_search_note('page', changed);
  SELECT array_agg(n.page_ptr_id) INTO gone FROM editorial_newspage n WHERE n.page_ptr_id = ANY(changed) AND n.audience <> 'public';
  IF gone IS NOT NULL THEN PERFORM site_search_hide(ARRAY['news'], gone); END IF;
"""
NEWS_TRIGGERS = follow("editorial_newspage", body=NEWS, id_column="page_ptr_id", columns=("audience",))


class Migration(migrations.Migration):
    dependencies: ClassVar = [("editorial", "0004_more_kinds_of_pages"), ("site_search", "0002_tables")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="guidepage",
            name="in_short",
            field=wagtail.fields.RichTextField(blank=True, verbose_name="in short"),
        ),
        migrations.RunSQL(unfollow("wagtailcore_page") + follow("wagtailcore_page", body=PAGE), migrations.RunSQL.noop),
        migrations.RunSQL(
            unfollow("wagtailcore_pageviewrestriction") + follow("wagtailcore_pageviewrestriction", body=RESTRICTION), migrations.RunSQL.noop
        ),
        migrations.RunSQL(NEWS_TRIGGERS, unfollow("editorial_newspage")),
    ]

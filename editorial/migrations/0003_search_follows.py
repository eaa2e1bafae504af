"""The search follows pages and who may see them."""

from typing import ClassVar

from django.db import migrations
from lapinblanc.search.outbox import follow, unfollow

PAGE = """
  SELECT array_agg(k) INTO gone FROM unnest(changed) k WHERE NOT EXISTS (SELECT 1 FROM wagtailcore_page p WHERE p.id = k AND p.live);
  PERFORM site_search_note('page', changed);
  IF gone IS NOT NULL THEN PERFORM site_search_hide(ARRAY['story', 'collection', 'news', 'campaign'], gone); END IF;
"""
RESTRICTION = """
  IF TG_OP = 'DELETE' THEN
    SELECT array_agg(p.id) INTO changed FROM before current_row JOIN wagtailcore_page closed ON closed.id = current_row.page_id JOIN wagtailcore_page p ON p.path LIKE closed.path || '%%';
    PERFORM site_search_note('page', changed);
    RETURN NULL;
  END IF;
  SELECT array_agg(p.id) INTO gone FROM after current_row JOIN wagtailcore_page closed ON closed.id = current_row.page_id JOIN wagtailcore_page p ON p.path LIKE closed.path || '%%';
  PERFORM site_search_note('page', gone);
  PERFORM site_search_hide(ARRAY['story', 'collection', 'news', 'campaign'], gone);
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("editorial", "0002_reading_minutes"), ("wagtailcore", "0098_apitoken"), ("site_search", "0002_tables")]

    operations: ClassVar = [
        migrations.RunSQL(follow("wagtailcore_page", body=PAGE), unfollow("wagtailcore_page")),
        migrations.RunSQL(follow("wagtailcore_pageviewrestriction", body=RESTRICTION), unfollow("wagtailcore_pageviewrestriction")),
    ]

"""Who may read a news item, held by the database: Wagtail's restriction of the page follows its audience in the same transaction."""

from typing import ClassVar

from django.db import migrations

FOLLOW = """
CREATE FUNCTION editorial_news_audience() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE made integer;
BEGIN
  DELETE FROM wagtailcore_pageviewrestriction_groups WHERE pageviewrestriction_id IN
    (SELECT id FROM wagtailcore_pageviewrestriction WHERE page_id = NEW.page_ptr_id);
  DELETE FROM wagtailcore_pageviewrestriction WHERE page_id = NEW.page_ptr_id;
  IF NEW.audience <> 'public' THEN
    INSERT INTO wagtailcore_pageviewrestriction (page_id, restriction_type, password) VALUES (NEW.page_ptr_id, 'groups', '') RETURNING id INTO made;
    INSERT INTO wagtailcore_pageviewrestriction_groups (pageviewrestriction_id, group_id)
      SELECT made, group_id FROM cooperative_membergroup WHERE audience = NEW.audience;
    IF NOT FOUND THEN RAISE EXCEPTION 'no group for the audience %', NEW.audience; END IF;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER news_audience_added AFTER INSERT ON editorial_newspage FOR EACH ROW EXECUTE FUNCTION editorial_news_audience();
CREATE TRIGGER news_audience_changed AFTER UPDATE OF audience ON editorial_newspage FOR EACH ROW
  WHEN (OLD.audience IS DISTINCT FROM NEW.audience) EXECUTE FUNCTION editorial_news_audience();
CREATE FUNCTION editorial_news_stays_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM editorial_newspage n WHERE n.page_ptr_id = OLD.page_id AND n.audience <> 'public')
    AND NOT EXISTS (SELECT 1 FROM wagtailcore_pageviewrestriction r WHERE r.page_id = OLD.page_id) THEN
    RAISE EXCEPTION 'the audience of the news item says who reads it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER news_stays_closed AFTER DELETE ON wagtailcore_pageviewrestriction DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION editorial_news_stays_closed();
"""
UNFOLLOW = """
DROP TRIGGER news_stays_closed ON wagtailcore_pageviewrestriction;
DROP TRIGGER news_audience_added ON editorial_newspage;
DROP TRIGGER news_audience_changed ON editorial_newspage;
DROP FUNCTION editorial_news_audience();
DROP FUNCTION editorial_news_stays_closed();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("editorial", "0005_guides_in_short"), ("cooperative", "0002_register"), ("wagtailcore", "0098_apitoken")]

    operations: ClassVar = [migrations.RunSQL(FOLLOW, UNFOLLOW)]

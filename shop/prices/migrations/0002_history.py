"""The database writes the history of prices itself, and refuses to change what was true."""

from typing import ClassVar

from django.db import migrations

HISTORY = """
-- What a buyer could have paid: the price while the listing is published and its variant public, null otherwise.
CREATE FUNCTION prices_note(records bigint[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO prices_pricechange (stockrecord_id, price_cents, at)
  SELECT offered.id, offered.cents, statement_timestamp() FROM (
    SELECT record.id, CASE WHEN coalesce(whole.state, piece.state) = 'published' AND (whole.id IS NULL OR piece.is_public)
                           THEN round(record.price * 100)::integer END AS cents
    FROM partner_stockrecord record
    JOIN catalogue_product piece ON piece.id = record.product_id
    LEFT JOIN catalogue_product whole ON whole.id = piece.parent_id
    WHERE record.id = ANY(records)
  ) offered
  WHERE offered.cents IS DISTINCT FROM (
    SELECT price_cents FROM prices_pricechange known WHERE known.stockrecord_id = offered.id ORDER BY known.at DESC, known.id DESC LIMIT 1)
$$;

CREATE FUNCTION prices_follow_record() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed bigint[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(id) INTO changed FROM after_rows;
  ELSE
    SELECT array_agg(a.id) INTO changed FROM after_rows a JOIN before_rows b ON b.id = a.id
    WHERE (a.price, a.product_id) IS DISTINCT FROM (b.price, b.product_id);
  END IF;
  IF changed IS NOT NULL THEN PERFORM prices_note(changed); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER prices_record_added AFTER INSERT ON partner_stockrecord REFERENCING NEW TABLE AS after_rows
  FOR EACH STATEMENT EXECUTE FUNCTION prices_follow_record();
CREATE TRIGGER prices_record_changed AFTER UPDATE ON partner_stockrecord REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows
  FOR EACH STATEMENT EXECUTE FUNCTION prices_follow_record();

CREATE FUNCTION prices_follow_listing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed bigint[]; records bigint[];
BEGIN
  SELECT array_agg(a.id) INTO changed FROM after_rows a JOIN before_rows b ON b.id = a.id
  WHERE (a.state, a.is_public, a.parent_id) IS DISTINCT FROM (b.state, b.is_public, b.parent_id);
  IF changed IS NULL THEN RETURN NULL; END IF;
  SELECT array_agg(r.id) INTO records FROM partner_stockrecord r JOIN catalogue_product p ON p.id = r.product_id
  WHERE p.id = ANY(changed) OR p.parent_id = ANY(changed);
  IF records IS NOT NULL THEN PERFORM prices_note(records); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER prices_listing_changed AFTER UPDATE ON catalogue_product REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows
  FOR EACH STATEMENT EXECUTE FUNCTION prices_follow_listing();

-- Once for each record that is there already: from today on we know.
SELECT prices_note(array_agg(id)) FROM partner_stockrecord;

CREATE FUNCTION prices_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the history of prices is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER prices_change_append_only BEFORE UPDATE OR DELETE ON prices_pricechange
  FOR EACH ROW EXECUTE FUNCTION prices_append_only();

-- An agreed window may be left before it starts or end sooner; a person may be forgotten. Nothing else of it changes.
CREATE FUNCTION prices_window_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.starts_at <= now() AND OLD.left_at IS NULL THEN
      RAISE EXCEPTION 'a price that was in force is evidence and stays' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
  END IF;
  IF (NEW.stockrecord_id, NEW.price_cents, NEW.starts_at, NEW.campaign, NEW.agreed_at)
     IS DISTINCT FROM (OLD.stockrecord_id, OLD.price_cents, OLD.starts_at, OLD.campaign, OLD.agreed_at)
     OR NEW.ends_at > OLD.ends_at
     OR (NEW.agreed_by_id IS NOT NULL AND NEW.agreed_by_id IS DISTINCT FROM OLD.agreed_by_id)
     OR (OLD.left_at IS NOT NULL AND NEW.left_at IS DISTINCT FROM OLD.left_at)
     OR (NEW.left_at IS DISTINCT FROM OLD.left_at AND NEW.left_at >= OLD.starts_at) THEN
    RAISE EXCEPTION 'an agreed price is left or cut short, never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER prices_window_guarded BEFORE UPDATE OR DELETE ON prices_pricewindow
  FOR EACH ROW EXECUTE FUNCTION prices_window_guard();
"""
DROP = """
DROP TRIGGER prices_window_guarded ON prices_pricewindow;
DROP TRIGGER prices_change_append_only ON prices_pricechange;
DROP TRIGGER prices_listing_changed ON catalogue_product;
DROP TRIGGER prices_record_changed ON partner_stockrecord;
DROP TRIGGER prices_record_added ON partner_stockrecord;
DROP FUNCTION prices_window_guard();
DROP FUNCTION prices_append_only();
DROP FUNCTION prices_follow_listing();
DROP FUNCTION prices_follow_record();
DROP FUNCTION prices_note(bigint[]);
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("prices", "0001_initial"), ("catalogue", "0036_search_follows"), ("partner", "0008_guarded_stock")]

    operations: ClassVar = [migrations.RunSQL(HISTORY, DROP)]

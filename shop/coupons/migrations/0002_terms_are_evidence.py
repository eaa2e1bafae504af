"""What a code says is evidence of prices: the database lets it be used, stopped or ended sooner, and nothing else."""

from typing import ClassVar

from django.db import migrations

GUARD = """
CREATE FUNCTION coupons_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.starts_at <= clock_timestamp() AND (OLD.stopped_at IS NULL OR OLD.stopped_at > OLD.starts_at) THEN
      RAISE EXCEPTION 'a code that could be used is evidence and stays' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
  END IF;
  IF (NEW.vendor_id, NEW.code, NEW.kind, NEW.percent, NEW.amount_cents, NEW.minimum_cents, NEW.listings, NEW.is_personal, NEW.starts_at, NEW.created_at, NEW.most_uses, NEW.most_per_person)
     IS DISTINCT FROM
     (OLD.vendor_id, OLD.code, OLD.kind, OLD.percent, OLD.amount_cents, OLD.minimum_cents, OLD.listings, OLD.is_personal, OLD.starts_at, OLD.created_at, OLD.most_uses, OLD.most_per_person)
     OR (NEW.ends_at IS DISTINCT FROM OLD.ends_at AND (NEW.ends_at IS NULL OR NEW.ends_at > coalesce(OLD.ends_at, NEW.ends_at)))
     OR (OLD.stopped_at IS NOT NULL AND NEW.stopped_at IS DISTINCT FROM OLD.stopped_at)
     OR (NEW.created_by_id IS NOT NULL AND NEW.created_by_id IS DISTINCT FROM OLD.created_by_id) THEN
    RAISE EXCEPTION 'a code is used, stopped or ended sooner, never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER coupons_guarded BEFORE UPDATE OR DELETE ON coupons_coupon FOR EACH ROW EXECUTE FUNCTION coupons_guard();
"""
DROP = """
DROP TRIGGER coupons_guarded ON coupons_coupon;
DROP FUNCTION coupons_guard();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("coupons", "0001_codes_and_sales")]

    operations: ClassVar = [migrations.RunSQL(GUARD, DROP)]

"""The search follows listings, their stock and their boutiques."""

from typing import ClassVar

from django.db import migrations
from lapinblanc.search.outbox import follow, unfollow

PRODUCT = """
  SELECT array_agg(DISTINCT coalesce(p.parent_id, p.id)) INTO changed FROM catalogue_product p WHERE p.id = ANY(changed);
  IF TG_OP = 'DELETE' THEN SELECT array_agg(row.id) INTO changed FROM before row; END IF;
  SELECT array_agg(k) INTO gone FROM unnest(changed) k
    WHERE NOT EXISTS (SELECT 1 FROM catalogue_product p WHERE p.id = k AND p.state = 'published' AND p.sellable);
  PERFORM site_search_note('listing', changed);
  IF gone IS NOT NULL THEN PERFORM site_search_hide(ARRAY['listing'], gone); END IF;
"""
STOCK = """
  IF TG_OP = 'DELETE' THEN RETURN NULL; END IF;
  SELECT array_agg(DISTINCT coalesce(p.parent_id, p.id)) INTO changed
    FROM after row JOIN catalogue_product p ON p.id = row.product_id WHERE row.id = ANY(changed);
  SELECT array_agg(k) INTO gone FROM unnest(changed) k JOIN catalogue_product whole ON whole.id = k
    WHERE NOT whole.made_to_order AND NOT EXISTS (
      SELECT 1 FROM partner_stockrecord s JOIN catalogue_product p ON p.id = s.product_id
      WHERE (p.id = k OR p.parent_id = k) AND s.num_in_stock - coalesce(s.num_allocated, 0) > 0);
  PERFORM site_search_note('listing', changed);
  IF gone IS NOT NULL THEN PERFORM site_search_hide(ARRAY['listing'], gone); END IF;
"""
VENDOR = """
  PERFORM site_search_note('vendor', changed);
  SELECT array_agg(k) INTO gone FROM unnest(changed) k WHERE NOT EXISTS (SELECT 1 FROM vendors_vendor v WHERE v.id = k AND v.state = 'approved');
  IF gone IS NOT NULL THEN
    PERFORM site_search_hide(ARRAY['vendor'], gone);
    PERFORM site_search_hide(ARRAY['listing'], (SELECT array_agg(p.id) FROM catalogue_product p WHERE p.vendor_id = ANY(gone)));
  END IF;
  IF TG_OP = 'UPDATE' THEN
    PERFORM site_search_note('listing', (
      SELECT array_agg(p.id) FROM after row JOIN before old ON old.id = row.id JOIN catalogue_product p ON p.vendor_id = row.id AND p.structure <> 'child'
      WHERE (row.state, row.name, row.slug, row.city, row.department) IS DISTINCT FROM (old.state, old.name, old.slug, old.city, old.department)));
  END IF;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("catalogue", "0035_kinds_of_listing"), ("partner", "0008_guarded_stock"), ("vendors", "0001_initial"), ("site_search", "0002_tables")]

    operations: ClassVar = [
        migrations.RunSQL(follow("catalogue_product", body=PRODUCT), unfollow("catalogue_product")),
        migrations.RunSQL(follow("partner_stockrecord", body=STOCK), unfollow("partner_stockrecord")),
        migrations.RunSQL(follow("vendors_vendor", body=VENDOR), unfollow("vendors_vendor")),
    ]

"""The search follows listings, their stock and their boutiques."""

from typing import ClassVar

from django.db import migrations
from lapinblanc.search.outbox import follow, unfollow

PRODUCT = """
  SELECT array_agg(DISTINCT coalesce(p.parent_id, p.id)) INTO changed FROM catalogue_product p WHERE p.id = ANY(changed);
  IF TG_OP = 'DELETE' THEN SELECT array_agg(current_row.id) INTO changed FROM before current_row; END IF;
  SELECT array_agg(k) INTO gone FROM unnest(changed) k
    WHERE NOT EXISTS (SELECT 1 FROM catalogue_product p WHERE p.id = k AND p.state = 'published' AND p.sellable);
  PERFORM site_search_note('listing', changed);
  PERFORM site_search_note('vendor', (SELECT array_agg(DISTINCT p.vendor_id) FROM catalogue_product p WHERE p.id = ANY(changed)));
  IF gone IS NOT NULL THEN PERFORM site_search_hide(ARRAY['listing'], gone); END IF;
"""
STOCK = """
  IF TG_OP = 'DELETE' THEN RETURN NULL; END IF;
  SELECT array_agg(DISTINCT coalesce(p.parent_id, p.id)) INTO changed
    FROM after current_row JOIN catalogue_product p ON p.id = current_row.product_id WHERE current_row.id = ANY(changed);
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
      SELECT array_agg(p.id) FROM after current_row JOIN before former_row ON former_row.id = current_row.id JOIN catalogue_product p ON p.vendor_id = current_row.id AND p.structure <> 'child'
      WHERE (current_row.state, current_row.name, current_row.slug, current_row.city, current_row.department) IS DISTINCT FROM (former_row.state, former_row.name, former_row.slug, former_row.city, former_row.department)));
  END IF;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("catalogue", "0035_kinds_of_listing"), ("partner", "0008_guarded_stock"), ("vendors", "0001_initial"), ("site_search", "0002_tables")]

    operations: ClassVar = [
        migrations.RunSQL(follow("catalogue_product", body=PRODUCT), unfollow("catalogue_product")),
        migrations.RunSQL(follow("partner_stockrecord", body=STOCK), unfollow("partner_stockrecord")),
        migrations.RunSQL(follow("vendors_vendor", body=VENDOR), unfollow("vendors_vendor")),
    ]

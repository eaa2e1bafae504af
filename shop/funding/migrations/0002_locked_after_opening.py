"""The database itself keeps the promise of a campaign: goal, dates and what was taken don't change after the opening."""

from typing import ClassVar

from django.db import migrations

GUARDS = """
CREATE FUNCTION funding_project_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> NEW.state AND NOT (
        (OLD.state = 'draft' AND NEW.state IN ('open', 'cancelled'))
        OR (OLD.state = 'open' AND NEW.state IN ('succeeded', 'failed', 'cancelled'))
    ) THEN
        RAISE EXCEPTION 'project %: % cannot become %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.state <> 'draft' AND (
        NEW.goal_cents, NEW.opens_at, NEW.closes_at, NEW.vendor_id) IS DISTINCT FROM
        (OLD.goal_cents, OLD.opens_at, OLD.closes_at, OLD.vendor_id
    ) THEN
        RAISE EXCEPTION 'project % is open: goal, dates and boutique are locked', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.decided_at IS NOT NULL AND (NEW.promised_cents, NEW.backers, NEW.decided_at) IS DISTINCT FROM
        (OLD.promised_cents, OLD.backers, OLD.decided_at) THEN
        RAISE EXCEPTION 'project % is decided', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER funding_project_locked BEFORE UPDATE ON funding_project
    FOR EACH ROW EXECUTE FUNCTION funding_project_locked();

CREATE FUNCTION funding_tier_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.amount_cents, NEW.needs_address, NEW.delivery_month, NEW.project_id) IS DISTINCT FROM
       (OLD.amount_cents, OLD.needs_address, OLD.delivery_month, OLD.project_id)
       AND EXISTS (SELECT 1 FROM funding_pledge WHERE tier_id = OLD.id) THEN
        RAISE EXCEPTION 'tier % was taken: its promise is locked', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER funding_tier_locked BEFORE UPDATE ON funding_tier
    FOR EACH ROW EXECUTE FUNCTION funding_tier_locked();

CREATE FUNCTION funding_pledge_is_of_its_project() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.tier_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM funding_tier WHERE id = NEW.tier_id AND project_id = NEW.project_id AND amount_cents = NEW.amount_cents
    ) THEN
        RAISE EXCEPTION 'pledge %: not a tier of its project, or not its amount', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER funding_pledge_is_of_its_project BEFORE INSERT OR UPDATE OF tier_id, project_id, amount_cents ON funding_pledge
    FOR EACH ROW EXECUTE FUNCTION funding_pledge_is_of_its_project();
"""

NO_GUARDS = """
DROP TRIGGER funding_pledge_is_of_its_project ON funding_pledge;
DROP FUNCTION funding_pledge_is_of_its_project();
DROP TRIGGER funding_tier_locked ON funding_tier;
DROP FUNCTION funding_tier_locked();
DROP TRIGGER funding_project_locked ON funding_project;
DROP FUNCTION funding_project_locked();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("funding", "0001_projects_tiers_and_pledges")]
    operations: ClassVar = [migrations.RunSQL(GUARDS, NO_GUARDS)]

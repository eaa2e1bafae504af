"""Decisions and draws are written once; and whoever decided first does not decide the appeal."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION moderation_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER decision_append_only BEFORE UPDATE OR DELETE ON moderation_decision
    FOR EACH ROW EXECUTE FUNCTION moderation_append_only();
CREATE TRIGGER decision_never_emptied BEFORE TRUNCATE ON moderation_decision
    FOR EACH STATEMENT EXECUTE FUNCTION moderation_append_only();
CREATE TRIGGER draw_append_only BEFORE UPDATE OR DELETE ON moderation_draw
    FOR EACH ROW EXECUTE FUNCTION moderation_append_only();
CREATE TRIGGER draw_never_emptied BEFORE TRUNCATE ON moderation_draw
    FOR EACH STATEMENT EXECUTE FUNCTION moderation_append_only();

CREATE FUNCTION moderation_second_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.automated OR EXISTS (
        SELECT 1 FROM moderation_appeal a JOIN moderation_decision d ON d.id = a.decision_id
        WHERE a.id = NEW.appeal_id AND d.by_id = NEW.by_id
    ) THEN
        RAISE EXCEPTION 'an appeal is decided by somebody else' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER appeal_by_a_second_person BEFORE INSERT ON moderation_decision
    FOR EACH ROW WHEN (NEW.appeal_id IS NOT NULL) EXECUTE FUNCTION moderation_second_person();
"""
BACKWARD = """
DROP TRIGGER appeal_by_a_second_person ON moderation_decision;
DROP FUNCTION moderation_second_person();
DROP TRIGGER draw_never_emptied ON moderation_draw;
DROP TRIGGER draw_append_only ON moderation_draw;
DROP TRIGGER decision_never_emptied ON moderation_decision;
DROP TRIGGER decision_append_only ON moderation_decision;
DROP FUNCTION moderation_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_cases")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

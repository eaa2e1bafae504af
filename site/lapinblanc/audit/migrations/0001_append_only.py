"""The journal is written once: the database refuses to change or delete an entry.

One narrow way is left: an UPDATE that does nothing but forget the address of an entry older than twelve months.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
       AND NEW.remote_addr IS NULL AND NEW.remote_port IS NULL
       AND OLD."timestamp" < now() - interval '12 months'
       AND to_jsonb(NEW) - 'remote_addr' - 'remote_port' = to_jsonb(OLD) - 'remote_addr' - 'remote_port'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON auditlog_logentry
    FOR EACH ROW EXECUTE FUNCTION audit_append_only();
CREATE TRIGGER audit_never_emptied BEFORE TRUNCATE ON auditlog_logentry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
"""
BACKWARD = """
DROP TRIGGER audit_never_emptied ON auditlog_logentry;
DROP TRIGGER audit_append_only ON auditlog_logentry;
DROP FUNCTION audit_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("auditlog", "0017_add_actor_email")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

"""Numbers of the register without gaps or reuse, given by the database; groups of accounts for the members and each college."""

from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models

# One writer at a time takes the next number; a number is never given again, as no line is ever taken away.
REGISTER = """
CREATE FUNCTION cooperative_member_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('cooperative_member'));
  SELECT coalesce(max(number), 0) + 1 INTO NEW.number FROM cooperative_member;
  RETURN NEW;
END $$;
CREATE FUNCTION cooperative_member_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the register keeps its lines and their numbers' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER member_number BEFORE INSERT ON cooperative_member FOR EACH ROW EXECUTE FUNCTION cooperative_member_number();
CREATE TRIGGER member_number_stays BEFORE UPDATE OF number ON cooperative_member FOR EACH ROW
  WHEN (OLD.number IS DISTINCT FROM NEW.number) EXECUTE FUNCTION cooperative_member_stays();
CREATE TRIGGER member_stays BEFORE DELETE ON cooperative_member FOR EACH ROW EXECUTE FUNCTION cooperative_member_stays();
"""
NO_REGISTER = """
DROP TRIGGER member_number ON cooperative_member;
DROP TRIGGER member_number_stays ON cooperative_member;
DROP TRIGGER member_stays ON cooperative_member;
DROP FUNCTION cooperative_member_number();
DROP FUNCTION cooperative_member_stays();
"""
GROUPS = {
    "members": "Sociétaires",
    "creators": "Sociétaires : collège des créateurs",
    "buyers": "Sociétaires : collège des acheteurs",
    "employees": "Sociétaires : collège des salariés",
    "partners": "Sociétaires : collège des partenaires",
}


def make_groups(apps: Any, schema_editor: Any) -> None:
    groups, ours = apps.get_model("auth", "Group"), apps.get_model("cooperative", "MemberGroup")
    for audience, name in GROUPS.items():
        group, _made = groups.objects.get_or_create(name=name)
        ours.objects.get_or_create(audience=audience, defaults={"group": group})


def drop_groups(apps: Any, schema_editor: Any) -> None:
    apps.get_model("cooperative", "MemberGroup").objects.all().delete()
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS.values()).delete()


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cooperative", "0001_members"), ("auth", "0012_alter_user_first_name_max_length")]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="member",
            name="number",
            field=models.PositiveIntegerField(editable=False, unique=True, verbose_name="number"),
        ),
        migrations.CreateModel(
            name="MemberGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("audience", models.CharField(max_length=12, unique=True)),
                ("group", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="auth.group")),
            ],
        ),
        migrations.RunSQL(REGISTER, NO_REGISTER),
        migrations.RunPython(make_groups, drop_groups),
    ]

"""Groups of accounts that stand for the members and for each college: what is reserved names them, pages above all.

The register is the truth; these rows follow it, by the verbs at once and by the job whatever else happened.
"""

from django.db import connection

from lapinblanc import clock

MEMBERS = "members"

_WANTED = """
  SELECT m.user_id, g.group_id FROM cooperative_member m JOIN cooperative_membergroup g ON g.audience IN (%(members)s, m.college)
  WHERE m.joined <= %(today)s AND (m."left" IS NULL OR m."left" > %(today)s)
"""
_ADD = f"INSERT INTO accounts_user_groups (user_id, group_id) {_WANTED} ON CONFLICT DO NOTHING"  # noqa: S608  constants
_REMOVE = f"""
  DELETE FROM accounts_user_groups held USING cooperative_membergroup ours
  WHERE held.group_id = ours.group_id AND NOT EXISTS (SELECT 1 FROM ({_WANTED}) wanted WHERE wanted.user_id = held.user_id AND wanted.group_id = held.group_id)
"""  # noqa: S608


def keep_in_step() -> int:
    """Put every member, and nobody else, in the groups of today; returns how many rows changed. Two statements, safe beside any other."""
    values = {"members": MEMBERS, "today": clock.today()}
    with connection.cursor() as cursor:
        cursor.execute(_REMOVE, values)
        changed = cursor.rowcount
        cursor.execute(_ADD, values)
        return int(changed + cursor.rowcount)

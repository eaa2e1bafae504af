"""The queue of changes, filled by the database itself: triggers on the sources' tables, in the transaction that changes them.

A statement notes each changed key once for every active index, and takes at once from the index in PostgreSQL what the public
may no longer see. Triggers never wait for a document's row: whoever holds one leaves it to the queue.
"""

FUNCTIONS = """
CREATE OR REPLACE FUNCTION site_search_note(source text, keys bigint[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO site_search_queuedchange (index, source, key)
  SELECT i.name, source, k FROM site_search_activeindex i, (SELECT DISTINCT unnest(keys) AS k) changed WHERE k IS NOT NULL
$$;
CREATE OR REPLACE FUNCTION site_search_hide(kinds text[], keys bigint[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM site_search_document WHERE ctid IN (
    SELECT ctid FROM site_search_document WHERE kind = ANY(kinds) AND key = ANY(keys) FOR UPDATE SKIP LOCKED)
$$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION IF EXISTS site_search_note(text, bigint[]);
DROP FUNCTION IF EXISTS site_search_hide(text[], bigint[]);
"""

_FOLLOW = """
CREATE OR REPLACE FUNCTION site_search_follow_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed bigint[]; gone bigint[];
BEGIN
  IF TG_OP = 'DELETE' THEN
    SELECT array_agg(current_row.{id}) INTO changed FROM before current_row;
  ELSIF TG_OP = 'INSERT' THEN
    SELECT array_agg(current_row.{id}) INTO changed FROM after current_row;
  ELSE
    SELECT array_agg(current_row.{id}) INTO changed FROM after current_row JOIN before former_row ON former_row.{id} = current_row.{id} WHERE {differs};
  END IF;
  IF changed IS NULL THEN RETURN NULL; END IF;
  {body}
  RETURN NULL;
END $$;
CREATE TRIGGER site_search_added AFTER INSERT ON {table} REFERENCING NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION site_search_follow_{table}();
CREATE TRIGGER site_search_changed AFTER UPDATE ON {table} REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION site_search_follow_{table}();
CREATE TRIGGER site_search_removed AFTER DELETE ON {table} REFERENCING OLD TABLE AS before
  FOR EACH STATEMENT EXECUTE FUNCTION site_search_follow_{table}();
"""
_UNFOLLOW = """
DROP TRIGGER IF EXISTS site_search_added ON {table};
DROP TRIGGER IF EXISTS site_search_changed ON {table};
DROP TRIGGER IF EXISTS site_search_removed ON {table};
DROP FUNCTION IF EXISTS site_search_follow_{table}();
"""


def follow(table: str, *, body: str, id_column: str = "id", columns: tuple[str, ...] = ()) -> str:
    """SQL of the triggers on a source's table, for a migration of its room.

    `body` is PL/pgSQL over `changed` (the ids touched) that calls site_search_note and site_search_hide; when `columns`
    are given, an update that leaves them as they were is no change.
    """
    differs = "current_row IS DISTINCT FROM former_row"
    if columns:
        differs = f"({', '.join(f'current_row.{name}' for name in columns)}) IS DISTINCT FROM ({', '.join(f'former_row.{name}' for name in columns)})"
    return _FOLLOW.format(table=table, id=id_column, differs=differs, body=body)


def unfollow(table: str) -> str:
    return _UNFOLLOW.format(table=table)

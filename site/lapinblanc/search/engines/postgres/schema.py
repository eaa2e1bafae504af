"""The tables of an index in PostgreSQL, core features only: documents to search, their texts to show, the words they hold.

An index has a name; its tables start with it. A generation is built under another name and takes this one's place by renaming.
`quality` is what speaks for a page; its `standing` adds its newness on the day when it was indexed.
Rows to search are narrow (texts stand apart), so that a broad word reads few pages.
"""

from psycopg import sql

TABLES = ("document", "text", "word")
BUCKETS, SAMPLED, FEW = 1024, 64, 4
"""Documents are spread over so many buckets; the first ones are the sample that broad counts are estimated from, the very first
that of the broadest."""
BEST = 60_000
"""So many of the best documents have an index of their own, where broad questions find their candidates."""

_TABLES = """
CREATE TABLE {document} (
    kind text NOT NULL, key bigint NOT NULL, vector tsvector NOT NULL, facets text[] NOT NULL, price integer,
    published timestamptz, vendor bigint NOT NULL, quality real NOT NULL, standing real NOT NULL, length integer NOT NULL, bucket smallint NOT NULL
);
CREATE TABLE {text} (kind text NOT NULL, key bigint NOT NULL, title text NOT NULL, summary text NOT NULL, keywords text NOT NULL, body text NOT NULL);
CREATE TABLE {word} (word text NOT NULL, stem text NOT NULL, written text NOT NULL, documents integer NOT NULL, forms text[] NOT NULL);
"""
# After the copy of a whole generation: building an index once is quicker than growing it.
_INDEXES = """
ALTER TABLE {document} ADD CONSTRAINT {document_pk} PRIMARY KEY (kind, key);
ALTER TABLE {text} ADD CONSTRAINT {text_pk} PRIMARY KEY (kind, key);
ALTER TABLE {word} ADD CONSTRAINT {word_pk} PRIMARY KEY (word);
CREATE INDEX {document_vector} ON {document} USING gin (vector) WITH (fastupdate = off);
CREATE INDEX {document_sample} ON {document} USING gin (vector) WITH (fastupdate = off) WHERE bucket < 64;
CREATE INDEX {document_few} ON {document} USING gin (vector) WITH (fastupdate = off) WHERE bucket < 4;
CREATE INDEX {document_best} ON {document} USING gin (vector) WITH (fastupdate = off) WHERE standing >= {threshold};
COMMENT ON INDEX {document_best} IS {remark};
CREATE INDEX {document_bucket} ON {document} (bucket) WHERE bucket < 64;
CREATE INDEX {document_facets} ON {document} USING gin (facets) WITH (fastupdate = off);
CREATE INDEX {document_standing} ON {document} (standing DESC, key DESC);
CREATE INDEX {document_published} ON {document} (published DESC NULLS LAST, key DESC);
CREATE INDEX {document_price} ON {document} (price, key DESC);
CREATE INDEX {word_stem} ON {word} (stem) INCLUDE (documents);
CREATE INDEX {word_prefix} ON {word} (word text_pattern_ops);
CREATE INDEX {word_forms} ON {word} USING gin (forms) WITH (fastupdate = off);
"""
_NAMES = (
    "document", "text", "word", "document_pk", "text_pk", "word_pk", "document_vector", "document_sample", "document_few", "document_best", "document_bucket",
    "document_facets", "document_standing", "document_published", "document_price", "word_stem", "word_prefix", "word_forms",
)


def names(index: str) -> dict[str, sql.Identifier]:
    """Every table and index of an index, by its short name."""
    return {name: sql.Identifier(f"{index}_{name}") for name in _NAMES}


def create_tables(index: str) -> sql.Composed:
    return sql.SQL(_TABLES).format(**names(index))


def create_indexes(index: str, threshold: float = 0.0) -> sql.Composed:
    """`threshold` is the standing from which a document counts among the best; the index keeps it as its remark."""
    return sql.SQL(_INDEXES).format(threshold=sql.Literal(threshold), remark=sql.Literal(str(threshold)), **names(index))


def drop(index: str) -> sql.Composed:
    return sql.SQL("DROP TABLE IF EXISTS {document}, {text}, {word}").format(**names(index))


def rename(old: str, new: str) -> sql.Composed:
    """All tables, keys and indexes of one index take another's names."""
    steps = []
    for name in _NAMES:
        kind = sql.SQL("TABLE" if name in TABLES else "INDEX")
        steps.append(sql.SQL("ALTER {} {} RENAME TO {}").format(kind, sql.Identifier(f"{old}_{name}"), sql.Identifier(f"{new}_{name}")))
    return sql.SQL("; ").join(steps)

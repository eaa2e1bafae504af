"""The archive holds what docs/schemas say, and the schemas say all that it holds."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site

from tests.domain.test_archive import archive_of, furnished, lines
from tests.factories import Market

pytestmark = pytest.mark.django_db
KINDS: dict[str, Any] = {"string": str, "integer": int, "boolean": bool, "object": dict, "array": list, "null": type(None)}


@pytest.fixture(autouse=True)
def exports(settings: Any, tmp_path: Path) -> None:
    settings.EXPORTS_ROOT = tmp_path / "exports"


def schema_of(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site.ROOT / "docs" / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
    return found


def faults(value: Any, schema: dict[str, Any], where: str = "") -> list[str]:
    """Where `value` is not what the schema says: the words of JSON Schema that ours use, and names that it does not know."""
    if "const" in schema or "enum" in schema:
        return [] if value in schema.get("enum", [schema.get("const")]) else [f"{where}: {value!r}"]
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    fits = any(isinstance(value, KINDS[kind]) and not (kind == "integer" and isinstance(value, bool)) for kind in kinds)
    if not fits or ("pattern" in schema and not re.search(schema["pattern"], value)):
        return [f"{where}: {value!r} is no {kinds}"]
    found: list[str] = []
    if isinstance(value, list):
        found += [fault for number, item in enumerate(value) for fault in faults(item, schema["items"], f"{where}[{number}]")]
    if isinstance(value, dict):
        found += [f"{where}: no {name}" for name in schema.get("required", ()) if name not in value]
        known, others = schema.get("properties"), schema.get("additionalProperties")
        for name, item in value.items():
            if known and name in known:
                found += faults(item, known[name], f"{where}.{name}")
            elif known:
                found.append(f"{where}.{name}: unknown")
            elif others:
                found += faults(item, others, f"{where}.{name}")
    return found


def test_every_file_is_what_its_schema_says(market: Market) -> None:
    archive = archive_of(furnished(market), market.basile)
    for name in ("creations", "prix", "avis", "commandes", "codes", "ventes", "messages"):
        table = lines(archive, f"{name}.jsonl")
        assert table, name
        for line in table:
            assert faults(line, schema_of(name), name) == []
    for name in ("boutique", "manifest"):
        assert faults(json.loads(archive.read(f"{name}.json")), schema_of(name), name) == []


def test_the_schemas_refuse_what_is_wrong(market: Market) -> None:
    line = lines(archive_of(furnished(market), market.basile), "creations.jsonl")[0]
    for change in ({"title": 1}, {"state": "royal"}, {"price_cents": "28"}, {"pictures": [{"key": "a"}]}, {"new": 1}, {"made_to_order": 1}):
        assert faults(line | change, schema_of("creations")) != [], change

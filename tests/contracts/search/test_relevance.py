"""The ranking of both engines on the judged questions stays above its floor, by the command that anybody can run on their own."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from lapinblanc.search.relevance import ndcg, recall

from tests.contracts.search.shelf import ENGINES, required

FOLDER = Path(__file__).parents[3] / "fixtures" / "relevance"
FLOORS = json.loads((FOLDER / "floors.json").read_text())
pytestmark = pytest.mark.django_db


def test_gains_are_discounted_and_recall_counts() -> None:
    gains = {"a": 3.0, "b": 1.0, "c": 0.0}
    assert ndcg(["a", "b"], gains) == 1.0
    assert ndcg(["b", "a"], gains) == pytest.approx((1 + 7 / 1.5849625) / (7 + 1 / 1.5849625))
    assert ndcg(["c", "x"], gains) == 0.0
    assert recall(["x", "a"], gains) == 0.5


@pytest.mark.parametrize("engine", ENGINES)
def test_the_ranking_stays_above_its_floor(engine: str, tmp_path: Path) -> None:
    required(engine)
    out, run = StringIO(), tmp_path / "run.tsv"
    call_command(
        "relevance", corpus=FOLDER / "corpus.jsonl", queries=FOLDER / "queries.jsonl", qrels=FOLDER / "qrels.tsv", engine=engine, floor=FLOORS[engine], run=run, stdout=out
    )
    assert int(re.search(r"queries (\d+)", out.getvalue()).group(1)) >= 150
    first = run.read_text(encoding="utf-8").splitlines()[0].split("\t")
    assert (first[0], first[2]) == ("q001", "1")


def test_a_corpus_of_ones_own_with_bare_facets_and_no_judgements(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text('{"id": "x/1", "kind": "listing", "title": "Blue mug", "body": "Stoneware", "facets": {}}\n{"id": "y", "kind": "story", "title": "Kiln", "body": "", "facets": {"price": 12.5, "tags": ["a", "b"], "vendor": "K"}}\n')
    (tmp_path / "q.jsonl").write_text('{"id": 7, "text": "mugs"}\n')
    out, run = StringIO(), tmp_path / "r.tsv"
    call_command("relevance", corpus=tmp_path / "c.jsonl", queries=tmp_path / "q.jsonl", language="en", engine="postgres", verbose=True, run=run, stdout=out)
    assert run.read_text().startswith("7\tx/1\t1\t")
    assert "not judged" in out.getvalue()


def test_a_floor_that_is_not_reached_fails(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is below"):
        call_command("relevance", corpus=FOLDER / "corpus.jsonl", queries=FOLDER / "queries.jsonl", qrels=FOLDER / "qrels.tsv", engine="postgres", floor=1.01, stdout=StringIO())


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is not a file"):
        call_command("relevance", corpus=tmp_path / "none", queries=tmp_path / "none", engine="postgres")

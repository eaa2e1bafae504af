"""Measurements of the search on the data at hand: kinds of questions in turn, in interleaved rounds; times and their ratios.

« engine » is what the engine itself says that it took: the time in SQL for PostgreSQL, `took` for Elasticsearch.
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from django.db import connection
from psycopg import sql

from lapinblanc.search.analysis.synonyms import thesaurus
from lapinblanc.search.analysis.understanding import understand
from lapinblanc.search.engine import NEWEST, Engine, Filters, SearchQuery
from lapinblanc.search.engines.choice import INDEX
from lapinblanc.search.engines.postgres.schema import names
from lapinblanc.search.engines.postgres.vocabulary import Vocabulary
from lapinblanc.search.facet_kinds import facet_names

SEED = 20261124


@dataclass(slots=True)
class Measured:
    """Milliseconds of one kind of question: in all, and in the engine."""

    name: str
    whole: list[float] = field(default_factory=list)
    engine: list[float] = field(default_factory=list)

    @property
    def p50(self) -> float:
        return median(self.whole)

    @property
    def p95(self) -> float:
        return quantiles(self.whole, n=20)[-1]

    @property
    def over_engine(self) -> float:
        return median(self.whole) / max(median(self.engine), 0.001)


def questions(count: int) -> dict[str, list[str]]:
    """Questions made from the documents themselves, the same in every run: two words, three words, one broad word, beginnings."""
    chance = random.Random(SEED)  # noqa: S311  a choice of questions is no secret
    titles = [row[0] for row in _rows("SELECT title FROM {text} WHERE kind = 'listing' ORDER BY (key * 7919) %% 1000003 LIMIT %s", [count * 3])]
    broad = [row[0] for row in _rows("SELECT min(written) FROM {word} WHERE stem ~ '^[a-z]{{4,}}$' GROUP BY stem ORDER BY sum(documents) DESC LIMIT 12", [])]
    plain = [[word for word in title.split() if word.isalpha() and len(word) > 3] for title in titles]
    two = [" ".join(chance.sample(words, 2)) for words in plain if len(words) >= 2]
    three = [" ".join(chance.sample(words, 3)) for words in plain if len(words) >= 3]
    starts = [words[0][: chance.randint(2, 5)] for words in plain if words]
    rare = [row[0] for row in _rows("SELECT written FROM {word} WHERE documents BETWEEN 2 AND 40 AND word ~ '^[a-z]{{4,}}$' ORDER BY md5(word) LIMIT %s", [count])]
    return {"one rare word": (rare * count)[:count], "two words": two[:count], "three words": three[:count], "one broad word": (broad * count)[:count], "suggestion": starts[:count]}


def measure(engine: Engine, *, rounds: int, count: int) -> list[Measured]:
    """Ask everything, kinds in turn, `rounds` times; the first round warms and is thrown away."""
    asked = questions(count)
    plan: dict[str, Callable[[str], Any]] = {
        "one rare word": lambda text: engine.search(_query(text)),
        "two words": lambda text: engine.search(_query(text)),
        "two words, facets": lambda text: engine.search(_query(text, facet_names())),
        "three words": lambda text: engine.search(_query(text)),
        "one broad word": lambda text: engine.search(_query(text)),
        "one broad word, facets": lambda text: engine.search(_query(text, facet_names())),
        "no words, facets, newest": lambda _text: engine.search(_query("", facet_names(), NEWEST)),
        "suggestion": lambda text: engine.suggest(text, limit=8),
    }
    found = {name: Measured(name) for name in plan}
    for number in range(rounds + 1):
        for name, ask in plan.items():
            for text in asked.get(name.removesuffix(", facets"), [""] * count):
                with clocked(engine) as inside:
                    began = time.perf_counter()
                    ask(text)
                    whole = (time.perf_counter() - began) * 1000
                if number:
                    found[name].whole.append(whole)
                    found[name].engine.append(inside[0])
    return list(found.values())


@contextmanager
def clocked(engine: Engine) -> Iterator[list[float]]:
    """Milliseconds in the engine itself, while the block lasts."""
    spent = [0.0]

    def timed(execute: Any, statement: Any, params: Any, many: Any, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(statement, params, many, context)
        finally:
            spent[0] += (time.perf_counter() - began) * 1000

    if engine.name == "postgres":
        with connection.execute_wrapper(timed):
            yield spent
    else:
        engine.took = 0.0  # type: ignore[attr-defined]
        yield spent
        spent[0] = engine.took  # type: ignore[attr-defined]


def _query(text: str, counted: tuple[str, ...] = (), sort: str = "relevance") -> SearchQuery:
    asked = understand(text, "fr", lexicon=Vocabulary(INDEX), thesaurus=thesaurus("fr"))
    return SearchQuery(asked, Filters(), sort=sort, facets=counted, highlight=bool(text))


def _rows(text: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(text).format(**names(INDEX)), values)
        return list(cursor.fetchall())

"""The index in Elasticsearch: its analysers and fields. Stop words and irregular forms are ours; its stems stand beside Elasticsearch's."""

from collections import defaultdict
from functools import lru_cache
from typing import Any

from elasticsearch_dsl import Mapping, analyzer, token_filter
from elasticsearch_dsl.field import Date, Float, Integer, Keyword, Long, Object, Text

from lapinblanc.search.analysis.stems import IRREGULAR
from lapinblanc.search.analysis.stop_words import STOP_WORDS
from lapinblanc.search.analysis.synonyms import FOLDER, parse
from lapinblanc.search.analysis.words import fold

ARTICLES = ["l", "m", "t", "qu", "n", "s", "j", "d", "c", "jusqu", "quoiqu", "lorsqu", "puisqu"]
STEMMERS = {"fr": "light_french", "en": "english"}
SETTINGS = {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "1s"}


@lru_cache(maxsize=4)
def analysers(language: str) -> dict[str, Any]:
    """text: what is written; asked: what is sought (with equivalents); beginning and begun: for suggestions."""
    elision = token_filter("lb_elision", type="elision", articles_case=True, articles=ARTICLES)
    first: list[Any] = [elision, "lowercase"] if language == "fr" else ["lowercase"]
    stop = token_filter("lb_stop", type="stop", stopwords=sorted(STOP_WORDS[language]))
    stemmer = token_filter("lb_stem", type="stemmer", language=STEMMERS[language])
    synonyms = token_filter("lb_synonyms", type="synonym_graph", synonyms=equivalents(language))
    edges = token_filter("lb_edges", type="edge_ngram", min_gram=1, max_gram=30)
    return {
        "text": analyzer("lb_text", tokenizer="standard", filter=[*first, stop, "asciifolding", stemmer]),
        "asked": analyzer("lb_asked", tokenizer="standard", filter=[*first, synonyms, stop, "asciifolding", stemmer]),
        "stems": analyzer("lb_stems", tokenizer="whitespace"),
        "beginning": analyzer("lb_beginning", tokenizer="standard", filter=[*first, "asciifolding", edges]),
        "begun": analyzer("lb_begun", tokenizer="standard", filter=[*first, "asciifolding"]),
    }


def equivalents(language: str) -> list[str]:
    """Solr's rules: forms that the stemmer would part (« doux, douce »), and spellings of one word."""
    groups: dict[str, set[str]] = defaultdict(set)
    if language == "fr":
        for form, stem in IRREGULAR.items():
            groups[stem].add(form)
    lines = [", ".join(sorted(forms)) for forms in groups.values() if len(forms) > 1]
    path = FOLDER / language / "spelling.txt"
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        rule = parse(line)
        if rule and rule.operator == "=":
            # « t-shirt » is two tokens: hyphens are spaces to the tokenizer, on both sides of a rule.
            forms = {form.replace("-", " ").replace("'", "'") for word in (*rule.left, *rule.right) for form in (word.lower(), fold(word))}
            lines.append(", ".join(sorted(forms)))
    return lines


def mapping(language: str) -> Mapping:
    """The fields. `facets` holds "name:value" tokens, flat; `boost` is one plus the quality."""
    found = analysers(language)
    text: dict[str, Any] = {"analyzer": found["text"], "search_analyzer": found["asked"]}
    edge = Text(analyzer=found["beginning"], search_analyzer=found["begun"])
    fields = Mapping()
    fields.meta("dynamic", "strict")
    fields.field("kind", Keyword())
    fields.field("key", Long())
    fields.field("title", Text(fields={"beginning": edge}, **text))
    for name in ("keywords", "summary", "body", "compounds"):
        fields.field(name, Text(**text))
    # Our own stems, so that a form which Elasticsearch's stemmer parts is found by both engines alike.
    fields.field("stems", Text(analyzer=found["stems"]))
    fields.field("facets", Keyword())
    fields.field("price", Integer())
    fields.field("published", Date())
    fields.field("vendor", Long())
    fields.field("boost", Float())
    # The texts as they were written, for marks and passages: kept, not indexed.
    fields.field("shown", Object(enabled=False))
    return fields

"""`manage.py relevance`: measure the ranking on a corpus, its questions and their judgements, in a scratch index."""

import json
from collections import defaultdict
from pathlib import Path
from statistics import mean
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lapinblanc.search.relevance import ndcg, recall
from lapinblanc.search.trial import timed, trial


class Command(BaseCommand):
    help = "Index a corpus beside the site's index, ask its questions, and print how good the ranking is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--corpus", type=Path, required=True, help='JSON Lines {"id", "kind", "title", "body", "facets"}')
        parser.add_argument("--queries", type=Path, required=True, help='JSON Lines {"id", "text"}')
        parser.add_argument("--qrels", type=Path, help="question id, document id, gain; tab-separated")
        parser.add_argument("--language", choices=["fr", "en"], default="fr")
        parser.add_argument("--engine", choices=["postgres", "elasticsearch"], default="postgres")
        parser.add_argument("--run", type=Path, help="write the ranking here: question id, document id, rank, score; tab-separated, first 100")
        parser.add_argument("--floor", type=float, help="fail when nDCG@10 is lower")
        parser.add_argument("--verbose", action="store_true", help="one line for each question")

    def handle(self, *args: Any, **options: Any) -> None:
        for name in ("corpus", "queries", "qrels"):
            if options[name] is not None and not options[name].is_file():
                raise CommandError(f"--{name}: {options[name]} is not a file")
        queries = [json.loads(line) for line in options["queries"].read_text(encoding="utf-8").splitlines() if line.strip()]
        gains = read_qrels(options["qrels"]) if options["qrels"] else {}
        with trial(options["engine"], options["language"], options["corpus"]) as made:
            found = {str(query["id"]): timed(made, str(query["text"])) for query in queries}
        texts = {str(query["id"]): str(query["text"]) for query in queries}
        if options["verbose"]:
            for number, (ranking, milliseconds) in found.items():
                self._one(number, texts[number], [document for document, _score in ranking], gains.get(number), milliseconds)
        reached = self._all(found, gains)
        if options["run"]:
            options["run"].write_text(
                "".join(f"{number}\t{document}\t{rank}\t{score:.6f}\n" for number, (ranking, _ms) in found.items() for rank, (document, score) in enumerate(ranking, 1)),
                encoding="utf-8",
            )

        if options["floor"] is not None and reached < options["floor"]:
            raise CommandError(f"nDCG@10 {reached:.4f} is below {options['floor']}")

    def _one(self, number: str, text: str, ranking: list[str], gains: dict[str, float] | None, milliseconds: float) -> None:
        judged = f"nDCG@10 {ndcg(ranking, gains):.3f}  recall@20 {recall(ranking, gains):.3f}" if gains else "not judged"
        self.stdout.write(f"{number}\t{judged}\t{len(ranking)} results\t{milliseconds:.1f} ms\t{text}")

    def _all(self, found: dict[str, tuple[list[tuple[str, float]], float]], gains: dict[str, dict[str, float]]) -> float:
        rankings = {number: [document for document, _score in ranking] for number, (ranking, _ms) in found.items()}
        judged = [number for number in rankings if gains.get(number)]
        reached = mean(ndcg(rankings[n], gains[n]) for n in judged) if judged else 0.0
        if judged:
            self.stdout.write(f"nDCG@10 {reached:.4f}")
            self.stdout.write(f"recall@20 {mean(recall(rankings[n], gains[n]) for n in judged):.4f}")
        self.stdout.write(f"zero-result share {sum(not ranking for ranking in rankings.values()) / max(len(rankings), 1):.4f}")
        self.stdout.write(f"ms per query {mean(ms for _ranking, ms in found.values()) if found else 0:.1f}")
        self.stdout.write(f"queries {len(rankings)}, judged {len(judged)}")
        return reached


def read_qrels(path: Path) -> dict[str, dict[str, float]]:
    """{question: {document: gain}}; lines may also be TREC's four columns. Raises CommandError with the line's number."""
    gains: dict[str, dict[str, float]] = defaultdict(dict)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        columns = line.split("\t") if "\t" in line else line.split()
        if not line.strip():
            continue
        try:
            query, document, gain = (columns[0], columns[2], columns[3]) if len(columns) == 4 else columns
            gains[query.strip()][document.strip()] = float(gain)
        except ValueError as wrong:
            if number == 1:
                continue
            raise CommandError(f"{path}, line {number}: question, document, gain, with tabs between") from wrong
    return dict(gains)

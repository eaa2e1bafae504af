"""The house stays in order: sizes, no float near money, no signals of our own, a reason beside each dependency, words kept out."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = ("site", "shop", "editorial", "tests", "tools")
MONEY = ("site/lapinblanc/money", "shop/commissions/amounts.py", "shop/shipping/rates.py", "shop/ledger", "shop/order/refunds.py", "shop/baskets/quote.py")


def sources() -> Iterator[Path]:
    for folder in OURS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_file_passes_300_lines() -> None:
    long = {name_of(path): lines for path in sources() if (lines := path.read_text().count("\n")) > 300 and "tests" not in path.parts}
    assert long == {}


def test_no_function_passes_60_lines() -> None:
    long = []
    for path in sources():
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 60:
                long.append(f"{name_of(path)}:{node.name}")
    assert long == []


def test_every_module_says_what_lives_in_it() -> None:
    silent = [name_of(path) for path in sources() if path.stat().st_size and path.name not in ("apps.py",) and not ast.get_docstring(ast.parse(path.read_text()))]
    assert silent == []


@pytest.mark.parametrize("place", MONEY)
def test_no_float_comes_near_money(place: str) -> None:
    found = ROOT / place
    for path in found.rglob("*.py") if found.is_dir() else [found]:
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            bad = (isinstance(node, ast.Constant) and isinstance(node.value, float)) or (isinstance(node, ast.Name) and node.id == "float")
            assert not bad, f"{name_of(path)}:{getattr(node, 'lineno', 0)}"


def test_rooms_call_each_other_and_send_no_signals() -> None:
    for path in sources():
        if "tests" not in path.parts:
            assert not re.search(r"\b(post_save|pre_save|post_delete)\.connect|@receiver\(", path.read_text()), name_of(path)


def test_every_dependency_has_its_reason_and_its_pin() -> None:
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    runtime = lines[: lines.index("# --- tests and checks ---")]
    for number, line in enumerate(runtime):
        if line and not line.startswith("#"):
            assert re.search(r"[=>]=", line), line
            before = runtime[number - 1]
            assert before.startswith("#") or re.search(r"[=>]=", before), f"{line} has no reason"


def test_nothing_unfinished_is_left() -> None:
    words = re.compile(r"\b(TODO|FIXME|XXX|lorem ipsum|coming soon)\b", re.IGNORECASE)
    here = Path(__file__)
    for folder in (*OURS, "themes", "fixtures/demo", "fixtures/reference"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path != here and path.suffix in (".py", ".html", ".css", ".json", ".md", ".txt", ".js", ".sh") and "vendor" not in path.parts:
                assert not words.search(path.read_text(encoding="utf-8")), name_of(path)


def test_templates_load_nothing_from_elsewhere_and_hold_no_style() -> None:
    for path in (ROOT / "themes").rglob("*.html"):
        if "mails" in path.parts:
            continue
        text = path.read_text()
        assert not re.search(r"\son(click|load|change|submit)=|\sstyle=|<style", text), name_of(path)
        assert not re.search(r'(?:src|href)="(?:https?:)?//', text), name_of(path)


def test_assets_stay_within_their_budget() -> None:
    import gzip

    css = b"".join(path.read_bytes() for path in (ROOT / "themes").rglob("*.css") if path.name != "mail.css")
    script = b"".join(path.read_bytes() for path in (ROOT / "themes").rglob("*.js"))
    fonts = sum(path.stat().st_size for path in (ROOT / "themes").rglob("*.woff2"))
    assert len(gzip.compress(css)) <= 30_000
    assert len(gzip.compress(script)) <= 30_000
    assert fonts <= 60_000

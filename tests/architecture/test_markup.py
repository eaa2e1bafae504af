"""What the pages' sources never hold: unfinished words, inline code that the security policy forbids, foreign servers; and what they weigh."""

import gzip
import re
from pathlib import Path

import pytest

from tests.architecture.source import PRODUCT, ROOT, name, text_files

UNFINISHED = re.compile(r"\b(todo|fixme|xxx|lorem ipsum|coming soon|bientôt disponible|en construction|à compléter)\b", re.IGNORECASE)
INLINE = re.compile(r"""<style\b|<[^>]*\s(?:style|on[a-z]+)\s*=\s*["']|<script(?![^>]*(?:\bsrc=|\btype="application/(?:ld\+)?json"))[^>]*>""", re.IGNORECASE)
FOREIGN = re.compile(r"""(?:src|srcset|href)\s*=\s*["'](?:https?:)?//|url\(\s*["']?(?:https?:)?//|@import\s+["'](?:https?:)?//""", re.IGNORECASE)
MAILS = "mails"
MOST_LINES_OF_A_TEMPLATE = 100
TEMPLATES = text_files("themes", ".html")
STYLES = text_files("themes", ".css")


def hits(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [f"{name(path)}: {found.group(0)[:60]}" for path in paths for found in pattern.finditer(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(
    ("pattern", "sample"),
    [
        (UNFINISHED, "# TODO later"),
        (INLINE, '<p style="color:red">'),
        (INLINE, "<script>alert(1)</script>"),
        (INLINE, '<button onclick="buy()">'),
        (FOREIGN, '<script src="https://cdn.example/x.js">'),
        (FOREIGN, "url(//fonts.example/x.woff2)"),
    ],
)
def test_the_patterns_find_what_they_are_for(pattern: re.Pattern[str], sample: str) -> None:
    assert pattern.search(sample)


def test_nothing_is_left_unfinished() -> None:
    code = [path for folder in (*PRODUCT, "themes", "fixtures/demo", "tools") for path in text_files(folder, ".py", ".html", ".css", ".js", ".json", ".sh", ".txt", ".po")]
    assert len(code) > 200
    assert hits(UNFINISHED, code) == []


def test_no_page_hides_its_own_origin() -> None:
    """With « no-referrer » a browser posts a form with « Origin: null », which the guard against forgery refuses: « same-origin » tells others as little."""
    assert hits(re.compile(r"no-referrer(?!-when)"), TEMPLATES) == []


def test_pages_hold_no_inline_code() -> None:
    """The policy sent with each page would drop it in silence. Mails have no policy, and need their styles inline."""
    pages = [path for path in TEMPLATES if MAILS not in path.parts and "mail" not in path.parent.name]
    assert len(pages) > 40
    assert hits(INLINE, pages) == []


def test_pages_ask_no_foreign_server() -> None:
    assert hits(FOREIGN, [*TEMPLATES, *STYLES]) == []


def test_styles_win_by_their_layer_not_by_shouting() -> None:
    assert hits(re.compile("!important"), STYLES) == []
    outside = [name(path) for path in STYLES if path.stem != "mail" and "@layer" not in path.read_text(encoding="utf-8")]
    assert outside == []


def stray_rules(css: str) -> list[str]:
    """Rules that stand inside another rule: a brace was lost, and what follows counts for nothing."""
    css, open_rules, stray = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL), list[bool](), []
    for head, brace in re.findall(r"([^{};]*)([{};])", css):
        if brace == "{":
            rule = not head.strip().startswith("@")
            if rule and any(open_rules):
                stray.append(head.strip())
            open_rules.append(rule)
        elif brace == "}":
            open_rules.pop()
    return stray + (["unclosed"] if open_rules else [])


def test_no_rule_of_style_is_lost_inside_another() -> None:
    assert stray_rules("@layer a { .b { color: red; } }") == []
    assert stray_rules(".b { color: red; .c { color: red } }") == [".c"]
    assert stray_rules("@layer a { .b { color: red }") == ["unclosed"]
    assert {name(path): found for path in STYLES if (found := stray_rules(path.read_text(encoding="utf-8")))} == {}


def test_templates_stay_short() -> None:
    sizes = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in TEMPLATES}
    assert {file: size for file, size in sizes.items() if size > MOST_LINES_OF_A_TEMPLATE} == {}


def test_what_each_page_loads_stays_within_its_budget() -> None:
    """Bytes as sent: style and script compressed, fonts as they are."""
    css = b"".join(path.read_bytes() for path in STYLES if path.stem != "mail")
    script = b"".join(path.read_bytes() for path in text_files("themes", ".js"))
    fonts = sum(path.stat().st_size for path in text_files("themes", ".woff2"))
    assert len(css) > 1_000
    assert fonts > 1_000
    assert (len(gzip.compress(css)) <= 30_000, len(gzip.compress(script)) <= 30_000, fonts <= 60_000) == (True, True, True)


def test_the_licence_is_the_one_that_is_declared() -> None:
    assert 'license = "AGPL-3.0-or-later"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").split("\n")[0].strip() == "GNU AFFERO GENERAL PUBLIC LICENSE"

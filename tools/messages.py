"""The French catalogue: `add` reads JSON {"msgid": "msgstr"} on stdin, `missing` prints what is not translated, `check` fails on it.

Plurals: {"one||many": ["un", "plusieurs"]}. Needs no gettext: strings are found by Babel and by Django's own template reader.
"""

import ast
import fcntl
import io
import json
import re
import sys
from pathlib import Path

import django
import polib
from babel.messages.extract import extract_python
from django.conf import settings
from django.utils.translation import template as reader

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "site" / "lapinblanc" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2)}

LITERAL = re.compile(r"""u?'(?:\\.|[^'\\])*'|u?"(?:\\.|[^"\\])*\"""")
CALL = re.compile(rf"\b(n?p?gettext)\(((?:\s*(?:{LITERAL.pattern})\s*,?)+)")

def found() -> dict[str, str]:
    """Every msgid of our code and templates, with its plural or an empty string."""
    if not settings.configured:
        settings.configure(USE_I18N=True, TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}])
        django.setup()
    messages: dict[str, str] = {}
    for folder in ("site", "shop", "editorial"):
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" not in path.parts:
                _python(path.read_bytes(), messages)
    for path in (ROOT / "themes").rglob("*"):
        if path.suffix in (".html", ".txt") and "templates" in path.parts:
            _template(reader.templatize(path.read_text(encoding="utf-8"), origin=str(path)), messages)
    return messages


def _template(calls: str, messages: dict[str, str]) -> None:
    """Django's template reader leaves calls among blanks, which is no Python: the calls are read one by one."""
    for match in CALL.finditer(calls):
        texts = [ast.literal_eval(literal) for literal in LITERAL.findall(match.group(2))]
        if match.group(1) == "ngettext":
            messages[texts[0]] = texts[1]
        elif texts:
            messages.setdefault(texts[-1], "")


def _python(source: bytes, messages: dict[str, str]) -> None:
    for _line, function, message, _comments in extract_python(io.BytesIO(source), KEYWORDS, [], {"encoding": "utf-8"}):
        if function.startswith("n") and isinstance(message, tuple):
            messages[message[0]] = message[1]
        else:
            text = message if isinstance(message, str) else next((part for part in message if part), "")
            if text:
                messages.setdefault(text, "")


def catalogue() -> polib.POFile:
    if CATALOGUE.exists():
        return polib.pofile(str(CATALOGUE))
    made = polib.POFile()
    made.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": "fr", "Plural-Forms": "nplurals=2; plural=(n > 1);"}
    return made


def save(entries: polib.POFile) -> None:
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    entries.sort(key=lambda entry: entry.msgid)
    entries.save(str(CATALOGUE))
    entries.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))


def missing() -> dict[str, str]:
    done = {entry.msgid for entry in catalogue() if entry.translated()}
    return {text: plural for text, plural in found().items() if text not in done}


def add() -> int:
    entries = catalogue()
    for key, value in json.load(sys.stdin).items():
        msgid, _bars, plural = key.partition("||")
        entry = entries.find(msgid) or polib.POEntry(msgid=msgid)
        if isinstance(value, list):
            entry.msgid_plural, entry.msgstr_plural = plural, dict(enumerate(value))
        else:
            entry.msgstr = value
        if entry not in entries:
            entries.append(entry)
    save(entries)
    return 0


def check() -> int:
    """Missing, fuzzy and forgotten messages; a catalogue that was not compiled."""
    here, lost = found(), missing()
    unused = [entry.msgid for entry in catalogue() if entry.msgid not in here]
    fuzzy = [entry.msgid for entry in catalogue() if entry.fuzzy]
    for title, texts in (("not translated", lost), ("no longer used", unused), ("fuzzy", fuzzy)):
        for text in texts:
            print(f"{title}: {text!r}")
    compiled = CATALOGUE.with_suffix(".mo")
    stale = not compiled.exists() or {e.msgid for e in polib.mofile(str(compiled))} != {e.msgid for e in catalogue()}
    if stale:
        print("the compiled catalogue is not up to date: run `make messages`")
    return 1 if lost or unused or fuzzy or stale else 0


def main() -> int:
    command = sys.argv[1] if len(sys.argv) > 1 else "check"
    if command in ("add", "prune", "compile"):
        # Two translators at once: the second waits for the first, or one would lose the other's messages.
        with Path(__file__).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return run(command)
    return run(command)


def run(command: str) -> int:
    if command == "add":
        return add()
    if command == "missing":
        print(json.dumps({f"{text}||{plural}" if plural else text: ["", ""] if plural else "" for text, plural in missing().items()}, ensure_ascii=False, indent=0))
        return 0
    if command == "prune":
        entries, here = catalogue(), found()
        for entry in [entry for entry in entries if entry.msgid not in here]:
            entries.remove(entry)
        save(entries)
        return 0
    if command == "compile":
        save(catalogue())
        return 0
    return check()


if __name__ == "__main__":
    sys.exit(main())

"""The small part of Markdown that our legal texts use: a head of `key: value`, headings, lists, paragraphs, bold."""

import html
import re


def to_html(source: str) -> tuple[dict[str, str], str]:
    """The head as a mapping, the body as HTML with French no-break spaces."""
    _empty, head, body = source.split("---\n", 2)
    facts = dict(line.split(": ", 1) for line in head.strip().splitlines())
    blocks = [_block(block) for block in re.split(r"\n\s*\n", body.strip())]
    return facts, "".join(blocks)


def _block(block: str) -> str:
    lines = block.splitlines()
    if lines[0].startswith("## "):
        rest = "\n".join(lines[1:])
        return f"<h2>{_inline(lines[0][3:])}</h2>" + (_block(rest) if rest else "")
    if all(line.startswith("- ") for line in lines):
        return "<ul>" + "".join(f"<li>{_inline(line[2:])}</li>" for line in lines) + "</ul>"
    return f"<p>{_inline(' '.join(lines))}</p>"


def _inline(text: str) -> str:
    spaced = re.sub(r" ([;:?!»€])", "\u00a0\\1", text).replace("« ", "«\u00a0")
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html.escape(spaced, quote=False))

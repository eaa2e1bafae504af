"""Bytes of an unknown file as text: which encoding, decided on evidence; what was decoded wrongly before is mended.

Marks (BOM) decide first, then strict UTF-8, then a comparison of the old encodings by how their letters sit in words.
"""

import codecs
import re
import unicodedata
from typing import IO

SAMPLE = 256 * 1024
BLOCK = 1024 * 1024
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
OLD = ("cp1252", "mac_roman", "cp1250", "cp1251", "cp1253", "cp1254", "shift_jis", "euc_jp", "gb18030", "big5", "koi8_r", "cp850")
USUAL = frozenset("àâäæçéèêëîïôöœùûüÿñáíóúìòãõßåøčšžýřěůłąęśćżźńğışőűăâîșț")
SIGNS = frozenset("€£’‘“”«»…–—°×½¼¾№®™©²³\u00a0・。、「」（）")
STRAY = "lapinblanc-stray"


def _stray(error: UnicodeError) -> tuple[str, int]:
    """A byte that is no UTF-8, in a file that is: read as Windows would."""
    assert isinstance(error, UnicodeDecodeError)
    piece = error.object[error.start : error.start + 1]
    return piece.decode("cp1252", errors="replace"), error.start + 1


codecs.register_error(STRAY, _stray)


def encoding_of(file: IO[bytes]) -> str:
    """The encoding of the file's text; the file is left at its beginning."""
    file.seek(0)
    head = file.read(SAMPLE)
    file.seek(0)
    for mark, name in MARKS:
        if head.startswith(mark):
            return name
    pairs = head[: len(head) // 2 * 2]
    zeros = (pairs[::2].count(0), pairs[1::2].count(0))
    if len(pairs) > 8 and max(zeros) > len(pairs) // 8 and min(zeros) * 4 < max(zeros):
        return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
    good, bad, sample = _utf8(file)
    if not bad or good > 20 * bad:
        return "utf-8"
    return max(OLD, key=lambda name: _plausible(sample, name))


def _utf8(file: IO[bytes]) -> tuple[int, int, bytes]:
    """(letters beyond ASCII, bytes that are none, lines that have some) of the whole file, a block at a time."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    good = bad = 0
    sample = b""
    while block := file.read(BLOCK):
        text = decoder.decode(block)
        wrong = text.count("\ufffd")
        bad += wrong
        good += sum(1 for character in text if character > "\x7f") - wrong
        if len(sample) < SAMPLE:
            sample += b"\n".join(line for line in block.split(b"\n") if not line.isascii())[:SAMPLE]
    file.seek(0)
    return good, bad, sample


def _plausible(sample: bytes, encoding: str) -> tuple[float, int]:
    """How much the sample looks like words in this encoding; the first of OLD wins a draw."""
    text = sample.decode(encoding, errors="replace")
    if encoding in ("shift_jis", "euc_jp") and not re.search("[\u3041-\u30fa]", text):
        return (-9, 0)
    score = count = 0
    for place, character in enumerate(text):
        if character <= "\x7f":
            continue
        count += 1
        around = (text[place - 1 : place] or " ") + (text[place + 1 : place + 2] or " ")
        score += _weight(character, around)
    # Two bytes for one letter: the wrong ones among them fail more visibly than in an encoding of single bytes.
    return (score / max(1, count), -OLD.index(encoding))


def _weight(character: str, around: str) -> int:
    if character == "\ufffd":
        return -8
    if character in SIGNS:
        return 2
    if not character.isalpha():
        return -3
    name = unicodedata.name(character, "")
    if name.startswith(("HIRAGANA", "KATAKANA")):
        return 4
    if name.startswith("CJK"):
        return 2
    if name.startswith(("CYRILLIC", "GREEK")):
        beside = any(unicodedata.name(other, "").startswith(name.split()[0]) for other in around)
        return 2 if beside and not (character.isupper() and around[0].islower()) else -3
    if character.isupper() and (around[0].islower() or (around[0].isalpha() and around[1].islower()) or not (around[0].isalpha() or around[1].isalpha())):
        return -3
    if around[0] > "\x7f" and around[1] > "\x7f" and around.isalpha():
        return -2
    return 3 if character.lower() in USUAL else -1


# --- UTF-8 that somebody read as Windows: « Ã© » for « é ».
_HIGH = "".join(bytes([number]).decode("cp1252", errors="ignore") or chr(number) for number in range(0x80, 0xC0))
_WRONG = re.compile(f"(?:[\u00c2-\u00df][{re.escape(_HIGH)}\u0080-\u00bf]|[\u00e0-\u00ef][{re.escape(_HIGH)}\u0080-\u00bf]{{2}}|\u00f0[{re.escape(_HIGH)}\u0080-\u00bf]{{3}})+")
_SPACED = re.compile(r"Ã (?=[\s,;.\w]|$)")


def mended(text: str) -> str:
    """Each run that reads as UTF-8 taken for Windows is decoded again, twice at most; all else stays as it is."""
    for _again in range(2):
        if text.isascii() or not _WRONG.search(text):
            break
        text = _WRONG.sub(_decoded, _SPACED.sub("Ã\u00a0", text) if "Ã" in text else text)
    return text


def _decoded(found: re.Match[str]) -> str:
    raw = bytearray()
    for character in found.group():
        raw += character.encode("cp1252", errors="ignore") or bytes([ord(character)])
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return found.group()
    return text if _likely(text) else found.group()


def _likely(text: str) -> bool:
    """Letters and signs of Europe, or several of East Asia: « qualité » in French quotes has the bytes of one ideogram."""
    asian = 0
    for character in text:
        name = unicodedata.name(character, "")
        if name.startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "IDEOGRAPHIC", "FULLWIDTH")):
            asian += 1
        elif not (name.startswith(("LATIN", "CYRILLIC", "GREEK")) or character in SIGNS or "\u2000" <= character <= "\u206f" or unicodedata.category(character) == "So" or "\x80" <= character <= "\xbf"):
            return False
    return asian != 1

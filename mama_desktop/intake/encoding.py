"""Which encoding a text from outside is in: UTF-8, UTF-16, windows-1250, latin-2 … decided by Slovene letters."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# š and ž are 9A 9E in windows-1250, B9 BE in latin-2, E7 A7 in the DOS page 852; č and ć are alike in the first two.
_OURS = frozenset("čćšžđČĆŠŽĐ")
# In Swedish, German and Estonian texts, which arrive in the Western page.
_WESTERN = frozenset("äöüåõßéèáíóúñçÄÖÜÅÕÉ")
_LETTER = re.compile(r"[^\W\d_]")
_CANDIDATES = ("cp1250", "iso8859-2", "cp1252", "cp852")


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding; never fails, and never drops a byte of a single-byte encoding."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data.decode(name, "replace").lstrip("\ufeff"), name.removesuffix("-sig")
    wide = _utf16_without_bom(data)
    if wide:
        return data.decode(wide, "replace"), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        # A file cut in the middle of a letter is still UTF-8, if it held whole letters of it before.
        if error.reason == "unexpected end of data" and not data[: error.start].isascii():
            return data.decode("utf-8", "replace"), "utf-8"
    sample = data[:200_000]
    best = max(_CANDIDATES, key=lambda name: _score(sample, name))
    if _score(sample, best) <= 0:
        best = _second_opinion(sample) or best
    return data.decode(best, "replace"), best


def _utf16_without_bom(data: bytes) -> str:
    head = data[:2000]
    if len(head) < 4 or b"\0" not in head:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.1:
        return "utf-16-be"
    return ""


def _score(sample: bytes, name: str) -> float:
    """How much the letters beyond ASCII look like ours: inside words, known letters, no control characters."""
    text = sample.decode(name, "replace")
    score = 0.0
    for match in re.finditer(r"[^\x00-\x7f]", text):
        c = match.group()
        beside = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
        in_word = bool(_LETTER.search(beside))
        if "\x80" <= c <= "\x9f" or c == "\ufffd":
            score -= 3
        elif c in _OURS:
            score += 2 if in_word else 1
        elif c in _WESTERN:
            score += 1 if in_word else 0.5
        elif c.isalpha():
            score -= 0.5
        else:
            score -= 1.5 if in_word and c not in "€–—„“”‚‘’»«\xa0°§ªº" else 0
    # Between equals the Slovene Windows page wins: it is what Excel here saves.
    return score + {"cp1250": 0.3, "iso8859-2": 0.2, "cp1252": 0.1}.get(name, 0)


def _second_opinion(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    guess = from_bytes(sample).best()
    return guess.encoding if guess is not None else ""

"""Words: texts to be said later in a language, the one accent-blind fold and the one Slovene order."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Text:
    """A sentence that is put into words only when its reader's language is known.

    `message` and `plural` are keys of the catalogue (English); `params` fill the
    keyword placeholders and may themselves hold a `Text`.
    """

    message: str
    plural: str = ""
    count: int | None = None
    params: dict[str, Any] = field(default_factory=dict, hash=False)
    context: str = ""

    def __str__(self) -> str:
        """The English wording, for logs."""
        form = self.message if self.count in (None, 1) or not self.plural else self.plural
        return form.format(**self.all_params) if self.all_params else form

    @property
    def all_params(self) -> dict[str, Any]:
        return self.params if self.count is None else {"count": self.count, **self.params}


def T(message: str, /, **params: Any) -> Text:
    """Mark `message` for the catalogue and keep it with its placeholders' values."""
    return Text(message, params=params)


def TN(one: str, many: str, count: int, /, **params: Any) -> Text:
    """The same with a plural; `{count}` is among the placeholders."""
    return Text(one, many, count, params)


def TC(context: str, message: str, /, **params: Any) -> Text:
    """The same where one English word needs two Slovene ones: `context` says of what it is said."""
    return Text(message, params=params, context=context)


def verbatim(words: str) -> Text:
    """Words that are not translated: a name, a value typed by somebody."""
    return Text("{words}", params={"words": words})


@dataclass(frozen=True)
class InBoth:
    """Words the office itself wrote in both languages; where one is missing the other stands in."""

    sl: str
    en: str = ""

    def of(self, code: str) -> str:
        return (self.en or self.sl) if code == "en" else (self.sl or self.en)

    def __str__(self) -> str:
        return self.of("en")


def in_both(sl: str, en: str = "") -> Text:
    """A text of the office's own that is said in the reader's language: a question of a form, its choices."""
    return Text("{words}", params={"words": InBoth(sl, en)})


# Letters that do not decompose into a base letter and an accent. Icelandic Ð is
# typed for Croatian Đ so often that the two must meet.
_PLAIN = str.maketrans({
    "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "ß": "ss", "æ": "ae", "Æ": "ae",
    "œ": "oe", "Œ": "oe", "ı": "i", "þ": "th", "Þ": "th", "’": "'", "ʼ": "'", "´": "'", "`": "'",
})  # fmt: skip
_SPACE = re.compile(r"\s+")
# The accents of Europe; the one left out joins letters and is none.
_ACCENTS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
_WORD = re.compile(r"[^\W_]+")


def clean(words: str) -> str:
    """One line of text as typed by a careful person: NFC, single spaces, no control characters, Đ for Ð."""
    words = unicodedata.normalize("NFC", words).replace("Ð", "Đ").replace("ð", "đ")
    if not words.isprintable():
        words = "".join(" " if c.isspace() else c for c in words if c.isspace() or unicodedata.category(c)[0] != "C")
    return _SPACE.sub(" ", words).strip()


def clean_lines(words: str) -> str:
    """The same of a text of several lines; empty lines within stay."""
    return "\n".join(clean(line) for line in words.splitlines()).strip()


def fold(words: str) -> str:
    """Lower case without accents, for search and matching: č=ć=c, đ=d, š=s, ž=z."""
    if words.isascii():
        return _SPACE.sub(" ", words.lower()).strip()
    decomposed = unicodedata.normalize("NFD", words.translate(_PLAIN))
    plain = _ACCENTS.sub("", decomposed)
    if not plain.isascii():
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _SPACE.sub(" ", plain.casefold()).strip()


def words_of(text: str) -> list[str]:
    """The folded words of a text, punctuation left out."""
    return _WORD.findall(fold(text))


# CLDR sl: a b c č ć d đ e … s š … z ž. Each letter sorts by (base letter, place among its kin).
_KIN = {"č": ("c", 1), "ć": ("c", 2), "đ": ("d", 1), "ð": ("d", 1), "š": ("s", 1), "ž": ("z", 1)}
SortKey = tuple[str, str, str]
_ALPHABET: dict[str, str] = {}


def _letter(c: str) -> str:
    low = c.lower()
    base, kin = _KIN.get(low, ("", 0))
    if not base:
        plain = fold(low) if not low.isascii() else low
        return "".join(f"{p}0" for p in plain) if plain else ""
    return f"{base}{kin}"


def sort_key(text: str) -> SortKey:
    """Slovene dictionary order (CLDR 48 sl): letters first, then accents, then lower before upper case."""
    parts = []
    for c in text:
        known = _ALPHABET.get(c)
        if known is None:
            known = _ALPHABET[c] = _letter(c) if c.isalnum() else (" " if c.isspace() else "")
        parts.append(known)
    return "".join(parts), text.lower(), text.swapcase()

"""Placeholders in a letter, typed as [Given name] or as three forms [accepted|accepted|accepted]: found and filled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from mama_desktop.domain.text import T, Text, fold
from mama_desktop.i18n import LANGUAGES
from mama_desktop.i18n import language as language_of
from mama_desktop.sheets.letter import Block, LetterTable

Kind = Literal["text", "value", "forms", "broken"]
# [[ and ]] stand for the brackets themselves.
_PART = re.compile(r"\[\[|\]\]|\[([^\[\]\n]*)\]")
_PER_PERSON = ("person", "registration", "trip", "organisation", "answers")


@dataclass(frozen=True)
class Placeholder:
    """Something of a person, an event or the office that a text may name. group: person, registration, trip, answers,
    organisation, event, office, responsible or letter."""

    key: str
    label: Text
    group: str

    @property
    def is_personal(self) -> bool:
        """Whether it says something else to everybody."""
        return self.group in _PER_PERSON or self.key == "people"


@dataclass(frozen=True)
class Part:
    """A stretch of a text from `start` to `end`. words: the text itself, or the name within the brackets."""

    kind: Kind
    words: str
    start: int
    end: int
    forms: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True)
class Problem:
    """Something in a text that cannot be filled, and where."""

    start: int
    end: int
    words: Text


@dataclass(frozen=True)
class Known:
    """The placeholders a text may name, by their folded names in both languages and by their keys."""

    offered: tuple[Placeholder, ...]
    names: Mapping[str, str] = field(hash=False)

    def key_of(self, name: str) -> str | None:
        return self.names.get(fold(name))

    def label_of(self, key: str) -> Text:
        return next((p.label for p in self.offered if p.key == key), T("{words}", words=key))


def known(offered: Iterable[Placeholder]) -> Known:
    """Of two with one name the first is meant."""
    found = tuple(offered)
    names: dict[str, str] = {}
    for one in found:
        for code in LANGUAGES:
            names.setdefault(fold(language_of(code).say(one.label)), one.key)
    for one in found:
        names.setdefault(fold(one.key), one.key)
    return Known(found, names)


def written(placeholder: Placeholder, code: str) -> str:
    """As it is put into a text: [Ime]."""
    label = language_of(code).say(placeholder.label)
    # A question of a form may have brackets or several lines of its own; its key always works.
    return f"[{label}]" if not re.search(r"[\[\]|\n]", label) else f"[{placeholder.key}]"


def escaped(text: str) -> str:
    """The text in which every bracket stands for itself."""
    return text.replace("[", "[[").replace("]", "]]")


@lru_cache(maxsize=64)
def parts(text: str) -> tuple[Part, ...]:
    """The text in its parts, in order; nothing is lost."""
    found: list[Part] = []
    at = 0
    for match in _PART.finditer(text):
        if match.start() > at:
            found.append(Part("text", text[at : match.start()], at, match.start()))
        found.append(_part(match))
        at = match.end()
    if at < len(text):
        found.append(Part("text", text[at:], at, len(text)))
    return tuple(found)


def _part(match: re.Match[str]) -> Part:
    inside, start, end = match[1], match.start(), match.end()
    if inside is None:
        return Part("text", match[0][0], start, end)
    if "|" not in inside:
        return Part("value", inside.strip(), start, end)
    forms = inside.split("|")
    if len(forms) != 3:
        return Part("broken", inside, start, end)
    return Part("forms", inside, start, end, (forms[0], forms[1], forms[2]))


def problems(text: str, known: Known) -> list[Problem]:
    """What nobody could fill: unknown names, and forms that are not three."""
    found = []
    for part in parts(text):
        if part.kind == "value" and known.key_of(part.words) is None:
            words = T("There is no placeholder [{name}].", name=part.words)
            found.append(Problem(part.start, part.end, words))
        elif part.kind == "broken":
            words = T("[{name}] needs three forms: for a woman, for a man, and neutral.", name=part.words)
            found.append(Problem(part.start, part.end, words))
    return found


def asked_for(text: str, known: Known) -> list[str]:
    """The keys a text names, each once, in the order in which they come."""
    keys = (known.key_of(part.words) for part in parts(text) if part.kind == "value")
    return list(dict.fromkeys(key for key in keys if key is not None))


@dataclass(frozen=True)
class Filled:
    """A text for one reader: stretches of text and tables, in order. empty: keys that had no value."""

    blocks: tuple[Block, ...]
    empty: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(block if isinstance(block, str) else block.text for block in self.blocks)


def fill(text: str, known: Known, values: Mapping[str, str | LetterTable], gender: str) -> Filled:
    """Put values into a text. gender: which of three forms; neutral when it is neither "female" nor "male".

    A line of which every placeholder is empty is left out. What is unknown stays as it was typed.
    """
    blocks: list[Block] = []
    lines: list[str] = []
    empty: dict[str, None] = {}
    after_gap = False
    for line in text.split("\n"):
        found = _line(line, known, values, gender, empty)
        if found is None:
            # With a line, one of the two empty ones around it goes.
            after_gap = not lines or not lines[-1].strip()
        elif isinstance(found, LetterTable):
            blocks += ["\n".join(lines)] if lines else []
            blocks.append(found)
            lines, after_gap = [], False
        elif not (after_gap and not found.strip()):
            lines.append(found)
            after_gap = False
        else:
            after_gap = False
    if lines or not blocks:
        blocks.append("\n".join(lines))
    return Filled(tuple(blocks), tuple(empty))


def _line(
    line: str, known: Known, values: Mapping[str, str | LetterTable], gender: str, empty: dict[str, None]
) -> str | LetterTable | None:
    found = parts(line)
    said: list[str] = []
    asked = answered = 0
    for part in found:
        key = known.key_of(part.words) if part.kind == "value" else None
        if part.kind == "forms":
            said.append(part.forms[_FORM.get(gender, 2)])
        elif part.kind == "text":
            said.append(part.words)
        elif key is None:
            said.append(line[part.start : part.end])
        else:
            value = values.get(key, "")
            if isinstance(value, LetterTable):
                if not line[: part.start].strip() and not line[part.end :].strip():
                    return value
                value = value.names
            asked += 1
            answered += bool(value)
            if not value:
                empty.setdefault(key)
            said.append(value)
    return None if asked and not answered else "".join(said)


_FORM = {"female": 0, "male": 1}

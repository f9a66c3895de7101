"""Which of many records are worth comparing: those that share a cheap key, without ever comparing all with all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

# A block of more records than this says too little; it is looked at only in parts (see `candidates`).
LARGEST = 60

_ALIKE_LETTERS = (
    ("sch", "s"), ("ph", "f"), ("ck", "k"), ("ch", "k"), ("sh", "s"), ("th", "t"), ("gh", "g"), ("qu", "k"),
    ("x", "ks"), ("w", "v"), ("c", "k"), ("q", "k"), ("z", "s"), ("y", "i"), ("j", "i"), ("dz", "s"),
)  # fmt: skip
_VOWELS = re.compile(r"[aeiou]")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """How a folded word sounds, roughly: its first letter and its consonants, doubled and like ones made one."""
    for written, heard in _ALIKE_LETTERS:
        word = word.replace(written, heard)
    word = word.replace(" ", "").replace("h", "")
    if not word:
        return ""
    return _TWICE.sub(r"\1", word[0] + _VOWELS.sub("", word[1:]))


def candidates(keys: Sequence[Sequence[str]], narrower: Sequence[Sequence[str]]) -> Iterator[set[int]]:
    """For each record in its turn, the earlier ones that share a key with it.

    keys: those of each record. narrower: what a block of more than `LARGEST` is split by (a birth year, a postal
    code …); a part that is still too large is left out, for what so many have in common says nothing of two of them.
    """
    sizes = Counter(key for own in keys for key in set(own))
    large = {key for key, size in sizes.items() if size > LARGEST}
    parts: Counter[str] = Counter()
    if large:
        for own, more in zip(keys, narrower, strict=True):
            parts.update(_split(own, more, large))
    blocks: dict[str, list[int]] = {}
    for number, (own, more) in enumerate(zip(keys, narrower, strict=True)):
        found: set[int] = set()
        wanted = {key for key in own if sizes[key] > 1 and key not in large}
        if large:
            wanted.update(part for part in _split(own, more, large) if 1 < parts[part] <= LARGEST)
        for key in wanted:
            block = blocks.get(key)
            if block is None:
                blocks[key] = [number]
            else:
                found.update(block)
                block.append(number)
        yield found


def _split(own: Iterable[str], more: Iterable[str], large: set[str]) -> set[str]:
    return {f"{key}|{part}" for key in own if key in large for part in more}

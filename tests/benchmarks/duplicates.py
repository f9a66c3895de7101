"""Figures of the search for duplicates: how right it is on public test data, and how long 100,000 people take."""

from __future__ import annotations

import gzip
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from rapidfuzz.distance import OSA

from mama_desktop.domain.duplicates import Pair, PersonCard
from mama_desktop.services import duplicates
from mama_desktop.services.people_file import people_of_file
from tests.benchmarks.large import person
from tests.benchmarks.measuring import Figure, Measure, note, sized

PEOPLE = 100_000
# Without a number that belongs to one person, per cent of the true pairs; the README beside the data says why.
_MISSED_WITHOUT = {1: 20.0, 2: 27.0, 3: 30.0}
_DATA = Path(__file__).parent / "data"


def precision_and_recall() -> list[Figure]:
    """On FEBRL sets 1 to 3 (README beside them), read as any list of people is and judged with the defaults.

    A figure is what is missing to 1 in percent: precision at least 0.99, recall at least 0.95. Few lists an office gets
    carry a personal number: how it goes without one is said beside, with a limit of its own.
    """
    figures: list[Figure] = []
    for number in (1, 2, 3):
        cards = _febrl(number)
        for how, compared, most_missed in (
            ("with the personal number", cards, 5.0),
            ("without it", [replace(card, personal_number="") for card in cards], _MISSED_WITHOUT[number]),
        ):
            precision, recall = judged(compared, [pair for pair in duplicates.search(compared) if pair.is_same])
            note(f"FEBRL {number} {how}: precision {precision:.4f}, recall {recall:.4f}")
            figures.append((f"FEBRL {number} {how}: wrong among the pairs found", 100 * (1 - precision), 1.0, "%"))
            figures.append((f"FEBRL {number} {how}: true pairs missed", 100 * (1 - recall), most_missed, "%"))
    return figures


def search_among_many() -> list[Figure]:
    """100,000 invented people, one in twenty a second time with a slip, in the child process as in the window."""
    cards = invented(sized(PEOPLE))
    steps: list[tuple[int, int]] = []
    bare = _bare(len(cards))
    start = time.perf_counter()
    found = duplicates.search(cards, lambda done, total: steps.append((done, total)))
    took = time.perf_counter() - start
    same = {frozenset((pair.first, pair.second)) for pair in found if pair.is_same}
    twice = [card.key for card in cards if card.key.endswith("b")]
    met = sum(frozenset((key, key[:-1])) in same for key in twice)
    note(f"{len(cards)} people, {took:.1f} s, {len(found)} pairs, {met} of {len(twice)} doubles found, "
         f"{len(set(steps))} steps of progress; one million comparisons of two names take {bare:.2f} s")  # fmt: skip
    return [
        ("duplicates among 100,000 people", took, 60.0, "s"),
        ("duplicates among 100,000 people, against a million bare comparisons of names", took / bare, 260.0, "×"),
    ]


FIGURES: list[Measure] = [precision_and_recall, search_among_many]


def judged(cards: list[PersonCard], found: list[Pair]) -> tuple[float, float]:
    """Precision and recall of pairs, where "rec-12-org" and "rec-12-dup-0" are one person."""
    true = sum(1 for pair in found if _person(pair.first) == _person(pair.second))
    sizes = Counter(_person(card.key) for card in cards)
    pairs = sum(size * (size - 1) // 2 for size in sizes.values())
    return true / max(len(found), 1), true / pairs


def invented(people: int) -> list[PersonCard]:
    """The people of the large workspace; each twentieth comes again (its key with a "b") without e-mail and phone."""
    cards = []
    for number in range(people - people // 21):
        who = person(number)
        born = who["birth_date"]
        card = PersonCard(
            f"{number}", who["given_name"], who["family_name"], f"{born:%Y%m%d}" if born else "", (who["email"],),
            (who["phone"],), who["street"], who["postal_code"], who["town"], who["organisation_id"], who["gender"],
        )  # fmt: skip
        cards.append(card)
        if number % 20 == 0:
            name = card.family_name
            cards.append(replace(card, key=f"{number}b", family_name=name[:-2] + name[-1] + name[-2], emails=()))
    return cards


def _febrl(number: int) -> list[PersonCard]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"febrl{number}.csv")
        file.write_bytes(gzip.decompress((_DATA / f"febrl_dataset{number}.csv.gz").read_bytes()))
        return people_of_file(file)


def _person(key: str) -> str:
    return key.split("-")[1]


def _bare(people: int) -> float:
    """Seconds for a million comparisons of two names by the same library, without any rule."""
    names = [f"{who['given_name']} {who['family_name']}" for who in map(person, range(min(people, 2_000)))]
    start = time.perf_counter()
    for number in range(1_000_000 if people > 5_000 else 10_000):
        OSA.distance(names[number % len(names)], names[number * 7 % len(names)])
    return time.perf_counter() - start

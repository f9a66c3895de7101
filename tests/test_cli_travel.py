"""`distance` on the command line: kilometres, band and amount, in words and for machines, without a workspace."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mama_desktop.cli import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["distance", *arguments], env={"MAMA_WORKSPACE": ""})


def machine(*arguments: str) -> dict[str, Any]:
    result = run(*arguments, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def test_for_machines() -> None:
    answer = machine("Ljubljana", "Dunaj", "--call-year", "2025")
    assert answer["km"] == pytest.approx(277.8, abs=2.5)
    assert (answer["band"], answer["amount"]) == ("100-499", 211)
    assert (answer["to"]["name"], answer["to"]["country"]) == ("Vienna", "AT")
    assert (answer["certainty"], answer["to_be_confirmed"], answer["near_edge"]) == ("A", False, None)


@pytest.mark.parametrize(
    ("to", "year", "options", "band", "amount"),
    [
        ("Koper", "2025", [], "10-99", 28),
        ("Koper", "2025", ["--green"], "10-99", 56),
        ("Koper", "2022", ["--green"], "10-99", 23),
        ("Koper", "2015", [], "10-99", 0),
        ("Reykjavik", "2024", [], "2000-2999", 395),
        ("Lizbona", "2024", ["--green"], "2000-2999", 535),
        ("Ljubljana", "2024", [], "0-9", 0),
        ("Dublin", "2017", [], "500-1999", None),
    ],
)
def test_bands_and_amounts(to: str, year: str, options: list[str], band: str, amount: int | None) -> None:
    answer = machine("Ljubljana", to, "--call-year", year, *options)
    assert (answer["band"], answer["amount"]) == (band, amount)


def test_as_far_there_as_back() -> None:
    there, back = machine("Krško, SI", "Wien", "--call-year", "2024"), machine("Vienna", "Krsko", "--call-year", "2024")
    assert there["km"] == back["km"]


def test_this_year_when_no_year_is_named() -> None:
    assert machine("Ljubljana", "Dunaj")["call_year"] >= 2026


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "sl",
            [
                "Ljubljana, SI – Reykjavík, IS: 2.994,9 km v zračni črti, v eno smer.",
                "Razred razdalje: 2.000–2.999 km",
                "Erasmus+ KA1, razpis 2026, zeleno potovanje: 535,00\u00a0€ za pot tja in nazaj.",
                "Meja razreda pri 3.000 km je oddaljena manj kot 1 %: preverite v kalkulatorju Evropske komisije.",
                "Znesek je še za potrditev.",
            ],
        ),
        (
            "en",
            [
                "Ljubljana, SI – Reykjavík, IS: 2,994.9 km in a straight line, one way.",
                "Distance band: 2,000–2,999 km",
                "Erasmus+ KA1, call 2026, green travel: €535.00 there and back.",
                "The edge at 3,000 km is less than 1 % away: check it in the Commission's calculator.",
                "The amount is to be confirmed.",
            ],
        ),
    ],
)
def test_in_words(language: str, words: list[str]) -> None:
    answer = run("Ljubljana", "Reykjavik", "--call-year", "2026", "--green", "--language", language)
    assert answer.stdout.splitlines() == words


def test_without_a_rate() -> None:
    assert run("Ljubljana", "Dublin", "--call-year", "2016", "--language", "sl").stdout.splitlines()[2:] == [
        "Za razpis 2016 ni postavk Erasmus+ KA1 za potne stroške."
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sl", "Kraja »Nikjerland« ni na seznamu krajev."),
        ("en", "The place “Nikjerland” is not in the list of places."),
    ],
)
def test_an_unknown_place(language: str, words: str) -> None:
    refused = run("Ljubljana", "Nikjerland", "--language", language, "--json")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert words in refused.stderr


def test_an_ambiguous_place_names_how_to_say_each() -> None:
    refused = run("Gorica", "Ljubljana")
    assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (1, "", 1)
    assert "Gorica, Puconci" in refused.stderr
    assert run("Gorica, Puconci", "Ljubljana").exit_code == 0
    assert run("Gorica, 9201", "Ljubljana").exit_code == 0


@pytest.mark.parametrize("arguments", [["Ljubljana"], ["Ljubljana", "Celje", "--call-year", "letos"], []])
def test_wrong_use(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2

"""The pairs as a list: of a workspace and of a plain CSV, the possible ones apart."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from mama_desktop.cli import main
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.services import duplicates_listed
from mama_desktop.services.people_file import people_of_file
from mama_desktop.store.database import Database
from tests.benchmarks.duplicates import judged
from tests.factories import make_person

LIST = """ID;Ime;Priimek;Datum rojstva;E-pošta;Naslov;Kraj
7;Ana;Žagar;12. 4. 2005;zagar@example.org;Lipova 1;Krško
8;Zagar;Ana;4. 12. 2005;;Lipova 1;Krško
9;Luka;Žagar;12. 4. 2005;zagar@example.org;Lipova 1;Krško
10;Tone;Kos;;tone@example.org;;
11;Anton;Kos;;tone@example.org;;
"""


def test_a_plain_csv_of_people_needs_no_workspace(tmp_path: Path) -> None:
    file = tmp_path / "osebe.csv"
    file.write_text(LIST, encoding="utf-8")
    result = CliRunner().invoke(main, ["duplicates", "--file", str(file), "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.output)
    assert found["records"] == 5
    assert {(p["first"], p["second"]) for p in found["duplicates"]} == {("7", "8"), ("10", "11")}
    assert all(p["score"] >= found["same_from"] and p["reasons"] for p in found["duplicates"])
    assert all(p["score"] < found["same_from"] for p in found["possible"])
    plain = CliRunner().invoke(main, ["duplicates", "--file", str(file)])
    assert "Ana Žagar, 12. 4. 2005, Krško" in plain.output
    refused = CliRunner().invoke(main, ["duplicates", "--organisations", "--file", str(file)])
    assert refused.exit_code == 1
    assert "Ana" not in refused.output


def test_rows_without_an_id_are_called_by_their_line(tmp_path: Path) -> None:
    file = tmp_path / "osebe.csv"
    file.write_text("Ime in priimek,Rojen\nAna Kos,2001\nLuka Zupan,\n", encoding="utf-8")
    cards = people_of_file(file)
    assert [card.key for card in cards] == ["line 2", "line 3"]
    assert (cards[0].given_name, cards[0].family_name) == ("Ana", "Kos")


def test_a_list_without_names_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Cena,Količina\n1,2\n3,4\n", encoding="utf-8")
    with pytest.raises(OfficeError):
        people_of_file(file)


def test_the_pairs_of_a_workspace(db: Database) -> None:
    for name in ("Tone", "Anton"):
        db.write(make_person, name, "Kos", email="kos@example.org", label=T("Test"))
    listed = duplicates_listed.of_workspace(db, "person")
    assert len(listed.same) == 1
    assert listed.possible == []


@pytest.mark.parametrize("number", [1, 2, 3])
def test_public_data_are_judged_right(tmp_path: Path, number: int) -> None:
    packed = Path(__file__).parent.parent / "benchmarks" / "data" / f"febrl_dataset{number}.csv.gz"
    file = tmp_path / "febrl.csv"
    file.write_bytes(gzip.decompress(packed.read_bytes()))
    precision, recall = judged(people_of_file(file), duplicates_listed.of_file(file).same)
    assert precision >= 0.99
    assert recall >= 0.95

"""File names and files: valid everywhere, whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mama_desktop.domain.errors import OfficeError
from mama_desktop.sheets.files import LONGEST, TargetOpen, beside, safe_filename, write_through


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lista prisotnosti – Šmarje, čšž", "Lista prisotnosti – Šmarje, čšž.pdf"),
        ("Klub / Zbor: 2. 4. 2020", "Klub - Zbor - 2. 4. 2020.pdf"),
        ("a/b\\c|d", "a-b-c-d.pdf"),
        ('"Kdo?" <vsi> *', "Kdo vsi.pdf"),
        ("CON", "_CON.pdf"),
        ("lpt1.backup", "_lpt1.backup.pdf"),
        ("  .skrita. . ", "skrita.pdf"),
        ("???", "MaMa.pdf"),
        ("", "MaMa.pdf"),
        ("vrstica\nvrstica\x07", "vrstica vrstica.pdf"),
    ],
)
def test_safe_filename(text: str, name: str) -> None:
    assert safe_filename(text, ".pdf") == name


@given(st.text(max_size=300))
def test_any_text_makes_a_valid_name(text: str) -> None:
    name = safe_filename(text, ".xlsx")
    assert len(name) <= LONGEST
    assert len(name.encode()) <= 255
    assert not set(name) & set('<>:"/\\|?*')
    assert name.isprintable()
    stem = name.removesuffix(".xlsx")
    assert stem == stem.strip()
    assert stem
    assert not stem.endswith(".")
    assert not PureWindowsPath(name).is_reserved()


def test_beside(tmp_path: Path) -> None:
    path = tmp_path / "seznam.xlsx"
    path.touch()
    assert beside(path).name == "seznam (2).xlsx"
    beside(path).touch()
    assert beside(path).name == "seznam (3).xlsx"


def test_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "seznam.txt"
    path.write_text("staro")

    def half(temporary: Path) -> None:
        temporary.write_text("pol")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_through(path, half)
    assert path.read_text() == "staro"
    assert os.listdir(tmp_path) == ["seznam.txt"]
    assert write_through(path, lambda temporary: temporary.write_text("novo")) == 4
    assert path.read_text() == "novo"
    assert os.listdir(tmp_path) == ["seznam.txt"]


def test_a_file_open_elsewhere_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "seznam.txt"
    path.write_text("staro")

    def held(source: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, "held by Excel")

    monkeypatch.setattr(os, "replace", held)
    with pytest.raises(TargetOpen) as caught:
        write_through(path, lambda temporary: temporary.write_text("novo"))
    assert "seznam.txt" in str(caught.value.what)
    assert path.read_text() == "staro"
    assert os.listdir(tmp_path) == ["seznam.txt"]


def test_missing_folder_full_disk_and_a_folder_in_the_way(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="does not exist"):
        write_through(tmp_path / "ni" / "a.txt", lambda temporary: temporary.write_text("x"))

    def full(temporary: Path) -> None:
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(OfficeError, match="no room"):
        write_through(tmp_path / "a.txt", full)
    (tmp_path / "mapa").mkdir()
    with pytest.raises(OfficeError, match="is a folder"):
        write_through(tmp_path / "mapa", lambda temporary: temporary.write_text("x"))
    assert os.listdir(tmp_path) == ["mapa"]

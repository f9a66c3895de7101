"""The benchmarks collect, run and judge; here on tiny sizes only, without a look at any clock."""

from __future__ import annotations

import pytest

from tests.benchmarks import __main__ as benchmarks
from tests.benchmarks.measuring import Figure


def test_every_room_with_figures_takes_part() -> None:
    names = [name for name, _ in benchmarks.collect()]
    assert {name.split(".")[0] for name in names} >= {"sheets", "store", "taking_in", "window"}
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", ["sheets.list_from_database", "store.journal", "taking_in.import", "window.click"])
def test_figures_are_taken_on_tiny_sizes(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert benchmarks.main(["--tiny", "--only", name]) == 0
    printed = capsys.readouterr().out
    assert name in printed
    assert "OVER" not in printed
    assert "Python" in printed.splitlines()[-1]


def test_what_is_over_its_limit_fails(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def slow() -> list[Figure]:
        return [("good", 1.0, 1.5, "×"), ("bad", 12.0, 10.0, "ms")]

    monkeypatch.setattr(benchmarks, "collect", lambda: [("here.slow", slow)])
    assert benchmarks.main([]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("good") and line.endswith("ok") for line in lines)
    assert any(line.startswith("bad") and line.endswith("OVER") for line in lines)
    assert benchmarks.main(["--tiny"]) == 0


def test_a_name_that_is_none_is_answered_with_the_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert benchmarks.main(["--only", "nothing of the kind"]) == 2
    assert "sheets.growth" in capsys.readouterr().out

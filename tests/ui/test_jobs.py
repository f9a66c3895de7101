"""Long work: results come home, cancel is an exception at the next report, nobody calls a page that is gone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.ui.jobs import Jobs, Report

NAME = T("Import")


@pytest.fixture
def jobs(qapp: Any) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def test_results_come_home_in_order(jobs: Jobs, qtbot: QtBot) -> None:
    home: list[int] = []
    for number in range(50):
        jobs.start(NAME, lambda _report, n=number: n, done=home.append)  # type: ignore[misc]  # a default binds the number
    qtbot.waitUntil(lambda: len(home) == 50)
    assert home == list(range(50))
    assert jobs.running == ()


def test_results_are_given_in_the_windows_thread(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[threading.Thread] = []
    jobs.start(NAME, lambda _report: None, done=lambda _none: seen.append(threading.current_thread()))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [threading.main_thread()]


def test_cancel_is_raised_at_the_next_report(jobs: Jobs, qtbot: QtBot) -> None:
    under_way, asked = threading.Event(), threading.Event()
    home: list[str] = []

    def work(report: Report) -> None:
        under_way.set()
        asked.wait(5)
        report(1, 2)
        raise AssertionError("went on after the cancel")

    job = jobs.start(NAME, work, cancelled=lambda: home.append("cancelled"))
    assert under_way.wait(5)
    job.cancel()
    asked.set()
    qtbot.waitUntil(lambda: home == ["cancelled"])


def test_errors_are_sorted(jobs: Jobs, qtbot: QtBot) -> None:
    def office(_report: Report) -> None:
        raise OfficeError(T("The disk is full."))

    def bug(_report: Report) -> None:
        raise ValueError("ours")

    with qtbot.waitSignal(jobs.office_error):
        jobs.start(NAME, office)
    with qtbot.waitSignal(jobs.bug):
        jobs.start(NAME, bug)
    home: list[BaseException] = []
    jobs.start(NAME, bug, failed=home.append)
    qtbot.waitUntil(lambda: bool(home))


class _Page(QObject):
    called = 0

    def on_done(self, _result: object) -> None:
        _Page.called += 1


def test_a_page_that_is_gone_is_not_called(jobs: Jobs, qtbot: QtBot) -> None:
    import shiboken6

    page, wait = _Page(), threading.Event()
    jobs.start(NAME, lambda _report: wait.wait(5), done=page.on_done)
    shiboken6.delete(page)
    wait.set()
    qtbot.waitUntil(lambda: not jobs.running)
    assert _Page.called == 0

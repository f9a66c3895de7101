"""The window driven by its actions: places, changes, undo, language, theme, search."""

from __future__ import annotations

import datetime as dt
import threading
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.rows import Found
from mama_desktop.domain.text import T
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.theme import DARK, LIGHT, Theme, tokens
from tests.ui.invented import FakeDatabase


def db(window: MainWindow) -> Any:
    return window.db


def test_a_change_refreshes_what_is_shown_and_marks_what_is_hidden(window: MainWindow) -> None:
    events: Any = window.page
    window.go("people")
    people: Any = window.page
    db(window).announce("registration")
    assert (people.refreshed, people.is_stale) == (2, False)
    assert (events.refreshed, events.is_stale) == (1, True)
    db(window).announce("project")
    assert people.refreshed == 2
    window.go("events")
    assert (events.refreshed, events.is_stale) == (2, False)


def test_goes_back(window: MainWindow) -> None:
    window.go("people")
    window.go("projects")
    window.go_back()
    assert window._now[0] == "people"
    window.go_back()
    assert window._now[0] == "events"


def test_undo_says_what_it_undid(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window._notices.words() == "Undone: Accept 3 registrations"


def test_nothing_to_undo_is_a_notice(window: MainWindow, said: list[tuple[str, Any]]) -> None:
    def nothing() -> Any:
        raise OfficeError(T("There is nothing to undo."), safe=T("Nothing has been changed."))

    db(window).undo = nothing
    window.undo()
    assert said == []
    assert window._notices.words() == "There is nothing to undo."


def test_the_language_changes_in_place(window: MainWindow) -> None:
    page: Any = window.page
    page.show_tab("details")
    window.set_language("sl")
    now: Any = window.page
    assert now is not page
    assert now.speak.code == "sl"
    assert window.habits.value("window/language") == "sl"
    assert window._now[0] == "events"


def test_find_opens_what_was_found(window: MainWindow, qtbot: QtBot) -> None:
    palette = window.open_palette()
    qtbot.keyClicks(palette.field, "k")
    assert palette.hits.item(0).text().startswith("Klub MaMa")
    with qtbot.waitSignal(palette.chosen) as chosen:
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert isinstance(chosen.args[0], Found)
    assert window._now[:2] == ("events", "e1")


def test_commands_are_found_too(window: MainWindow, qtbot: QtBot) -> None:
    palette = window.open_palette()
    qtbot.keyClicks(palette.field, "organis")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window._now[0] == "organisations"


def test_the_status_line_follows_the_selection(window: MainWindow) -> None:
    page: Any = window.page
    page.table.view.selectRow(0)
    assert window.status._left.text() == "Selected: 1 of 64"


def test_the_banner_says_that_the_clock_stands(window: MainWindow) -> None:
    from mama_desktop.ui.banner import banner_words

    words = banner_words(db(window), window.speak)
    assert words is not None
    assert window.speak.say(words[0]).endswith("Its clock stands on 2 March 2020.")
    assert banner_words(FakeDatabase(None), window.speak) is None  # type: ignore[arg-type]  # as good as a database here


def test_the_theme_is_a_value(theme: Theme, qapp: QApplication) -> None:
    theme.set_choice("dark")
    assert tokens() is DARK
    assert qapp.palette().window().color().name() == DARK.bg.lower()
    theme.set_choice("light")
    assert tokens() is LIGHT


def test_a_second_notice_has_room_for_its_button(window: MainWindow, qtbot: QtBot) -> None:
    notices = window._notices
    notices.show_words("Accepted", [("Undo", window.undo)])
    notices.show_words("Undone: Accept 3 registrations", [("Redo", window.redo)])
    made = next(b for b in notices.findChildren(QPushButton) if b.text() == "Redo")
    qtbot.waitUntil(lambda: made.geometry().left() > notices._words.geometry().right())
    assert notices.rect().contains(made.geometry())
    assert made.height() >= made.sizeHint().height()


def test_many_people_of_a_name_leave_room_for_an_event(window: MainWindow) -> None:
    people = [Found("person", str(number), f"Marko {number}") for number in range(30)]
    when = (dt.date(2020, 4, 2), dt.date(2020, 4, 3), "day")
    window._find = lambda _words: [*people, Found("event", "e", "Dan mladih", "Krško", when)]
    palette = window.open_palette()
    palette.field.setText("ma")
    hits = [palette.hits.item(row).text() for row in range(palette.hits.count())]
    palette.close()
    assert hits[0].startswith("Marko 0")
    assert any(words.startswith("Dan mladih, 2–3 April 2020  ·  Krško") for words in hits)


def test_a_notice_covers_nothing_and_moves_nothing(window: MainWindow, qtbot: QtBot) -> None:
    stack = window._stack
    before = stack.geometry()
    window._notices.show_words(
        "Not the same: " + "Ana Marija Novak Kovačič and Anja Marija Novak; " * 4, [("Undo", print)]
    )
    qtbot.waitUntil(lambda: window._notices._words.height() > 2 * window._notices._words.fontMetrics().height() - 2)
    shown = QRect(window._notices.mapTo(window, QPoint(0, 0)), window._notices.size())
    assert stack.geometry() == before
    assert not shown.intersects(QRect(stack.mapTo(window, QPoint(0, 0)), stack.size()))


def test_a_closed_notice_gives_the_keys_back(window: MainWindow, qtbot: QtBot) -> None:
    field = window.navigation.findChildren(QToolButton)[2]
    field.setFocus()
    window._notices.show_words("Undone", [("Redo", lambda: None)])
    again = next(b for b in window._notices.findChildren(QPushButton) if b.text() == "Redo")
    again.setFocus()
    window._notices._on_time()
    assert window._notices.isVisible()
    again.click()
    assert not window._notices.isVisible()
    assert field.hasFocus()


def test_what_a_notice_does_may_say_the_next(window: MainWindow) -> None:
    notices = window._notices
    notices.show_words("Done", [("Undo", partial(notices.show_words, "Undone"))])
    next(b for b in notices.findChildren(QPushButton) if b.text() == "Undo").click()
    assert notices.words() == "Undone"


def test_work_that_the_page_shows_itself_is_not_shown_twice(window: MainWindow, qtbot: QtBot) -> None:
    go_on, is_shown = threading.Event(), [True]
    job = window._jobs.start(T("Reading"), lambda _report: go_on.wait(10))
    job.is_shown_elsewhere = lambda: is_shown[0]
    job.started -= 5
    window._jobs.progressed.emit()
    assert not window.status._work.isVisible()
    # Once its page is left, the status line has it.
    is_shown[0] = False
    window._jobs.progressed.emit()
    assert window.status._work.isVisible()
    go_on.set()
    qtbot.waitUntil(lambda: not window._jobs.running)

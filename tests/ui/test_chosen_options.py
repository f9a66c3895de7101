"""Options corrected on the card and in the cell of the table, as a person does it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from mama_desktop.domain.text import T
from mama_desktop.services import capacity, events, registrations
from mama_desktop.ui import dialogs
from mama_desktop.ui.editors import CheckList
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.options_popup import OptionsPopup

EVENT = "2020-03-euyou-spoznavni-mkc"


class Workshops:
    """Two workshops of the sample's event, of which one may be chosen, the first full; and who has chosen neither."""

    def __init__(self, session: Any) -> None:
        self.event = events.event_by_code(session, EVENT)
        keys = registrations.registrations(session, self.event, keys=["status"], statuses=["accepted"]).keys
        save = capacity.save_option
        self.photo = save(session, self.event, name_sl="Fotografija", group_sl="Delavnica", places=1)
        self.dance = save(session, self.event, name_sl="Ples", group_sl="Delavnica", places=5)
        capacity.choose_option(session, keys[0], self.photo)
        self.key = keys[1]
        self.person = registrations.person_of(session, self.key) or ""


@pytest.fixture
def workshops(real_window: MainWindow) -> Workshops:
    return real_window.db.write(Workshops, label=T("Test"))


def chosen(window: MainWindow, of: Workshops) -> list[str]:
    return window.db.read(capacity.options_of, of.key)


def open_popup(window: MainWindow, of: Workshops, qtbot: QtBot) -> OptionsPopup:
    window.go("person", of.person, "card")

    def seen() -> list[QPushButton]:
        name = "Change the options chosen for "
        buttons = window.page.findChildren(QPushButton)
        return [b for b in buttons if b.isVisible() and b.accessibleName().startswith(name)]

    # What was just made anew is shown a moment later.
    qtbot.waitUntil(lambda: len(seen()) == 1)
    seen()[0].click()
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, OptionsPopup)
    return popup


def test_the_card_corrects_what_was_chosen_and_it_can_be_undone(
    real_window: MainWindow, workshops: Workshops, qtbot: QtBot
) -> None:
    popup = open_popup(real_window, workshops, qtbot)
    words = [b.text() for b in popup.findChildren(QRadioButton)]
    assert words == ["Fotografija  (1 / 1, full)", "Ples  (0 / 5)", "none"]
    popup.choices[workshops.dance].click()
    popup.save.click()
    assert chosen(real_window, workshops) == [workshops.dance]
    assert "Ples" in [label.text() for label in real_window.page.findChildren(QLabel)]
    real_window.db.undo()
    assert chosen(real_window, workshops) == []


def test_a_full_option_is_taken_only_after_the_question(
    real_window: MainWindow, workshops: Workshops, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(dialogs, "ask", lambda _parent, _speak, question, *_buttons, **_more: asked.append(question))
    popup = open_popup(real_window, workshops, qtbot)
    popup.choices[workshops.photo].click()
    popup.save.click()
    assert (len(asked), chosen(real_window, workshops)) == (1, [])
    monkeypatch.setattr(dialogs, "ask", lambda *_question, **_more: 0)
    popup = open_popup(real_window, workshops, qtbot)
    popup.choices[workshops.photo].click()
    popup.save.click()
    assert chosen(real_window, workshops) == [workshops.photo]


def test_a_cell_of_the_table_offers_the_options_with_their_places(
    real_window: MainWindow, workshops: Workshops
) -> None:
    real_window.go("event", workshops.event, "registrations")
    tab: Any = real_window.page
    tab = tab._registrations()
    tab.read_rest()
    table = tab.table
    field = table.rows.listing.fields[table.rows.listing.column("options")]
    editor = table.editing.make(field, table)
    assert isinstance(editor, CheckList)
    assert [editor.item(n).text() for n in range(editor.count())] == ["Fotografija (1 / 1, full)", "Ples (0 / 5)"]
    editor.set_value([workshops.dance])
    table.edit_requested.emit(workshops.key, "options", editor.value())
    assert chosen(real_window, workshops) == [workshops.dance]


def test_what_was_chosen_stands_on_the_line_of_its_button(
    real_window: MainWindow, workshops: Workshops, qtbot: QtBot
) -> None:
    open_popup(real_window, workshops, qtbot).close()
    page = real_window.page
    name = "Change the options chosen for "
    change = next(b for b in page.findChildren(QPushButton) if b.isVisible() and b.accessibleName().startswith(name))
    said = next(one for one in page.findChildren(QLabel) if one.text() == "Options chosen:" and one.isVisible())
    middle = said.contentsRect().top() + said.fontMetrics().height() / 2
    line = said.mapTo(page, said.rect().topLeft()).y() + middle
    assert abs(line - change.mapTo(page, change.rect().center()).y()) <= 2

"""The form of an event, driven as a person drives it: adding, writing, putting in order, conditions, sets, deleting."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from mama_desktop.domain.questions import QuestionRow
from mama_desktop.domain.text import T
from mama_desktop.services import events, question_sets, questions, registrations
from mama_desktop.services.fields import ANSWER
from mama_desktop.ui import dialogs
from mama_desktop.ui.choices_editor import ChoicesEditor
from mama_desktop.ui.form_tab import FormTab
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.question_popups import FromEvent, KeepAsSet

# An event whose form asks nothing yet.
CLUB = "2020-04-osnove"
LABEL = T("Test")


@pytest.fixture
def tab(real_window: MainWindow) -> FormTab:
    key = real_window.db.read(events.event_by_code, CLUB)
    real_window.go("event", key, "form")
    page: Any = real_window.page
    built = page._lazy["form"].built()
    assert isinstance(built, FormTab)
    return built


def _rows(tab: FormTab) -> list[QuestionRow]:
    return tab._page.db.read(questions.of_event, tab._event)


def _labels(tab: FormTab) -> list[str]:
    return [row.label_in("en") for row in _rows(tab)]


def _write(tab: FormTab, key: str, words: str) -> None:
    field = tab.editor.editor(key)
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.setText(words)
    field.editingFinished.emit()


def _pick(tab: FormTab, key: str, choice: str) -> None:
    box = tab.editor.editor(key)
    assert isinstance(box, QComboBox)
    place = box.findData(choice)
    box.setCurrentIndex(place)
    box.activated.emit(place)


def _add(tab: FormTab, kind: str, words: str) -> str:
    tab._on_add(kind)
    _write(tab, "label_en", words)
    return tab._question


def test_an_empty_form_says_what_belongs_here(tab: FormTab) -> None:
    assert tab._right.currentWidget() is tab._empty
    assert tab.list.count() == 0


def test_a_question_is_added_and_worded_where_it_stands(tab: FormTab) -> None:
    tab._on_add("text")
    name = tab.editor.editor("label_en")
    assert isinstance(name, QLineEdit)
    assert name.selectedText() == "New question"
    _write(tab, "label_en", "What do you expect?")
    _write(tab, "label_sl", "Kaj pričakujete?")
    box = tab.editor.editor("required")
    assert isinstance(box, QCheckBox)
    box.click()
    (row,) = _rows(tab)
    assert (dict(row.labels), row.required) == ({"sl": "Kaj pričakujete?", "en": "What do you expect?"}, True)
    assert tab.list.item(0).text() == "1. What do you expect?"


def test_choices_keep_their_keys_while_they_are_written_and_moved(tab: FormTab, qtbot: QtBot) -> None:
    _add(tab, "choice", "T-shirt size")
    choices = tab.editor.editor("choices")
    assert isinstance(choices, ChoicesEditor)
    for words in ("S", "M", "L"):
        line = choices._lines[-1].fields["sl"]
        line.setFocus()
        line.setText(words)
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert _rows(tab)[0].choices_in("sl") == {"c1": "S", "c2": "M", "c3": "L"}
    assert choices._lines[-1].is_empty()
    choices.move_line(2, -1)
    assert list(_rows(tab)[0].choices) == ["c1", "c3", "c2"]
    choices._lines[0].remove.click()
    assert _rows(tab)[0].choices_in("sl") == {"c3": "L", "c2": "M"}


def test_the_order_changes_by_keys_and_by_buttons(tab: FormTab, qtbot: QtBot) -> None:
    for words in ("One", "Two", "Three"):
        _add(tab, "text", words)
    tab.list.setCurrentRow(2)
    qtbot.keyClick(tab.list, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert _labels(tab) == ["One", "Three", "Two"]
    assert tab.list.currentRow() == 1
    tab.editor.up.click()
    assert _labels(tab) == ["Three", "One", "Two"]
    tab._page.shell.undo()
    assert _labels(tab) == ["One", "Three", "Two"]


def test_a_condition_is_chosen_among_earlier_questions(tab: FormTab, said: list[tuple[str, Any]]) -> None:
    bus = _add(tab, "bool", "Are you coming by bus?")
    _add(tab, "text", "Which seat?")
    stop = _add(tab, "text", "Where do you get on?")
    box = tab.editor.editor("shown_if_id")
    assert isinstance(box, QComboBox)
    assert [box.itemText(n) for n in range(box.count())] == ["always", "after an answer to “Are you coming by bus?”"]
    _pick(tab, "shown_if_id", bus)
    assert (_rows(tab)[2].shown_if_id, _rows(tab)[2].shown_if) == (bus, ("yes",))
    ticks = tab.editor.editor("shown_if")
    assert isinstance(ticks, QListWidget)
    ticks.itemClicked.emit(ticks.item(1))
    assert _rows(tab)[2].shown_if == ("yes", "no")
    assert "if “Are you coming by bus?”: yes, no" in tab.list.item(2).toolTip()
    tab.list.setCurrentRow(2)
    tab.list.step(-1)
    tab.list.step(-1)
    assert _rows(tab)[0].id == bus
    assert [what for what, _ in said] == ["error"]
    assert tab.list.item(0).text() == "1. Are you coming by bus?"
    assert stop == tab._question
    _pick(tab, "shown_if_id", "always")
    row = next(one for one in _rows(tab) if one.id == stop)
    assert (row.shown_if_id, row.shown_if) == (None, ())


def test_another_kind_brings_its_own_fields_and_leaves_the_keys_there(tab: FormTab) -> None:
    _add(tab, "text", "T-shirt size")
    tab.editor.editor("kind").setFocus()
    _pick(tab, "kind", "choice")
    assert _rows(tab)[0].kind == "choice"
    assert isinstance(tab.editor.editor("choices"), ChoicesEditor)


def test_a_ready_set_goes_in_and_the_hint_is_calm(tab: FormTab) -> None:
    tab._sets_menu._fill()
    names = [action.text() for action in tab._sets_menu.actions()]
    assert names[0] == "Emergency contact (3 questions)"
    tab._sets_menu.actions()[0].trigger()
    assert [row.field_key for row in _rows(tab)] == ["emergency_name", "emergency_relation", "emergency_phone"]
    assert not tab.editor._hint.isVisible()
    tab._on_add_field("birth_date")
    assert not tab.editor._hint.isVisible()
    box = tab.editor.editor("accepted_only")
    assert isinstance(box, QCheckBox)
    box.click()
    assert "TCA/NET" in tab.editor._hint.words()


def test_questions_are_kept_as_a_set_and_taken_over_from_another_event(tab: FormTab) -> None:
    _add(tab, "text", "What do you expect?")
    keep = KeepAsSet(tab._page, tab)
    keep.named.connect(tab._sets_menu._on_named)
    keep.name.setText("Expectations")
    keep._on_keep()
    db = tab._page.db
    assert [str(one.name) for one in db.read(question_sets.sets) if not one.is_ready] == ["Expectations"]
    other = db.write(events.add_event, "Drugi dogodek", label=LABEL)
    db.write(questions.save, other, label_en="How did you hear of us?", label=LABEL)
    popup = FromEvent(tab._page, tab._event, tab)
    popup.picked.connect(tab._sets_menu._on_event_picked)
    (place,) = [n for n in range(popup.found.count()) if popup.found.item(n).text() == "Drugi dogodek · 1 question"]
    popup._on_picked(popup.found.item(place))
    assert _labels(tab) == ["What do you expect?", "How did you hear of us?"]


def test_deleting_says_how_many_answered_and_keeps_what_is_wished(
    tab: FormTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = _add(tab, "text", "What do you expect?")
    db = tab._page.db
    listing = db.read(registrations.registrations, tab._event, keys=["family_name"])
    asked: list[tuple[str, ...]] = []

    def answer(_parent: Any, speak: Any, *words: Any, more: Any, **_rest: Any) -> int:
        asked.append(tuple(speak.say(one) for one in (*words, more)))
        return 0

    from mama_desktop.services import editing

    now = db.clock.now()
    db.write(editing.change, "registration", listing.keys[:2], ANSWER + key, "veliko", now=now, label=LABEL)
    monkeypatch.setattr(dialogs, "ask", answer)
    tab.delete()
    assert asked == [(
        "Delete the question “What do you expect?”?", "Keep the answers as an extra column", "Delete the answers too",
        "2 people have answered it. You can undo this afterwards.",
    )]  # fmt: skip
    assert _rows(tab) == []
    assert "What do you expect?" in db.read(registrations.answer_headings, tab._event)
    tab._page.shell.undo()
    assert _labels(tab) == ["What do you expect?"]


def test_answers_that_were_here_before_are_offered(tab: FormTab) -> None:
    db = tab._page.db
    heading = db.read(registrations.answer_headings, tab._event)[0]
    _add(tab, "text", heading)
    assert "came in a file already" in tab._offer.words()
    tab._offer.focus_answer()
    tab._on_adopt(tab._question, _rows(tab)[0].label)
    assert tab._offer.words() == ""
    assert heading not in db.read(registrations.answer_headings, tab._event)


def test_who_owes_an_answer_is_shown_and_written_to(tab: FormTab, real_window: MainWindow) -> None:
    _add(tab, "text", "T-shirt")
    tab._page.write(questions.save, tab._event, key=tab._question, required=True, label=LABEL)
    tab.refresh()
    owing = [one.registration_id for one in tab._page.db.read(questions.missing_answers, tab._event)]
    assert owing
    assert not tab._owing_line.isHidden()
    tab.show_owing()
    page: Any = real_window.page
    assert page.tab == "registrations"
    assert set(page._registrations().table.shown_keys()) == set(owing)
    assert page.selection_words()

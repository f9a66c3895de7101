"""Settings are stored by a finished edit and can be undone; what is refused stands under its field."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from mama_desktop.services import consent_words, office, office_card, profiles, staff
from mama_desktop.store import backup
from mama_desktop.ui import dialogs
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.settings_page import SettingsPage


@pytest.fixture
def page(real_window: MainWindow) -> SettingsPage:
    real_window.go("settings")
    assert isinstance(real_window.page, SettingsPage)
    return real_window.page


def typed(editor: Any, words: str) -> None:
    assert isinstance(editor, QLineEdit)
    editor.setText(words)
    editor.editingFinished.emit()


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    kept = BytesIO()
    Image.new("RGB", (300, 100), "#0B6E69").save(kept, "PNG")
    path = tmp_path / "logo.png"
    path.write_bytes(kept.getvalue())
    return path


def test_the_office_is_written_and_undone(page: SettingsPage, real_window: MainWindow) -> None:
    editor: Any = page.office.form.editor("office.name_sl")
    before = editor.text()
    typed(editor, "Zavod Žarek")
    assert page.db.read(office.setting, "office.name_sl") == "Zavod Žarek"
    assert page.say(page.db.undo_label() or "") == "Setting: Legal name (Slovene)"
    real_window.undo()
    assert editor.text() == before


def test_a_wrong_e_mail_is_said_under_its_field(page: SettingsPage) -> None:
    typed(page.office.form.editor("office.email"), "brez afne")
    assert "not an e-mail" in page.office.form._shown["office.email"].error.text()
    assert page.db.read(office.setting, "office.email") != "brez afne"


def test_a_logo_is_chosen_seen_and_removed(page: SettingsPage, logo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor: Any = page.office.form.editor("office.logo")
    monkeypatch.setattr(dialogs, "choose_file", lambda *_args: [logo])
    editor.choose()
    assert page.db.read(office_card.setting_values)["office.logo"]
    assert not editor.preview._image.isNull()
    editor.remove()
    assert page.db.read(office_card.setting_values)["office.logo"] is None


def test_a_file_that_is_no_picture_is_refused(page: SettingsPage, logo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    logo.write_bytes(b"no picture")
    editor: Any = page.office.form.editor("office.logo")
    monkeypatch.setattr(dialogs, "choose_file", lambda *_args: [logo])
    editor.choose()
    assert page.office.form._shown["office.logo"].error.text()
    assert page.db.read(office_card.setting_values)["office.logo"] is None


def test_a_colleague_is_added_and_sits_here(page: SettingsPage, real_window: MainWindow) -> None:
    page.show_tab("staff")
    page.staff.name.setText("Živa Ćosić")
    page.staff.add()
    key = next(m.id for m in page.db.read(office.staff) if m.name == "Živa Ćosić")
    page.staff.here.setCurrentIndex(page.staff.here.findData(key))
    page.staff.here.activated.emit(page.staff.here.currentIndex())
    assert real_window.sits_here() == key
    assert page.db.actor.who == "Živa Ćosić"
    page.staff.table.edit_requested.emit(key, "name", "Živa Žagar")
    assert page.db.read(staff.staff_name, key) == "Živa Žagar"
    assert real_window.habits.value("office/sits_here_name") == "Živa Žagar"


def test_who_left_is_not_offered(page: SettingsPage) -> None:
    page.show_tab("staff")
    key = page.staff.table.rows.listing.keys[0]
    page.staff.table.edit_requested.emit(key, "is_active", False)
    assert page.staff.here.findData(key) == -1


def test_a_profile_is_added_copied_and_deleted(page: SettingsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    page.show_tab("profiles")
    part = page.profiles
    part.add()
    typed(part.form.editor("name_sl"), "Mestna občina Celje")
    part.copy()
    names = {row.name for row in page.db.read(profiles.profiles, language="en")}
    assert {"Mestna občina Celje", "Mestna občina Celje (copy)"} <= names
    monkeypatch.setattr(dialogs, "ask", lambda *_args, **_more: 0)
    part.delete()
    names = {row.name for row in page.db.read(profiles.profiles, language="en")}
    assert "Mestna občina Celje (copy)" not in names


def test_columns_are_put_in_order(page: SettingsPage) -> None:
    page.show_tab("profiles")
    editor: Any = page.profiles.form.editor("sign_in_columns")
    before = editor.value()
    editor.list.setCurrentRow(1)
    editor.move_current(-1)
    values = page.db.read(profiles.profile_values, page.profiles.list.current())
    assert values is not None
    assert values["sign_in_columns"] == [before[1], before[0], *before[2:]]


def test_a_name_that_is_taken_is_said_under_its_field(page: SettingsPage) -> None:
    page.show_tab("profiles")
    typed(page.profiles.form.editor("name_sl"), "Urad RS za mladino")
    assert "already" in page.profiles.form._shown["name_sl"].error.text()


def test_a_backup_is_made_and_listed(
    page: SettingsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.show_tab("backups")
    assert not page.backups.table.rows.listing.keys
    second = tmp_path / "stick"
    second.mkdir()
    monkeypatch.setattr(dialogs, "choose_folder", lambda *_args: second)
    page.backups.choose_second_place()
    qtbot.waitUntil(lambda: len(page.backups.table.rows.listing.keys) == 2, timeout=10_000)
    assert len(backup.backups(second, page.db.name)) == 1
    assert page.db.read(office.setting, "backup.second_place") == str(second)


def test_the_window_is_chosen_here(page: SettingsPage, real_window: MainWindow, qtbot: QtBot) -> None:
    page.show_tab("window")
    page.look.compact.click()
    real_window.go("people")
    people: Any = real_window.page
    assert isinstance(people.table, RowTable)
    narrow = people.table.view.verticalHeader().defaultSectionSize()
    real_window.go("settings", "", "window")
    page.look.compact.click()
    assert people.table.view.verticalHeader().defaultSectionSize() > narrow
    page.look.theme.setCurrentIndex(page.look.theme.findData("dark"))
    page.look.theme.activated.emit(0)
    assert real_window.theme.choice == "dark"
    page.look.theme.setCurrentIndex(page.look.theme.findData("light"))
    page.look.theme.activated.emit(0)
    page.look.language.setCurrentIndex(page.look.language.findData("sl"))
    page.look.language.activated.emit(0)
    qtbot.waitUntil(lambda: real_window.speak.code == "sl")
    assert real_window.page.tab == "window"


def test_everything_is_reached_by_the_keyboard(page: SettingsPage) -> None:
    """Whatever is shown and can be clicked takes the focus by Tab."""
    for tab in ("office", "staff", "profiles", "papers", "backups", "window"):
        page.show_tab(tab)
        for editor in page.findChildren(QLineEdit):
            if editor.isVisible() and editor.isEnabled():
                assert editor.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_words_of_a_consent_are_changed_for_parents_and_for_participants(page: SettingsPage) -> None:
    page.show_tab("consents")
    part = page.consents
    block = part.blocks["photo"]
    assert "to be confirmed" in block.version.text()
    assert "ZVOP-2" in part.note.accessibleName()
    block.editors["en"].setPlainText("The child may be\nphotographed.")
    block.editors["en"].finished.emit()
    version, _, said = page.db.read(consent_words.current_words, "photo")
    assert said == "The child may be photographed."
    assert f"Version {version}, since" in block.version.text()
    assert "to be confirmed" not in block.version.text()
    block.editors["sl"].setPlainText("")
    block.editors["sl"].finished.emit()
    assert "both languages" in block.error.text()
    part.choose(own=True)
    assert "I agree" in block.editors["en"].toPlainText()
    assert block.editors["sl"].toPlainText()
    block.editors["en"].setPlainText("You may take pictures of me.")
    block.editors["en"].finished.emit()
    assert page.db.read(consent_words.current_words, "photo", own=True)[2] == "You may take pictures of me."
    assert page.db.read(consent_words.current_words, "photo")[2] == said

"""The form is seen before it leaves, for whom and in which language it was chosen, and saved as PDF and as Excel."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from mama_desktop.domain.forms import ACCEPTED, MARK, identity_of
from mama_desktop.services import events
from mama_desktop.ui import dialogs
from mama_desktop.ui.event_page import EventPage
from mama_desktop.ui.form_making import FormMaking
from mama_desktop.ui.form_tab import FormTab
from mama_desktop.ui.main_window import MainWindow


@pytest.fixture
def making(real_window: MainWindow, qtbot: QtBot) -> FormMaking:
    key = real_window.db.read(events.event_by_code, "2020-04-klub")
    real_window.go("event", key, "form")
    page = real_window.page
    assert isinstance(page, EventPage)
    tab = page._lazy["form"].built()
    assert isinstance(tab, FormTab)
    tab.make_button.click()
    made = tab.making
    assert made is not None
    qtbot.waitUntil(lambda: made.preview.pages.count > 0, timeout=10_000)
    return made


def test_the_form_is_seen_and_the_way_back_leads_to_the_questions(making: FormMaking) -> None:
    tab = making.parentWidget()
    assert isinstance(tab, FormTab)
    making.back_button.click()
    assert not making.isVisible()
    assert tab.make_button.isVisible()


def test_it_is_saved_as_it_was_chosen(
    making: FormMaking, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen: list[Path] = []

    def save_file(_parent: object, _title: str, suggested: Path, _kinds: str) -> Path:
        chosen.append(tmp_path / suggested.name)
        return chosen[-1]

    monkeypatch.setattr(dialogs, "save_file", save_file)
    making.audience.setCurrentIndex(making.audience.findData(ACCEPTED))
    making.language.setCurrentIndex(making.language.findData("both"))
    making.pdf_button.click()
    making.excel_button.click()
    qtbot.waitUntil(lambda: len(chosen) == 2 and all(path.exists() for path in chosen), timeout=10_000)
    fields = PdfReader(chosen[0]).get_fields() or {}
    identity = identity_of(str(fields[MARK]["/V"]))
    assert identity is not None
    assert (identity.audience, identity.language) == (ACCEPTED, "both")
    assert load_workbook(chosen[1])[MARK]["A1"].value == identity.mark()

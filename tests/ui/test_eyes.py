"""What a careful eye and a screen reader find on every page: names, order of Tab, no window that was not asked for."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QSpinBox, QTextBrowser, QWidget

from mama_desktop import resources
from mama_desktop.demo import demo_views
from mama_desktop.domain.text import TN
from mama_desktop.i18n import language
from mama_desktop.ui import theme as look
from mama_desktop.ui.calendar import make_calendar
from mama_desktop.ui.editors import TextEditor
from mama_desktop.ui.form import Form
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.window_menu import FileCommands
from tests.ui.stage import make_dialog


def test_a_number_of_many_is_grouped_as_everywhere() -> None:
    assert language("sl").say(TN("{count} row", "{count} rows", 4445)) == "4.445 vrstic"
    assert language("en").say(TN("{count} row", "{count} rows", 4445)) == "4,445 rows"


class _Shown(QObject):
    """Remembers windows that appear."""

    def __init__(self, known: QWidget) -> None:
        super().__init__()
        self._known = known
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = event.type() == QEvent.Type.Show and watched is not self._known
        if shown and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def _go_everywhere(window: MainWindow, qapp: QApplication) -> Any:
    for view in demo_views(window.db):
        window.go(view.place, view.key, "" if view.place == "import" else view.view)
        qapp.processEvents()
        yield view.name


def test_no_part_of_a_page_is_a_window_for_a_moment(real_window: MainWindow, qapp: QApplication) -> None:
    shown = _Shown(real_window)
    qapp.installEventFilter(shown)
    try:
        for _ in _go_everywhere(real_window, qapp):
            pass
    finally:
        qapp.removeEventFilter(shown)
    assert shown.windows == []
    assert real_window.isActiveWindow()


def test_whatever_takes_the_keys_has_a_name(real_window: MainWindow, qapp: QApplication) -> None:
    nameless = []
    for name in _go_everywhere(real_window, qapp):
        for widget in real_window.findChildren(QWidget):
            takes_keys = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
            if takes_keys and not isinstance(widget.parentWidget(), QSpinBox) and not _name(widget):
                nameless.append(f"{name}: {type(widget).__name__} {widget.objectName()}")
    assert nameless == []


def _name(widget: QWidget) -> str:
    """As a screen reader says it: its own, its words, or those of the label it belongs to."""
    words = widget.accessibleName() or getattr(widget, "text", str)()
    return words or next((b.text() for b in widget.window().findChildren(QLabel) if b.buddy() is widget), "")


def test_tab_goes_around_the_page_from_above_to_below(real_window: MainWindow, qapp: QApplication) -> None:
    real_window.go("events")
    qapp.processEvents()
    page: Any = real_window.page
    order: list[QWidget] = []
    while (widget := _tab(qapp, real_window)) not in order:
        assert widget is not None
        order.append(widget)
    add = next(b for b in page.findChildren(QPushButton) if b.objectName() == "primary")
    wanted = [add, page.table.search, page.table._columns_button, page._upcoming, page.table.view]
    assert [w for w in order if w in wanted] == wanted


def _tab(qapp: QApplication, window: MainWindow) -> QWidget | None:
    QTest.keyClick(qapp.focusWidget() or window, Qt.Key.Key_Tab)
    return qapp.focusWidget()


@pytest.mark.parametrize("size", [(1024, 640), (1366, 768)])
def test_a_page_has_one_primary_button_at_most(real_window: MainWindow, qapp: QApplication, size: Any) -> None:
    real_window.resize(*size)
    for name in _go_everywhere(real_window, qapp):
        buttons = [b for b in real_window.page.findChildren(QPushButton) if b.objectName() == "primary"]
        assert len([b for b in buttons if b.isVisible()]) <= 1, name


def test_a_long_title_is_never_squeezed(real_window: MainWindow, qapp: QApplication) -> None:
    real_window.resize(1024, 640)
    real_window.page.set_title("Zelo dolg naslov, ki ga je predlagal financer, " * 6)
    qapp.processEvents()
    title = real_window.page._title
    assert len(title.lines()) == 3
    assert title.lines()[-1].endswith("…")
    assert title.height() >= 3 * title.fontMetrics().lineSpacing()
    assert title.toolTip() == title.text()


def test_the_rows_of_a_form_keep_together_in_a_tall_window(real_window: MainWindow, qapp: QApplication) -> None:
    real_window.resize(1600, 1800)
    real_window.go("settings", "", "office")
    qapp.processEvents()
    form = next(f for f in real_window.page.findChildren(Form) if f.isVisible())
    fields = [f for f in form.findChildren(TextEditor) if f.isVisible()]
    tops = sorted({f.mapTo(form, f.rect().topLeft()).y() for f in fields})
    assert max(b - a for a, b in pairwise(tops)) < 200


def test_headings_grow_with_the_text_of_the_system() -> None:
    assert "font-size: 17pt" in look.style_sheet(look.LIGHT)
    assert "font-size: 22.1pt" in look.style_sheet(look.LIGHT, 13)


def test_large_text_of_the_system_is_kept(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    large = QFont(qapp.font())
    large.setPointSizeF(14)
    monkeypatch.setattr(QApplication, "font", staticmethod(lambda: large))
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: "windows"))
    assert look.body_font().pointSizeF() == 14
    large.setPointSizeF(9)
    assert look.body_font().pointSizeF() == 10


def test_every_page_has_help_in_both_languages(real_window: MainWindow, qapp: QApplication) -> None:
    asked: set[tuple[str, str]] = set()
    real_window._commands = FileCommands(help=lambda topic, code: asked.add((topic, code)))
    for _ in _go_everywhere(real_window, qapp):
        real_window.show_help()
    topics = {topic for topic, _ in asked}
    assert {"documents", "key-in", "backups", "history", "event", "import"} <= topics
    for code in ("sl", "en"):
        pages = {p.stem: p.read_text(encoding="utf-8") for p in resources.path("handbook", code).glob("*.md")}
        assert topics <= set(pages)
        for topic, words in pages.items():
            sentences = sum(words.count(sign) for sign in ".:?")
            assert 8 <= sentences <= 45, (code, topic, sentences)


def test_help_stands_in_the_file_menu(real_window: MainWindow) -> None:
    asked: list[str] = []
    real_window._commands = FileCommands(help=lambda topic, _code: asked.append(topic))
    real_window._build()
    real_window.go("events")
    actions = real_window.navigation.file_button.menu().actions()
    next(a for a in actions if a.text().startswith("Help")).trigger()
    assert asked == ["events"]


def test_widths_keep_pace_with_large_text(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    large = QFont(qapp.font())
    large.setPointSizeF(13)
    monkeypatch.setattr(QApplication, "font", staticmethod(lambda: large))
    assert look.scaled(208) == 270
    large.setPointSizeF(8)
    assert look.scaled(208) == 208


def test_the_weekend_of_a_calendar_can_be_read(theme: look.Theme) -> None:
    calendar = make_calendar(language("sl"))
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        assert calendar.weekdayTextFormat(day).foreground().color() == look.tokens().color("muted")
    calendar.deleteLater()


def test_a_page_of_help_is_shown_whole(theme: look.Theme, qapp: QApplication) -> None:
    dialog = make_dialog("help", "sl")
    dialog.show()
    qapp.processEvents()
    page = next(iter(dialog.findChildren(QTextBrowser)))
    assert page.height() >= 440
    assert page.mapTo(dialog, page.rect().topRight()).x() < dialog.width()
    assert "Ctrl+K" in page.toPlainText()
    dialog.close()

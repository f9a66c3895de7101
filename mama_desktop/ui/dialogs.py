"""The one mouth: errors, questions, files. Nothing else opens a dialog, so tests replace these functions.

Call them through the module (`dialogs.ask(...)`). Every button has its own words: Qt has no Slovene for its own.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import Language
from mama_desktop.ui.icons import icon
from mama_desktop.ui.widgets import button, label

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


def show_error(parent: QWidget | None, speak: Language, error: OfficeError) -> None:
    """What happened, what is safe, what to do next; details below."""
    dialog = _Sheet(parent, speak.say(error.what), "triangle-exclamation", "wait")
    for part in (error.safe, error.todo):
        if part is not None:
            dialog.add(label(speak.say(part), wrap=True))
    if error.details:
        dialog.add(_lines("\n".join(speak.say(d) for d in error.details)))
    dialog.add_answers([speak.say(T("Close"))], primary=0)
    dialog.exec()


def ask(
    parent: QWidget | None, speak: Language, question: Text, *answers: Text, more: Text | None = None,
    details: Sequence[Text] = (), dangerous: bool = False,
) -> int | None:  # fmt: skip
    """Which answer (0 is the first) was chosen; None for Escape or the last, "leave it", which is added here.

    `answers` say what they do ("Delete 3 registrations"). The first is the primary one, unless it is `dangerous`.
    """
    dialog = _Sheet(parent, speak.say(question), "circle-question", "info")
    if more is not None:
        dialog.add(label(speak.say(more), wrap=True))
    if details:
        dialog.add(_lines("\n".join(speak.say(d) for d in details)))
    dialog.add_answers([*(speak.say(a) for a in answers), speak.say(T("Leave it"))], primary=None if dangerous else 0)
    dialog.exec()
    return dialog.answer if dialog.answer is not None and dialog.answer < len(answers) else None


def choose(parent: QWidget | None, speak: Language, question: Text, options: Sequence[str]) -> int | None:
    """Which of a list (by its place) was chosen, None when left."""
    dialog = _Sheet(parent, speak.say(question), "list", "info")
    box = QListWidget()
    box.setObjectName("choices")
    box.addItems(list(options))
    box.setCurrentRow(0)
    box.setAccessibleName(speak.say(question))
    box.setFixedHeight(min(max(len(options), 3), 10) * 30 + 14)
    box.itemDoubleClicked.connect(dialog.take_first)
    dialog.add(box)
    dialog.add_answers([speak.say(T("Choose")), speak.say(T("Leave it"))], primary=0)
    dialog.exec()
    return box.currentRow() if dialog.answer == 0 else None


def show_page(parent: QWidget | None, speak: Language, title: Text, markdown: str) -> None:
    """A page to read (our own Markdown, never words from outside)."""
    dialog = _Sheet(parent, speak.say(title), "circle-question", "info")
    page = QTextBrowser()
    page.setMarkdown(markdown)
    page.setOpenExternalLinks(True)
    page.document().setIndentWidth(20)
    page.setAccessibleName(speak.say(title))
    dialog.setMaximumWidth(720)
    dialog.add(page)
    page.setMinimumSize(560, 440)
    # Else a dialog is at most two thirds of a small screen, and what does not fit is cut off.
    dialog.setMinimumWidth(660)
    dialog.add_answers([speak.say(T("Close"))], primary=0)
    dialog.exec()


def choose_file(
    parent: QWidget | None, title: str, kinds: str, folder: Path | None = None, *, several: bool = False
) -> list[Path]:
    """The files chosen, none when cancelled. kinds: "Workspaces (*.mama);;All files (*)", said by the caller."""
    start = str(folder or QDir.homePath())
    if several:
        return [Path(name) for name in QFileDialog.getOpenFileNames(parent, title, start, kinds)[0]]
    name = QFileDialog.getOpenFileName(parent, title, start, kinds)[0]
    return [Path(name)] if name else []


def save_file(parent: QWidget | None, title: str, suggested: Path, kinds: str) -> Path | None:
    """Where to save; the ending of `suggested` is added when none was typed."""
    name = QFileDialog.getSaveFileName(parent, title, str(suggested), kinds)[0]
    if not name:
        return None
    path = Path(name)
    return path if path.suffix else path.with_suffix(suggested.suffix)


def choose_printer(parent: QWidget | None, title: str, pages: int) -> QPrinter | None:
    """The printer chosen in the system's own dialog, None when cancelled."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    dialog.setMinMax(1, max(pages, 1))
    return printer if dialog.exec() else None


def has_printer() -> bool:
    """Whether the system knows any printer."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return bool(QPrinterInfo.availablePrinterNames())


def choose_folder(parent: QWidget | None, title: str, folder: Path | None = None) -> Path | None:
    name = QFileDialog.getExistingDirectory(parent, title, str(folder or QDir.homePath()))
    return Path(name) if name else None


def show_bug(parent: QWidget | None, speak: Language, report: str) -> None:
    """One window for our own mistakes: what is safe, and the report to copy to whoever mends the program."""
    dialog = _Sheet(parent, speak.say(T("Something went wrong in the program.")), "bug", "no")
    dialog.add(
        label(speak.say(T("Your data is safe: what you finished is stored. The program will close now.")), wrap=True)
    )
    dialog.add(label(speak.say(T("Copy the report and send it to whoever looks after the program.")), wrap=True))
    dialog.add(_lines(report))
    copy = button(speak.say(T("Copy the report")), "copy")
    copier = _Copier(report)
    copy.clicked.connect(copier.copy)
    dialog.add_answers([speak.say(T("Close"))], primary=None, extra=copy)
    dialog.exec()


def open_path(path: Path) -> None:
    """Open a file with the program the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def open_link(link: str) -> bool:
    """A link in the system's own program (mailto: in the mail program); whether there is one for it."""
    return QDesktopServices.openUrl(QUrl(link, QUrl.ParsingMode.StrictMode))


def show_in_folder(path: Path) -> None:
    """Open the folder, with the file marked where the system can."""
    if sys.platform == "win32":
        import subprocess

        subprocess.Popen(["explorer", "/select,", str(path)])
    elif sys.platform == "darwin":
        import subprocess

        subprocess.Popen(["open", "-R", str(path)])
    else:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


class _Copier:
    def __init__(self, words: str) -> None:
        self._words = words

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self._words)


def _lines(words: str) -> QPlainTextEdit:
    box = QPlainTextEdit(words)
    box.setReadOnly(True)
    box.setFixedHeight(min(56 + 18 * words.count("\n"), 240))
    return box


_WORDS_WIDTH = 400


class _Sheet(QDialog):
    """A calm sheet: picture, sentence, explanation, answers at the right."""

    def __init__(self, parent: QWidget | None, words: str, picture: str, tone: str) -> None:
        super().__init__(parent)
        self.answer: int | None = None
        self.setWindowTitle("MaMa Desktop")
        self.setMinimumWidth(460)
        self.setMaximumWidth(620)
        sign = QLabel()
        sign.setPixmap(icon(picture, tone).pixmap(28, 28))
        title = label(words, "dialogTitle", wrap=True)
        title.setAccessibleName(words)
        title.setMinimumWidth(_WORDS_WIDTH)
        self._words = QVBoxLayout()
        self._words.setSpacing(12)
        self._words.addWidget(title)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(self._words, 1)
        self._answers = QHBoxLayout()
        self._answers.setSpacing(8)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(24, 24, 24, 20)
        lay.setSpacing(24)
        lay.addLayout(top)
        lay.addLayout(self._answers)

    def take_first(self) -> None:
        self._on_answered(0)

    def add(self, widget: QWidget) -> None:
        # A label that wraps must know its width, or it asks for the height of a narrower one.
        widget.setMinimumWidth(_WORDS_WIDTH)
        self._words.addWidget(widget)

    def add_answers(self, words: Sequence[str], *, primary: int | None, extra: QWidget | None = None) -> None:
        if extra is not None:
            self._answers.addWidget(extra)
        self._answers.addStretch(1)
        for place in reversed(range(len(words))):
            made = _Answer(words[place], place, primary == place)
            made.answered.connect(self._on_answered)
            self._answers.addWidget(made)
            if place == (primary if primary is not None else len(words) - 1):
                made.setDefault(True)
                made.setFocus()

    def _on_answered(self, place: int) -> None:
        self.answer = place
        self.accept()


class _Answer(QPushButton):
    answered = Signal(int)

    def __init__(self, words: str, place: int, primary: bool) -> None:
        super().__init__(words)
        self.setObjectName("primary" if primary else "")
        self._place = place
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.answered.emit(self._place)

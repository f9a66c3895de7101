"""The event's registration form as it will go out: for whom, in which language, seen first, then saved as a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from mama_desktop.domain.forms import ACCEPTED, EVERYBODY
from mama_desktop.domain.text import T, Text
from mama_desktop.services import documents
from mama_desktop.services.paper import Paper
from mama_desktop.services.papers_form import PDF, XLSX
from mama_desktop.sheets.pages import page_count
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.documents_made import Source, file_name
from mama_desktop.ui.jobs import Job, Report
from mama_desktop.ui.labelled import ScrollColumn, labelled
from mama_desktop.ui.leaving import Leaving
from mama_desktop.ui.page import Page
from mama_desktop.ui.preview import Preview
from mama_desktop.ui.sign_in_options import LANGUAGES
from mama_desktop.ui.widgets import button, clear_layout, label

_AUDIENCES: dict[str, Text] = {
    EVERYBODY: T("everybody who would like to come"),
    ACCEPTED: T("those accepted (only what is asked of them)"),
}
_OPTIONS_WIDTH = 272


class FormMaking(QWidget):
    """`show_event` makes the preview anew; `left`: the person wants to go back to the questions."""

    left = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._event, self._code = page, "", ""
        self._turn = 0
        self._job: Job | None = None
        self._leaving = Leaving(page)
        say = page.say
        self.back_button = button(say(T("Questions")), "arrow-left", self.left.emit, kind="plain")
        self.excel_button = button(say(T("Save as an Excel form")), "file-excel", self.save_excel)
        self.pdf_button = button(say(T("Save as a PDF form")), "file-pdf", self.save_pdf)
        self.open_button = button(say(T("Open in another program")), "up-right-from-square", self.open_pdf)
        self.audience, self.language = QComboBox(), QComboBox()
        for box, words in ((self.audience, _AUDIENCES), (self.language, LANGUAGES)):
            for key, text in words.items():
                box.addItem(say(text), key)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(10)
            box.activated.connect(self._make)
        self.language.setCurrentIndex(self.language.findData(page.speak.code))
        self.preview = Preview(page.speak)
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(8)
        self._lay_out()

    def _lay_out(self) -> None:
        say = self._page.say
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.back_button)
        top.addStretch(1)
        for one in (self.open_button, self.excel_button, self.pdf_button):
            top.addWidget(one)
        options = QWidget()
        column = QVBoxLayout(options)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(labelled(say(T("For whom")), self.audience))
        column.addWidget(labelled(say(T("Language")), self.language))
        column.addLayout(self._warnings)
        column.addWidget(label(say(T(
            "The PDF is for one person, the Excel form for a group: a row for each. Save what is returned into one "
            "folder and take it in under Registrations, Import: the program knows which answer is which."
        )), "muted", wrap=True))  # fmt: skip
        column.addStretch(1)
        beside = ScrollColumn()
        beside.add(options)
        beside.setFixedWidth(_OPTIONS_WIDTH)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(beside)
        body.addWidget(self.preview, 1)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(10)
        lay.addLayout(top)
        lay.addLayout(body, 1)

    def show_event(self, event_id: str, code: str) -> None:
        self._event, self._code = event_id, code
        self._make()

    # The preview, made beside the window; only the latest question is answered

    def _make(self, _place: int = 0) -> None:
        if not self._event:
            return
        self._turn += 1
        if self._job is not None:
            self._job.cancel()
        make = self._paper(PDF)

        def work(_report: Report) -> Paper:
            paper = make()
            # The library that draws pages is loaded by its first use, here rather than in the window.
            page_count(paper.pdf())
            return paper

        self._job = self._page.jobs.start(T("Making the preview"), work, done=partial(self._on_made, self._turn))

    def _on_made(self, turn: int, paper: Paper) -> None:
        if turn != self._turn:
            return
        self.preview.show_pdf(paper.pdf())
        clear_layout(self._warnings)
        for words in paper.warnings:
            self._warnings.addWidget(Callout("wait", self._page.say(words)))

    def _paper(self, key: str) -> Callable[[], Paper]:
        """A function that makes the document as it is chosen now."""
        db, event_id, language = self._page.db, self._event, str(self.language.currentData())
        options = {"audience": str(self.audience.currentData())}
        make = documents.DOCUMENTS[key].make

        def made() -> Paper:
            paper: Paper = db.read(
                make, event_id, language=language, options=options, now=db.clock.now(), who=db.actor.who
            )
            return paper

        return made

    # Out of the window

    def save_pdf(self) -> None:
        self._leaving.save(self._source(PDF))

    def save_excel(self) -> None:
        self._leaving.save(self._source(XLSX))

    def open_pdf(self) -> None:
        self._leaving.open(self._source(PDF))

    def _source(self, key: str) -> Source:
        make = self._paper(key)
        suffix = documents.DOCUMENTS[key].suffixes[0]
        name = file_name(self._code, documents.DOCUMENTS[key].title, str(self.language.currentData()), suffix)

        def write(path: Path) -> None:
            documents.write(make(), path)

        return Source(name, lambda: bytes(make().pdf()), write)

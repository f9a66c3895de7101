"""The Documents tab of an event: sign-in sheets and participant lists, seen before they leave, and what was printed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from mama_desktop.domain.text import T
from mama_desktop.services import (
    documents,
    events,
    funders,
    issues,
    kept_states,
    letters_kept,
    previews,
    registrations,
    sessions,
    templates,
)
from mama_desktop.services.issues import IssueInfo
from mama_desktop.services.kept_states import KeptInfo
from mama_desktop.services.list_splitting import write_by_organisation
from mama_desktop.services.papers_changes import NOTE
from mama_desktop.services.papers_online import DECLARATION
from mama_desktop.services.sessions import SessionRow, session_name
from mama_desktop.services.transport import trips
from mama_desktop.ui import documents_made as made
from mama_desktop.ui import kept_doing, list_saving, returned_papers
from mama_desktop.ui.documents_made import Made
from mama_desktop.ui.issued_sheets import IssuedSheets
from mama_desktop.ui.jobs import Job, Report
from mama_desktop.ui.labelled import ScrollColumn
from mama_desktop.ui.leaving import Leaving
from mama_desktop.ui.list_options import ListPanel
from mama_desktop.ui.other_papers import OtherPapers
from mama_desktop.ui.page import Page
from mama_desktop.ui.preview import Preview
from mama_desktop.ui.segments import Segments
from mama_desktop.ui.sign_in_options import Allowed, SignInPanel
from mama_desktop.ui.widgets import Flow, button

SIGN_IN, LIST, OTHER, PRINTED = range(4)
# While somebody ticks one box after the other, one preview at the end is enough.
_PAUSE_MS = 150
_WIDE = 860


class DocumentsTab(QWidget):
    """`set_event`, `refresh`; `print_sign_in()` and `export_list()` are what the page's own buttons and keys ask."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._event, self._code = page, "", ""
        self._rows: list[SessionRow] = []
        self._issues: list[IssueInfo] = []
        self._kept: dict[str, KeptInfo] = {}
        self._added: dict[str, int] = {}
        self._turn = 0
        self.made: Made | None = None
        self._preview: Job | None = None
        self.leaving = Leaving(page)
        say = page.say
        self.tabs = Segments(
            [say(words) for words in (T("Sign-in sheet"), T("Participant list"), T("Other papers"), T("Printed"))]
        )
        self.sign_in = SignInPanel(page.speak)
        self.list = ListPanel(page.speak)
        self.other = OtherPapers(page.speak)
        self.issued = IssuedSheets(page.speak, may=page.db.read_only is None)
        self._panels = QStackedWidget()
        for panel in (self.sign_in, self.list, self.other, self.issued):
            column = ScrollColumn()
            column.add(panel)
            self._panels.addWidget(column)
        self.preview = Preview(page.speak)
        self._build_buttons()
        self._build()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE_MS)
        self._soon.timeout.connect(self._make)
        self.tabs.chosen.connect(self._on_tab)
        self.sign_in.changed.connect(self._soon.start)
        self.list.changed.connect(self._on_list_changed)
        self.other.changed.connect(self._soon.start)
        self.list.save_wished.connect(self._on_save_template)
        self.list.delete_wished.connect(self._on_delete_template)
        self.issued.chosen.connect(self._on_issue)
        self.issued.key_in_wished.connect(self._on_key_in)
        self.issued.supplement_wished.connect(self._on_supplement)
        self.issued.returned_wished.connect(self._on_returned)
        self.issued.scan_wished.connect(self._on_scan)
        self.issued.kept_wished.connect(self._on_kept)

    def _build_buttons(self) -> None:
        say = self._page.say
        self.excel_button = button(say(T("Export to Excel")), "file-excel", self.export_list)
        self.print_button = button(say(T("Print")), "print", self.print_shown)
        self.pdf_button = button(say(T("Save as PDF")), "file-pdf", self.save_pdf)
        self.letters_button = button(say(T("Letters")), "envelope", self.show_letters)
        self.open_button = button("", "up-right-from-square", self.open_shown)
        self.open_button.setText("")
        self.open_button.setFixedWidth(38)
        words = say(T("Open in another program"))
        self.open_button.setToolTip(words)
        self.open_button.setAccessibleName(words)

    def _build(self) -> None:
        # On a small screen the buttons go below the segments rather than press them together.
        top = Flow(8)
        top.add([
            self.tabs, self.letters_button, self.excel_button, self.print_button, self.pdf_button, self.open_button,
        ])  # fmt: skip
        bar = QWidget()
        bar.setLayout(top)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        bar.setSizePolicy(policy)
        self._panels.setFixedWidth(312)
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addWidget(self._panels)
        across.addWidget(self.preview, 1)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(10)
        lay.addWidget(bar)
        lay.addLayout(across, 1)

    # What the page asks

    def set_event(self, event_id: str) -> None:
        if event_id != self._event:
            self._event = event_id
            self.sign_in.reset()
            self.other.choose(self.other.key)
            self.made = None
            self._added = {}
            self.preview.show_words("")

    def refresh(self) -> None:
        page = self._page
        head = page.db.read(events.event_head, self._event, language=page.speak.code) if self._event else None
        if head is None:
            return
        self._code = head.code
        profile = page.db.read(funders.profile_of, head.project_id)
        self._rows = page.db.read(sessions.planned_sessions, self._event)
        self.sign_in.show_event(self._rows, Allowed(profile.one_sheet_for_days, profile.email_on_sheet))
        answers = page.db.read(registrations.answer_infos, self._event)
        self.list.show_event(page.db.read(templates.templates, self._event), answers)
        self._issues = page.db.read(issues.issues_of, self._event)
        names = {row.id: session_name(row, page.speak.code) for row in self._rows}
        self._kept = {one.id: one for one in page.db.read(kept_states.kept_of_event, self._event)}
        self.other.choices.show_found(page.db.read(trips.trips_of_event, self._event), list(self._kept.values()))
        self.issued.show_issues(self._issues, names, self._kept)
        words = T("Printed ({number})", number=len(self._issues)) if self._issues else T("Printed")
        self.tabs.set_words(PRINTED, page.say(words))
        self._count_added()
        self._make()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_buttons()

    def print_sign_in(self) -> None:
        """Ctrl+P and the page's first button: show the sheet and ask for the printer."""
        self.tabs.choose(SIGN_IN)
        self.print_shown()

    def export_list(self) -> None:
        """Ctrl+E: the list as it is chosen here, to Excel; of the other papers the one in front, where it has one."""
        if not self._event:
            return
        if self.tabs.current == OTHER and self.other.has_workbook:
            self.leaving.export(self._name_of_other(".xlsx"), self._write_other())
            return
        self.tabs.choose(LIST)
        options, language = self.list.options, self.list.paper_language()
        name = made.file_name(self._code, made.LIST_TITLE, language, ".xlsx")
        how = write_by_organisation if self.list.split.isChecked() else previews.write_list
        write = partial(how, self._page.db, self._event, options=options, language=language)
        # First the file that is waited for, then its preview.
        self._stop_preview()
        self.leaving.export(name, made.reporting(write))
        self._soon.start()

    # The preview, made beside the window; only the latest question is answered

    def _make(self) -> None:
        if not self._event:
            return
        self._turn += 1
        self._stop_preview()
        turn, db, event = self._turn, self._page.db, self._event
        kind = self.tabs.current
        self._show_buttons()
        if kind == PRINTED:
            self._show_issue()
            return
        if kind == SIGN_IN:
            make = partial(made.sign_in_paper, db, event, self.sign_in.wish)
        elif kind == OTHER:
            make = partial(made.other_paper, db, event, self.other.key, self.other.paper_language, self.other.options)
        else:
            make = partial(made.list_paper, db, event, self.list.options, self.list.paper_language())
        work = partial(made.drawn, make)
        self._preview = self._page.jobs.start(T("Making the preview"), work, done=partial(self._on_made, turn))

    def _stop_preview(self) -> None:
        """Of a large event it takes seconds, and whatever was asked after it would wait."""
        if self._preview is not None:
            self._preview.cancel()
            self._preview = None

    def _on_made(self, turn: int, done: Made) -> None:
        if turn != self._turn:
            return
        self.made = done
        if not done.pdf:
            self.preview.show_words("\n".join(self._page.say(words) for words in done.warnings), "file")
            self.other.show_warnings(())
            self._show_buttons()
            return
        self.preview.show_pdf(done.pdf)
        if self.tabs.current == OTHER:
            self.other.show_warnings(done.warnings)
        elif done.options is not None:
            self.sign_in.show_decided(done.options, done.language, done.warnings)
        else:
            self.list.show_warnings(done.warnings)
        self._show_buttons()

    def _show_issue(self) -> None:
        if not self.issued.current:
            words = T("Nothing is printed yet. What you print here is kept with its code and its numbers.")
            self.preview.show_words(self._page.say(words), "print")
            return
        printed = self._page.db.read(issues.printed_again, self.issued.current)
        if self._is_workbook:
            words = T("This list was made for Excel. Open it to see it as it was.")
            self.preview.show_words(self._page.say(words), "file-excel")
            return
        self.preview.show_pdf(printed.pdf)

    @property
    def _is_workbook(self) -> bool:
        """Whether the printed paper in front is a file for Excel."""
        one = self._kept.get(self.issued.current) if self.tabs.current == PRINTED else None
        return one is not None and one.file_name.endswith(".xlsx")

    def _show_buttons(self) -> None:
        kind, has_issue = self.tabs.current, bool(self.issued.current)
        shown = (kind != PRINTED or has_issue) and not (kind == OTHER and self.made is not None and not self.made.pdf)
        fits = kind != LIST or len(self.list.options.columns) <= made.MOST_ON_PAPER
        on_paper = shown and not self._is_workbook
        for one in (self.print_button, self.pdf_button, self.open_button):
            one.setVisible(shown if one is self.open_button else on_paper)
            one.setEnabled(fits)
            # A button that is only a picture says what it does; the others say it on their face.
            usual = "" if one.text().strip() else one.accessibleName()
            one.setToolTip(usual if fits else self._page.say(
                T("Too many columns for a page: choose at most {most}.", most=made.MOST_ON_PAPER)
            ))  # fmt: skip
        self.excel_button.setVisible(kind == LIST or (kind == OTHER and self.other.has_workbook))
        # Of a list, the workbook is what leaves; there is no room for every word on a small screen.
        self.pdf_button.setVisible((on_paper and kind != LIST) or (kind == LIST and self.width() > _WIDE))
        again = T("Print again") if kind == PRINTED else T("Print")
        self.print_button.setText("  " + self._page.say(again))

    def _count_added(self) -> None:
        db, now = self._page.db, self._page.db.clock.now()
        keys = [one.id for one in self._issues if one.id not in self._kept]
        self._added = {}
        if keys:
            work = partial(made.added_since, db, keys, now)
            self._page.jobs.start(T("Comparing printed sheets"), work, done=self._on_added)

    def _on_added(self, added: dict[str, int]) -> None:
        self._added = added
        self.issued.show_added(added, can_print=self._page.db.read_only is None)

    def _on_tab(self, place: int) -> None:
        self._panels.setCurrentIndex(place)
        self._make()

    def _on_list_changed(self) -> None:
        self._show_buttons()
        self._soon.start()

    def _on_issue(self, _key: str) -> None:
        self._make()

    # Out of the window

    def _source(self) -> made.Source:
        """The paper in front, as it leaves: a sign-in sheet becomes an issue, with its code and its numbers."""
        db, kind = self._page.db, self.tabs.current
        if kind == PRINTED:
            issue = self._issue(self.issued.current)
            return made.Source(issue.file_name, partial(made.issue_pdf, db, issue.id))
        if kind == LIST:
            options, language = self.list.options, self.list.paper_language()
            name = made.file_name(self._code, made.LIST_TITLE, language, ".pdf")
            return made.Source(name, lambda: made.list_paper(db, self._event, options, language, made.unheard).pdf)
        if kind == OTHER:
            write = self._write_other()
            pdf = partial(made.bytes_of, self.made)
            if self.other.key == DECLARATION or self.other.key in kept_states.KEPT:
                paper, wished = self.other.paper_language, self.other.options
                pdf = partial(returned_papers.kept_pdf, db, self.other.key, self._event, paper, wished, self._code)
            return made.Source(self._name_of_other(".pdf"), pdf, lambda path: write(path, made.unheard))
        wish = self.sign_in.wish
        name = made.file_name(self._code, made.SIGN_IN_TITLE, wish.language or "sl", ".pdf")
        return made.Source(
            name, partial(made.issued_pdf, db, self._event, wish, self._rows, self._code),
            partial(made.issue_into, db, self._event, wish, self._rows, self._code),
        )  # fmt: skip

    def show_paper(self, key: str) -> None:
        """One of the other papers in front; "consents:key,key" for these registrations only."""
        key, _, chosen = key.partition(":")
        self.other.choose(key, chosen.split(",") if chosen else ())
        self.tabs.choose(OTHER)
        # It may have been in front already, for others.
        self._soon.start()

    def _name_of_other(self, suffix: str) -> str:
        title = documents.DOCUMENTS[self.other.key].title
        return made.file_name(self._code, title, self.other.paper_language, suffix)

    def _write_other(self) -> Callable[[Path, Report], None]:
        db, key, code = self._page.db, self.other.key, self._code
        language, options = self.other.paper_language, self.other.options

        def write(path: Path, _report: Report) -> None:
            documents.make(db, key, code, path, language=language, options=options)

        return write

    def print_shown(self) -> None:
        if self._event:
            self.leaving.print(self._source(), self.preview.pages.count)

    def save_pdf(self) -> None:
        if self._event:
            self.leaving.save(self._source())

    def open_shown(self) -> None:
        if self._event:
            self.leaving.open(self._source())

    def _issue(self, key: str) -> IssueInfo:
        return next(one for one in self._issues if one.id == key)

    def _on_key_in(self, code: str) -> None:
        self._page.shell.go("key-in", code)

    def _on_supplement(self, issue_id: str) -> None:
        self.leaving.print(made.supplement(self._page.db, self._issue(issue_id)), 1)

    def _on_returned(self, issue_id: str) -> None:
        returned_papers.mark_returned(self._page, self._issue(issue_id))

    def _on_scan(self, issue_id: str) -> None:
        returned_papers.attach_scan(self._page, self._issue(issue_id))

    def _on_kept(self, what: str, issue_id: str) -> None:
        one = self._kept[issue_id]
        if what == "note":
            self.show_paper(f"{NOTE}:{one.code}")
        else:
            self.issued.current = kept_doing.do(self._page, self.leaving, what, one, self.issued.cards[issue_id])
            self.refresh()

    def show_letters(self) -> None:
        """What was written for the event; who takes part can be written to there."""
        written = self._page.db.read(letters_kept.of_event, self._event)
        self._page.shell.go("letters", self._event, "made" if written else "")

    # Templates

    def _on_save_template(self, name: str, only_here: bool) -> None:
        key = list_saving.save(self._page, name, self.list.options, self._event if only_here else None)
        if key is not None:
            self.list.saved(key)
            self.refresh()

    def _on_delete_template(self, key: str) -> None:
        list_saving.delete(self._page, key)
        self.refresh()

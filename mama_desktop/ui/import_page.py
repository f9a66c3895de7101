"""Taking in registrations: drop, open or paste a file; what each column means; what would happen; then one click."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QTabBar, QVBoxLayout, QWidget

from mama_desktop.domain.text import TC, T, Text, verbatim
from mama_desktop.intake.tables import Reading
from mama_desktop.services import events, import_draft
from mama_desktop.services.import_draft import Draft, Preview
from mama_desktop.services.problem_file import problems_of, save_problem_rows
from mama_desktop.services.taking_in import Taken
from mama_desktop.sheets.files import safe_filename
from mama_desktop.ui import import_changes, import_result
from mama_desktop.ui.bringing import BringingPage
from mama_desktop.ui.import_columns import ImportColumns
from mama_desktop.ui.import_notes import deed
from mama_desktop.ui.import_preview import ImportPreview
from mama_desktop.ui.import_reading import ImportReading
from mama_desktop.ui.import_start import ImportStart
from mama_desktop.ui.jobs import Report
from mama_desktop.ui.page import Action
from mama_desktop.ui.registrations_tab import KEYS
from mama_desktop.ui.saving import save_with

FILE, PASTE = "file:", "paste:"
COLUMNS, PREVIEW = 0, 1


class ImportPage(BringingPage):
    """Opened with an event and, as view, "file:<path>" or "paste:<text>"; nothing is stored before the button."""

    kinds = frozenset({"registration", "person", "organisation", "event"})
    help_topic = "import"
    compared = Signal()
    """A preview has just been shown."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._event, self._event_title = "", ""
        self._turn = 0
        self.draft: Draft | None = None
        self.preview: Preview | None = None
        self.other_button = self.add_button(self.say(T("Another file …")), "folder-open", self.start_again)
        self.import_button = self.add_button("", "file-import", self._on_primary, primary=True)
        self.reading = ImportReading(self)
        self.reading.started.connect(self._on_reading)
        self.reading.read.connect(self._on_read)
        self.reading.failed.connect(self._on_unread)
        self.start = ImportStart(self.speak)
        self.start.open_wished.connect(self.reading.open_file)
        self.start.folder_wished.connect(self.reading.open_folder)
        self.start.paste_wished.connect(self.paste)
        self.start.stop_wished.connect(self.reading.stop)
        self.columns = ImportColumns(self.speak)
        import_changes.connect_columns(
            self.columns, lambda: self.draft, self._change, self._make_draft, self.speak.code
        )
        self.groups = ImportPreview(self.speak, self.shell.habits, self.db.clock.today)
        import_changes.connect_groups(self.groups, lambda: self.preview, self._show_preview)
        self.groups.problems_wished.connect(self.save_problems)
        self.groups.leave_wished.connect(self._leave)
        self.groups.dates_chosen.connect(self.columns.dates_chosen)
        self._build()
        self.setAcceptDrops(True)
        self._paste_keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        self._paste_keys.activated.connect(self.paste)
        self._show_state()

    def _build(self) -> None:
        self.steps = QTabBar()
        self.steps.setObjectName("tabs")
        self.steps.setDrawBase(False)
        self.steps.setExpanding(False)
        self.steps.addTab(self.say(T("1 · What the columns mean")))
        self.steps.addTab(self.say(T("2 · What will happen")))
        self._work = QWidget()
        inside = QVBoxLayout(self._work)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        inside.addWidget(self.steps)
        panels = QWidget()
        self._panels = QStackedLayout(panels)
        self._panels.addWidget(self.columns)
        self._panels.addWidget(self.groups)
        inside.addWidget(panels, 1)
        self.steps.currentChanged.connect(self._on_step)
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.start)
        self._stack.addWidget(self._work)
        self.set_body(body)

    # What the window asks

    def open(self, key: str, view: str) -> None:
        if key and key != self._event:
            self._event = self.reading.event_id = key
            self._forget()
        if view.startswith(FILE):
            self.read_file(Path(view.removeprefix(FILE)))
        elif view.startswith(PASTE):
            self.read_text(view.removeprefix(PASTE))

    def refresh(self) -> None:
        head = self.db.read(events.event_head, self._event, language=self.speak.code) if self._event else None
        if head is None:
            self.shell.go("events")
            return
        self._event_title = head.title(self.speak.code)
        self.set_where((self.say(T("Events")), "events"), (self._event_title, "event", self._event, "registrations"))
        self.set_title(self.say(T("Import registrations")))
        if self.draft is not None:
            self._compare(keep_decisions=True)
        self._show_state()

    def step_tab(self, step: int) -> None:
        if self.draft is not None:
            self.steps.setCurrentIndex((self.steps.currentIndex() + step) % 2)

    # Bringing a file in

    def paste(self) -> None:
        self.reading.paste()

    def read_file(self, path: Path) -> None:
        self.reading.read_file(path)

    def read_text(self, words: str) -> None:
        self.reading.read_text(words)

    def _on_reading(self, shown: str) -> None:
        self._set_aside()
        self.start.show_waiting(shown)
        self._show_state()

    def _on_read(self, draft: Draft) -> None:
        self.draft = draft
        self.columns.show_draft(draft)
        # Who has brought a file of this shape before wants to see the people, unless something is asked.
        known = draft.was_known or draft.is_own or draft.is_forms
        sure = known and not draft.mapping.questions() and not draft.new_columns and draft.perhaps is None
        self.steps.setCurrentIndex(PREVIEW if sure else COLUMNS)
        self._compare()
        self._show_state()
        self.steps.setFocus()  # What had the keys is hidden now; they would end up at the window's menu.

    def _on_unread(self, trouble: str) -> None:
        self._set_aside()
        self.start.show_zone(trouble)
        self._show_state()
        self.start.open_button.setFocus()

    def _forget(self) -> None:
        self.reading.forget()
        self._set_aside()
        self.start.show_zone()

    def _set_aside(self) -> None:
        """Whatever is still being compared is not shown any more."""
        self._turn += 1
        self.draft = self.preview = None
        self.groups.forget()

    def start_again(self) -> None:
        self._forget()
        self._show_state()
        self.start.open_button.setFocus()

    # What the person changes

    def _change(self, draft: Draft) -> None:
        self.draft = draft
        self.columns.show_draft(draft)
        self._compare(keep_decisions=True)

    def _make_draft(self, reading: Reading, **chosen: int) -> Draft:
        return import_draft.make_draft(self.db, self._event, reading, language=self.speak.code, **chosen)

    # Comparing, beside the window; the latest question is the only one whose answer is shown

    def _compare(self, *, keep_decisions: bool = False) -> None:
        draft = self.draft
        if draft is None:
            return
        self._turn += 1
        turn = self._turn
        decisions = self.preview.decisions if keep_decisions and self.preview is not None else None

        def work(_report: Report) -> Preview | None:
            return import_draft.previewed(self.db, draft, decisions) if turn == self._turn else None

        self.jobs.start(T("Comparing with what is known"), work, done=partial(self._on_compared, turn))

    def _on_compared(self, turn: int, preview: Preview | None) -> None:
        if preview is not None and turn == self._turn:
            self._show_preview(preview)
            self.compared.emit()

    def _show_preview(self, preview: Preview) -> None:
        self.preview = preview
        self.groups.show_preview(preview)
        self._show_state()

    def _show_state(self) -> None:
        draft, preview = self.draft, self.preview
        self._stack.setCurrentIndex(0 if draft is None else 1)
        self.other_button.setVisible(draft is not None)
        self.import_button.setVisible(draft is not None)
        self.set_about(*([] if draft is None else import_draft.about(draft, self.speak)))
        # Nobody imports what they have not seen: the first step leads to the second, the second imports.
        if self.steps.currentIndex() == COLUMNS:
            words: Text = T("See what will happen")
            can = True
        else:
            words = deed(preview)
            can = preview is not None and preview.has_something_to_do() and self.db.read_only is None
        self.import_button.setText("  " + self.say(words))
        self.import_button.setAccessibleName(self.say(words))
        self.import_button.setEnabled(can)

    # Taking in

    def _on_primary(self) -> None:
        if self.steps.currentIndex() == COLUMNS:
            self.steps.setCurrentIndex(PREVIEW)
        else:
            self.take_in()

    def _on_step(self, step: int) -> None:
        self._panels.setCurrentIndex(step)
        self._show_state()

    def take_in(self) -> None:
        taken: Taken | None = import_result.take_in(self, self.preview) if self.preview is not None else None
        if taken is None:
            return
        self._forget()
        if taken.to_act:
            # Whom to call has to stay in sight longer than a notice does.
            answers = [(self.say(T("To the registrations")), self._leave)]
            if taken.to_tell:
                answers.insert(0, (self.say(T("Write")), partial(self._write_to, taken.to_tell)))
            self.start.note.tell(import_result.summary(taken, self.speak), "ok", answers)
            self._show_state()
            self.start.note.focus_answer()
        else:
            self._leave()
        said = import_draft.words_of(taken) if taken.to_act else verbatim(import_result.summary(taken, self.speak))
        actions = [Action(T("Undo"), self.shell.undo)]
        if taken.keys:
            actions.append(Action(TC("import", "Show them"), partial(self._show_taken, taken.keys)))
        self.shell.notice(said, *actions)

    def _show_taken(self, keys: Sequence[str], *_checked: bool) -> None:
        self.shell.go("event", self._event, "registrations:" + ",".join([KEYS, *keys]))

    def _write_to(self, keys: Sequence[str], *_checked: bool) -> None:
        """A letter to exactly those who have to be told."""
        self.shell.go("letters", self._event, "registrations:" + ",".join(keys))

    def _leave(self) -> None:
        self.shell.go("event", self._event, "registrations")

    def save_problems(self) -> None:
        """The rows with a problem as they came, with the reason in a column, to be mended and imported again."""
        preview = self.preview
        if preview is None:
            return
        stem = Path(preview.draft.name).stem or self.say(T("pasted"))
        name = safe_filename(self.say(T("{file} - rows to be mended", file=stem)), ".xlsx")
        problems, language, now = problems_of(preview.comparison), self.speak.code, self.db.clock.now()

        def write(path: Path, _report: Any) -> int:
            return save_problem_rows(preview.draft.table, problems, path, language=language, now=now)

        save_with(self, name, write, T("The rows with a problem are saved."))

"""Taking in an office's old list of organisations, people or events: columns, what would happen, one click."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedLayout, QTabBar, QVBoxLayout, QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import TN, T, Text, verbatim
from mama_desktop.intake.opening import open_text
from mama_desktop.services import beginning, beginning_writing
from mama_desktop.services.beginning import (
    CHANGED,
    LEAVE_OUT,
    NEW,
    NEW_ONE,
    POSSIBLE,
    PROBLEM,
    REPEATED,
    SAME,
    ListDecisions,
    ListDraft,
    ListPreview,
    Row,
)
from mama_desktop.services.list_fields import EVENT, ORGANISATION, PERSON
from mama_desktop.ui import dialogs, list_tables
from mama_desktop.ui.brought import brought_files
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.jobs import Report
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.widgets import Chip, EmptyPage, button, label

FILE, PASTE = "file:", "paste:"
_FOLDER = "import/folder"
_ENDINGS = "*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt *.html *.htm"
COLUMNS, ROWS, CHANGES = 0, 1, 2
_PLACES = {ORGANISATION: "organisations", PERSON: "people", EVENT: "events"}
_TITLES = {
    ORGANISATION: T("Import a list of organisations"), PERSON: T("Import a list of people"),
    EVENT: T("Import a plan of events"),
}  # fmt: skip
_HINTS = {
    ORGANISATION: T("Drop the list of organisations here: names, addresses, contacts, in whatever columns it has."),
    PERSON: T("Drop the list of people here: names, organisations, e-mails, in whatever columns it has."),
    EVENT: T("Drop the plan here: title, month or date, project, place, who is responsible."),
}
_TONES = {NEW_ONE: "info", CHANGED: "info", SAME: "neutral", POSSIBLE: "wait", PROBLEM: "no", REPEATED: "neutral"}


class ImportListPage(Page):
    """Opened with a noun ("organisation", "person", "event") and, as view, "file:<path>" or "paste:<text>"."""

    kinds = frozenset({"organisation", "person", "event", "project", "staff_member"})
    help_topic = "import-list"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        say = self.say
        self._noun, self._turn = ORGANISATION, 0
        self.draft: ListDraft | None = None
        self.preview: ListPreview | None = None
        self.other_button = self.add_button(say(T("Another file …")), "folder-open", self.open_file)
        self.take_button = self.add_button(say(T("Take in the list")), "file-import", self._on_primary, primary=True)
        self.note = Callout("info")
        self._zone = EmptyPage("file-import", "")
        self._zone.asked.connect(self.open_file)
        self.steps = QTabBar()
        self.steps.setObjectName("tabs")
        self.steps.setDrawBase(False)
        self.steps.setExpanding(False)
        for words in (T("1 · What the columns mean"), T("2 · What will happen"), T("3 · Values that change")):
            self.steps.addTab(say(words))
        self.columns = self._table("columns", T("The list has no columns."))
        self.rows = self._table("rows", T("The list has no rows."), toolbar=True)
        self.changes = self._table("changes", T("The list says nothing new of what we know."))
        self.columns.add_below(
            label(
                say(T("Double-click “What it is” (or F2) to give a column another field or leave it out.")), "fieldHint"
            )
        )
        self.columns.edit_requested.connect(self._on_column)
        self.changes.edit_requested.connect(self._on_tick)
        self.rows.selection_changed.connect(self._on_selection)
        self._new = button(say(T("Add as new")), "plus", partial(self._decide_chosen, NEW))
        self._leave = button(say(T("Leave out")), "xmark", partial(self._decide_chosen, LEAVE_OUT))
        self.rows.add_left(self._new, self._leave)
        self._which = label("")
        self.which = QComboBox()
        self.which.setMinimumWidth(380)
        self.which.activated.connect(self._on_which)
        self._build()
        self.setAcceptDrops(self.db.read_only is None)
        self._show_state()

    def _table(self, name: str, empty: Text, *, toolbar: bool = False) -> RowTable:
        made = RowTable(f"list-{name}", self.speak, self.shell.habits, today=self.db.clock.today, toolbar=toolbar)
        made.set_empty("table-list", self.say(empty))
        return made

    def _build(self) -> None:
        below = QWidget()
        row = QHBoxLayout(below)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._which)
        row.addWidget(self.which, 1)
        row.addStretch(1)
        self._below = below
        rows = QWidget()
        inside = QVBoxLayout(rows)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self.rows, 1)
        inside.addWidget(below)
        panels = QWidget()
        self._panels = QStackedLayout(panels)
        for panel in (self.columns, rows, self.changes):
            self._panels.addWidget(panel)
        work = QWidget()
        lay = QVBoxLayout(work)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(10)
        lay.addWidget(self.steps)
        lay.addWidget(panels, 1)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._zone)
        self._stack.addWidget(work)
        body = QWidget()
        whole = QVBoxLayout(body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addWidget(self.note)
        whole.addWidget(holder, 1)
        self.set_body(body)
        self.steps.currentChanged.connect(self._on_step)

    # What the window asks

    def open(self, key: str, view: str) -> None:
        if key in _PLACES and key != self._noun:
            self._noun = key
            self._forget()
        if view.startswith(FILE):
            self.read_file(Path(view.removeprefix(FILE)))
        elif view.startswith(PASTE):
            self.read_text(view.removeprefix(PASTE))

    def refresh(self) -> None:
        words = {ORGANISATION: T("Organisations"), PERSON: T("People"), EVENT: T("Events")}[self._noun]
        self.set_where((self.say(words), _PLACES[self._noun]))
        self.set_title(self.say(_TITLES[self._noun]))
        if self.draft is not None:
            self._compare()
        self._show_state()

    def step_tab(self, step: int) -> None:
        if self.draft is not None:
            self.steps.setCurrentIndex((self.steps.currentIndex() + step) % 3)

    def focus_filter(self) -> None:
        self.rows.focus_filter()

    # The file

    def open_file(self) -> None:
        folder = self.shell.habits.value(_FOLDER)
        kinds = self.say(T("Tables")) + f" ({_ENDINGS});;" + self.say(T("All files")) + " (*)"
        if chosen := dialogs.choose_file(
            self, self.say(T("Open the list")), kinds, Path(str(folder)) if folder else None
        ):
            self.shell.habits.setValue(_FOLDER, str(chosen[0].parent))
            self.read_file(chosen[0])

    def read_file(self, path: Path) -> None:
        self._read(path.name, partial(beginning.open_list, self.db, self._noun, path))

    def read_text(self, words: str) -> None:
        noun = self._noun
        self._read(self.say(T("pasted")), lambda _report: beginning.make_draft(self.db, noun, open_text(words)))

    def _read(self, name: str, work: Callable[[Report], ListDraft]) -> None:
        self._forget()
        turn = self._turn
        self._zone.set_content("file-import", self.say(T("Reading “{name}” …", name=name)))
        self.jobs.start(
            T("Reading {name}", name=verbatim(name)), work, done=partial(self._on_read, turn),
            failed=partial(self._on_unread, turn),
        )  # fmt: skip

    def _on_read(self, turn: int, draft: ListDraft) -> None:
        if turn != self._turn:
            return
        self.draft = draft
        self.columns.set_listing(list_tables.column_rows(draft, self.speak))
        self.steps.setCurrentIndex(ROWS if draft.was_known else COLUMNS)
        self._compare()
        self._show_state()

    def _on_unread(self, turn: int, error: BaseException) -> None:
        if turn != self._turn:
            return
        self._forget()
        if isinstance(error, OfficeError):
            self.note.tell(" ".join(self.say(words) for words in (error.what, error.todo) if words is not None), "no")
        else:
            self.jobs.bug.emit(error)

    def _forget(self) -> None:
        self._turn += 1
        self.draft = self.preview = None
        self.note.tell("")
        self._show_state()

    # What the person changes

    def _on_column(self, key: str, _field: str, value: Any) -> None:
        if self.draft is not None:
            self.draft = beginning.assigned(self.draft, int(key), "" if value == list_tables.LEFT else str(value))
            self.columns.set_listing(list_tables.column_rows(self.draft, self.speak))
            self._compare()

    def _on_tick(self, key: str, _field: str, value: Any) -> None:
        line, _, field_key = key.partition(" ")
        if self.preview is not None:
            self._compare(self.preview.decisions.ticked(int(line), field_key, on=bool(value)))

    def _decide_chosen(self, what: str) -> None:
        if self.preview is not None and (lines := [row.line for row in self._chosen()]):
            self._compare(self.preview.decisions.decided(lines, what))

    def _on_which(self, _place: int) -> None:
        chosen = self._chosen()
        if self.preview is not None and len(chosen) == 1:
            self._compare(self.preview.decisions.decided([chosen[0].line], str(self.which.currentData())))

    def _compare(self, decisions: ListDecisions | None = None) -> None:
        """Beside the window; the latest question is the only one whose answer is shown."""
        draft = self.draft
        if draft is None:
            return
        decisions = decisions or (self.preview.decisions if self.preview is not None else None)
        self._turn += 1
        turn = self._turn

        def work(_report: Report) -> ListPreview | None:
            return self.db.read(beginning.previewed, draft, decisions) if turn == self._turn else None

        self.jobs.start(T("Comparing with what is known"), work, done=partial(self._on_compared, turn))

    def _on_compared(self, turn: int, preview: ListPreview | None) -> None:
        if preview is None or turn != self._turn:
            return
        self.preview = preview
        self.rows.set_listing(list_tables.preview_rows(preview, self.speak))
        self.changes.set_listing(list_tables.change_rows(preview, self.speak))
        counts = preview.counts()
        words = {
            NEW_ONE: TN("{count} new", "{count} new ones", counts[NEW_ONE]),
            CHANGED: TN("{count} with changes", "{count} with changes", counts[CHANGED]),
            SAME: TN("{count} known, nothing new", "{count} known, nothing new", counts[SAME]),
            POSSIBLE: TN("{count} possible match", "{count} possible matches", counts[POSSIBLE]),
            PROBLEM: TN("{count} row with a problem", "{count} rows with a problem", counts[PROBLEM]),
            REPEATED: TN("{count} row left out", "{count} rows left out", counts[REPEATED]),
        }
        chips = [Chip(self.say(words[key]), _TONES[key], key) for key in words if counts[key] or key == NEW_ONE]
        self.set_chips(chips, self._on_chip)
        self._tell(preview)
        self._show_state()
        self._on_selection()

    def _tell(self, preview: ListPreview) -> None:
        said = []
        if preview.counts()[POSSIBLE]:
            said.append(self.say(T("Possible matches stay out until you choose their row and say below which it is.")))
        if preview.new_words:
            names = ", ".join(preview.new_words[:8]) + (" …" if len(preview.new_words) > 8 else "")
            said.append(self.say(T("Will be added along with the list: {names}.", names=names)))
        self.note.tell(" ".join(said), "wait" if preview.counts()[POSSIBLE] else "info")

    def _show_state(self) -> None:
        draft, preview = self.draft, self.preview
        self._stack.setCurrentIndex(0 if draft is None else 1)
        for made in (self.other_button, self.take_button):
            made.setVisible(draft is not None)
        may = self.db.read_only is None
        if draft is None:
            self.set_chips([])
            self.set_about()
            hint = self.say(_HINTS[self._noun]) + " "
            hint += self.say(T("You will see what would happen before anything is stored."))
            self._zone.set_content("file-import", hint, self.say(T("Open a file …")) if may else "")
            return
        self.set_about(draft.name, draft.table.sheet)
        new, changed = preview.to_do() if preview is not None else (0, 0)
        words: Text = T("See what will happen")
        if self.steps.currentIndex() != COLUMNS:
            words = (
                T("Take in the list")
                if not changed
                else T("Take in: {new} new, {changed} changed", new=new, changed=changed)
            )
        self.take_button.setText("  " + self.say(words))
        self.take_button.setAccessibleName(self.say(words))
        self.take_button.setEnabled(self.steps.currentIndex() == COLUMNS or (may and bool(new or changed)))

    # Taking in

    def _on_primary(self) -> None:
        if self.steps.currentIndex() == COLUMNS:
            self.steps.setCurrentIndex(ROWS)
        else:
            self.take_in()

    def take_in(self) -> None:
        preview = self.preview
        if preview is None:
            return
        taken = self.write(
            beginning_writing.take_in_list, preview, now=self.db.clock.now(),
            label=T("Take in {file}", file=verbatim(preview.draft.name)),
        )  # fmt: skip
        if taken is None:
            return
        self._forget()
        self.shell.go(_PLACES[self._noun])
        self.shell.notice_done(beginning.words_of(taken.noun, taken.new, taken.changed))

    # The rest

    def _on_step(self, step: int) -> None:
        self._panels.setCurrentIndex(step)
        self._show_state()

    def _on_chip(self, view: str) -> None:
        self.steps.setCurrentIndex(ROWS)
        self.rows.set_wanted("group", [view])

    def _chosen(self) -> Sequence[Row]:
        chosen = set(self.rows.selected_keys())
        return [row for row in self.preview.rows if str(row.line) in chosen] if self.preview is not None else ()

    def _on_selection(self) -> None:
        chosen = self._chosen()
        for made in (self._new, self._leave):
            made.setEnabled(bool(chosen) and self.db.read_only is None)
        row = chosen[0] if len(chosen) == 1 and chosen[0].options else None
        self._below.setVisible(row is not None)
        if row is None or self.preview is None:
            return
        self._which.setText(self.say(T("Which is “{name}”?", name=row.name[:60])))
        self.which.setAccessibleName(self._which.text())
        self.which.clear()
        self.which.addItem(self.say(T("to decide")), "")
        for option in row.options:
            why = ", ".join(self.say(words) for words in option.why)
            self.which.addItem("  ·  ".join(part for part in (option.name, option.detail, why) if part), option.key)
        self.which.addItem(self.say(T("Add as new")), NEW)
        self.which.addItem(self.say(T("Leave out")), LEAVE_OUT)
        decided = self.preview.decisions.rows.get(row.line, "")
        self.which.setCurrentIndex(max(self.which.findData(decided), 0))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if brought_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if found := brought_files(event.mimeData()):
            event.acceptProposedAction()
            self.read_file(found[0])

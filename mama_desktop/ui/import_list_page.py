"""Taking in an office's old list of organisations, people or events: columns, what would happen, one click."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QTabBar, QVBoxLayout, QWidget

from mama_desktop.domain.text import TN, T, Text, verbatim
from mama_desktop.services import beginning, beginning_writing
from mama_desktop.services.beginning import (
    CHANGED,
    NEW_ONE,
    POSSIBLE,
    PROBLEM,
    REPEATED,
    SAME,
    ListDecisions,
    ListDraft,
    ListPreview,
)
from mama_desktop.services.list_fields import EVENT, ORGANISATION, PERSON
from mama_desktop.ui import list_tables, list_words
from mama_desktop.ui.bringing import BringingPage
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.import_start import ImportStart
from mama_desktop.ui.jobs import Report
from mama_desktop.ui.list_columns import ListColumns
from mama_desktop.ui.list_reading import ListReading
from mama_desktop.ui.list_rows import UNREAD, ListRows
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.widgets import Chip

FILE, PASTE = "file:", "paste:"
COLUMNS, ROWS, CHANGES, ALONG = 0, 1, 2, 3
_PLACES = {ORGANISATION: "organisations", PERSON: "people", EVENT: "events"}
_TONES = {NEW_ONE: "info", CHANGED: "info", SAME: "neutral", POSSIBLE: "wait", PROBLEM: "no", REPEATED: "neutral"}


class ImportListPage(BringingPage):
    """Opened with a noun ("organisation", "person", "event") and, as view, "file:<path>" or "paste:<text>"."""

    kinds = frozenset({"organisation", "person", "event", "project", "staff_member"})
    help_topic = "import-list"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        say = self.say
        self._noun, self._turn = ORGANISATION, 0
        self.draft: ListDraft | None = None
        self.preview: ListPreview | None = None
        self.other_button = self.add_button(say(T("Another file …")), "folder-open", self.start_again)
        self.take_button = self.add_button(say(T("Take in the list")), "file-import", self._on_primary, primary=True)
        self.note = Callout("info")
        self.reading = ListReading(self)
        self.reading.started.connect(self._on_reading)
        self.reading.read.connect(self._on_read)
        self.reading.failed.connect(self._on_unread)
        self.start = ImportStart(self.speak, hint=list_words.HINTS[self._noun], kinds_of_files=list_words.KINDS)
        self.start.open_wished.connect(self.reading.open_file)
        self.start.paste_wished.connect(self.paste)
        self.start.stop_wished.connect(self.reading.stop)
        self.steps = QTabBar()
        self.steps.setObjectName("tabs")
        self.steps.setDrawBase(False)
        self.steps.setExpanding(False)
        for words in (T("1 · What the columns mean"), T("2 · What will happen"), T("3 · Values that change"),
                      T("4 · Added along with it")):  # fmt: skip
            self.steps.addTab(say(words))
        self.columns = ListColumns(self._table("columns", T("The list has no columns.")), self.speak)
        rows = self._table("rows", T("The list has no rows."), toolbar=True)
        self.rows = ListRows(rows, self.speak, may_write=self.db.read_only is None)
        self.rows.decided.connect(self._on_decided)
        self.changes = self._table("changes", T("The list says nothing new of what we know."))
        self.along = self._table("along", T("Everybody and everything the list names is known here."))
        self.columns.sheet_chosen.connect(self._on_sheet)
        self.columns.heading_chosen.connect(self._on_heading)
        self.columns.table.edit_requested.connect(self._on_column)
        self.along.edit_requested.connect(self._on_along)
        self.changes.edit_requested.connect(self._on_tick)
        self._build()
        self.setAcceptDrops(self.db.read_only is None)
        self._paste_keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        self._paste_keys.activated.connect(self.paste)
        self._show_state()

    def _table(self, name: str, empty: Text, *, toolbar: bool = False) -> RowTable:
        made = RowTable(f"list-{name}", self.speak, self.shell.habits, today=self.db.clock.today, toolbar=toolbar)
        made.set_empty("table-list", self.say(empty))
        return made

    def _build(self) -> None:
        panels = QWidget()
        self._panels = QStackedLayout(panels)
        for panel in (self.columns, self.rows, self.changes, self.along):
            self._panels.addWidget(panel)
        work = QWidget()
        lay = QVBoxLayout(work)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(10)
        lay.addWidget(self.steps)
        lay.addWidget(panels, 1)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.start)
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
        self.reading.noun, self.under = self._noun, _PLACES[self._noun]
        if view.startswith(FILE):
            self.read_file(Path(view.removeprefix(FILE)))
        elif view.startswith(PASTE):
            self.read_text(view.removeprefix(PASTE))

    def refresh(self) -> None:
        words = {ORGANISATION: T("Organisations"), PERSON: T("People"), EVENT: T("Events")}[self._noun]
        self.set_where((self.say(words), _PLACES[self._noun]))
        self.set_title(self.say(list_words.TITLES[self._noun]))
        if self.draft is not None:
            self._compare()
        self._show_state()

    def step_tab(self, step: int) -> None:
        if self.draft is not None:
            self.steps.setCurrentIndex((self.steps.currentIndex() + step) % self.steps.count())

    def focus_filter(self) -> None:
        self.rows.table.focus_filter()

    # The file

    def paste(self) -> None:
        self.reading.paste()

    def read_file(self, path: Path) -> None:
        self.reading.read_file(path)

    def read_text(self, words: str) -> None:
        self.reading.read_text(words)

    def start_again(self) -> None:
        self._forget()
        self.start.open_button.setFocus()

    def _on_reading(self, shown: str) -> None:
        self._set_aside()
        self.start.show_waiting(shown)
        self._show_state()

    def _on_read(self, draft: ListDraft) -> None:
        self._show_draft(draft)
        # Who has brought a list of this shape before wants to see its rows.
        self.steps.setCurrentIndex(ROWS if draft.was_known else COLUMNS)
        self._show_state()
        self.steps.setFocus()  # What had the keys is hidden now.

    def _on_unread(self, trouble: str) -> None:
        self._forget()
        self.start.show_zone(trouble)
        self.start.open_button.setFocus()

    def _forget(self) -> None:
        self.reading.forget()
        self._set_aside()
        self.start.show_zone()
        self._show_state()

    def _set_aside(self) -> None:
        """Whatever is still being compared is not shown any more."""
        self._turn += 1
        self.draft = self.preview = None
        self.note.tell("")

    def _show_draft(self, draft: ListDraft) -> None:
        self.draft = draft
        self.columns.show_draft(draft)
        self._compare()

    # What the person changes

    def _on_column(self, key: str, _field: str, value: Any) -> None:
        if self.draft is not None:
            chosen = "" if value == list_tables.LEFT else str(value)
            self._show_draft(beginning.assigned(self.draft, int(key), chosen))

    def _on_sheet(self, place: int) -> None:
        self._read_again(sheet=place)

    def _on_heading(self, line: int) -> None:
        if self.draft is not None:
            self._read_again(sheet=self.draft.sheet, heading=line)

    def _read_again(self, **chosen: int) -> None:
        """The same file by another sheet or heading: other rows, so nothing decided about rows counts any more."""
        if self.draft is not None:
            self.preview = None
            self._show_draft(beginning.make_draft(self.db, self._noun, self.draft.reading, **chosen))

    def _on_along(self, key: str, _field: str, value: Any) -> None:
        self._bring([key], on=bool(value))

    def _bring(self, keys: Sequence[str], *, on: bool) -> None:
        """Names that nobody knows, added along or not."""
        if self.preview is not None:
            names = [one for one in self.preview.along if list_tables.along_key(one) in keys]
            self._compare(self.preview.decisions.bringing(names, on))

    def _bring_all(self, on: bool) -> None:
        if self.preview is not None:
            self._bring([list_tables.along_key(one) for one in self.preview.asked()], on=on)

    def _on_tick(self, key: str, _field: str, value: Any) -> None:
        line, _, field_key = key.partition(" ")
        if self.preview is not None:
            self._compare(self.preview.decisions.ticked(int(line), field_key, on=bool(value)))

    def _on_decided(self, lines: list[int], what: str) -> None:
        if self.preview is not None:
            self._compare(self.preview.decisions.decided(lines, what))

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
        self.rows.show_preview(preview)
        self.changes.set_listing(list_tables.change_rows(preview, self.speak))
        self.along.set_listing(list_tables.along_rows(preview, self.speak))
        counts = preview.counts()
        words = list_words.counted(counts)
        chips = [Chip(self.say(words[key]), _TONES[key], key) for key in words if counts[key] or key == NEW_ONE]
        if unread := preview.unread():
            words_unread = TN("{count} value cannot be read", "{count} values cannot be read", unread)
            chips.append(Chip(self.say(words_unread), "no", UNREAD))
        self.set_chips(chips, self._on_chip)
        self._tell(preview)
        self._show_state()

    def _tell(self, preview: ListPreview) -> None:
        said, answers, asked = [], [], preview.asked()
        if preview.counts()[POSSIBLE]:
            said.append(self.say(T("Possible matches stay out until you choose their row and say below which it is.")))
        if asked:
            names = ", ".join(one.name for one in asked[:8]) + (" …" if len(asked) > 8 else "")
            said.append(self.say(T("Not known here yet ({names}). Should they be added with the list?", names=names)))
            answers = [
                (self.say(T("Choose")), partial(self.steps.setCurrentIndex, ALONG)),
                (self.say(T("Add them all")), partial(self._bring_all, True)),
                (self.say(T("None of them")), partial(self._bring_all, False)),
            ]
        self.note.tell(" ".join(said), "wait", answers)

    def _show_state(self) -> None:
        draft, preview = self.draft, self.preview
        self._stack.setCurrentIndex(0 if draft is None else 1)
        for made in (self.other_button, self.take_button):
            made.setVisible(draft is not None)
        may = self.db.read_only is None
        if draft is None:
            self.set_chips([])
            self.set_about()
            self.start.hint.setText(self.say(list_words.HINTS[self._noun]))
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
        self.rows.show_only(view)

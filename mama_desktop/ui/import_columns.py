"""The columns of a file: heading, samples, and the field each of them means; what is sensitive, and what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mama_desktop.domain.questions import QuestionRow
from mama_desktop.domain.text import T, Text, sort_key
from mama_desktop.i18n import Language
from mama_desktop.intake.heading_row import NO_HEADINGS, heading_choices
from mama_desktop.intake.mapping import Column
from mama_desktop.services import column_mapping
from mama_desktop.services.column_mapping import COMPUTED
from mama_desktop.services.import_draft import KEEP, LEAVE_COLUMN_OUT, Draft, key_of
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.labelled import ScrollColumn
from mama_desktop.ui.said import plain
from mama_desktop.ui.segments import Segments
from mama_desktop.ui.theme import tokens
from mama_desktop.ui.widgets import Elided, label

# What an office maps most stands first; the rest follows in the order of the alphabet.
_FIRST = (
    "family_name", "given_name", "full_name", "email", "phone", "organisation", "birth_date", "birth_year", "gender",
    "town", "postal_code", "postal_and_town", "diet", "allergies", "arrival", "departure", "remarks",
)  # fmt: skip


class ImportColumns(QWidget):
    """Tells what the person chose; the page makes the new draft and shows it again."""

    assigned = Signal(int, str)
    dates_chosen = Signal(int, str)
    names_chosen = Signal(int, str)
    keeping_changed = Signal(int, bool)
    year_wanted = Signal(bool)
    sheet_chosen = Signal(int)
    heading_chosen = Signal(int)
    newer_chosen = Signal(bool)

    def __init__(self, speak: Language) -> None:
        super().__init__()
        self._speak = speak
        say = speak.say
        self._fields = _field_model(speak, ())
        self.sheets, self.headings = QComboBox(), QComboBox()
        self.sheets.setAccessibleName(say(T("Sheet")))
        self.headings.setAccessibleName(say(T("Row with the headings")))
        for box, chosen in ((self.sheets, self._on_sheet), (self.headings, self._on_heading)):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(14)
            box.activated.connect(chosen)
        self._sheet_words = label(say(T("Sheet")), "muted")
        self._heading_words = label(say(T("Headings")), "muted")
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for widget, stretch in (
            (self._sheet_words, 0), (self.sheets, 1), (self._heading_words, 0), (self.headings, 3),
        ):  # fmt: skip
            bar.addWidget(widget, stretch)
        self.note = Callout("wait")
        self.newer = Callout("wait")
        self.newer_or_not = Segments([say(T("Yes, a newer export")), say(T("No, another form"))])
        self.newer_or_not.chosen.connect(self._on_newer)
        self.newer.add(self.newer_or_not)
        self._rows = ScrollColumn(0)
        self._rows.lay.setContentsMargins(0, 0, 0, 0)
        frame = QFrame()
        frame.setObjectName("tableFrame")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self._rows)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(10)
        lay.addLayout(bar)
        lay.addWidget(self.newer)
        lay.addWidget(self.note)
        lay.addWidget(frame, 1)
        self.rows: dict[int, ColumnRow] = {}
        self._shape: tuple[object, ...] = ()

    def show_draft(self, draft: Draft) -> None:
        """Show a draft; the rows are made anew only for another table."""
        shape = (id(draft.reading), draft.sheet, draft.table.heading_lines)
        if shape != self._shape:
            self._shape = shape
            self._fill(draft)
        for column in draft.mapping.columns:
            self.rows[column.index].show_column(column, draft)
        self._fill_choices(draft)
        self._tell(draft)
        self._ask_of_form(draft)

    def _ask_of_form(self, draft: Draft) -> None:
        """Of a form that is only like an earlier one: what it is taken for, with both answers beside it."""
        if draft.perhaps is None:
            self.newer.tell("")
            return
        say, is_newer = self._speak.say, draft.profile is not None
        taken = (
            T("It is read as one now: what was changed and who withdrew is shown.")
            if is_newer
            else T("It is read as another form now: nobody is missing in it.")
        )
        self.newer.tell(
            f"{say(T('Is this a newer export of “{form}”?', form=draft.perhaps.name))} {say(taken)}", "wait"
        )
        with QSignalBlocker(self.newer_or_not):
            self.newer_or_not.choose(0 if is_newer else 1)

    def _on_newer(self, place: int) -> None:
        self.newer_chosen.emit(place == 0)

    def _tell(self, draft: Draft) -> None:
        say, new = self._speak.say, draft.new_columns
        words = []
        if draft.mapping.questions():
            words.append(say(T("Please answer what is asked below; until then the proposal counts.")))
        if draft.profile is not None and new:
            known = T(
                "This is a newer export of “{form}”. New in it: {columns}.", form=draft.name_wished,
                columns=", ".join(new[:5]) + (" …" if len(new) > 5 else ""),
            )  # fmt: skip
            words.append(say(known))
        self.note.tell("  ".join(words), "wait" if draft.mapping.questions() else "info")

    def _fill(self, draft: Draft) -> None:
        self._rows.clear()
        self.rows = {}
        self._fields = _field_model(self._speak, draft.asked)
        for column in draft.mapping.columns:
            row = ColumnRow(column, self._fields, self._speak)
            row.assigned.connect(self.assigned)
            row.dates_chosen.connect(self.dates_chosen)
            row.names_chosen.connect(self.names_chosen)
            row.keeping_changed.connect(self.keeping_changed)
            row.year_wanted.connect(self.year_wanted)
            self.rows[column.index] = row
            self._rows.add(row)

    def _fill_choices(self, draft: Draft) -> None:
        say = self._speak.say
        many = len(draft.reading.tables) > 1
        self.sheets.clear()
        for table in draft.reading.tables:
            self.sheets.addItem(table.sheet or say(T("Sheet")))
        self.sheets.setCurrentIndex(draft.sheet)
        for widget in (self.sheets, self._sheet_words):
            widget.setVisible(many)
        # What the columns of our own form are called is not a matter of choice.
        for one in (self._heading_words, self.headings):
            one.setVisible(not draft.is_forms)
        self.headings.clear()
        for line, words in heading_choices(draft.reading.tables[draft.sheet]):
            shown = words if len(words) < 90 else words[:88] + "…"
            self.headings.addItem(say(T("row {row}: {words}", row=line, words=shown)), line)
        self.headings.addItem(say(T("no headings: the first row is a person already")), NO_HEADINGS)
        now = draft.table.heading_lines[-1] if draft.table.heading_lines else NO_HEADINGS
        self.headings.setCurrentIndex(self.headings.findData(now))

    def _on_sheet(self, place: int) -> None:
        self.sheet_chosen.emit(place)

    def _on_heading(self, place: int) -> None:
        self.heading_chosen.emit(int(self.headings.itemData(place)))


_NAME_ORDERS = ("given", "family")
_DATE_ORDERS = ("dmy", "mdy")
_ANSWERS = {
    "given": T("Given name first"), "family": T("Family name first"), "dmy": T("Day first"), "mdy": T("Month first"),
}  # fmt: skip


class ColumnRow(QFrame):
    """One column: heading and three values at the left, what it means at the right, below what has to be known."""

    assigned = Signal(int, str)
    dates_chosen = Signal(int, str)
    names_chosen = Signal(int, str)
    keeping_changed = Signal(int, bool)
    year_wanted = Signal(bool)

    def __init__(self, column: Column, fields: QStandardItemModel, speak: Language) -> None:
        super().__init__()
        self.setObjectName("columnRow")
        self._index, self._speak = column.index, speak
        self._chosen = ""
        heading = Elided(column.label.replace("\n", " "), "columnHeading")
        bold = heading.font()
        bold.setWeight(bold.Weight.DemiBold)
        heading.setFont(bold)
        self._samples = Elided("", "muted")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(heading)
        words.addWidget(self._samples)
        self._arrow = label("→", "muted")
        self.field = _FieldBox(fields)
        self.field.setAccessibleName(speak.say(T("What “{column}” means", column=column.label)))
        self.field.activated.connect(self._on_field)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addLayout(words, 3)
        top.addWidget(self._arrow)
        top.addWidget(self.field, 2)
        self.question = Callout("wait")
        self.finding = Callout("no")
        self.keep = QCheckBox(speak.say(T("store all the same")))
        self.keep.clicked.connect(self._on_keep)
        self.year = QCheckBox(speak.say(T("take the year of birth")))
        self.year.clicked.connect(self.year_wanted)
        for box in (self.keep, self.year):
            self.finding.add(box)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(12, 7, 10, 7)
        lay.setSpacing(6)
        lay.addLayout(top)
        lay.addWidget(self.question)
        lay.addWidget(self.finding)

    def show_column(self, column: Column, draft: Draft) -> None:
        say = self._speak.say
        samples = "   ·   ".join(plain(one, self._speak).replace("\n", " ") for one in column.samples[:3])
        self._samples.setText(samples or say(T("empty in every row")))
        self.field.choose(key_of(draft, column))
        self._ask(column, draft)
        self._warn(column, draft)

    def _ask(self, column: Column, draft: Draft) -> None:
        asked = dict(draft.mapping.questions()).get(column.index)
        if column.index in draft.left_out or (asked is None and self._chosen not in _ANSWERS):
            self.question.tell("")
            return
        # The button that was pressed goes away with its question; the keys stay in this row.
        if self.question.isAncestorOf(self.focusWidget() or self):
            self.field.setFocus()
        say = self._speak.say
        kind = _NAME_ORDERS if column.kind == "full_name" else _DATE_ORDERS
        # What has been answered can be answered the other way.
        open_answers = [key for key in kind if asked is not None or key != self._chosen]
        buttons = [(say(_ANSWERS[key]), partial(self._on_answered, column.kind, key)) for key in open_answers]
        if asked is None:
            self.question.tell(say(_ANSWERS[self._chosen]) + ".", "info", buttons)
        else:
            self.question.tell(say(asked), "wait", buttons)

    def _on_answered(self, kind: str, key: str, *_checked: bool) -> None:
        self._chosen = key
        (self.names_chosen if kind == "full_name" else self.dates_chosen).emit(self._index, key)

    def _warn(self, column: Column, draft: Draft) -> None:
        if column.finding is None or column.index in draft.left_out:
            self.finding.tell("")
            return
        is_emso = column.finding.kind == "emso"
        self.field.setEnabled(not is_emso)
        is_kept = column.index in draft.mapping.keep
        self.finding.tell(self._speak.say(column.finding.text), "wait" if is_kept else "no")
        self.keep.setVisible(not is_emso)
        self.year.setVisible(is_emso)
        self.keep.setChecked(is_kept)
        self.year.setChecked(draft.mapping.emso_year)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens().color("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, tokens().color("line"))
        painter.end()

    def _on_field(self, _place: int) -> None:
        self.assigned.emit(self._index, self.field.key())

    def _on_keep(self, on: bool) -> None:
        self.keeping_changed.emit(self._index, on)


class _FieldBox(QComboBox):
    def __init__(self, fields: QStandardItemModel) -> None:
        super().__init__()
        self.setModel(fields)
        self.setMaxVisibleItems(18)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def choose(self, key: str) -> None:
        self.setCurrentIndex(max(self.findData(key), 0))

    def key(self) -> str:
        return str(self.currentData())

    def wheelEvent(self, event: QWheelEvent) -> None:
        # A wheel over the list scrolls the list; it must not change what a column means.
        event.ignore()


def _field_model(speak: Language, asked: Sequence[QuestionRow]) -> QStandardItemModel:
    """What a column may mean, the same list for every column; the event's own questions come first."""
    labels = {key: words for key, words in column_mapping.labels().items() if not key.startswith(COMPUTED)}
    known = {target.key for target in column_mapping.targets()}
    first = [key for key in _FIRST if key in labels and key in known]
    rest = sorted((k for k in labels if k in known and k not in _FIRST), key=lambda k: sort_key(speak.say(labels[k])))
    computed = [t.key for t in column_mapping.targets() if t.key.startswith(COMPUTED)]
    model = QStandardItemModel()
    own: list[tuple[str, Text]] = [(KEEP, T("keep as an answer")), (LEAVE_COLUMN_OUT, T("leave out"))]
    for key, words in own:
        _add(model, speak.say(words), key)
    for question in asked:
        if question.kind not in ("field", "file"):
            words = T("Question: {question}", question=question.label)
            _add(model, speak.say(words), column_mapping.key_of_question(question))
    for key in (*first, *rest):
        _add(model, speak.say(labels[key]), key)
    for key in computed:
        if key in column_mapping.labels():
            words = T("{field} (computed by the program)", field=column_mapping.labels()[key])
            _add(model, speak.say(words), key)
    return model


def _add(model: QStandardItemModel, words: str, key: str) -> None:
    item = QStandardItem(words)
    item.setData(key, Qt.ItemDataRole.UserRole)
    model.appendRow(item)

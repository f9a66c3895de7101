"""What a file would do before anything is written, in groups: each a count to click and a table to look through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.i18n import Language
from mama_desktop.services.import_draft import Preview
from mama_desktop.services.taking_in import TAKE
from mama_desktop.ui import import_notes, import_tables
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.import_choices import ImportChoices
from mama_desktop.ui.import_parties import ImportParties
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.widgets import Chip, ChipButton, Flow, button

GROUPS = ("new", "changed", "clash", "party", "withdrawn", "possible", "problem", "left-out")
_TONES = {
    "new": "info", "changed": "info", "clash": "wait", "party": "wait", "withdrawn": "no", "possible": "wait",
    "problem": "no", "left-out": "neutral",
}  # fmt: skip
# Asked on cards; everything else stands in tables.
_ON_CARDS = ("party", "possible")


class ImportPreview(QWidget):
    """`decided(line, what)`, `ticked(line, field, on)`, `settled(line, field, theirs)`: True, False, or None for open
    again, `all_settled(theirs)`, `withdrawing(registration, cancel)`, `all_withdrawing(cancel)`,
    `whole_chosen(is_whole)`, `unsplit(party, answer, reason)`, `problems_wished`: save them as Excel,
    `leave_wished`: there is nothing to do here, `dates_chosen(column, order)`: how its dates are to be read."""

    decided = Signal(int, str)
    ticked = Signal(int, str, bool)
    settled = Signal(int, str, object)
    all_settled = Signal(bool)
    withdrawing = Signal(str, bool)
    all_withdrawing = Signal(bool)
    whole_chosen = Signal(bool)
    unsplit = Signal(str, str, str)
    problems_wished = Signal()
    leave_wished = Signal()
    dates_chosen = Signal(int, str)

    def __init__(self, speak: Language, habits: QSettings, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._speak = speak
        self._pills = QWidget()
        self._flow = Flow()
        self._pills.setLayout(self._flow)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.pills: dict[str, QPushButton] = {}
        for key in GROUPS:
            pill = ChipButton(Chip("", _TONES[key], key))
            pill.setCheckable(True)
            pill.chosen.connect(self.show_group)
            self._group.addButton(pill)
            self.pills[key] = pill
            self._flow.addWidget(pill)
        self.save_button = button(speak.say(T("Save problem rows as Excel")), "file-excel", self.problems_wished.emit)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._pills, 1)
        top.addWidget(self.save_button)
        self.note = Callout("info")
        # Made once: a button that is made anew by every tick would lose the keys.
        self.all_button = button("", do=partial(self._on_all, True))
        self.none_button = button("", do=partial(self._on_all, False))
        for made in (self.all_button, self.none_button):
            self.note.add(made)
        self.tables = {
            key: RowTable(f"import-{key}", speak, habits, today=today, toolbar=False)
            for key in GROUPS
            if key not in _ON_CARDS
        }
        for key, picture, words in (
            ("new", "inbox", T("Nobody in this file is new.")),
            ("changed", "equals", T("The file says nothing new of those we know.")),
            ("clash", "equals", T("Nothing was changed on both sides.")),
            ("withdrawn", "circle-check", T("Nobody has withdrawn.")),
            ("problem", "circle-check", T("No row has a problem.")),
            ("left-out", "circle-check", T("Every row of the file is a registration.")),
        ):
            self.tables[key].set_empty(picture, speak.say(words))
        self.tables["changed"].edit_requested.connect(self._on_tick)
        self.tables["clash"].edit_requested.connect(self._on_settle)
        self.tables["withdrawn"].edit_requested.connect(self._on_cancel)
        self.tables["problem"].edit_requested.connect(self._on_take)
        self.tables["left-out"].edit_requested.connect(self._on_take)
        self.choices = ImportChoices(speak)
        self.choices.decided.connect(self.decided)
        self.parties = ImportParties(speak)
        self.parties.unsplit.connect(self.unsplit)
        cards: dict[str, QWidget] = {"possible": self.choices, "party": self.parties}
        self._stack = QStackedWidget()
        for key in GROUPS:
            self._stack.addWidget(cards[key] if key in cards else self.tables[key])
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(10)
        lay.addLayout(top)
        lay.addWidget(self.note)
        lay.addWidget(self._stack, 1)
        self.group = ""
        self._preview: Preview | None = None

    def show_preview(self, preview: Preview) -> None:
        """Show these rows; the group in front stays as long as it has any."""
        self._preview = preview
        counts = self._counts(preview)
        for key, words in self._words(counts).items():
            self.pills[key].setText(self._speak.say(words))
            self.pills[key].setVisible(bool(counts[key]) or key == "new")
        self._fill(preview)
        self.save_button.setVisible(bool(counts["problem"]))
        wanted = self.group if self.group and counts[self.group] else next((k for k in GROUPS if counts[k]), "new")
        self.show_group(wanted)

    def forget(self) -> None:
        """Another file begins with its first group, not with the one that was looked at in the last."""
        self.group, self._preview = "", None

    def show_group(self, key: str) -> None:
        self.group = key
        self.pills[key].setChecked(True)
        for name, pill in self.pills.items():
            font = pill.font()
            font.setUnderline(name == key)
            pill.setFont(font)
        self._stack.setCurrentIndex(GROUPS.index(key))
        self._tell()

    def _counts(self, preview: Preview) -> dict[str, int]:
        counts = preview.comparison.counts()
        rows = preview.comparison.rows
        known = [row for row in rows if row.group in ("registered", "new")]
        changed = sum(1 for row in known if not all(change.clash for change in row.changes))
        left_out = counts["repeated"] + counts["skipped"] + counts["left"]
        return {
            "new": counts["new"], "changed": changed, "clash": counts["clash"], "party": len(preview.splits()),
            "withdrawn": counts["withdrawn"], "possible": counts["possible"], "problem": counts["problem"],
            "left-out": left_out,
        }  # fmt: skip

    def _words(self, counts: dict[str, int]) -> dict[str, Text]:
        return {
            "new": TN("{count} new", "{count} new ones", counts["new"]),
            "changed": TN("{count} with changes", "{count} with changes", counts["changed"]),
            "clash": TN("{count} changed on both sides", "{count} changed on both sides", counts["clash"]),
            "party": TN(
                "{count} group would be split",
                "{count} groups would be split",
                counts["party"],
            ),
            "withdrawn": self._gone_words(counts["withdrawn"]),
            "possible": TN("{count} possible match", "{count} possible matches", counts["possible"]),
            "problem": TN("{count} row with a problem", "{count} rows with a problem", counts["problem"]),
            "left-out": TN("{count} row left out", "{count} rows left out", counts["left-out"]),
        }

    def _gone_words(self, count: int) -> Text:
        """Nothing is done yet: who is merely missing in the file, and who has withdrawn as the form says."""
        people = self._preview.comparison.withdrawn if self._preview else ()
        told = sum(bool(one.word) for one in people)
        if told and told < count:
            return TN("{count} missing or withdrawn", "{count} missing or withdrawn", count)
        if told:
            return TN("{count} withdrawn in the form", "{count} withdrawn in the form", count)
        return TN("{count} missing in the file", "{count} missing in the file", count)

    def _fill(self, preview: Preview) -> None:
        listings: dict[str, Listing] = {
            "new": import_tables.new_rows(preview, self._speak),
            "changed": import_tables.changed_values(preview, self._speak),
            "clash": import_tables.clash_values(preview, self._speak),
            "withdrawn": import_tables.withdrawn_people(preview, self._speak),
            "problem": import_tables.problem_rows(preview, self._speak),
            "left-out": import_tables.left_out_rows(preview, self._speak),
        }
        for key, listing in listings.items():
            self.tables[key].set_listing(listing)
        self.choices.show_preview(preview)
        self.parties.show_preview(preview)

    def _tell(self) -> None:
        """What has to be known of the group in front."""
        preview = self._preview
        if preview is None:
            return
        words, tone, answers = import_notes.note(preview, self.group, self._speak)
        do: dict[str, Callable[[], Any]] = {
            "whole": partial(self.whole_chosen.emit, True), "part": partial(self.whole_chosen.emit, False),
            "leave": self.leave_wished.emit,
        }  # fmt: skip
        self.note.tell(words, tone, [(said, do.get(answer) or self._dates_do(answer)) for said, answer in answers])
        many = None if answers else import_notes.all_or_none(preview, self.group)
        for made, what in zip((self.all_button, self.none_button), many or (None, None), strict=True):
            made.setText(self._speak.say(what) if what else "")
            made.setAccessibleName(made.text())
            made.setVisible(what is not None)

    def _dates_do(self, answer: str) -> Callable[[], Any]:
        index, _, order = answer.removeprefix(import_notes.DATES).partition(":")
        return partial(self.dates_chosen.emit, int(index), order)

    def _on_tick(self, key: str, _field: str, value: object) -> None:
        line, _, field_key = key.partition(" ")
        self.ticked.emit(int(line), field_key, bool(value))

    def _on_settle(self, key: str, field: str, value: object) -> None:
        line, _, field_key = key.partition(" ")
        self.settled.emit(int(line), field_key, (field == "take") if value else None)

    def _on_all(self, on: bool) -> None:
        (self.all_settled if self.group == "clash" else self.all_withdrawing).emit(on)

    def _on_cancel(self, key: str, _field: str, value: object) -> None:
        self.withdrawing.emit(key, bool(value))

    def _on_take(self, key: str, _field: str, value: object) -> None:
        comparison = self._preview.comparison if self._preview else None
        rows = [*comparison.group("problem"), *comparison.group("left")] if comparison else []
        row = next((r for r in rows if str(r.line) == key), None)
        if row is not None and not row.blocked:
            self.decided.emit(row.line, TAKE if value else "")

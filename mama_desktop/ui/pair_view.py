"""Two records side by side: what differs is marked and chosen; what a merge will do stays in sight below."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from mama_desktop.domain.duplicates import Pair
from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.services.merge_fields import GONE, KEEP, MergeField
from mama_desktop.services.merging import MergePlan
from mama_desktop.ui.said import sayer
from mama_desktop.ui.widgets import Chip, Flow, button, chip_label, label

# What a merge will do has its lines, but never more than this part of the height.
_DEED = 0.45


class PairView(QWidget):
    """`chosen(field, side)`: whose value shall stay; `turned()`: the other record shall stay."""

    chosen = Signal(str, str)
    turned = Signal()

    def __init__(self, speak: Language) -> None:
        super().__init__()
        self._speak, self.say = speak, speak.say
        self._shown = ("", "")
        self._fields = _Scrolled()
        self.deed = _Deed()
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        lay.addWidget(self._fields, 1)
        lay.addWidget(self.deed)

    def show_pair(self, pair: Pair, plan: MergePlan) -> None:
        """Both records of the plan, the reasons of the pair, and the consequences."""
        at = self._fields.verticalScrollBar().value() if self._shown == (pair.first, pair.second) else 0
        self._shown = (pair.first, pair.second)
        focused = self.focusWidget()
        name = focused.objectName() if isinstance(focused, QRadioButton) else ""
        body = QWidget()
        body.setObjectName("formBody")
        lay = QVBoxLayout(body)
        lay.setContentsMargins(0, 0, 8, 0)
        lay.setSpacing(8)
        lay.addWidget(self._reasons(pair))
        lay.addWidget(self._sides(plan))
        lay.addStretch(1)
        self._fields.setWidget(body)
        self.deed.setWidget(self._consequences(plan))
        self.deed.fit()
        self._fields.verticalScrollBar().setValue(at)
        if name:
            found = body.findChild(QRadioButton, name)
            if found is not None:
                found.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.deed.set_most(int(self.height() * _DEED))

    def _reasons(self, pair: Pair) -> QWidget:
        holder = QWidget()
        flow = Flow()
        holder.setLayout(flow)
        say = self.say
        score = Chip(say(T("score {score}", score=pair.score)), "ok" if pair.is_same else "wait")
        flow.addWidget(chip_label(score if pair.score else Chip(say(T("chosen by you")), "info")))
        for reason in pair.reasons:
            flow.addWidget(chip_label(Chip("✓ " + say(reason), "neutral")))
        for reason in pair.against:
            flow.addWidget(chip_label(Chip("≠ " + say(reason), "no")))
        return holder

    def _sides(self, plan: MergePlan) -> QWidget:
        card = QFrame()
        card.setObjectName("card")
        grid = QGridLayout(card)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(label(self.say(T("Stays")), "groupTitle"), 0, 1)
        grid.addWidget(label(self.say(T("Becomes part of it")), "groupTitle"), 0, 2)
        turn = button(self.say(T("Swap")), "right-left", self.turned.emit, kind="plain")
        turn.setToolTip(self.say(T("The other record stays")))
        grid.addWidget(turn, 0, 0)
        place = 1
        for field in plan.fields:
            if field.shown_kept in (None, "", [], False, "unknown") and field.shown_gone in (
                None, "", [], False, "unknown",
            ):  # fmt: skip
                continue
            mark = "≠ " if field.differs else ""
            name = label(mark + self.say(field.info.label), "" if field.differs else "muted", wrap=True)
            name.setMinimumHeight(24 if field.can_choose else 0)
            grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            self._add_values(grid, place, field)
            place += 1
        return card

    def _add_values(self, grid: QGridLayout, place: int, field: MergeField) -> None:
        words = [self._words(field, value) for value in (field.shown_kept, field.shown_gone)]
        for column, (side, said_value) in enumerate(zip((KEEP, GONE), words, strict=True), 1):
            if field.can_choose:
                cell: QWidget = _Side(self, field, side, said_value, self.say(field.info.label))
            else:
                stays = not field.differs or field.chosen in (side, "both")
                cell = label(_breakable(said_value), "" if stays else "muted", wrap=True)
            grid.addWidget(cell, place, column, Qt.AlignmentFlag.AlignTop)

    def _words(self, field: MergeField, value: Any) -> str:
        return sayer(field.info, self._speak)(value) or "—"

    def _consequences(self, plan: MergePlan) -> QWidget:
        card = QFrame()
        card.setObjectName("card")
        lay = QVBoxLayout(card)
        lay.setContentsMargins(16, 8, 16, 8)
        lay.setSpacing(4)
        if plan.refusal is not None:
            lay.addWidget(label(self.say(T("These two cannot be merged")), "cardTitle"))
            lay.addWidget(label(self.say(plan.refusal.what), "fieldError", wrap=True))
            if plan.refusal.todo is not None:
                lay.addWidget(label(self.say(plan.refusal.todo), wrap=True))
            return card
        lay.addWidget(label(self.say(T("What merging will do")), "cardTitle"))
        lines = [self.say(line) for line in plan.said]
        lines.append(self.say(T("The history of both is kept with the record that stays.")))
        for line in lines:
            lay.addWidget(label("• " + _breakable(line), wrap=True))
        if plan.clashes:
            lay.addWidget(label(self.say(T("Where both say something else")), "groupTitle"))
            for clash in plan.clashes:
                lay.addWidget(label("≠ " + _breakable(self.say(clash)), wrap=True))
        return card


class _Scrolled(QScrollArea):
    """As wide as its place, scrolled only up and down."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


class _Deed(_Scrolled):
    """As high as its lines are, up to `set_most`; beyond that it scrolls by itself."""

    def __init__(self) -> None:
        super().__init__()
        self._most = 0

    def set_most(self, height: int) -> None:
        self._most = height
        self.fit()

    def fit(self) -> None:
        inside = self.widget()
        if inside is not None:
            inside.ensurePolished()
            self.setFixedHeight(min(inside.heightForWidth(self.viewport().width()), self._most))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class _Side(QWidget):
    """One of two values: a radio button, and beside it the value, as many lines as it needs."""

    def __init__(self, view: PairView, field: MergeField, side: str, words: str, name: str) -> None:
        super().__init__()
        self._view, self._key, self._side = view, field.key, side
        self.radio = QRadioButton()
        self.radio.setObjectName(f"{field.key}:{side}")
        self.radio.setAccessibleName(f"{name}: {words}")
        self.radio.setAutoExclusive(False)
        self.radio.setChecked(field.chosen == side)
        self.radio.clicked.connect(self._on_clicked)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(4)
        lay.addWidget(self.radio, 0, Qt.AlignmentFlag.AlignTop)
        lay.addWidget(label(_breakable(words), "" if field.chosen == side else "muted", wrap=True), 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._on_clicked()

    def _on_clicked(self) -> None:
        self._view.chosen.emit(self._key, self._side)


def _breakable(words: str) -> str:
    """A long e-mail may break after its signs, or it would be cut at the edge of the column."""
    for sign in "@.-_/":
        words = words.replace(sign, sign + "\u200b")
    return words

"""A suggestion of transport beside today's plan: what may drive, what it would cost, who stays behind and why."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from mama_desktop.domain.text import TN, T, Text
from mama_desktop.planning.proposal import Figures, Proposal
from mama_desktop.planning.transport import plan_in_child
from mama_desktop.services.transport import applying, proposing, proposing_words
from mama_desktop.services.transport.proposing import Asked, Offer, Wish
from mama_desktop.ui.labelled import ScrollColumn, group_heading, labelled
from mama_desktop.ui.page import Page
from mama_desktop.ui.segments import Segments
from mama_desktop.ui.widgets import EmptyPage, button, clear_layout, label

_WAYS = (("there", T("Outward")), ("back", T("Return")))
# Minutes nobody rides longer than; None: however long.
_RIDES: tuple[int | None, ...] = (60, 90, 120, 180, 240, 300, 480, None)
# So many times the direct drive; None: however long.
_DETOURS: tuple[float | None, ...] = (1.25, 1.5, 2.0, 3.0, None)

_KM = T("With the empty drive from where the vehicle stands and back there, if that place is known.")
# Pixels of a line, as in the tables.
_ROW = 28
# Of the question at the left, and of the words of one box in it: longer names are cut short, whole in the tooltip.
_LEFT, _BOX = 264, 216


class ProposalView(QWidget):
    """`set_event`, then `refresh`; a suggestion stays on the screen until the plan changes or another one is asked."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._event = page, ""
        self.answer: tuple[Asked, Proposal] | None = None
        self._left_out: set[str] = set()
        say = page.say
        self.ways = Segments([say(words) for _, words in _WAYS])
        self.ways.chosen.connect(self._on_way)
        self.ask_button = button(say(T("Suggest")), "route", self.ask, kind="primary")
        self.apply_button = button(say(T("Apply")), "check", self.apply)
        if page.db.read_only is not None:
            self.ask_button.hide()
            self.apply_button.hide()
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.ways)
        bar.addStretch(1)
        bar.addWidget(self.ask_button)
        bar.addWidget(self.apply_button)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(16)
        split.addWidget(self._question())
        split.addWidget(self._told())
        split.setStretchFactor(0, 0)
        split.setStretchFactor(1, 1)
        split.setSizes([_LEFT, 970 - _LEFT])
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        lay.addLayout(bar)
        lay.addWidget(split, 1)

    # What it is made of

    def _question(self) -> QWidget:
        say = self._page.say
        self.ride = _choices([self._minutes(m) for m in _RIDES], _RIDES.index(int(proposing.LONGEST_RIDE_MIN)))
        self.detour = _choices([self._times(f) for f in _DETOURS], _DETOURS.index(proposing.DETOUR_FACTOR))
        self.keep = QCheckBox(say(T("Who was put in by hand stays")))
        self.together = QCheckBox(say(T("Groups and families together")))
        for box in (self.keep, self.together):
            box.setChecked(True)
        self._offers = QVBoxLayout()
        self._offers.setSpacing(6)
        self._offers.setContentsMargins(0, 0, 0, 0)
        column = ScrollColumn(10)
        offers = QWidget()
        offers.setLayout(self._offers)
        for part in (
            labelled(say(T("Nobody rides longer than")), self.ride),
            labelled(say(T("Nor longer than the direct drive")), self.detour),
            self.keep,
            self.together,
            group_heading(say(T("What may drive"))),
            offers,
            label(say(T("Kilometres are estimated from places; type them over on a trip’s page.")), "muted", wrap=True),
        ):
            column.add(part)
        column.setMinimumWidth(_LEFT)
        return column

    def _told(self) -> QWidget:
        say = self._page.say
        self.empty = EmptyPage(
            "route", say(T("Choose what may drive and press “Suggest”. Nothing is changed until you apply it."))
        )
        self._figures = QGridLayout()
        self._figures.setHorizontalSpacing(14)
        self._figures.setVerticalSpacing(4)
        self.words = label("", wrap=True)
        self.trips = QTreeWidget()
        self.trips.setColumnCount(4)
        self.trips.setHeaderLabels([say(T("Vehicle and stops")), say(T("Hour")), say(T("People")), say(T("km"))])
        self.trips.setAccessibleName(say(T("The suggestion: vehicles with their stops, and who stays behind")))
        self.trips.setUniformRowHeights(True)
        heads = self.trips.headerItem()
        if heads is not None:
            heads.setToolTip(3, say(_KM))
            for column in (1, 2, 3):
                heads.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.trips.setColumnWidth(column, 78)
        self.trips.header().setStretchLastSection(False)
        self.trips.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.full = QWidget()
        inside = QVBoxLayout(self.full)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        figures = QHBoxLayout()
        figures.addLayout(self._figures)
        figures.addStretch(1)
        inside.addLayout(figures)
        inside.addWidget(self.words)
        inside.addWidget(self.trips, 1)
        both = QWidget()
        lay = QVBoxLayout(both)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(self.empty)
        lay.addWidget(self.full)
        return both

    # What the tab asks

    def set_event(self, event_id: str) -> None:
        if event_id != self._event:
            self._event, self.answer, self._left_out = event_id, None, set()

    def refresh(self) -> None:
        read = self._page.db.read
        if self.answer is not None:
            asked, _ = self.answer
            if read(proposing.fingerprint, self._event, asked.direction) != asked.fingerprint:
                self.answer = None
        self._show_offers(read(proposing.offers, self._event, self.way))
        self._show()

    @property
    def way(self) -> str:
        return _WAYS[self.ways.current][0]

    def wish(self) -> Wish:
        chosen = tuple(key for key, box in self._boxes.items() if box.isChecked())
        ride = _RIDES[self.ride.currentIndex()]
        return Wish(
            self.way, chosen, longest_ride_min=None if ride is None else float(ride),
            detour_factor=_DETOURS[self.detour.currentIndex()], keep_by_hand=self.keep.isChecked(),
            together=self.together.isChecked(),
        )  # fmt: skip

    # Asking and applying

    def ask(self) -> None:
        """Ask for a suggestion; it is worked out beside the window."""
        if not self._event or self._page.db.read_only is not None:
            return
        asked = self._page.db.read(proposing.ask, self._event, self.wish())
        self.ask_button.setEnabled(False)
        self._page.jobs.start(
            T("Transport is being planned"),
            partial(_work, asked),
            done=partial(self._on_answer, asked),
            failed=self._on_failed,
            cancelled=self._on_stopped,
        )

    def apply(self) -> None:
        """Write the suggestion, as one change."""
        if self.answer is None:
            return
        asked, proposal = self.answer
        people = proposal.figures.people
        words = TN("Suggested transport for {count} person", "Suggested transport for {count} people", people)
        if self._page.write(applying.apply, asked, proposal, label=words, tell=True) is not None:
            self.answer = None
            self.refresh()

    def _on_answer(self, asked: Asked, proposal: Proposal) -> None:
        self.ask_button.setEnabled(True)
        if asked.event_id == self._event and asked.direction == self.way:
            self.answer = (asked, proposal)
            self.refresh()

    def _on_failed(self, error: BaseException) -> None:
        self.ask_button.setEnabled(True)
        raise error

    def _on_stopped(self) -> None:
        self.ask_button.setEnabled(True)

    def _on_way(self, _place: int) -> None:
        self.answer = None
        if self._event:
            self.refresh()

    # Showing

    def _show_offers(self, offers: list[Offer]) -> None:
        clear_layout(self._offers)
        self._boxes: dict[str, QCheckBox] = {}
        for offer in offers:
            words = TN("{name} ({count} seat)", "{name} ({count} seats)", offer.seats, name=offer.name)
            said = self._page.say(words)
            box = QCheckBox(self.fontMetrics().elidedText(said, Qt.TextElideMode.ElideMiddle, _BOX))
            box.setToolTip(said)
            box.setAccessibleName(said)
            # A trip that is planned drives; a vehicle that merely stands there is asked for.
            box.setChecked(offer.key not in self._left_out)
            box.toggled.connect(partial(self._on_offer, offer.key))
            self._boxes[offer.key] = box
            self._offers.addWidget(box)
        if not offers:
            self._offers.addWidget(
                label(self._page.say(T("There is no vehicle in use. Add one under Transport.")), "muted", wrap=True)
            )
        self.ask_button.setEnabled(bool(offers))

    def _on_offer(self, key: str, chosen: bool) -> None:
        (self._left_out.discard if chosen else self._left_out.add)(key)

    def _show(self) -> None:
        self.full.setVisible(self.answer is not None)
        self.empty.setVisible(self.answer is None)
        self.apply_button.setEnabled(self.answer is not None and not self.answer[1].is_present)
        if self.answer is None:
            return
        asked, proposal = self.answer
        self._show_figures(proposal)
        self.words.setText(self._page.say(self._difference(proposal)))
        self._show_trips(asked, proposal)

    def _show_figures(self, proposal: Proposal) -> None:
        say = self._page.say
        clear_layout(self._figures)
        columns = (T("Seated"), T("Vehicles"), T("km"), T("min"), T("Empty seats"), T("Cost"))
        for place, words in enumerate(columns, 1):
            head = label(say(words), "muted")
            if words.message == "km":
                head.setToolTip(say(_KM))
            self._figures.addWidget(head, 0, place, Qt.AlignmentFlag.AlignRight)
        for row, (words, figures) in enumerate(((T("Now"), proposal.present), (T("Suggested"), proposal.figures)), 1):
            self._figures.addWidget(label(say(words)), row, 0)
            for place, value in enumerate(self._values(figures), 1):
                self._figures.addWidget(label(value), row, place, Qt.AlignmentFlag.AlignRight)

    def _values(self, figures: Figures) -> list[str]:
        speak = self._page.speak
        return [
            str(figures.people), str(figures.vehicles), speak.number(figures.km, 0), speak.number(figures.minutes, 0),
            str(figures.empty_seats), speak.money(Decimal(figures.cost_cents) / 100),
        ]  # fmt: skip

    def _difference(self, proposal: Proposal) -> Text:
        if proposal.is_present:
            return T("Nothing better than today’s plan was found; it stays as it is.")
        more = proposal.figures.people - proposal.present.people
        if more > 0:
            return TN("{count} more person would get a seat.", "{count} more people would get seats.", more)
        saved = proposal.present.km - proposal.figures.km
        km = self._page.speak.number(abs(saved), 0)
        return T("The same people would ride, {km} km less.", km=km) if saved > 0 else T("The same people would ride.")

    def _show_trips(self, asked: Asked, proposal: Proposal) -> None:
        say, speak = self._page.say, self._page.speak
        self.trips.clear()
        for trip in proposal.figures.trips:
            offer = asked.offer(trip.vehicle)
            seats = T("{people} of {seats}", people=trip.people, seats=offer.seats)
            node = QTreeWidgetItem([offer.name, "", say(seats), speak.number(trip.km, 0)])
            for place, at, people in proposing_words.stops(asked, trip):
                stop = QTreeWidgetItem([place, speak.time(at), str(len(people)) if people else "", ""])
                stop.setToolTip(0, ", ".join(people))
                for name in people:
                    stop.addChild(QTreeWidgetItem([name]))
                node.addChild(stop)
            self._add(node)
            node.setExpanded(True)
        behind = proposing_words.behind(asked, proposal)
        if behind:
            node = QTreeWidgetItem([say(T("Without a seat")), "", str(len(behind)), ""])
            for name, why in behind:
                line = QTreeWidgetItem([say(T("{name}: {why}", name=name, why=why))])
                line.setToolTip(0, line.text(0))
                node.addChild(line)
            self._add(node)
            node.setExpanded(True)

    def _add(self, node: QTreeWidgetItem) -> None:
        font = self.trips.font()
        font.setBold(True)
        node.setFont(0, font)
        rows = [node, *(child for n in range(node.childCount()) if (child := node.child(n)) is not None)]
        for row in rows:
            row.setSizeHint(0, QSize(0, _ROW))
            for column in (1, 2, 3):
                row.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.trips.addTopLevelItem(node)

    def _minutes(self, minutes: int | None) -> str:
        return self._page.say(
            T("however long")
            if minutes is None
            else T("{minutes} min", minutes=minutes)
            if minutes < 120
            else T("{hours} h", hours=minutes // 60)
        )

    def _times(self, factor: float | None) -> str:
        say = self._page.say
        return say(
            T("however long") if factor is None else T("{times} times as long", times=self._page.speak.number(factor))
        )


def _work(asked: Asked, report: Any) -> Proposal:
    return plan_in_child(asked.problem, report)


def _choices(words: list[str], chosen: int) -> QComboBox:
    box = QComboBox()
    box.addItems(words)
    box.setCurrentIndex(chosen)
    return box

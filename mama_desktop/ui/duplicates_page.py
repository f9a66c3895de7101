"""Pairs that look like one: side by side, decided with a key each: the same, different, later."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mama_desktop.domain.duplicates import Pair
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.rows import FieldInfo, Listing
from mama_desktop.domain.text import TC, TN, T, Text
from mama_desktop.i18n import Language
from mama_desktop.services import duplicates, merging
from mama_desktop.services.duplicates import Card, ToDecide
from mama_desktop.store.database import Database
from mama_desktop.ui.duplicates_known import remember_count
from mama_desktop.ui.jobs import Jobs, Report
from mama_desktop.ui.page import Page, Shell
from mama_desktop.ui.pair_view import PairView
from mama_desktop.ui.palette import Command
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.segments import Segments
from mama_desktop.ui.widgets import Chip, button, label

_NOUNS = {"person": T("People"), "organisation": T("Organisations")}
_LOOKING = {"person": T("Look for duplicates among people"), "organisation": T("Look for duplicates: organisations")}
_LIST_WIDTH, _NARROW_LIST, _NARROW = 328, 264, 1000
# Below this height the keys stand only in the tool tips.
_LOW = 560
_BAR = 16
_UNLIMITED = 16_777_215  # QWIDGETSIZE_MAX
_LIST = (
    FieldInfo("score", T("Score"), "number", width=64),
    FieldInfo("names", T("Pair"), width=244),
)
_NOTHING = {
    "person": T("No two people look like one. Look again after an import or when somebody was added."),
    "organisation": T("No two organisations look like one. Look again after an import or when one was added."),
}
_PLACES = {"person": "people", "organisation": "organisations"}
_KEYS = (
    (TC("key for the same", "S"), "decide_same"),
    (TC("key for different", "D"), "decide_different"),
    (TC("key for later", "L"), "decide_later"),
)


class DuplicatesPage(Page):
    """`view` is the noun: person or organisation. The pairs are looked for beside the window when it is first seen.

    Opened with "key,key" it begins with these two, whether they look alike or not, and goes back to their list.
    """

    kinds = frozenset({"person", "organisation", "registration", "pair_verdict", "merged", "attendance"})
    help_topic = "duplicates"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell)
        self._noun = "person"
        self._found: dict[str, list[Pair] | None] = {}
        self._looking: set[str] = set()
        self._waiting: list[ToDecide] = []
        say = self.say
        self.set_title(say(T("Duplicates")))
        self.set_about(
            say(T("Nothing is merged before you have seen what will happen, and every merge can be undone."))
        )
        self._again = self.add_button(say(T("Look again")), "rotate", self.look_again)
        self._which = Segments([say(words) for words in _NOUNS.values()])
        self._which.chosen.connect(self._on_noun)
        self.table = RowTable("duplicates", speak, shell.habits, today=db.clock.today, toolbar=False)
        self.table.set_read_only(True)
        self.table.view.setAccessibleName(say(T("Pairs that look like one")))
        self.table.selection_changed.connect(self._show_pair)
        self.table.first_step.connect(self.look_again)
        self._pair = PairView(speak)
        self._pair.chosen.connect(self._on_chosen)
        self._pair.turned.connect(self._on_turned)
        self._begin_with = ""
        self._asked: ToDecide | None = None
        self._decided: set[str] = set()
        self._listed: frozenset[str] = frozenset()
        self._choices: dict[str, str] = {}
        self._turned = False
        self._plan: merging.MergePlan | None = None
        self._build()

    def _build(self) -> None:
        say = self.say
        self._same = button(say(T("The same – merge")), "code-merge", self.decide_same, kind="primary")
        self._different = button(say(T("Different")), "xmark", self.decide_different)
        self._later = button(say(T("Later")), "clock", self.decide_later)
        answers = QHBoxLayout()
        answers.setSpacing(12)
        for made, (key, name) in zip((self._same, self._different, self._later), _KEYS, strict=True):
            made.setText(f"{made.text()}  ({say(key)})")
            made.setToolTip(say(T("Key {key}", key=key)))
            answers.addWidget(made)
            # While somebody types, a field takes its letters itself before any shortcut does.
            shortcut = QShortcut(QKeySequence(say(key)), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(getattr(self, name))
        answers.addStretch(1)
        same, different, later = (key for key, _ in _KEYS)
        keys = T(
            "Keys: {same} the same, {different} different, {later} later, ↑ ↓ the next pair",
            same=same, different=different, later=later,
        )  # fmt: skip
        self._hint = label(say(keys), "fieldHint", wrap=True)
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(12)
        right.addWidget(self._pair, 1)
        right.addLayout(answers)
        right.addWidget(self._hint)
        sides = QHBoxLayout()
        sides.setSpacing(16)
        sides.addWidget(self.table, 1)
        sides.addWidget(self._right, 2)
        body = QWidget()
        lay = QVBoxLayout(body)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(12)
        lay.addWidget(self._which, 0, Qt.AlignmentFlag.AlignLeft)
        lay.addLayout(sides, 1)
        self.set_body(body)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Beside the list stands its pair; without one the list has all the room."""
        has_pair = self._current() is not None
        width = _NARROW_LIST if self.width() < _NARROW else _LIST_WIDTH
        self.table.setMaximumWidth(width if has_pair else _UNLIMITED)
        self.table.setMinimumWidth(width)
        self.table.view.setColumnWidth(1, width - _LIST[0].width - _BAR)
        self._right.setVisible(has_pair)
        self._hint.setVisible(has_pair and self.height() >= _LOW)

    # What the frame asks

    def open(self, key: str, view: str) -> None:
        """key: one record of the pair to begin with, or two with a comma; view: person or organisation."""
        if view in _NOUNS:
            self._noun = view
        first, _, second = key.partition(",")
        self._asked = self.db.read(duplicates.chosen_pair, self._noun, first, second) if second else None
        if self._asked is not None:
            self.table.select([])
        self._begin_with = first or self._begin_with

    def refresh(self) -> None:
        noun = self._noun
        self.set_where((self.say(_NOUNS[noun]), _PLACES[noun]), (self.say(T("Duplicates")), ""))
        self._which.choose(tuple(_NOUNS).index(noun))
        if noun not in self._found and self._asked is None:
            self.look_again()
        self._list()

    def commands(self) -> list[Command]:
        return [Command(self.say(_LOOKING[noun]), partial(self.shell.go, "duplicates", "", noun)) for noun in _NOUNS]

    def selection_words(self) -> str:
        return self.say(TN("{count} pair to decide", "{count} pairs to decide", len(self._waiting)))

    # Looking for pairs

    def look_again(self) -> None:
        """Beside the window, with progress and cancel."""
        noun = self._noun
        if noun in self._looking:
            return
        self._looking.add(noun)
        self._found.setdefault(noun, None)
        db = self.db

        def look(report: Report) -> list[Pair]:
            cards: list[Card] = list(db.read(duplicates.CARDS[noun]))
            return duplicates.search(cards, report)

        self.jobs.start(
            _LOOKING[noun], look, done=partial(self.on_found, noun), failed=partial(self._on_failed, noun),
            cancelled=partial(self.on_found, noun, None),
        )  # fmt: skip
        self._list()

    def on_found(self, noun: str, pairs: list[Pair] | None) -> None:
        """The search ended; None when it was stopped."""
        self._looking.discard(noun)
        if pairs is not None:
            self._found[noun] = pairs
        if noun == self._noun:
            self._list()

    def _on_failed(self, noun: str, error: BaseException) -> None:
        self.on_found(noun, None)
        if not isinstance(error, OfficeError):
            raise error
        self.shell.show_error(error)

    def _list(self) -> None:
        found = self._found.get(self._noun)
        chosen = self.table.selected_keys()
        place = self._place()
        self._waiting = self.db.read(duplicates.to_decide, self._noun, found or [])
        if self._asked is not None:
            pair = self._asked.pair
            both = {pair.first, pair.second}
            known = [one for one in self._waiting if {one.pair.first, one.pair.second} == both]
            others = [one for one in self._waiting if one not in known]
            self._waiting = [*(known or [self._asked]), *others]
        self._again.setEnabled(self._noun not in self._looking)
        self._say_state(found is not None)
        rows = tuple((one.pair.score or None, self._names(one)) for one in self._waiting)
        keys = tuple(_key(one.pair) for one in self._waiting)
        self.table.set_listing(Listing(_LIST, keys, rows))
        if found is not None:
            remember_count(self.shell.habits, self.db, self._noun, len(self._waiting))
        # What was decided and stands here again was undone: the eye is on it.
        undone = next((key for key in keys if key in self._decided and key not in self._listed), "")
        self._listed = frozenset(keys)
        wished = undone or next((key for key in keys if self._begin_with and self._begin_with in key.split("-")), "")
        if wished:
            self._begin_with = ""
            self.table.select([wished])
        elif keys:
            self.table.select([chosen[0] if chosen and chosen[0] in keys else keys[min(place, len(keys) - 1)]])
        self._show_pair()
        self.shell.say_selection(self.selection_words())

    def _names(self, one: ToDecide) -> str:
        words = f"{one.first or '—'}\u2002=\u2002{one.second or '—'}"
        return f"{words}\u2002· {self.say(T('later'))}" if one.is_later else words

    def _say_state(self, is_known: bool) -> None:
        say = self.say
        if self._noun in self._looking:
            self.table.set_empty("magnifying-glass", say(T("Looking for pairs … This may take a minute.")))
        elif is_known:
            self.table.set_empty("circle-check", say(_NOTHING[self._noun]), say(T("Look again")))
        else:
            self.table.set_empty("magnifying-glass", say(T("The search was stopped.")), say(T("Look again")))
        sure = sum(one.pair.is_same for one in self._waiting)
        later = sum(one.is_later for one in self._waiting)
        chips = []
        if self._waiting:
            chips.append(Chip(say(TN("{count} pair to decide", "{count} pairs to decide", len(self._waiting))), "wait"))
            chips.append(Chip(say(T("very likely the same: {count}", count=sure)), "ok"))
        if later:
            chips.append(Chip(say(T("put off: {count}", count=later))))
        self.set_chips(chips)

    # The pair that is shown

    def _place(self) -> int:
        chosen = self.table.selected_keys()
        keys = [_key(one.pair) for one in self._waiting]
        return keys.index(chosen[0]) if chosen and chosen[0] in keys else 0

    def _current(self) -> ToDecide | None:
        chosen = self.table.selected_keys()
        return next((one for one in self._waiting if chosen and _key(one.pair) == chosen[0]), None)

    def _show_pair(self) -> None:
        one = self._current()
        pair = one.pair if one is not None else None
        self._choices = {}
        self._turned = pair is not None and self.db.read(
            merging.second_stays_rather, self._noun, pair.first, pair.second
        )
        self._plan_again()

    def _plan_again(self) -> None:
        one = self._current()
        self._plan = None
        may_decide = one is not None and self.db.read_only is None
        for made in (self._same, self._different, self._later):
            made.setEnabled(may_decide)
        self._share_room()
        if one is None:
            return
        keep, gone = (one.pair.second, one.pair.first) if self._turned else (one.pair.first, one.pair.second)
        self._plan = self.db.read(merging.plan_merge, self._noun, keep, gone, self._choices)
        self._same.setEnabled(may_decide and self._plan.refusal is None)
        self._pair.show_pair(one.pair, self._plan)

    def _on_chosen(self, field: str, side: str) -> None:
        # The last choice stands last: of two names it decides for both.
        self._choices.pop(field, None)
        self._choices[field] = side
        self._plan_again()

    def _on_turned(self) -> None:
        self._turned = not self._turned
        self._choices = {key: "gone" if side == "keep" else "keep" for key, side in self._choices.items()}
        self._plan_again()

    def _on_noun(self, place: int) -> None:
        noun = tuple(_NOUNS)[place]
        if noun != self._noun:
            self._noun = noun
            self.refresh()

    # Deciding

    def decide_same(self) -> None:
        """Merge as shown."""
        one = self._current()
        if one is None or self._plan is None or self._plan.refusal is not None or self.db.read_only is not None:
            return
        words = T("Merge: {first} and {second}", first=one.first, second=one.second)
        now, who = self.db.clock.now(), self.db.actor.who
        kept, asked, self._asked = self._plan.keep, self._asked, None
        self._decided.add(_key(one.pair))
        done = self.write(merging.carry_out, self._plan, now=now, who=who, label=words, tell=True)
        self._go_on(asked, one, kept if done is not None else "")

    def decide_different(self) -> None:
        """They are two; the pair does not come again."""
        if one := self._current():
            self._decide(one, "different", T("Not the same: {first} and {second}", first=one.first, second=one.second))

    def decide_later(self) -> None:
        """The pair goes to the end."""
        if one := self._current():
            self._decide(one, "later", T("Decide later: {first} and {second}", first=one.first, second=one.second))

    def _decide(self, one: ToDecide, verdict: str, words: Text) -> None:
        if self.db.read_only is not None:
            return
        asked, self._asked = self._asked, None
        if verdict == "different":
            self._decided.add(_key(one.pair))
        done = self.write(
            duplicates.decide, self._noun, one.pair.first, one.pair.second, verdict, now=self.db.clock.now(),
            who=self.db.actor.who, label=words, tell=True,
        )  # fmt: skip
        self._go_on(asked, one, one.pair.first if done is not None else "")

    def _go_on(self, asked: ToDecide | None, one: ToDecide, key: str) -> None:
        """After two who were chosen in their list, back to it, with `key` chosen ("": nothing was written)."""
        if asked is None or {asked.pair.first, asked.pair.second} != {one.pair.first, one.pair.second}:
            self._asked = asked
        elif key:
            self.shell.go(_PLACES[self._noun], key)
        else:
            self._asked = asked
            self.refresh()


def _key(pair: Pair) -> str:
    return f"{pair.first}-{pair.second}"

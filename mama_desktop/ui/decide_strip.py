"""The quiet strip below the table: who the chosen people are, against the places there are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from mama_desktop.domain.capacity import Exceeded
from mama_desktop.domain.text import TN, T
from mama_desktop.i18n import Language
from mama_desktop.services.deciding import Strip, Tally
from mama_desktop.ui.icons import icon
from mama_desktop.ui.widgets import Elided, Flow, label

_SHOWN = 3
_LONGEST = 28


class DecideStrip(QFrame):
    """`show_strip(strip)`; hidden for None. It stands below, so that no row moves under the mouse while one chooses."""

    def __init__(self, speak: Language) -> None:
        super().__init__()
        self.setObjectName("card")
        self._speak, self._is_low, self._is_one = speak, False, False
        say = speak.say
        self.sum = label("", "cardTitle")
        self.sign = QLabel()
        self.sign.setPixmap(icon("triangle-exclamation", "wait").pixmap(14, 14))
        self.over = Elided("", "warning")
        self._facts = {
            "organisations": _Fact(say(T("Organisations"))),
            "countries": _Fact(say(T("Countries"))),
            "regions": _Fact(say(T("Regions"))),
            "genders": _Fact(say(T("Gender"))),
            "ages": _Fact(say(T("Age"))),
            "returning": _Fact(say(T("At our events"))),
        }
        self._all = facts = QWidget()
        flow = Flow(20, 4)
        facts.setLayout(flow)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        facts.setSizePolicy(policy)
        flow.add(list(self._facts.values()))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.sum)
        head.addSpacing(8)
        head.addWidget(self.sign)
        head.addWidget(self.over, 1)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(12, 8, 12, 8)
        lay.setSpacing(4)
        lay.addLayout(head)
        lay.addWidget(facts)
        self.hide()

    def set_low(self, low: bool) -> None:
        """Only the first line; the rest is in its tool tip."""
        self._is_low = low
        self._all.setVisible(not low and not self._is_one)

    def show_strip(self, strip: Strip | None) -> None:
        alone = strip is not None and strip.chosen == 1 and not (strip.coming and over_lines(strip, self._speak))
        if strip is None or not strip.chosen or alone:
            # Of one person only what they would exceed is worth a line.
            self.hide()
            return
        self._is_one = strip.chosen == 1
        self._all.setVisible(not self._is_low and not self._is_one)
        self.sum.setText(sum_words(strip, self._speak))
        over = over_lines(strip, self._speak)
        self.over.setText("  ·  ".join(over))
        self.sign.setVisible(bool(over))
        for key, fact in self._facts.items():
            fact.show_tallies(getattr(strip, key), self._speak)
        self.setToolTip("\n".join(fact.said for fact in self._facts.values() if fact.said))
        self.setAccessibleName(self.sum.text())
        self.setAccessibleDescription(self.over.text())
        self.show()


class _Fact(QWidget):
    """A muted word and the counts behind it; what has no room is in the tool tip."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._name, self._words, self.said = words, label(""), ""
        name = label(words, "muted")
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(6)
        lay.addWidget(name)
        lay.addWidget(self._words)

    def show_tallies(self, tallies: Sequence[Tally], speak: Language) -> None:
        said = [_said(tally, speak) for tally in tallies]
        more = len(said) - _SHOWN
        shown = said if more <= 1 else [*said[:_SHOWN], speak.say(T("{number} more", number=more))]
        self._words.setText(", ".join(shown))
        self.setToolTip("\n".join(said) if more > 1 or any("…" in one for one in said) else "")
        self.said = f"{self._name}: {', '.join(said)}" if said else ""
        self.setVisible(bool(said))
        self.updateGeometry()


def sum_words(strip: Strip, speak: Language) -> str:
    """ "52 accepted + 9 chosen = 61 / 60"; without newcomers among the chosen only how many are chosen.

    Where all fit, also how many places are left then.
    """
    if not strip.coming:
        words = TN("{count} chosen; all take a place already", "{count} chosen; all take a place already", strip.chosen)
        said = speak.say(words) + f": {strip.now}"
    else:
        capacity = "" if strip.capacity is None else f" / {speak.number(strip.capacity)}"
        sum_ = T(
            "{accepted} accepted + {coming} chosen = {now}", accepted=speak.number(strip.accepted),
            coming=speak.number(strip.coming), now=speak.number(strip.would_be) + capacity,
        )  # fmt: skip
        said = speak.say(sum_)
    if strip.free:
        said += ", " + speak.say(TN("{count} place left", "{count} places left", strip.free))
    return said


def over_lines(strip: Strip, speak: Language) -> list[str]:
    """What the group would exceed, each in words; and parties of which only some are chosen."""
    said = []
    if strip.is_over:
        # So many have to be taken back from what is chosen; the number falls as they are.
        said.append(speak.say(TN("still {count} too many", "still {count} too many", strip.too_many)))
    said += [_exceeded(one, speak) for one in (*strip.quotas, *strip.options)]
    said += [speak.say(T("only a part of the group “{name}” is chosen", name=name)) for name in strip.split_parties[:3]]
    return said


def _exceeded(one: Exceeded, speak: Language) -> str:
    name = speak.say(one.name) if one.name is not None else one.value
    many = speak.say(TN("still {count} too many", "still {count} too many", one.taken - one.places))
    return f"{name} {one.now}: {many}"


def _said(tally: Tally, speak: Language) -> str:
    words = speak.say(tally.label) or "—"
    return f"{words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + '…'} {speak.number(tally.chosen)}"

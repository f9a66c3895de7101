"""Questions a write may raise: over capacity, or a party that would be split. Each is asked once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from mama_desktop.domain.capacity import Exceeded
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import TN, T, Text, verbatim
from mama_desktop.services import counting, deciding, editing
from mama_desktop.services.deciding import Fits, OverCapacity, SplitParty
from mama_desktop.ui import dialogs

if TYPE_CHECKING:
    from mama_desktop.ui.page import Page


def write(
    page: Page, use_case: Callable[..., Any], *args: Any, label: Any, tell: bool = False, parent: QWidget | None = None,
    fits: Callable[..., Fits] | None = None, **kwargs: Any,
) -> Any:  # fmt: skip
    """As `page.write`, for a use case that takes `over_capacity` and `whole_parties`: asks, then writes on purpose.

    fits: reads who would have a place, for a use case that takes `as_many_as_fit`: offered beside going over capacity.
    None when nothing was written. What is exceeded on purpose stands in the label, so in the history.
    """
    wanted: dict[str, Any] = {}
    over: tuple[Exceeded, ...] = ()
    while True:
        said = partial(_label, label, over)
        try:
            done = page.db.write(use_case, *args, label=said, **kwargs, **wanted)
        except (OverCapacity, SplitParty) as error:
            share = None
            if fits is not None and isinstance(error, OverCapacity):
                share = page.db.read(fits, whole_parties=wanted.get("whole_parties"))
            answer = ask(parent or page, page, error, share)
            if answer is None or answer.keys() <= wanted.keys():
                page.refresh()
                return None
            wanted |= answer
            over = error.exceeded if "over_capacity" in answer and isinstance(error, OverCapacity) else over
            continue
        except OfficeError as error:
            page.shell.show_error(error)
            page.refresh()
            return None
        if tell or over:
            page.shell.notice_done(said(done))
        return done


def change_cells(
    page: Page, noun: str, fields: Sequence[FieldInfo], keys: Sequence[str], field_key: str, value: Any, *, tell: bool
) -> Any:
    """Give a field of these records of a table a value; History says which field, and of how many."""
    said = next(info.label for info in fields if info.key == field_key)
    words = (
        T("Change: {field}", field=said)
        if len(keys) == 1
        else TN("Change of {field} in {count} row", "Change of {field} in {count} rows", len(keys), field=said)
    )
    now = page.db.clock.now()
    return write(page, editing.change, noun, keys, field_key, value, now=now, label=words, tell=tell)


def ask(
    parent: QWidget, page: Page, error: OverCapacity | SplitParty, fits: Fits | None = None
) -> dict[str, Any] | None:
    """What the use case is called with once more; None when the office leaves it."""
    if isinstance(error, OverCapacity):
        answer = _asked_over(parent, page, error, fits)
        return None if answer is None else {"as_many_as_fit" if answer else "over_capacity": True}
    whole = ask_split(parent, page, error)
    return None if whole is None else {"whole_parties": whole}


def ask_over(parent: QWidget, page: Page, error: OverCapacity) -> bool:
    """The one question before more are accepted than there are places for."""
    return _asked_over(parent, page, error, None) is not None


def _asked_over(parent: QWidget, page: Page, error: OverCapacity, fits: Fits | None) -> int | None:
    """0: over capacity; 1: as many as fit, who that is stands in the question; None: neither."""
    exceeded = page.db.read(counting.with_names, error.exceeded, language=page.speak.code)
    first = exceeded[0]
    number = {"capacity": first.places, "number": first.taken}
    question = (
        T("There are {capacity} places; with these it would be {number}. Accept all the same?", **number)
        if first.kind == "event"
        else T("{name}: there are {capacity} places; with these it would be {number}. Accept all the same?",
               name=first.name or verbatim(first.value), **number)
    )  # fmt: skip
    details = [T("{name}: {now}", name=one.name or verbatim(one.value), now=one.now) for one in exceeded]
    details = details if len(details) > 1 else []
    more: Text = T("This stays in the history. Beds and seats cannot be exceeded.")
    answers: list[Text] = [T("Accept over capacity")]
    if fits is not None and fits.waiting:
        answers.append(_fits_words(fits))
        details += _who_fits(fits)
        if fits.coming_names:
            order = T(
                "As many as fit: whoever waits already comes first, then in the order of applications; groups stay "
                "whole."
            )
            more = T("{one} {two}", one=more, two=order)
    return dialogs.ask(parent, page.speak, question, *answers, more=more, details=details, dangerous=True)


def _fits_words(fits: Fits) -> Text:
    count = len(fits.coming_names)
    if not count:
        return T("All on the waiting list")
    return T("Accept {coming}, {waiting} on the waiting list", coming=count, waiting=len(fits.waiting))


def _who_fits(fits: Fits) -> list[Text]:
    """A name a line, in the order in which places are given."""
    lines: list[Text] = []
    for heading, names in (
        (T("There is a place for:"), fits.coming_names),
        (T("For the waiting list:"), fits.waiting_names),
    ):
        if names:
            lines += [heading, *(verbatim(f"    {number}. {name}") for number, name in enumerate(names, 1))]
    return lines


def ask_split(parent: QWidget, page: Page, error: SplitParty) -> bool | None:
    """Whether the whole party comes (True) or only who was chosen (False); None for neither."""
    question = T("The group “{name}” waits together. Accept the whole group?", name=", ".join(error.parties))
    count = len(error.keys)
    whole = TN("Accept all {count}", "Accept all {count}", count)
    more: Text = T("Whoever is not chosen stays on the waiting list.")
    over = page.db.read(deciding.over_with, error.keys)
    if over is not None and over.kind == "event":
        # What the next question will say belongs to this choice already.
        number = {"capacity": over.places, "number": over.taken}
        full = T("There are {capacity} places; with the whole group it would be {number}.", **number)
        more = T("{one} {two}", one=full, two=more)
    answer = dialogs.ask(parent, page.speak, question, whole, T("Only those chosen"), more=more)
    return None if answer is None else answer == 0


def known_one(page: Page, parent: QWidget | None, known: Sequence[tuple[str, str]]) -> str | None:
    """Of people of a name (`people.named`) the key of who is meant, "" for another person, None when it was left."""
    if len(known) == 1:
        question = T("Somebody of this name is known already: {name}. Register the known one?", name=known[0][1])
        answer = dialogs.ask(parent, page.speak, question, T("Register the known one"), T("Another person"))
        return None if answer is None else known[0][0] if answer == 0 else ""
    question = TN(
        "{count} people of this name are known already. Register one of them?",
        "{count} people of this name are known already. Register one of them?", len(known),
    )  # fmt: skip
    place = dialogs.choose(
        parent, page.speak, question, [*(words for _, words in known), page.say(T("Another person"))]
    )
    return None if place is None else known[place][0] if place < len(known) else ""


def _label(label: Any, over: tuple[Exceeded, ...], done: Any = None) -> Text:
    if callable(label):
        words: Text = label(done)
        return words
    return deciding.over_words(label, over)

"""The note of changes since a list went out: as a paper, as words, and as a mail with the list as it is now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import TC, T, Text, fold, verbatim
from mama_desktop.i18n import Language
from mama_desktop.services import kept_states, papers_about
from mama_desktop.services.kept_lists import Change, Changes
from mama_desktop.services.kept_states import KEPT, OUT_OF_DATE, KeptInfo
from mama_desktop.services.paper import Paper
from mama_desktop.services.papers_about import About
from mama_desktop.services.papers_words import main_code, tongue, words
from mama_desktop.sheets.files import safe_filename
from mama_desktop.sheets.sheet import Book, Column, Fact, Group, Row, Sheet, Words

NOTE = "note-of-changes"
NOTE_TITLE = T("Note of changes")
_HOW: dict[str, Text] = {
    "added": T("added"),
    "removed": T("removed"),
    "changed": T("changed"),
    "moved": T("in another order"),
}


def make_note(
    session: Session, event_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    """A page for each list that is out of date. options: list (the code of one kept list).

    The words of a note are in the language of its list. Raises OfficeError when nothing has changed.
    """
    del language, who
    wanted = fold(str(options.get("list") or "")).replace("mama:", "")
    found = [
        one
        for one in kept_states.kept_of_event(session, event_id)
        if (fold(one.code) == wanted if wanted else one.state == OUT_OF_DATE)
    ]
    if wanted and found:
        # One that a later one replaced is compared all the same, when it is asked for.
        found = [kept_states.kept_list(session, found[0].id)]
    found = [one for one in found if one.changes]
    if not found:
        raise OfficeError(
            T("Nothing has changed since the lists were made."),
            safe=T("Nothing was printed."),
            todo=T("What was sent still holds."),
        )
    known = papers_about.about(session, event_id)
    sheets = tuple(note_sheet(known, one, now) for one in found)
    title = tongue(found[0].language).say(NOTE_TITLE).lower()
    of_one = f", {found[0].title}" if len(found) == 1 else ""
    return Paper(Book(sheets), safe_filename(f"{known.event.code} {title}{of_one}".replace(" · ", ", "), ""))


def note_sheet(known: About, one: KeptInfo, now: dt.datetime) -> Sheet:
    """What came, went and became different since one list, by passengers, stops and the trip."""
    paper, speak = one.language, tongue(one.language)
    columns = (
        Column("how", words(TC("heading", "Change"), paper), "text", 27),
        Column("name", words(T("Who or what"), paper), "text", 41),
        Column("what", words(T("Detail"), paper), "text", 31),
        Column("before", words(T("Before"), paper), "text", 40),
        Column("now", words(T("Now"), paper), "text", 40),
    )
    groups = tuple(
        Group(tuple(_row(change, speak) for change in one.changes.found if change.kind == kind), Words(kind))
        for kind in dict.fromkeys(change.kind for change in one.changes.found)
    )
    title = speak.say(KEPT[one.document].title)
    issued = speak.say(T("{code}, issue {number}", code=one.code, number=one.number))
    facts = [
        Fact(words(T("List"), paper), ", ".join(part for part in (title, one.title) if part), strong=True),
        papers_about.event_fact(known, paper),
        Fact(words(T("Issue"), paper), issued),
        Fact(words(T("Made on"), paper), speak.date_time(one.made_at)),
    ]
    if one.sent_at:
        facts.append(Fact(words(T("Sent to"), paper), f"{one.sent_to}, {speak.date_time(one.sent_at)}"))
    facts.append(Fact(words(T("Changes until"), paper), speak.date_time(now), strong=True))
    return Sheet(
        key=NOTE, title=words(NOTE_TITLE, paper), columns=columns, groups=groups, language=main_code(paper),
        facts=tuple(facts), statement=(speak.say(summary(one.changes)),), orientation="portrait",
        tab=one.title or title, footer_left=f"{known.event.code} · {one.code}", author=known.organiser_sl,
        page_word=papers_about.page_word(paper), created=now,
    )  # fmt: skip


def summary(changes: Changes) -> Text:
    """ "+ 2, – 1, spremenjeno: 3": how many lines came, went, and became different."""
    added, removed = changes.count("added"), changes.count("removed")
    other = changes.count("changed", "moved")
    if other:
        return T("+ {added}, – {removed}, changed: {other}", added=added, removed=removed, other=other)
    return T("+ {added}, – {removed}", added=added, removed=removed)


def lines(changes: Changes, speak: Language) -> list[str]:
    """Each change on a line, below what it is of: "Potniki:", "+ Ana Novak (Celje)", "Celje, Čas: 8.00 → 8.15"."""
    said = []
    for kind in dict.fromkeys(one.kind for one in changes.found):
        said.append(f"{kind}:")
        said += [_line(one, speak) for one in changes.found if one.kind == kind]
    return said


def _line(one: Change, speak: Language) -> str:
    if one.how in ("added", "removed"):
        mark, said = ("+", one.after) if one.how == "added" else ("–", one.before)
        return f"{mark} {one.name} ({said})" if said else f"{mark} {one.name}"
    if one.how == "moved":
        return f"{one.name}: {speak.say(_moved(one))}"
    what = f"{one.name}, {one.column}" if one.column else one.name
    return f"{what}: {one.before or '—'} → {one.after or '—'}"


def _moved(one: Change) -> Text:
    return T("now after {name}", name=one.after) if one.after else T("now first")


def _row(one: Change, speak: Language) -> Row:
    how = speak.say(_HOW[one.how])
    if one.how == "moved":
        return (how, one.name, "", "", speak.say(_moved(one)))
    return (how, one.name, one.column, one.before, one.after)


def mail_words(one: KeptInfo, event: str, speak: Language) -> Sequence[str]:
    """Subject and text of the mail that goes with the note."""
    title = ", ".join(part for part in (speak.say(KEPT[one.document].title), one.title) if part)
    when = one.sent_at or one.made_at
    told = [
        speak.say(T("Hello,")),
        speak.say(
            T("since the list “{list}” of {when} for “{event}” the following has changed:", list=title, when=when,
              event=event)
        ),
        "\n".join(lines(one.changes, speak)),
        speak.say(T("The list as it is now is enclosed. Please use only this one from now on.")),
        speak.say(T("Kind regards")),
    ]  # fmt: skip
    return speak.say(T("Changes: {list}", list=verbatim(title))), "\n\n".join(told)

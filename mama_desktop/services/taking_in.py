"""Taking in a file's registrations: the one write that follows the preview, undoable as one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop import i18n
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T, Text, verbatim
from mama_desktop.intake.tables import collector_at_rest
from mama_desktop.services import form_extras, import_parties, source_rows
from mama_desktop.services.comparing import compare
from mama_desktop.services.comparison import (
    GROUPS,
    LEAVE_OUT,
    NEW,
    TAKE,
    Change,
    Comparison,
    Decisions,
    Option,
    Row,
    Taken,
    Withdrawal,
)
from mama_desktop.services.known_people import Organisations
from mama_desktop.services.registering import line_up
from mama_desktop.services.source_rows import Remembering
from mama_desktop.services.withdrawing import cancel, follow_the_form, joined, keys_to_tell, notes_of
from mama_desktop.services.writing_rows import Writing, changed_meanwhile

__all__ = (
    "GROUPS", "LEAVE_OUT", "NEW", "TAKE", "Change", "Comparison", "Decisions", "Option", "Row", "Taken", "Withdrawal",
    "compare", "take_in",
)  # fmt: skip


def take_in(
    session: Session,
    comparison: Comparison,
    decisions: Decisions | None = None,
    *,
    source: str = "",
    files: Mapping[int, str] | None = None,
    now: dt.datetime,
    language: str = "sl",
    over_capacity: bool = False,
) -> Taken:
    """Store what the preview showed, as decided: the good rows, whatever becomes of the others.

    source: the name of the file, kept with each new registration in words of `language`; files: line → where it stood,
    for a folder of many files. over_capacity: accepting may exceed the places, on purpose; without it OverCapacity is
    raised. Raises OfficeError when the registrations have changed since the preview was made. An EMŠO is never stored,
    wherever in the file it stood.
    """
    with collector_at_rest():
        return _take_in(
            session,
            comparison,
            decisions or Decisions(),
            source,
            files or {},
            now,
            language,
            over_capacity=over_capacity,
        )


def _take_in(
    session: Session,
    comparison: Comparison,
    decisions: Decisions,
    source: str,
    files: Mapping[int, str],
    now: dt.datetime,
    language: str,
    *,
    over_capacity: bool,
) -> Taken:
    _refuse_when_changed(session, comparison)
    parties = import_parties.resolved(comparison, decisions)
    decisions = parties.decisions
    decided = {row.line: decisions.of(row) for row in comparison.rows}
    last = {key: line for line, key in decided.items() if key not in (None, NEW, LEAVE_OUT)}
    work = Writing(session, comparison.event_id, now, Organisations(session))
    past = source_rows.past(session, comparison.event_id, comparison.form)
    form = Remembering(comparison.event_id, comparison.form, source, now, past)
    from_file = i18n.language(language).say(T("{file}, row {row}", file=source, row="\0"))
    unchanged, changed, skipped = 0, 0, []
    for row in comparison.rows:
        key = decided[row.line]
        line = files.get(row.line) or (from_file.replace("\0", str(row.line)) if source else "")
        registration, open_fields = "", {}
        if row.source is None or key in (None, LEAVE_OUT) or last.get(key, row.line) != row.line:
            skipped.append(row.line)
            if row.source is not None and decisions.people.get(row.line) == LEAVE_OUT and not row.blocked:
                form.keep(row.source, row.said, None, left_out=True)
            continue
        if key == NEW:
            registration = work.register(row.source, work.add_person(row.source), line)
        else:
            option = next(o for o in (row.person, *row.options) if o is not None and o.person_id == key)
            accepted = decisions.accepted(row.line, option.changes)
            registration = option.registration_id or ""
            open_fields = {c.field: c.said_before for c in decisions.undecided(row.line, option.changes)}
            if not registration:
                work.change(option, accepted, row.source)
                registration = work.register(row.source, option.person_id, line, option.organisation_id)
            elif accepted:
                work.change(option, accepted, row.source)
                changed += 1
            else:
                unchanged += 1
        form.keep(row.source, row.said, registration, open_fields=open_fields)
    work.write()
    form_extras.settle(session, comparison.event_id, now=now)
    notes = line_up(session, comparison.event_id, [str(r["id"]) for r in work.registrations], now=now)
    # Whoever withdraws first frees a place for whom the list accepts.
    cancelled = [w for w in comparison.withdrawn if decisions.cancels(w)]
    done = cancel(session, cancelled, now=now, language=language)
    followed, over = follow_the_form(
        session, comparison.event_id, work.steps, now=now, together=parties.together, apart=parties.apart,
        over_capacity=over_capacity,
    )  # fmt: skip
    freed = [*notes_of([*done, *followed]), *_not_split(parties.left)]
    is_only_part = comparison.partial and not decisions.whole
    for withdrawal in comparison.withdrawn:
        if withdrawal.said is not None and (not is_only_part or decisions.cancels(withdrawal)):
            form.gone(withdrawal.said)
    if comparison.form:
        form.write(session)
    return Taken(
        len(work.registrations), changed + len(parties.together), unchanged, tuple(skipped), len(work.people),
        len(work.new_organisations), len(cancelled), (*notes, *freed), over, bool(freed),
        keys_to_tell([*done, *followed]), tuple(str(r["id"]) for r in work.registrations),
    )  # fmt: skip


def _not_split(names: Sequence[str]) -> list[Text]:
    """Whom the file accepts without the others of their group."""
    if not names:
        return []
    return [T("Still waiting, because their group would be split: {names}.", names=joined(list(map(verbatim, names))))]


def _refuse_when_changed(session: Session, comparison: Comparison) -> None:
    if session.get(Event, comparison.event_id) is None:
        raise OfficeError(T("This event was deleted meanwhile."), safe=T("Nothing was taken in."))
    there = select(func.count()).where(Registration.event_id == comparison.event_id)
    if session.scalar(there) != comparison.registered:
        raise changed_meanwhile()

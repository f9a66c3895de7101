"""A file against the workspace before anything is written: every row in exactly one group."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from mama_desktop.domain.people import email_key, name_key
from mama_desktop.domain.registrations import STATUSES
from mama_desktop.domain.text import T
from mama_desktop.intake.candidates import Candidate, Candidates, Skipped
from mama_desktop.intake.tables import collector_at_rest
from mama_desktop.services import import_parties, known_people, source_rows
from mama_desktop.services.column_mapping import SHORT_ID
from mama_desktop.services.comparison import Comparison, Option, Row
from mama_desktop.services.differences import STATUSES_TAKEN, changes
from mama_desktop.services.identities import Identities
from mama_desktop.services.known_people import Known, Organisations, Registered, traits_of
from mama_desktop.services.matching import (
    OTHER,
    SAME,
    Evidence,
    Traits,
    Verdict,
    born_between,
    choose,
    evidence,
    phone_key,
    reasons,
    verdict,
)
from mama_desktop.services.row_by_row import Asked, find_repeated, point_out_typing_errors, separate_the_claimed
from mama_desktop.services.source_rows import Past, Said
from mama_desktop.services.understood_rows import longer_than_kept, problems_in, understood
from mama_desktop.services.withdrawing import withdrawn

LEFT_OUT = T("You left this row out when the form was read before.")
REMOVED = T("You removed this registration after the form was read.")


@dataclass(frozen=True)
class _Workspace:
    """What the rows are compared with."""

    organisations: Organisations
    registered: dict[str, Registered]
    named: dict[str, list[Known]]
    past: Past
    asked: frozenset[str]
    is_own: bool
    _traits: dict[str, Traits] = field(default_factory=dict)

    def traits(self, person: Known) -> Traits:
        """What is compared of a person; every row of that name asks for it."""
        found = self._traits.get(person.id)
        if found is None:
            found = self._traits[person.id] = traits_of(person, self.registered.get(person.id))
        return found

    def option(self, row: Asked, person: Known, found: Evidence, how_alike: str = "") -> Option:
        ours = self.registered.get(person.id)
        detail = (self.organisations.name_of(person.organisation_id), person.email, person.town)
        made = changes(
            row.values, row.answers, person, ours, traits=row.traits, organisations=self.organisations,
            said=row.said, asked=self.asked, corrected=bool(row.identified) or (self.is_own and ours is not None),
        )  # fmt: skip
        return Option(
            person.id,
            ours.id if ours else None,
            person.name,
            " · ".join(filter(None, detail)),
            reasons(found, how_alike),
            made,
            person.organisation_id,
        )


def compare(
    session: Session,
    event_id: str,
    candidates: Candidates | Sequence[Candidate],
    *,
    today: dt.date,
    form: str = "",
    is_own: bool = False,
    notices_gone: bool = True,
) -> Comparison:
    """Put every row of the file into its group: new, registered, possible, repeated, problem, skipped, withdrawn.

    Nothing is written. today: the day on which a stated age is true where the row does not say when it was sent.
    form: the fingerprint under which the form is remembered, for a three-way comparison with what it said the last
    time and to notice who has withdrawn. is_own: a list of the program's own, whose differences are meant.
    notices_gone: whether somebody whom the file lacks may have withdrawn (not so of a list pasted in bits).
    """
    with collector_at_rest():
        read = candidates if isinstance(candidates, Candidates) else Candidates(tuple(candidates))
        return _compare(session, event_id, read, today, form, is_own=is_own, notices_gone=notices_gone)


def _compare(
    session: Session,
    event_id: str,
    read: Candidates,
    today: dt.date,
    form: str,
    *,
    is_own: bool,
    notices_gone: bool,
) -> Comparison:
    organisations = Organisations(session)
    sources = [*read.rows, *(repeat.candidate for repeat in read.repeated)]
    asked = [_understood(source, organisations, today) for source in sources]
    for row, repeat in zip(asked[len(read.rows) :], read.repeated, strict=True):
        row.replaced_by = repeat.last_line
    there = known_people.registered(session, event_id)
    identities = Identities(session, there, [row.values.pop(SHORT_ID, "") for row in asked])
    for row, (identified, problem) in zip(asked, identities.found, strict=True):
        row.identified, row.problems = identified, (*row.problems, *problem)
    usable = [row for row in asked if not row.source.blocked]
    told = [
        (skipped, _understood(skipped.candidate, organisations, today))
        for skipped in read.skipped
        if skipped.candidate is not None and not skipped.candidate.blocked
    ]
    past = source_rows.past(session, event_id, form)
    names = {row.traits.name_key for row in usable} | {row.traits.name_key for _, row in told}
    named = known_people.named(session, names)
    workspace = _Workspace(organisations, there, named, past, read.asked, is_own)
    _take_identified(session, usable, workspace)
    _claim_namesakes(usable, workspace)
    find_repeated([row for row in usable if row.replaced_by is None])
    _recall(session, [row for row in usable if row.replaced_by is None], workspace)
    open_rows = [row for row in usable if row.replaced_by is None and row.person is None]
    for row in open_rows:
        _find_by_name(row, workspace)
    _find_alike(session, [row for row in open_rows if row.person is None and not row.options], workspace)
    point_out_typing_errors([row for row in open_rows if row.person is None and not row.options])
    separate_the_claimed(usable)
    rows = [_grouped(row) for row in asked]
    known_before = sum(1 for row in past.rows if row.registration_id)
    told_of = [found for skipped, row in told if (found := _meant(skipped, row, workspace))]
    # Of a form none of whose rows is here nothing is gone: it is another list of the same shape.
    notices_gone = notices_gone and any(row.said is not None for row in asked)
    people = known_people.by_key(session, _of_registrations(past.left(), there) if notices_gone else ())
    gone, partial = withdrawn(told_of, past, rows, there, people, organisations, notices_gone=notices_gone)
    said_so = {withdrawal.line for withdrawal in gone}
    rows += [
        Row(s.line, "withdrawn" if s.line in said_so else "skipped", s.name, None, problems=(s.reason,))
        for s in read.skipped
    ]
    rows.sort(key=lambda row: row.line)
    parties = import_parties.waiting_parties(session, event_id)
    return Comparison(
        event_id, tuple(rows), len(there), today, read.notices, form, gone, known_before, partial, parties
    )  # fmt: skip


def _take_identified(session: Session, rows: Sequence[Asked], workspace: _Workspace) -> None:
    """Rows of our own list that say by their ID whose they are, whatever has become of the names."""
    people = known_people.by_key(session, {row.identified for row in rows if row.identified})
    for row in rows:
        person = people.get(row.identified)
        if person is not None:
            row.replaced_by = None
            row.person = workspace.option(row, person, evidence(row.traits, traits_of(person, None)))


def _recall(session: Session, rows: Sequence[Asked], workspace: _Workspace) -> None:
    """Rows that came before are whom they were: nothing about them is asked again."""
    past = workspace.past
    if not past.rows:
        return
    by_registration = {ours.id: ours for ours in workspace.registered.values()}
    for row in rows:
        row.said = past.claim(_as_read(row))
    wanted = {
        by_registration[row.said.registration_id].person_id
        for row in rows
        if row.said is not None and row.said.registration_id in by_registration
    }
    people = known_people.by_key(session, wanted)
    for row in rows:
        ours = by_registration.get(row.said.registration_id or "") if row.said is not None else None
        if ours is not None and row.person is None:
            person = people[ours.person_id]
            row.person = workspace.option(row, person, evidence(row.traits, traits_of(person, ours)))


def _of_registrations(rows: Iterable[Said], registered: dict[str, Registered]) -> set[str]:
    """The people behind these rows of the form."""
    by_registration = {ours.id: key for key, ours in registered.items()}
    return {by_registration[row.registration_id] for row in rows if row.registration_id in by_registration}


def _as_read(row: Asked) -> Candidate:
    return Candidate(
        row.source.line, row.values, row.answers, row.source.problems, row.source.notices, row.source.number
    )


def _meant(skipped: Skipped, row: Asked, workspace: _Workspace) -> tuple[Skipped, Known, Said | None, bool] | None:
    """Whom a row means of which the tool says that they have withdrawn, among those registered."""
    said = workspace.past.claim(_as_read(row))
    for person in workspace.named.get(row.traits.name_key, ()):
        ours = workspace.registered.get(person.id)
        if ours is not None and said is not None and said.registration_id == ours.id:
            return skipped, person, said, True
    found = {p.id: p for p in workspace.named.get(row.traits.name_key, ()) if p.id in workspace.registered}
    how = {key: verdict(evidence(row.traits, workspace.traits(p))) for key, p in found.items()}
    one, _ = choose(list(how.items()))
    return (skipped, found[one], said, how[one] >= Verdict.LIKELY) if one is not None else None


def _understood(source: Candidate, organisations: Organisations, today: dt.date) -> Asked:
    values, answers = understood(source, today)
    born, exactly = born_between(
        birth_date=values.get("birth_date"), birth_year=values.get("birth_year"),
        age_group=values.get("age_group", ""), day=values.get("age_group_on"),
    )  # fmt: skip
    mark = organisations.mark(values.get("organisation", ""), values.get("organisation_town", ""))
    phones = (phone_key(values.get(k, "")) for k in ("phone", "other_phone"))
    traits = Traits(
        name_key(values.get("given_name", ""), values.get("family_name", "")),
        email_key(values.get("email", "")),
        born,
        exactly,
        frozenset(p for p in phones if p),
        frozenset({mark} if mark else ()),
    )
    too_long = longer_than_kept(values)
    problems = tuple(problems_in(source, values, too_long, today))
    return Asked(source, values, answers, traits, problems, bool(too_long))


def _claim_namesakes(rows: Sequence[Asked], workspace: _Workspace) -> None:
    """Of several people of one name who are all registered, a row that says exactly what we have is that one.

    Without this an exported list with two namesakes would come back as two questions.
    """
    claimed: set[str] = set()
    for row in rows:
        namesakes = [p for p in workspace.named.get(row.traits.name_key, ()) if p.id in workspace.registered]
        if len(namesakes) < 2:
            continue
        for person in namesakes:
            found = evidence(row.traits, workspace.traits(person))
            if person.id not in claimed and verdict(found) >= Verdict.ONLY_THE_NAME:
                option = workspace.option(row, person, found)
                if not option.changes:
                    row.person, row.replaced_by = option, None
                    claimed.add(person.id)
                    break


def _find_by_name(row: Asked, workspace: _Workspace) -> None:
    people = workspace.named.get(row.traits.name_key)
    if not people:
        return
    found = {p.id: (p, evidence(row.traits, workspace.traits(p))) for p in people}
    one, several = choose([(key, verdict(how)) for key, (_, how) in found.items()])
    if one is not None and row.said is None and (ours := workspace.registered.get(one)) is not None:
        # Sent anew, at another time: the row of the form that made this registration.
        row.said = workspace.past.of_registration(ours.id)
    if one is not None:
        row.person = workspace.option(row, *found[one])
    # Whom more speaks for stands first.
    ranked = sorted(several, key=lambda key: -(verdict(found[key][1]) * 10 + found[key][1].count(SAME)))
    row.options = tuple(workspace.option(row, *found[key]) for key in ranked)


def _find_alike(session: Session, rows: Sequence[Asked], workspace: _Workspace) -> None:
    alike = known_people.similar(session, [row.traits for row in rows])
    for row, people in zip(rows, alike, strict=True):
        options = []
        for person, how in people:
            found = evidence(row.traits, workspace.traits(person))
            # Whoever was born on another day is somebody else: a sibling on the same address.
            if found.birth != OTHER:
                options.append(workspace.option(row, person, found, how))
        row.options = tuple(options)


def _grouped(row: Asked) -> Row:
    said, problems = row.said, row.problems
    is_here = row.person is not None and row.person.registration_id is not None
    if problems:
        group = "problem"
    elif row.replaced_by is not None:
        group = "repeated"
    elif said is not None and said.registration_id is None and not is_here and _says_the_same(row, said):
        group = "left"
        problems = (LEFT_OUT if said.gone_at else REMOVED,)
    elif row.options:
        group = "possible"
    else:
        group = "registered" if row.person is not None and row.person.registration_id else "new"
    status = row.values.get("status")
    if group == "new" and status in STATUSES and status not in STATUSES_TAKEN and status != "applied":
        row.notices.append(T("The file says “{status}”; that is left for you to decide.", status=STATUSES[status]))
    if said is not None and said.gone_at and is_here:
        row.notices.append(T("In the form again, after it was gone."))
    source = _as_read(row)
    return Row(
        row.source.line, group, source.name, source, row.person, row.options, row.replaced_by, problems,
        (*row.source.notices, *row.notices), row.source.blocked or row.too_long, said,
    )  # fmt: skip


def _says_the_same(row: Asked, said: Said) -> bool:
    """What was left out is asked about again only when the form has something new to say."""
    return source_rows.plain_values(_as_read(row)) == said.values

"""Issues of papers: each printing is kept as it was, with a code, its rows and their numbers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.attendance import Attendance
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.files import Attachment
from mama_desktop.domain.papers import Issue, IssueRow, issue_code
from mama_desktop.domain.text import T, Text, clean
from mama_desktop.i18n import language as language_of
from mama_desktop.services import office
from mama_desktop.services.papers_sign_in import DOCUMENT, SignIn, SignInOptions, SignInSheet, footer, sign_in
from mama_desktop.services.papers_words import main_code, words
from mama_desktop.services.sessions import session_name, store_planned
from mama_desktop.sheets.files import safe_filename
from mama_desktop.sheets.pdf import print_pdf, print_pdfs
from mama_desktop.sheets.sheet import Sheet

# In the options of an issue: the day it came back signed, and the key of its scan.
RETURNED, SCAN = "returned_on", "scan"
_CODE = re.compile(r"[A-Z0-9]{6}")


@dataclass(frozen=True)
class IssueInfo:
    """One printing as the Documents tab shows it.

    sessions: keys in the order of its signature columns. part: "" for all people, "local", "international", an
    organisation's name. people: rows with a name; rows: all numbered rows, blank ones included. returned_on: the day it
    came back signed; scan: key of the attached scan.
    """

    id: str
    code: str
    event_id: str
    number: int
    sessions: tuple[str, ...]
    part: str
    supplement_to: str | None
    language: str
    pages: int
    file_name: str
    made_at: dt.datetime
    made_by: str
    people: int
    rows: int
    document: str = DOCUMENT
    returned_on: dt.date | None = None
    scan: str | None = None


@dataclass(frozen=True)
class Issued:
    """What came out of a printing: its issues (one for each list) and one PDF with all their pages."""

    issues: tuple[IssueInfo, ...]
    pdf: bytes
    file_name: str
    warnings: tuple[Text, ...] = ()

    @property
    def issue_id(self) -> str:
        return self.issues[0].id

    @property
    def code(self) -> str:
        return self.issues[0].code

    @property
    def pages(self) -> int:
        return sum(issue.pages for issue in self.issues)


def issue_sign_in(
    session: Session,
    event_id: str,
    *,
    now: dt.datetime,
    who: str = "",
    sessions: Sequence[str] = (),
    language: str = "",
    options: SignInOptions | None = None,
) -> Issued:
    """Print the sign-in sheets of an event and keep each as an issue; from now on its numbers stay what they are."""
    store_planned(session, event_id)
    made = sign_in(session, event_id, now=now, sessions=sessions, language=language, options=options)
    return _issued(session, [_keep(session, event_id, made, one, now=now, who=who) for one in made.sheets], made)


def supplement(session: Session, issue_id: str, *, now: dt.datetime, who: str = "") -> Issued:
    """Print only those added since an issue (and its earlier supplements), numbered on from its last line."""
    first, made, sheets = _added(session, issue_id, now)
    if not sheets:
        raise OfficeError(
            T("Nobody was added since this sheet was printed."),
            safe=T("The printed sheet is still complete."),
            todo=T("Whoever comes unannounced signs on one of its blank lines."),
        )
    return _issued(
        session, [_keep(session, first.event_id, made, one, now=now, who=who, base=first) for one in sheets], made
    )


def added_since(session: Session, issue_id: str, *, now: dt.datetime) -> int:
    """How many people a supplement to this issue would hold, or a declaration made now would hold besides."""
    if session.get_one(Issue, issue_id).document != DOCUMENT:
        from mama_desktop.services.declarations import declared_since  # It makes issues itself.

        return declared_since(session, issue_id)
    return sum(len(one.rows) for one in _added(session, issue_id, now)[2])


def _added(session: Session, issue_id: str, now: dt.datetime) -> tuple[Issue, SignIn, list[SignInSheet]]:
    asked = session.get_one(Issue, issue_id)
    first = session.get_one(Issue, asked.supplement_to) if asked.supplement_to else asked
    family = [first, *session.scalars(select(Issue).where(Issue.supplement_to == first.id))]
    ids = [issue.id for issue in family]
    rows = session.execute(select(IssueRow.registration_id, IssueRow.number).where(IssueRow.issue_id.in_(ids))).all()
    # Who is keyed in without a line of this sheet has signed elsewhere.
    signed = select(Attendance.registration_id).where(Attendance.session_id.in_(first.sessions))
    there = {key for key, _ in rows if key} | set(session.scalars(signed))
    made = sign_in(
        session,
        first.event_id,
        now=now,
        sessions=first.sessions,
        language=first.language,
        options=_options(first.options),
        leave_out=there,
        number_from=max((number for _, number in rows), default=0) + 1,
    )
    part = first.options.get("part", "")
    return first, made, [one for one in made.sheets if one.rows and one.part == part]


def printed_again(session: Session, issue_id: str) -> Issued:
    """The same PDF as on the day it was printed."""
    issue = session.get_one(Issue, issue_id)
    return Issued(
        tuple(_infos(session, [issue])), office.file_content(session, issue.file_hash) or b"", issue.file_name
    )


def issues_of(session: Session, event_id: str, *, session_id: str = "") -> list[IssueInfo]:
    """The printings of an event, or those on which a session is signed; newest first."""
    query = select(Issue).where(Issue.event_id == event_id).order_by(Issue.made_at.desc(), Issue.id.desc())
    found = [i for i in session.scalars(query) if not session_id or session_id in i.sessions]
    return _infos(session, found)


def find_issue(session: Session, code: str) -> IssueInfo:
    """The issue of a code as typed or scanned: small letters, spaces, a page at the end and the QR's words allowed."""
    wanted = re.sub(r"^MAMA:", "", clean(code).upper().replace(" ", ""))
    match = _CODE.match(wanted)
    found = session.scalar(select(Issue).where(Issue.code == match[0])) if match else None
    if found is None:
        raise OfficeError(
            T("There is no printed sheet with the code “{code}”.", code=clean(code)),
            todo=T("The code has six letters and digits and stands at the bottom left of the sheet."),
        )
    if found.document != DOCUMENT:
        raise OfficeError(
            T("“{code}” is not the code of a sign-in sheet: nothing is keyed in from it.", code=found.code),
            todo=T("Who took part is marked under Attendance."),
        )
    return _infos(session, [found])[0]


def _keep(
    session: Session,
    event_id: str,
    made: SignIn,
    one: SignInSheet,
    *,
    now: dt.datetime,
    who: str,
    base: Issue | None = None,
) -> tuple[Issue, Sheet]:
    """Draw one list with its code and number, and store the PDF, the issue and its rows."""
    keys = [row.id for row in one.sessions]
    event = session.get_one(Event, event_id)
    code, number = new_code(session), _next_number(session, event_id, keys, one.part)
    words_of_issue = _issue_words(number, now.date(), base)
    sheet = replace(
        one.sheet,
        code=f"MAMA:{code}",
        footer_left=f"{code} · {footer(event.code, one.sessions, words_of_issue, made.language)}",
    )
    data, printed = print_pdf(sheet)
    issue = Issue(
        code=code, event_id=event_id, document=DOCUMENT, sessions=keys, number=number,
        supplement_to=base.id if base else None, language=made.language,
        options={**asdict(made.options), "part": one.part}, pages=printed.pages,
        file_name=_file_name(event, one, made.language, number, base), file_hash=office.store_file(session, data),
        made_at=now, made_by=who,
    )  # fmt: skip
    session.add(issue)
    session.flush()
    rows = []
    for line in printed.rows:
        who_is_there = one.rows[line.at] if line.at is not None else None
        rows.append(
            IssueRow(
                issue_id=issue.id, number=line.number, page=line.page,
                registration_id=who_is_there.registration_id if who_is_there else None,
                name=who_is_there.name if who_is_there else "",
                organisation=who_is_there.organisation if who_is_there else "",
            )
        )  # fmt: skip
    session.add_all(rows)
    session.flush()
    return issue, sheet


def _issue_words(number: int, day: dt.date, base: Issue | None) -> Text:
    if base is None:
        return T("issue {number}, {day}", number=number, day=day)
    return T("supplement to issue {base}, {day}", base=base.number, day=day)


def new_code(session: Session) -> str:
    """A code no issue has yet."""
    while True:
        code = issue_code()
        if session.scalar(select(func.count()).where(Issue.code == code)) == 0:
            return code


def _next_number(session: Session, event_id: str, sessions: Sequence[str], part: str) -> int:
    """Issues are counted for each event, its sessions and the people on the list."""
    known = session.execute(select(Issue.sessions, Issue.options, Issue.number).where(Issue.event_id == event_id))
    numbers = [n for keys, options, n in known if list(keys) == list(sessions) and options.get("part", "") == part]
    return max(numbers, default=0) + 1


def _file_name(event: Event, one: SignInSheet, paper: str, number: int, base: Issue | None) -> str:
    """ "2020-04-klub lista prisotnosti 2. 4. 2020, izdaja 2.pdf"."""
    code = main_code(paper)
    say = language_of(code)
    title = words(T("Attendance list"), paper).first.lower()
    day = say.date(one.sessions[0].day) if one.sessions else ""
    named = session_name(one.sessions[0], code) if len(one.sessions) == 1 and one.sessions[0].kind != "day" else ""
    part = {"local": T("local"), "international": T("international")}.get(one.part)
    issue = say.say(T("supplement {number}", number=number) if base else T("issue {number}", number=number))
    parts = [f"{event.code} {title} {day}".strip(), named, say.say(part) if part else one.part.strip("-"), issue]
    return safe_filename(", ".join(p for p in parts if p), ".pdf")


def _options(stored: dict[str, Any]) -> SignInOptions:
    known = {name: stored.get(name) for name in SignInOptions.__dataclass_fields__}
    if known["columns"] is not None:
        known["columns"] = tuple(known["columns"])
    return SignInOptions(**known)


def _issued(session: Session, kept: Sequence[tuple[Issue, Sheet]], made: SignIn) -> Issued:
    issues = [issue for issue, _ in kept]
    infos = tuple(_infos(session, issues))
    if len(kept) == 1:
        pdf, name = office.file_content(session, issues[0].file_hash) or b"", issues[0].file_name
    else:
        pdf, _ = print_pdfs([sheet for _, sheet in kept])
        code = session.get_one(Event, issues[0].event_id).code
        name = safe_filename(f"{code} {words(T('Attendance list'), made.language).first.lower()}", ".pdf")
    return Issued(infos, pdf, name, made.warnings)


def _infos(session: Session, issues: Collection[Issue]) -> list[IssueInfo]:
    counted = select(IssueRow.issue_id, func.count(IssueRow.id), func.count(func.nullif(IssueRow.name, "")))
    counted = counted.where(IssueRow.issue_id.in_([issue.id for issue in issues])).group_by(IssueRow.issue_id)
    numbers = {key: (rows, people) for key, rows, people in session.execute(counted)}
    scans = {i.options.get(SCAN) for i in issues} - {None}
    there = set(session.scalars(select(Attachment.id).where(Attachment.id.in_(scans)))) if scans else set()
    infos = []
    for i in issues:
        back, scan = i.options.get(RETURNED), i.options.get(SCAN)
        rows, people = numbers.get(i.id, (0, 0))
        infos.append(
            IssueInfo(
                i.id, i.code, i.event_id, i.number, tuple(i.sessions), i.options.get("part", ""), i.supplement_to,
                i.language, i.pages, i.file_name, i.made_at, i.made_by, people, rows, i.document,
                dt.date.fromisoformat(back) if back else None, scan if scan in there else None,
            )
        )  # fmt: skip
    return infos

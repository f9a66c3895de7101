"""Two papers for whoever travels: the claim for travel costs, prefilled, and the declaration of green travel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.expenses import BankAccount, TravelClaim
from mama_desktop.domain.money import euros
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import TAKES_PLACE, Registration
from mama_desktop.domain.text import TN, T, Text, sort_key
from mama_desktop.domain.travel import MEANS
from mama_desktop.i18n import language as language_of
from mama_desktop.services import counting, papers_about
from mama_desktop.services.expenses.claim_prefill import Prefill, prefilled
from mama_desktop.services.expenses.claims import make_claims
from mama_desktop.services.expenses.iban import masked
from mama_desktop.services.paper import Paper
from mama_desktop.services.papers_about import About
from mama_desktop.services.papers_words import codes_of, main_code, words
from mama_desktop.services.short_ids import short_id
from mama_desktop.sheets.consent import Blank, Choice, ConsentPaper, Grid, Part
from mama_desktop.sheets.files import safe_filename
from mama_desktop.sheets.sheet import Fact, Sheet, Words

CLAIM, GREEN = "travel-claim", "green-declaration"
CLAIM_TITLE = T("Claim for travel costs")
GREEN_TITLE = T("Declaration of green travel")
MARK = "MAMA:Z:"
"""Before the short code of the registration, in the QR of a claim."""
_ROWS = 7
# Erasmus+ Programme Guide since 2021, glossary; the majority of the way decides (Movit, frequent questions).
_ON_HONOUR = T(
    "I declare on my honour that I travelled the main part of the way there and back by low-emission means of "
    "transport: bus, train, bicycle or a shared car."
)
_GREEN_MEANS = (T("Train"), T("Bus"), T("Shared car"), T("Bicycle"))


def make_claim_papers(
    session: Session, event_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    """One PDF with a claim for each participant. options: registrations (keys; all who have a place), blank (how many
    papers without a name, at the end). Reads only."""
    del who
    return _papers(session, event_id, CLAIM, CLAIM_TITLE, _claim, language=language, options=options, now=now)


def keep_claim_papers(
    session: Session, event_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    """The same, and a claim is opened for everybody who is given one."""
    made = make_claim_papers(session, event_id, language=language, options=options, now=now, who=who)
    make_claims(session, [row.id for row, _ in _people(session, event_id, options)], now=now)
    return made


def make_green_papers(
    session: Session, event_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    """One PDF with a declaration for each participant; options as for the claims, and green (only those who are
    expected to travel green)."""
    del who
    return _papers(session, event_id, GREEN, GREEN_TITLE, _declaration, language=language, options=options, now=now)


def _papers(
    session: Session, event_id: str, key: str, title: Text, make: Any, *, language: str, options: Mapping[str, Any],
    now: dt.datetime,
) -> Paper:  # fmt: skip
    from mama_desktop.sheets.consent_pdf import consents_pdf

    known = papers_about.about(session, event_id)
    paper = language or known.default_language()
    people = _people(session, event_id, options)
    found = _as_kept(session, prefilled(session, [row.id for row, _ in people]))
    if options.get("green"):
        people = [(row, person) for row, person in people if found[row.id].green]
    blank = int(options.get("blank", 0))
    if not people and not blank:
        raise OfficeError(
            T("Nobody of this event is chosen for this paper."),
            safe=T("Nothing was printed."),
            todo=T("Accept registrations first, or choose others."),
        )
    accounts = _accounts(session, [person.id for _, person in people])
    around = Sheet(
        key=key, title=words(title, paper), columns=(), language=main_code(paper), heading_right=_when(known, paper),
        facts=_facts(known, paper),
        funding=papers_about.funding(known, paper), page_word=papers_about.page_word(paper),
        author=known.organiser_sl, created=now,
    )  # fmt: skip
    left, right = papers_about.logos(known)
    papers = []
    for row, person in people:
        name = f"{person.given_name} {person.family_name}".strip()
        own = _with(around, left, right, f"{MARK}{short_id(row.id)}", f"{known.event.code} · {name}")
        papers.append(make(known, own, person, found[row.id], accounts.get(person.id), paper))
    bare = _with(around, left, right, "", known.event.code)
    papers += [make(known, bare, None, Prefill(""), None, paper) for _ in range(blank)]
    file_name = safe_filename(f"{known.event.code} {language_of(main_code(paper)).say(title).lower()}", "")
    return Paper(consents_pdf(papers), file_name, _warnings(known, [found[row.id] for row, _ in people], paper))


def _with(around: Sheet, left: tuple[bytes, ...], right: tuple[bytes, ...], code: str, foot: str) -> Sheet:
    return replace(around, logos_left=left, logos_right=right, code=code, footer_left=foot)


def _people(session: Session, event_id: str, options: Mapping[str, Any]) -> list[tuple[Registration, Person]]:
    """In the order of names."""
    query = select(Registration, Person).join(Person, Person.id == Registration.person_id)
    query = query.where(Registration.event_id == event_id)
    wanted = options.get("registrations")
    query = query.where(Registration.id.in_(list(wanted)) if wanted else Registration.status.in_(TAKES_PLACE))
    rows = [(row, person) for row, person in session.execute(query)]
    return sorted(rows, key=lambda both: (sort_key(both[1].family_name), sort_key(both[1].given_name), both[0].id))


def _as_kept(session: Session, found: dict[str, Prefill]) -> dict[str, Prefill]:
    """What the office has corrected in a claim stands on its paper."""
    for some in counting.chunks(found):
        for claim in session.scalars(select(TravelClaim).where(TravelClaim.registration_id.in_(some))):
            before = found[claim.registration_id]
            found[claim.registration_id] = replace(
                before, route=claim.route or before.route, means=claim.means or before.means,
                km=claim.km if claim.km is not None else before.km,
                most_cents=claim.most_cents if claim.most_cents is not None else before.most_cents,
            )  # fmt: skip
    return found


def _accounts(session: Session, person_ids: Sequence[str]) -> dict[str, BankAccount]:
    found: dict[str, BankAccount] = {}
    for some in counting.chunks(person_ids):
        rows = session.scalars(select(BankAccount).where(BankAccount.person_id.in_(some)))
        found |= {row.person_id: row for row in rows}
    return found


def _when(known: About, paper: str) -> Words:
    event = known.event
    if event.starts_on is None or event.precision == "month":
        return Words("")
    return Words(*(language_of(code).date_range(event.starts_on, event.ends_on) for code in codes_of(paper)))


def _facts(known: About, paper: str) -> tuple[Fact, ...]:
    return (
        papers_about.event_fact(known, paper),
        *papers_about.project_fact(known, paper),
        *papers_about.venue_fact(known, paper),
        *papers_about.organiser_fact(known, paper),
    )


def _claim(
    known: About, around: Sheet, person: Person | None, found: Prefill, account: BankAccount | None, paper: str
) -> ConsentPaper:
    del known
    return ConsentPaper(
        around,
        (
            _claimant(person, account, paper),
            _way(found, paper),
            _costs(paper),
            Part(
                words(T("Green travel"), paper),
                choices=(Choice(words(_ON_HONOUR, paper), words(T("Yes"), paper), words(T("No"), paper)),),
            ),
        ),
        (
            words(T("Place and date"), paper),
            words(T("Signature of the claimant"), paper),
            words(T("Approved: amount, date, signature"), paper),
        ),
    )


def _claimant(person: Person | None, account: BankAccount | None, paper: str) -> Part:
    bank = words(T("Bank account (IBAN)"), paper)
    if account is not None and account.iban:
        # The number itself stands on no paper that lies about; who has another writes it here.
        bank = words(T("Bank account (IBAN): we have {iban}; write it only if it has changed",
                       iban=masked(account.iban)), paper)  # fmt: skip
    return Part(
        words(T("Who claims"), paper),
        blanks=(
            Blank(words(T("Given name and family name"), paper), _full_name(person)),
            Blank(words(T("Address"), paper), _address(person)),
            Blank(bank),
            Blank(words(T("Tax number"), paper)),
        ),
    )


def _way(found: Prefill, paper: str) -> Part:
    say = language_of(main_code(paper))
    km = (
        words(T("{km} km one way", km=say.number(round(found.km))), paper).line if found.km is not None else ""
    )  # fmt: skip
    if km and found.band is not None:
        band = words(T("band {band}", band=found.band), paper).line
        km = f"{km} ({band})"
    blanks = [
        Blank(words(T("Route"), paper), found.route),
        Blank(words(T("Means of transport"), paper), words(MEANS[found.means], paper).line if found.means else ""),
        Blank(words(T("Distance"), paper), km),
    ]
    if found.most_cents:
        blanks.append(Blank(words(T("The most that is paid"), paper), say.money(euros(found.most_cents) or 0)))
    text: tuple[Words, ...] = ()
    if found.most_cents == 0:
        text = (words(T("Nothing is paid for this distance."), paper),)
    elif found.green and found.standard_cents is not None:
        standard = say.money(euros(found.standard_cents) or 0)
        text = (words(T("Without the declaration of green travel the most is {amount}.", amount=standard), paper),)
    return Part(words(T("The way"), paper), text=text, blanks=tuple(blanks))


def _costs(paper: str) -> Part:
    columns = (
        (words(T("Day"), paper), 2.0),
        (words(T("From – to"), paper), 5.0),
        (words(T("Means of transport, number of the ticket"), paper), 5.5),
        (words(T("km (own car)"), paper), 2.2),
        (words(T("Amount (€)"), paper), 2.6),
    )
    return Part(
        words(T("Costs"), paper),
        text=(words(T("Please attach the tickets and receipts; legible scans or photographs are enough."), paper),),
        grid=Grid(columns, _ROWS, words(T("Together"), paper)),
    )


def _declaration(
    known: About, around: Sheet, person: Person | None, found: Prefill, account: BankAccount | None, paper: str
) -> ConsentPaper:
    del known, account
    no_words = Words("")
    means = tuple(Choice(words(one, paper), words(T("there"), paper), words(T("back"), paper)) for one in _GREEN_MEANS)
    return ConsentPaper(
        around,
        (
            Part(
                words(T("Who declares"), paper),
                blanks=(
                    Blank(words(T("Given name and family name"), paper), _full_name(person)),
                    Blank(words(T("Address"), paper), _address(person)),
                ),
            ),
            Part(
                words(T("The way"), paper),
                blanks=(
                    Blank(words(T("Route"), paper), found.route),
                    Blank(words(T("Days of travel (there, back)"), paper)),
                ),
            ),
            Part(words(T("Declaration on honour"), paper), text=(words(_ON_HONOUR, paper),)),
            Part(words(T("How I travelled (please tick)"), paper), choices=means),
            Part(
                words(T("Other means, and with whom the car was shared"), paper),
                blanks=(Blank(no_words, wide=True), Blank(no_words, wide=True)),
            ),
        ),
        (words(T("Place and date"), paper), words(T("Signature"), paper)),
    )  # fmt: skip


def _full_name(person: Person | None) -> str:
    return f"{person.given_name} {person.family_name}".strip() if person else ""


def _address(person: Person | None) -> str:
    if person is None:
        return ""
    return ", ".join(p for p in (person.street, f"{person.postal_code} {person.town}".strip()) if p)


def _warnings(known: About, found: Sequence[Prefill], paper: str) -> tuple[Text, ...]:
    said = papers_about.warnings(known, paper)
    unknown = sum(1 for one in found if one.km is None)
    if unknown:
        said.append(
            TN(
                "The distance of {count} person is not known: their paper says no most.",
                "The distance of {count} people is not known: their papers say no most.",
                unknown,
            )
        )
    if any(one.km is not None and one.most_cents is None for one in found):
        said.append(T("The project has no travel rate: the papers do not say the most that is paid."))
    for remark in dict.fromkeys(r for one in found if one.km is not None for r in one.remarks):
        if remark not in said:
            said.append(remark)
    return tuple(said[:8])

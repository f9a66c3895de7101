"""Letters and labels of an event as papers: PDF, Word, label sheets, for the window and the command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from textwrap import shorten
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.registrations import TAKES_PLACE, Registration
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.i18n import language as language_of
from mama_desktop.services import consents, letter_texts, office, papers_about
from mama_desktop.services.letters import Mailing, Wish, Written, compose, keep, left_words
from mama_desktop.services.recipients import Audience
from mama_desktop.sheets.labels import label_sheet, labels_pdf
from mama_desktop.sheets.letter import LetterSheet
from mama_desktop.sheets.letter_pdf import letters_pdf
from mama_desktop.sheets.letters_docx import letters_docx

LETTERS, LABELS = "letters", "labels"
MISSING_CONSENT, ALL = "missing-consent", "all"
Report = Callable[[int, int], None]
_MOST = 3
# Of a name among others: a warning is read at a glance.
_LONGEST = 40


def letter_sheets(
    session: Session, wish: Wish, letters: Sequence[Written], *, now: dt.datetime
) -> list[LetterSheet]:  # fmt: skip
    """The letters as they stand on paper, with the office's head and the funder of the event's project."""
    own = office.settings(session)
    known = papers_about.about(session, wish.audience.event_id) if wish.audience.event_id else None
    logo = office.file_content(session, own["office.logo"])
    left, right = papers_about.logos(known) if known else ((logo,) if logo else (), ())
    town = f"{own['office.postal_code']} {own['office.town']}".strip()
    heads = {code: _head(own, town, code) for code in ("sl", "en")}
    found = []
    for one in letters:
        date = language_of(one.language).long_date(now.date())
        found.append(LetterSheet(
            address=one.recipient.post or (one.recipient.name,),
            subject=one.subject,
            blocks=one.blocks,
            place_date=", ".join(part for part in (str(own["office.town"]), date) if part),
            sender=" · ".join(part for part in (heads[one.language][0], str(own["office.street"]), town) if part),
            head=heads[one.language],
            logos_left=left,
            logos_right=right,
            funding=papers_about.funding(known, one.language) if known else (),
            page_word=papers_about.page_word(one.language),
            language=one.language,
        ))  # fmt: skip
    return found


def _head(own: Mapping[str, Any], town: str, code: str) -> tuple[str, ...]:
    name = str((own["office.name_en"] if code == "en" else "") or own["office.name_sl"] or own["office.short_name"])
    address = ", ".join(part for part in (str(own["office.street"]), town) if part)
    return tuple(part for part in (name, address, str(own["office.email"]), str(own["office.phone"])) if part) or ("",)


def letters_as(
    session: Session, wish: Wish, letters: Sequence[Written], suffix: str, *, now: dt.datetime,
    report: Report | None = None,
) -> bytes:  # fmt: skip
    """These letters as one file. suffix: ".pdf" or ".docx"."""
    sheets = letter_sheets(session, wish, letters, now=now)
    title = wish.name or (letters[0].subject if letters else "")
    write = letters_docx if suffix == ".docx" else letters_pdf
    return write(sheets, title=title, report=report)


def labels_of(letters: Sequence[Written], sheet: str, start: int, *, title: str = "") -> bytes:
    """A label for each of them whose address is known, as PDF."""
    return labels_pdf([one.recipient.post for one in letters if one.recipient.post], label_sheet(sheet), start=start,
                      title=title)  # fmt: skip


def warnings_of(mailing: Mailing, *, on_paper: bool) -> tuple[Text, ...]:
    """What the office should know before it makes something: who is left out, what is empty, who has no address."""
    found = [left_words(mailing.left_out)] if mailing.left_out else []
    missing = mailing.without_post if on_paper else mailing.without_mail
    if missing:
        names = ", ".join(shorten(one.recipient.name, _LONGEST, placeholder=" …") for one in missing[:_MOST])
        names += " …" if len(missing) > _MOST else ""
        found.append(_no_post(len(missing), names) if on_paper else _no_mail(len(missing), names))
    nobody = [one.label for one in mailing.empty if one.everybody]
    if nobody:
        found.append(_empty_for_all(nobody))
    return (*found, *(one.words for one in mailing.empty if not one.everybody))


def _empty_for_all(labels: Sequence[Text]) -> Text:
    """The labels as one list of words, said in the reader's language."""
    said: Text = labels[0]
    for one in labels[1:]:
        said = T("{first}, {second}", first=said, second=one)
    return T("Empty: {fields}. A line with nothing else in it is left out.", fields=said)


def _no_post(count: int, names: str) -> Text:
    return TN(
        "{count} person has no postal address: {names}", "{count} people have no postal address: {names}", count,
        names=names,
    )  # fmt: skip


def _no_mail(count: int, names: str) -> Text:
    return TN(
        "{count} person has no e-mail and gets a letter on paper: {names}",
        "{count} people have no e-mail and get a letter on paper: {names}", count, names=names,
    )  # fmt: skip


# The documents "letters" and "labels" of an event


def wish_of(session: Session, event_id: str, *, language: str, options: Mapping[str, Any]) -> Wish:
    """options: text (key or name of a ready text, "before" when not said), statuses (accepted and confirmed), split
    ("organisation" or "party" for one to the contact person of each), to ("missing-consent": minors whose consent is
    missing, at first for the letter about it; "all"). language: empty for each one's own."""
    text = letter_texts.letter_text(session, str(options.get("text") or "before"))
    to = str(options.get("to") or (MISSING_CONSENT if text.kind == "consent" else ALL))
    if to not in (MISSING_CONSENT, ALL):
        raise OfficeError(
            T("“{value}” is not one of the choices.", value=to),
            todo=T("These can be chosen: {choices}", choices=f"{MISSING_CONSENT}, {ALL}"),
        )
    statuses = _words(options.get("statuses"))
    # Whoever waits or is new may yet come: their paper is missing as well.
    query = select(Registration.id).where(Registration.event_id == event_id).order_by(Registration.id)
    if statuses or to == ALL:
        query = query.where(Registration.status.in_(statuses or sorted(TAKES_PLACE)))
    named = tuple(session.scalars(query))
    if to == MISSING_CONSENT:
        named = without_consent(session, event_id, named)
    return Wish(
        Audience(event_id, named), text.subjects, text.bodies, text.kind,
        language_of(language or "sl").say(text.name), language if language in ("sl", "en") else "",
        by_organisation=options.get("split") == "organisation", by_party=options.get("split") == "party",
        template=text.key,
    )  # fmt: skip


def without_consent(session: Session, event_id: str, among: Sequence[str] | None = None) -> tuple[str, ...]:
    """Registrations of the minors whose parents have not agreed that they come; of these, or of the whole event."""
    missing = [row.registration_id for row in consents.minors_of_event(session, event_id) if row.missing]
    wanted = set(missing if among is None else among)
    return tuple(key for key in missing if key in wanted)


def _words(given: Any) -> list[str]:
    if isinstance(given, str):
        return [part.strip() for part in given.split(",") if part.strip()]
    return [str(one) for one in given or ()]


def made_for_event(
    session: Session, event_id: str, key: str, *, language: str, options: Mapping[str, Any], now: dt.datetime,
    who: str = "", kept: bool = False,
) -> tuple[bytes, str, tuple[Text, ...]]:  # fmt: skip
    """The document `letters` or `labels` of an event: its bytes, the name of what was written, and warnings."""
    wish = wish_of(session, event_id, language=language, options=options)
    mailing = compose(session, wish, now=now)
    mailing.refuse_if_broken()
    letters = mailing.letters
    if key == LABELS:
        start = int(str(options.get("start") or 1)) if str(options.get("start") or 1).isdigit() else 0
        data = labels_of(letters, str(options.get("sheet") or ""), start, title=wish.name)
    else:
        data = letters_as(session, wish, letters, str(options.get("suffix") or ".pdf"), now=now)
    if kept:
        channel = "labels" if key == LABELS else str(options.get("suffix") or ".pdf").removeprefix(".")
        keep(session, wish, letters, channel, now=now, who=who)
    return data, wish.name, warnings_of(mailing, on_paper=True)

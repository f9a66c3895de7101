"""Letters to a list of people: each one's text in their language, and what was written to whom and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.letters import Letter, LetterRecipient
from mama_desktop.domain.text import TN, T, Text, verbatim
from mama_desktop.i18n import language as language_of
from mama_desktop.services import placeholder_values, placeholders
from mama_desktop.services.placeholders import Known
from mama_desktop.services.recipients import Audience, LeftOut, Recipient, recipients
from mama_desktop.services.splitting import by_organisation, by_party, organisations
from mama_desktop.services.transport import legs
from mama_desktop.sheets.letter import Block

_MOST_NAMES = 3


@dataclass(frozen=True)
class Wish:
    """What shall be written to whom. subjects, bodies: by language code.

    language: for everybody, empty for each one's own. by_organisation: one to the contact person of each organisation,
    with its own people; by_party: of each group that was registered together (by_organisation goes before it).
    calendar: the event goes along as .ics; own_form: each one's own form; files: from the disk.
    template: the key of the text it began with.
    """

    audience: Audience
    subjects: Mapping[str, str] = field(hash=False)
    bodies: Mapping[str, str] = field(hash=False)
    kind: str = "other"
    name: str = ""
    language: str = ""
    by_organisation: bool = False
    by_party: bool = False
    calendar: bool = False
    own_form: bool = False
    files: tuple[Path, ...] = ()
    template: str = ""


@dataclass(frozen=True)
class Written:
    """One letter. language: of its text. instead: it is in this language because nothing is written in theirs.

    empty: keys of placeholders that had no value.
    """

    recipient: Recipient
    language: str
    subject: str
    blocks: tuple[Block, ...]
    empty: tuple[str, ...] = ()
    instead: bool = False

    @property
    def text(self) -> str:
        return "\n".join(block if isinstance(block, str) else block.text for block in self.blocks)


@dataclass(frozen=True)
class Empty:
    """A placeholder without a value, and whom that concerns."""

    label: Text
    names: tuple[str, ...]
    everybody: bool = False

    @property
    def words(self) -> Text:
        said = ", ".join(self.names[:_MOST_NAMES]) + (" …" if len(self.names) > _MOST_NAMES else "")
        return TN(
            "“{field}” is empty for {count} person: {names}", "“{field}” is empty for {count} people: {names}",
            len(self.names), field=self.label, names=said,
        )  # fmt: skip


@dataclass(frozen=True)
class Mailing:
    """Everything that would be written now. problems: why nothing can be made, in words.

    nobody, todo: when there is no letter, why that is and what to do.
    """

    letters: tuple[Written, ...]
    left_out: tuple[LeftOut, ...] = ()
    empty: tuple[Empty, ...] = ()
    problems: tuple[Text, ...] = ()
    nobody: Text | None = None
    todo: Text | None = None

    @property
    def by_mail(self) -> tuple[Written, ...]:
        return tuple(one for one in self.letters if one.recipient.mail)

    @property
    def without_mail(self) -> tuple[Written, ...]:
        return tuple(one for one in self.letters if not one.recipient.mail)

    @property
    def without_post(self) -> tuple[Written, ...]:
        return tuple(one for one in self.letters if not one.recipient.post)

    def refuse_if_broken(self) -> None:
        """Raise what stands in the way of making anything."""
        if self.problems:
            raise OfficeError(
                T("Something in the text cannot be filled in."),
                safe=T("Nothing was made yet."),
                todo=T("Correct what is marked in the text. For a bracket that stays a bracket, type it twice: [[."),
                details=self.problems,
            )
        if not self.letters:
            details = [self.nobody] if self.nobody is not None else []
            raise OfficeError(
                T("There is nobody to write to."), safe=T("Nothing was made yet."), todo=self.todo, details=details
            )


def left_words(left: Sequence[LeftOut]) -> Text:
    """Who is left out and why, on one line."""
    names = ", ".join(one.name for one in left[:_MOST_NAMES]) + (" …" if len(left) > _MOST_NAMES else "")
    return TN(
        "{count} person is left out, who does not want news and invitations: {names}",
        "{count} people are left out, who do not want news and invitations: {names}", len(left), names=names,
    )  # fmt: skip


def compose(session: Session, wish: Wish, *, now: dt.datetime) -> Mailing:
    """Every letter as it would be made now; reads only."""
    event_id = wish.audience.event_id
    known = placeholder_values.offered(session, event_id, organisations=bool(wish.audience.organisation_ids))
    readers, left = _readers(session, wish, now.date())
    languages = {one.key: _language(wish, one.language) for one in readers}
    values = {
        code: placeholder_values.values(session, wish.audience, readers, code=code, now=now)
        for code in sorted(set(languages.values()))
    }
    unmissed = placeholder_values.not_expected(session, event_id)
    letters = []
    for one in readers:
        code = languages[one.key]
        own = values[code].of(one, code)
        gender = (one.reader or one).gender
        subject = placeholders.fill(wish.subjects.get(code, ""), known, own, gender)
        body = placeholders.fill(_about_whom(wish.bodies.get(code, ""), one, known, code), known, own, gender)
        missing = tuple(key for key in dict.fromkeys((*subject.empty, *body.empty)) if key not in unmissed)
        letters.append(Written(one, code, subject.text.strip(), body.blocks, missing, instead=code != one.language))
    used = set(languages.values())
    problems = tuple(dict.fromkeys(p for code in sorted(used) for p in _problems(wish, code, known)))
    nobody, todo = (None, None) if letters else _nobody(wish, left)
    return Mailing(tuple(letters), tuple(left), _empty(letters, known), problems, nobody, todo)


def _nobody(wish: Wish, left: Sequence[LeftOut]) -> tuple[Text, Text]:
    """Why nobody is written to, and what to do."""
    choose = T("Choose people in the table of registrations and press Write.")
    if left:
        return left_words(left), T("Choose others, or another kind of letter: people can refuse news and invitations.")
    if not wish.audience.event_id:
        return T("Nobody is chosen."), T("Choose people in the table and press Write.")
    if wish.audience.registration_ids:
        return T("Those who were chosen are not registered any more."), choose
    if wish.kind == "consent":
        return T("No minor is without the consent of parents at this event."), choose
    return T("Nobody of this event is accepted or confirmed yet."), choose


def _readers(session: Session, wish: Wish, today: dt.date) -> tuple[list[Recipient], list[LeftOut]]:
    audience, language = wish.audience, wish.language
    if audience.organisation_ids:
        wanted = audience.organisation_ids
        return organisations(session, wanted, kind=wish.kind, today=today, language=language), []
    found, left = recipients(session, audience, kind=wish.kind, today=today, language=language)
    if wish.by_organisation:
        return by_organisation(session, found, language=language), left
    return (by_party(session, found, language=language) if wish.by_party else found), left


def _about_whom(body: str, one: Recipient, known: Known, code: str) -> str:
    """What somebody gets for a group names its people, also where the text itself has no list of them."""
    if not one.people or not body.strip() or "people" in placeholders.asked_for(body, known):
        return body
    return language_of(code).say(T("This message is for:")) + "\n\n[people]\n\n" + body


def _language(wish: Wish, wanted: str) -> str:
    """Theirs, unless nothing is written in it and something is in the other."""
    other = "en" if wish.language == "" and wanted == "sl" else "sl"
    if not wish.language and not wish.bodies.get(wanted, "").strip() and wish.bodies.get(other, "").strip():
        return other
    return wanted


def _problems(wish: Wish, code: str, known: Known) -> list[Text]:
    found = [
        p.words for words in (wish.subjects, wish.bodies) for p in placeholders.problems(words.get(code, ""), known)
    ]
    if not wish.bodies.get(code, "").strip():
        found.append(T("The text in Slovene is empty.") if code == "sl" else T("The text in English is empty."))
    return found


def _empty(letters: Sequence[Written], known: Known) -> tuple[Empty, ...]:
    names: dict[str, list[str]] = {}
    for one in letters:
        for key in one.empty:
            names.setdefault(key, []).append(one.recipient.name)
    count = len(letters)
    return tuple(Empty(known.label_of(key), tuple(who), len(who) == count > 1) for key, who in names.items())


def keep(
    session: Session, wish: Wish, letters: Sequence[Written], channel: str, *, now: dt.datetime, who: str
) -> str:  # fmt: skip
    """Keep what was made: the letter and every text as it was then. Returns the letter's key."""
    kept = Letter(
        event_id=wish.audience.event_id or None, kind=wish.kind, channel=channel, name=wish.name[:200],
        options={
            "template": wish.template, "language": wish.language, "by_organisation": wish.by_organisation,
            "by_party": wish.by_party,
            "calendar": wish.calendar, "own_form": wish.own_form, "files": [path.name for path in wish.files],
        },
        made_at=now, made_by=who[:120],
    )  # fmt: skip
    session.add(kept)
    session.flush()
    for one in letters:
        reader = one.recipient
        session.add(LetterRecipient(
            letter_id=kept.id, person_id=reader.person_id, organisation_id=reader.organisation_id,
            registration_id=reader.registration_id, name=_named(reader)[:300],
            address="; ".join(_where(one, channel))[:300],
            language=one.language, subject="" if channel == "labels" else one.subject[:300],
            body="" if channel == "labels" else one.text,
        ))  # fmt: skip
    session.flush()
    if wish.kind == "travel" and channel != "labels":
        asked = [key for one in letters for key in (one.recipient.people or (one.recipient.registration_id,)) if key]
        legs.mark_asked(session, legs.both_directions(asked), now=now)
    return kept.id


def _named(reader: Recipient) -> str:
    """An organisation by its own name: it was written to, whoever reads it there."""
    return reader.called if reader.called and not reader.people else reader.name or reader.called


def _where(one: Written, channel: str) -> tuple[str, ...]:
    on_paper = channel in ("pdf", "docx", "labels") or not one.recipient.mail
    return one.recipient.post[1:] if on_paper else one.recipient.mail


def labelled(wish: Wish, count: int) -> Text:
    """What the gesture is called in History."""
    return TN(
        "Write to {count} person: {name}", "Write to {count} people: {name}", count,
        name=verbatim(wish.name) if wish.name else T("letter"),
    )  # fmt: skip

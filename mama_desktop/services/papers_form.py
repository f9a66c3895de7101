"""The registration form of an event: what it asks, of whom, in which languages, and what stands around it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop import i18n
from mama_desktop.domain.capacity import EventOption
from mama_desktop.domain.forms import ACCEPTED, CONSENT, EVERYBODY, OPTION, QUESTION, FormIdentity, version_of
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.questions import QuestionRow
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T, Text
from mama_desktop.services import capacity, consent_words, consents, fields, papers_about, questions
from mama_desktop.services.papers_about import About
from mama_desktop.services.papers_words import codes_of, main_code, pair, range_words, words
from mama_desktop.sheets.form import Choice, FieldKind, Filled, Form, FormField, FormSection, FormWords
from mama_desktop.sheets.sheet import Words

PDF, XLSX = "registration-form", "registration-form-xlsx"
# Asked of everybody; the accepted are asked only by whom they are known.
ALWAYS = ("given_name", "family_name", "email", "phone", "organisation", "town", "country")
KNOWN_BY = ("given_name", "family_name", "email")
_MUST = frozenset({"given_name", "family_name"})
CONSENTS = ("photo", "publication", "data")
_KINDS: dict[str, FieldKind] = {
    "text": "text", "long-text": "long-text", "number": "number", "year": "number", "date": "date", "bool": "bool",
    "choice": "choice", "choices": "choices", "email": "email", "phone": "phone", "file": "file",
}  # fmt: skip


@dataclass(frozen=True)
class FormOptions:
    """audience: EVERYBODY, or ACCEPTED (only what is asked of those accepted). consents: purposes, in their order."""

    audience: str = EVERYBODY
    consents: tuple[str, ...] = CONSENTS


@dataclass(frozen=True)
class MadeForm:
    """language: "sl", "en" or "both", as decided by the funder's profile where nobody chose."""

    form: Form
    language: str
    warnings: tuple[Text, ...] = ()


def form_of(
    session: Session, event_id: str, *, now: dt.datetime, language: str = "", options: FormOptions | None = None
) -> MadeForm:
    """The form of an event as it would be sent out now; nothing is stored."""
    known = papers_about.about(session, event_id)
    paper = language or known.default_language()
    options = options or FormOptions()
    asked = questions.of_event(session, event_id)
    sections = tuple(section for section in _sections(session, known, paper, options, asked) if section.fields)
    left, right = papers_about.logos(known)
    identity = FormIdentity(event_id, paper, options.audience, _version(sections), now.date().isoformat())
    accepted = options.audience == ACCEPTED
    title = T("Details of the participant") if accepted else T("Registration form")
    event = known.event
    # The deadline is that of registration.
    last = None if accepted else event.deadline
    form = Form(
        title=words(title, paper),
        sections=sections,
        words=_form_words(paper),
        identity=identity,
        language=main_code(paper),
        dates=range_words(event.starts_on, event.ends_on, paper) if event.starts_on and _has_days(known) else Words(""),
        facts=(
            papers_about.event_fact(known, paper),
            *papers_about.project_fact(known, paper),
            *papers_about.venue_fact(known, paper),
            *papers_about.organiser_fact(known, paper),
        ),
        intro=_intro(known, paper, _HOW_PDF, last),
        intro_xlsx=_intro(known, paper, _HOW_XLSX, last),
        funding=papers_about.funding(known, paper),
        logos_left=left,
        logos_right=right,
        footer_left=f"{event.code} · {identity.version}",
        page_word=papers_about.page_word(paper),
        author=known.organiser_sl,
        created=now,
    )
    return MadeForm(form, paper, tuple(_warnings(known, paper, options, asked, now)))


def versions(session: Session, event_id: str) -> frozenset[str]:
    """The versions of the forms of an event as they would be made today."""
    known, asked = papers_about.about(session, event_id), questions.of_event(session, event_id)
    each = (FormOptions(audience) for audience in (EVERYBODY, ACCEPTED))
    return frozenset(
        _version(section for section in _sections(session, known, "sl", options, asked) if section.fields)
        for options in each
    )


def values_of(session: Session, registration_id: str) -> dict[str, Filled]:
    """What is known of somebody registered, by the names of a form's fields: for their own form."""
    registration = session.get_one(Registration, registration_id)
    person = session.get_one(Person, registration.person_id)
    organisation_id = registration.organisation_id or person.organisation_id
    organisation = session.get(Organisation, organisation_id) if organisation_id else None
    found: dict[str, Any] = {"organisation": organisation.name_sl if organisation else ""}
    for key, field in fields.REGISTRATION_FIELDS.items():
        if field.writes is not None and field.value is None:
            holder = {Person: person, Registration: registration}.get(field.writes.class_)
            if holder is not None:
                found[key] = getattr(holder, field.writes.key)
    if person.country:
        found["country"] = i18n.language(person.language or "sl").country(person.country)
    if found.get("gender") == "unknown":
        del found["gender"]
    found |= {QUESTION + key: value for key, value in (registration.answers or {}).items()}
    for question in questions.of_event(session, registration.event_id):
        value = found.get(QUESTION + question.id)
        if question.kind == "date" and isinstance(value, str) and value:
            found[QUESTION + question.id] = dt.date.fromisoformat(value)
    for purpose, consent in consents.states(session, [person.id], registration.event_id).get(person.id, {}).items():
        if consent.event_id and consent.withdrawn_on is None:
            found[CONSENT + purpose] = consent.given
    chosen = set(capacity.options_of(session, registration.id))
    for together in _option_groups(session, registration.event_id):
        mine = [one.id for one in together if one.id in chosen]
        if mine:
            found[OPTION + together[0].id] = mine[0] if together[0].only_one else mine
    return {key: tuple(v) if isinstance(v, list) else v for key, v in found.items() if v not in (None, "", [])}


def form_for(
    session: Session, registration_id: str, *, now: dt.datetime, language: str = "", options: FormOptions | None = None
) -> bytes:
    """Somebody's own form as a PDF, with what is known of them filled in: goes with a letter."""
    from mama_desktop.sheets.form_pdf import prefilled

    registration = session.get_one(Registration, registration_id)
    made = form_of(session, registration.event_id, now=now, language=language, options=options)
    return prefilled(made.form, values_of(session, registration_id))


# Sections


def _sections(
    session: Session, known: About, paper: str, options: FormOptions, asked: Sequence[QuestionRow]
) -> Iterable[FormSection]:
    accepted = options.audience == ACCEPTED
    keys = KNOWN_BY if accepted else ALWAYS
    yield FormSection(words(T("About you"), paper), tuple(_always(key, paper) for key in keys))
    there = [one for one in asked if one.accepted_only == accepted and one.field_key not in keys]
    labels = {one.id: one for one in asked}
    yield FormSection(
        words(T("Questions about the event"), paper), tuple(_question(one, labels, paper) for one in there)
    )
    if not accepted:
        yield FormSection(words(T("Choices at the event"), paper), tuple(_options(session, known.event.id, paper)))
    # Whoever is accepted has decided about photographs before; the notice stands wherever data are asked for.
    purposes = tuple(p for p in options.consents if p == "data") if accepted else options.consents
    yield FormSection(
        words(T("Personal data") if accepted else T("Personal data and photographs"), paper),
        tuple(_consent(session, purpose, paper) for purpose in purposes),
        tuple(str(known.office[f"form.notice_{code}"]) for code in codes_of(paper)),
    )


def _always(key: str, paper: str) -> FormField:
    info = fields.REGISTRATION_FIELDS[key].info
    wide = key == "organisation"
    return FormField(key, words(info.label, paper), _kind_of(info), required=key in _MUST, wide=wide)


def _kind_of(info: FieldInfo) -> FieldKind:
    # Places, countries and organisations are written as people write them; the import knows them again.
    return _KINDS.get(info.kind, "text")


def _question(one: QuestionRow, known: Mapping[str, QuestionRow], paper: str) -> FormField:
    info = questions.field_of(one)
    label = Words(*dict.fromkeys(one.label_in(code) for code in codes_of(paper)))
    helps = Words(*dict.fromkeys(one.help_in(code) for code in codes_of(paper)))
    choices = tuple(Choice(key, words(text, paper)) for key, text in info.choices.items() if key != "unknown")
    name = one.field_key if one.kind == "field" else QUESTION + one.id
    return FormField(
        name, label, _kind_of(info), helps, choices if info.kind in ("choice", "choices") else (), one.required,
        _only_if(one, known, paper),
    )  # fmt: skip


def _only_if(one: QuestionRow, known: Mapping[str, QuestionRow], paper: str) -> Words:
    """ "Samo če ste na vprašanje „Prihod“ odgovorili: z vlakom, z avtobusom"."""
    earlier = known.get(one.shown_if_id or "")
    if earlier is None:
        return Words("")
    there = questions.condition_choices(earlier)
    said = []
    for code in codes_of(paper):
        say = i18n.language(code).say
        answers = ", ".join(say(there[key]) for key in one.shown_if if key in there)
        said.append(say(T("Only if your answer to “{question}” is: {answers}", question=earlier.label_in(code),
                          answers=answers)))  # fmt: skip
    return Words(*said)


def _options(session: Session, event_id: str, paper: str) -> Iterable[FormField]:
    """What may be chosen at this event, a field for each group."""
    for together in _option_groups(session, event_id):
        first = together[0]
        label = pair(paper, first.group_sl, first.group_en)
        choices = tuple(Choice(one.id, pair(paper, one.name_sl, one.name_en)) for one in together)
        kind: FieldKind = "choice" if first.only_one else "choices"
        yield FormField(OPTION + first.id, label if label.first else words(T("Your choice"), paper), kind,
                        choices=choices)  # fmt: skip


def _option_groups(session: Session, event_id: str) -> list[list[EventOption]]:
    """The options of an event, those offered together side by side, in the order of the form."""
    query = select(EventOption).where(EventOption.event_id == event_id)
    groups: dict[str, list[EventOption]] = {}
    for option in sorted(session.scalars(query), key=lambda one: (one.position, one.id)):
        groups.setdefault(option.group_sl or option.group_en, []).append(option)
    return list(groups.values())


def _consent(session: Session, purpose: str, paper: str) -> FormField:
    """In the words of the participant; those of the paper for parents speak of a child."""
    _, text_sl, text_en = consent_words.current_words(session, purpose, own=True)
    kind: FieldKind = "tick" if purpose in ("data", "mailing") else "agree"
    return FormField(CONSENT + purpose, pair(paper, text_sl, text_en), kind, required=purpose == "data")


# Words around


_HOW_PDF = T("Fill in the form on the screen, save it and send it as it is: not printed, not as a picture.")
_HOW_XLSX = T("Each person has a row of their own. Fill in the white cells and save the file.")


def _intro(known: About, paper: str, how: Text, last: dt.date | None) -> tuple[str, ...]:
    return tuple(" ".join(_intro_in(known, code, how, last)) for code in codes_of(paper))


def _intro_in(known: About, code: str, how: Text, last: dt.date | None) -> Iterable[str]:
    tongue = i18n.language(code)
    yield tongue.say(how)
    email = str(known.office["office.email"] or "")
    day = _running(tongue, last) if last else ""
    if email and day:
        yield tongue.say(T("Return the form to {email} by {day}.", email=email, day=day))
    elif email:
        yield tongue.say(T("Return the form to {email}.", email=email))
    elif day:
        yield tongue.say(T("Return the form by {day}.", day=day))


def _running(tongue: i18n.Language, day: dt.date) -> str:
    """25. marca 2020, as it stands within a Slovene sentence; 25 March 2020."""
    return f"{day.day}{'.' if tongue.code == 'sl' else ''} {tongue.month(day, genitive=True)}"


def _form_words(paper: str) -> FormWords:
    return FormWords(
        required=words(T("has to be filled in"), paper),
        yes=words(T("yes"), paper),
        no=words(T("no"), paper),
        agree=words(T("I agree"), paper),
        disagree=words(T("I do not agree"), paper),
        one_of=words(T("Choose one."), paper),
        several_of=words(T("Choose as many as you like."), paper),
        date_hint=words(T("Day, month and year, for example {example}", example=dt.date(2003, 4, 2)), paper),
        file_hint=words(T("Please add the file to your message."), paper),
        number=words(T("No."), paper),
    )


def _version(sections: Iterable[FormSection]) -> str:
    """The same whatever the language, and whichever consents it asks for."""
    asked = [field for section in sections for field in section.fields if not field.name.startswith(CONSENT)]
    return version_of(map(_what_it_asks, asked))


def _what_it_asks(field: FormField) -> str:
    return "|".join((field.name, field.kind, *(choice.key for choice in field.choices)))


def _has_days(known: About) -> bool:
    return known.event.precision != "month"


def _warnings(
    known: About, paper: str, options: FormOptions, asked: Sequence[QuestionRow], now: dt.datetime
) -> Iterable[Text]:
    yield from papers_about.warnings(known, paper)
    if not known.office["office.email"]:
        yield T("The office's e-mail is not written in Settings yet: the form does not say where to return it.")
    deadline = known.event.deadline
    if deadline is not None and deadline < now.date() and options.audience != ACCEPTED:
        yield T("The deadline has passed: {day}.", day=deadline)
    if options.audience == ACCEPTED and not any(one.accepted_only for one in asked):
        yield T("Nothing is asked of those accepted only: the form holds name and e-mail.")
    if "en" in codes_of(paper):
        for one in asked:
            if "en" not in one.labels:
                yield T("“{question}” has no English wording; the Slovene one is printed.", question=one.label)
    if any(one.kind == "file" for one in asked):
        yield T("A file cannot be put into the form: it asks to add it to the message.")

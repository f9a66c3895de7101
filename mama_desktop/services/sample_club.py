"""The sample's club meeting in depth: what its form asks, its workshops, who waits, its minors, a letter, its files."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop import resources
from mama_desktop.domain.base import Base
from mama_desktop.domain.capacity import ChosenOption, EventOption, Quota
from mama_desktop.domain.consents import Consent, ConsentText, Guardian
from mama_desktop.domain.files import Attachment
from mama_desktop.domain.letters import Letter, LetterRecipient
from mama_desktop.domain.questions import Question
from mama_desktop.domain.registrations import GIVES_BACK, TAKES_PLACE
from mama_desktop.services import letter_texts, letters, office
from mama_desktop.services.consent_words import shipped_texts
from mama_desktop.services.recipients import Audience
from mama_desktop.services.sample_data import add, data, key

CODE = "2020-04-klub"
Rows = list[dict[str, Any]]
_WRITTEN_AT = dt.datetime(2020, 2, 28, 10, 15)
_READERS = 8


def deepen(rows: Rows) -> dict[type[Base], Rows]:
    """Fill the club's registrations in place; gives what has to be there before they are."""
    told = data("club.json")
    rows = [row for row in rows if row["event_id"] == _event()]
    _wait_together(rows, told["waiting"])
    _say_why(rows, told["reasons"])
    asked = _questions(told["questions"])
    _answer(rows, asked)
    _name_somebody_to_call(rows, told["emergency"])
    options = [
        {**option, "id": key("option", CODE, str(n)), "event_id": _event(), "position": n, **told["option_group"]}
        for n, option in enumerate(told["options"], start=1)
    ]
    quota = {"id": key("quota", CODE), "event_id": _event(), **told["quota"]}
    return {EventOption: options, Quota: [quota], Question: asked}


def parties() -> Rows:
    """The two who come together or not at all."""
    told = data("club.json")["waiting"]
    return [{
        "id": key("party", CODE), "event_id": _event(), "name": told["party"],
        "organisation_id": key("organisation", told["organisation"]), "contact_id": key("person", told["people"][0]),
        "contact_email": told["contact_email"],
    }]  # fmt: skip


def complete(session: Session, rows: Rows) -> None:
    """What hangs on the club's registrations: chosen workshops, guardians and consents, files, the letter."""
    told = data("club.json")
    rows = [row for row in rows if row["event_id"] == _event()]
    by_person = {row["person_id"]: row["id"] for row in rows}
    add(session, ChosenOption, _chosen(rows, told["options"]))
    add(session, Guardian, (_guardian(child, one) for child in told["minors"] for one in child["guardians"]))
    words = shipped_texts()["texts"]
    purposes = sorted({purpose for child in told["minors"] for purpose in child["consents"]})
    add(session, ConsentText, (
        {"id": key("consent-text", p), "purpose": p, "text_sl": words[p]["sl"], "text_en": words[p]["en"],
         "since": dt.date(2020, 1, 1)}
        for p in purposes
    ))  # fmt: skip
    add(session, Attachment, [_file(session, one, by_person) for one in told["files"]])
    add(session, Consent, (c for child in told["minors"] for c in _consents(child)))
    _write_to_some(session, rows)


def _event() -> str:
    return key("event", CODE)


def _wait_together(rows: Rows, told: dict[str, Any]) -> None:
    """The office's own have their places; two of one centre wait for theirs."""
    chosen = [key("person", number) for number in told["people"]]
    was = [row for row in rows if row["status"] == "waiting"]
    for row in was:
        row["status"] = "accepted"
    waits = [row for row in rows if row["person_id"] in chosen]
    for place, row in enumerate(sorted(waits, key=lambda row: chosen.index(row["person_id"])), start=1):
        row.update(status="waiting", waiting_position=place, party_id=key("party", CODE), source="sample")


def _say_why(rows: Rows, reasons: dict[str, list[dict[str, str]]]) -> None:
    for status in sorted(GIVES_BACK):
        gone = [row for row in rows if row["status"] == status]
        for row, said in zip(gone, reasons[status], strict=False):
            row.update(said)


def _questions(told: list[dict[str, Any]]) -> Rows:
    asked = []
    for position, one in enumerate(told, start=1):
        condition = one.get("shown_if_id")
        asked.append({
            **one,
            "id": _question(one["id"]),
            "event_id": _event(),
            "position": position,
            "shown_if_id": _question(condition) if condition else None,
        })  # fmt: skip
    return asked


def _question(name: str) -> str:
    return key("question", CODE, name)


def _answer(rows: Rows, asked: Rows) -> None:
    """Typed answers; what was said in free words stands under its question. A few have not said how they travel."""
    chance = Random("mama-sample/club")
    expects, how, seats = (_question(name) for name in ("expect", "travel", "seats"))
    labels = {one["label_sl"]: one["id"] for one in asked if "label_sl" in one}
    for number, row in enumerate(rows):
        answers = {labels.get(label, label): words for label, words in row["answers"].items()}
        if number % 11 != 4 and row["status"] not in GIVES_BACK:
            answers[how] = chance.choices(("train", "car", "coach"), (30, 45, 25))[0]
            if answers[how] == "car":
                answers[seats] = chance.randint(0, 3)
        row["answers"] = {name: answers[name] for name in (expects, how, seats) if name in answers}


def _name_somebody_to_call(rows: Rows, told: list[str]) -> None:
    """A third of those who come have said whom to call."""
    coming = [row for row in rows if row["status"] in TAKES_PLACE]
    for number, row in enumerate(coming[::3]):
        name, relation = told[number % len(told)].split("|")
        row.update(emergency_name=name, emergency_relation=relation, emergency_phone=f"+386 70 002 {number:03}")


def _chosen(rows: Rows, options: list[dict[str, Any]]) -> Rows:
    """One workshop is full, the other has places; two who are not decided about wish for the full one."""
    coming = [row for row in rows if row["status"] in TAKES_PLACE and row["role"] == "participant"]
    full = int(options[0]["places"])
    first = [row for n, row in enumerate(coming) if n % 5 != 2][:full]
    taken = {row["id"] for row in first}
    second = [row for row in coming if row["id"] not in taken][:17]
    wishes = [row for row in rows if row["status"] == "applied"][:2]
    return [
        {
            "id": key("chosen", row["id"]),
            "option_id": key("option", CODE, str(number)),
            "registration_id": row["id"],
        }
        for number, takers in ((1, [*first, *wishes]), (2, second))
        for row in takers
    ]


def _guardian(child: dict[str, Any], one: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": key("guardian", child["person"], one["key"]),
        "person_id": key("person", child["person"]),
        "guardian_id": key("person", one["key"]),
        "relation": one["relation"],
    }


def _consents(child: dict[str, Any]) -> Rows:
    return [
        {
            "id": key("consent", CODE, child["person"], purpose),
            "person_id": key("person", child["person"]),
            "event_id": _event(),
            "purpose": purpose,
            "given": given,
            "given_on": dt.date.fromisoformat(child["signed_on"]),
            "given_by_id": key("person", child["guardians"][0]["key"]),
            "source": "paper",
            "text_id": key("consent-text", purpose),
            "attachment_id": key("attachment", child["scan"]) if child.get("scan") else None,
        }
        for purpose, given in child["consents"].items()
    ]


def _file(session: Session, told: dict[str, str], by_person: dict[str, str]) -> dict[str, Any]:
    content = resources.path("data", "sample", told["name"]).read_bytes()
    owner = {"registration_id": by_person[key("person", told["person"])]} if "person" in told else {}
    return {
        "id": key("attachment", told["name"]),
        "event_id": None if owner else _event(),
        **owner,
        "kind": told["kind"],
        "name": told["name"],
        "media_type": "application/pdf",
        "size": len(content),
        "file_hash": office.store_file(session, content),
        "added_at": dt.datetime.fromisoformat(told["added_at"]),
        "added_by": told["added_by"],
    }


def _write_to_some(session: Session, rows: Rows) -> None:
    """The acceptance as it went to those who were accepted first."""
    told = sorted((r for r in rows if r["status"] == "confirmed"), key=lambda r: (r["status_since"], r["id"]))
    chosen = tuple(row["id"] for row in told if row["status_since"] < _WRITTEN_AT)[:_READERS]
    text = letter_texts.shipped("acceptance")
    wish = letters.Wish(Audience(_event(), chosen), text.subjects, text.bodies, "acceptance", "Potrditev prijave")
    letter = key("letter", CODE)
    add(session, Letter, [{
        "id": letter, "event_id": _event(), "kind": wish.kind, "channel": "eml", "name": wish.name,
        "options": {"template": text.key}, "made_at": _WRITTEN_AT, "made_by": "Ana Novak",
    }])  # fmt: skip
    written = letters.compose(session, wish, now=_WRITTEN_AT).letters
    add(session, LetterRecipient, (
        {
            "id": key("letter-recipient", letter, one.recipient.key), "letter_id": letter,
            "person_id": one.recipient.person_id, "organisation_id": one.recipient.organisation_id,
            "registration_id": one.recipient.registration_id, "name": one.recipient.name,
            "address": "; ".join(one.recipient.mail), "language": one.language, "subject": one.subject,
            "body": one.text, "sent_at": _WRITTEN_AT + dt.timedelta(minutes=25) if place < _READERS - 2 else None,
        }
        for place, one in enumerate(written)
    ))  # fmt: skip

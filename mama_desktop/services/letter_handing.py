"""A mailing for the mail program: by language one link with everybody in the blind copy, or batches of addresses."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mama_desktop.domain.text import T
from mama_desktop.i18n import language as language_of
from mama_desktop.services import placeholder_values, placeholders
from mama_desktop.services.letters import Mailing, Wish, compose
from mama_desktop.services.mail_program import HandedOver, hand_over

# Outlook on Windows takes a comma for a part of the name.
SEPARATOR = ";" if sys.platform == "win32" else ","


@dataclass(frozen=True)
class Handing:
    """What one language's readers get. is_common: one text for all (the greeting is general); else only the subject."""

    language: str
    addresses: tuple[str, ...]
    given: HandedOver
    is_common: bool


def handings(session: Session, wish: Wish, *, now: dt.datetime) -> tuple[Mailing, list[Handing]]:
    """The mailing, and what the mail program gets of it: a link for each language, or batches for the clipboard."""
    mailing = compose(session, wish, now=now)
    mailing.refuse_if_broken()
    found = []
    for code in ("sl", "en"):
        letters = [one for one in mailing.by_mail if one.language == code]
        if not letters:
            continue
        addresses = tuple(dict.fromkeys(mail for one in letters for mail in one.recipient.mail))
        if len(letters) == 1:
            subject, text = letters[0].subject, letters[0].text
        else:
            subject, text = common_text(session, wish, code, now=now)
        given = hand_over(addresses, subject=subject, text=text, separator=SEPARATOR)
        found.append(Handing(code, addresses, given, bool(text)))
    return mailing, found


def common_text(session: Session, wish: Wish, code: str, *, now: dt.datetime) -> tuple[str, str]:
    """Subject and text that are true for everybody: a general greeting; without what is somebody's own, else empty."""
    audience = wish.audience
    known = placeholder_values.offered(session, audience.event_id, organisations=bool(audience.organisation_ids))
    values = placeholder_values.common(session, wish.audience.event_id, code, now)
    values["greeting"] = language_of(code).say(T("Dear all"))
    personal = {one.key for one in known.offered if one.is_personal and one.key != "greeting"}
    said = []
    for words in (wish.subjects.get(code, ""), wish.bodies.get(code, "")):
        own = personal & set(placeholders.asked_for(words, known))
        said.append("" if own else placeholders.fill(words, known, values, "").text.strip())
    return said[0], said[1]

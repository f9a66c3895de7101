"""The texts of letters: those that come with the program in both languages, and what the office made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop import resources
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.letters import LETTER_KINDS, LetterTemplate
from mama_desktop.domain.text import T, Text, clean, fold, sort_key, verbatim

# In the order in which an event needs them.
SHIPPED: dict[str, tuple[str, Text]] = {
    "invitation": ("invitation", T("Invitation")),
    "reminder": ("reminder", T("Reminder")),
    "receipt": ("receipt", T("Confirmation of receipt")),
    "acceptance": ("acceptance", T("Acceptance")),
    "waiting": ("waiting", T("Waiting list")),
    "refusal": ("refusal", T("Refusal")),
    "consent": ("consent", T("Missing consent of a parent")),
    "travel": ("travel", T("How do you travel?")),
    "travel-plan": ("travel-plan", T("Travel plan")),
    "before": ("before", T("Before the event")),
    "cancellation": ("cancellation", T("Cancellation of a registration")),
    "thanks": ("thanks", T("Thank-you")),
    "organisation": ("other", T("To the contact person of an organisation")),
}
BY_ORGANISATION = "organisation"
# Which text is at hand for registrations of one status.
FOR_STATUS = {
    "invited": "invitation", "applied": "receipt", "accepted": "acceptance", "confirmed": "before",
    "waiting": "waiting", "declined": "refusal", "cancelled": "cancellation",
}  # fmt: skip


@dataclass(frozen=True)
class LetterText:
    """One text. key: that of the shipped one, or of an own one. subjects, bodies: by language code.

    id: of the office's own version, empty for a text as shipped. is_shipped: whether a shipped one stands behind it.
    """

    key: str
    name: Text
    kind: str
    subjects: Mapping[str, str] = field(hash=False)
    bodies: Mapping[str, str] = field(hash=False)
    id: str = ""
    is_shipped: bool = False


EMPTY = LetterText(
    "", T("Empty letter"), "other", {"sl": "", "en": ""}, {"sl": "[Pozdrav],\n\n", "en": "[Greeting],\n\n"}
)


@lru_cache(maxsize=32)
def shipped(key: str) -> LetterText:
    """A text as it comes with the program."""
    kind, name = SHIPPED[key]
    subjects, bodies = {}, {}
    for code in ("sl", "en"):
        words = resources.path("letters", f"{key}.{code}.txt").read_text(encoding="utf-8")
        subject, _, body = words.partition("\n")
        subjects[code], bodies[code] = subject.strip(), body.strip()
    return LetterText(key, name, kind, subjects, bodies, is_shipped=True)


def letter_texts(session: Session) -> list[LetterText]:
    """Every text: the shipped ones in their order, replaced by the office's own version, then its own texts."""
    kept = list(session.scalars(select(LetterTemplate).order_by(LetterTemplate.id)))
    own = {one.key: one for one in kept if one.key}
    found = [_own(own[key]) if key in own else shipped(key) for key in SHIPPED]
    others = sorted((one for one in kept if one.key not in SHIPPED), key=lambda one: sort_key(one.name))
    return [*found, *map(_own, others)]


def letter_text(session: Session, words: str) -> LetterText:
    """A text by its key or its name in either language; an unknown one is refused with those there are."""
    known = letter_texts(session)
    for one in known:
        if words in (one.key, one.id) or fold(words) == fold(str(one.name)):
            return one
    raise OfficeError(
        T("There is no letter text called “{name}”.", name=words),
        todo=T("These can be used: {keys}", keys=", ".join(one.key for one in known)),
    )


def _own(kept: LetterTemplate) -> LetterText:
    is_shipped = kept.key in SHIPPED
    name = SHIPPED[kept.key][1] if is_shipped and not kept.name else verbatim(kept.name)
    return LetterText(
        kept.key or kept.id, name, kept.kind, {"sl": kept.subject_sl, "en": kept.subject_en},
        {"sl": kept.body_sl, "en": kept.body_en}, kept.id, is_shipped,
    )  # fmt: skip


def keep_text(
    session: Session, key: str, *, kind: str, subjects: Mapping[str, str], bodies: Mapping[str, str], name: str = ""
) -> str:
    """Keep a text as the office's own: in place of the one of this key, or as a new one under a name. Returns its key.

    key: of a shipped or an own text; empty for a new one, which needs a name no other has.
    """
    name = clean(name)
    kept = _kept(session, key)
    if kept is None:
        if key not in SHIPPED:
            key = ""
            _check_name(session, name)
        kept = LetterTemplate(key=key)
        session.add(kept)
    kept.kind = kind if kind in LETTER_KINDS else "other"
    kept.name = name or kept.name or ""
    kept.subject_sl, kept.subject_en = clean(subjects.get("sl", "")), clean(subjects.get("en", ""))
    kept.body_sl, kept.body_en = bodies.get("sl", ""), bodies.get("en", "")
    session.flush()
    return kept.key or kept.id


def back_to_shipped(session: Session, key: str) -> None:
    """Let go of the office's own version; of an own text, of the text itself."""
    kept = _kept(session, key)
    if kept is not None:
        session.delete(kept)
        session.flush()


def _kept(session: Session, key: str) -> LetterTemplate | None:
    if not key:
        return None
    query = select(LetterTemplate).where((LetterTemplate.key == key) | (LetterTemplate.id == key))
    return session.scalars(query.order_by(LetterTemplate.id)).first()


def _check_name(session: Session, name: str) -> None:
    if not name:
        raise OfficeError(T("Please write a name for the text."))
    if any(fold(str(one.name)) == fold(name) for one in letter_texts(session)):
        raise OfficeError(T("There is already a text called “{name}”.", name=name), todo=T("Choose another name."))

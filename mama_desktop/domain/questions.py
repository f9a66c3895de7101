"""What a registration form asks besides name and contact: an event's own questions and sets of them to use again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain.base import Base, Choices, Json, Key
from mama_desktop.domain.text import T

QUESTION_KINDS: Choices = {
    "text": T("short text"),
    "long-text": T("long text"),
    "number": T("number"),
    "date": T("date"),
    "bool": T("yes or no"),
    "choice": T("one of several"),
    "choices": T("several of several"),
    "file": T("file"),
    # A field of the program itself (birth date, diet, emergency contact …) that this form asks for: `field_key`.
    "field": T("field of the program"),
}
SENSITIVITIES: Choices = {"open": T("open"), "personal": T("personal"), "sensitive": T("sensitive")}


class QuestionSet(Base):
    """Questions under a name, to be put into the form of any event."""

    __tablename__ = "question_set"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(120))


class Question(Base):
    """One question of an event's form, or of a set. Answers stand in `Registration.answers` under the question's key.

    choices: [{"key", "sl", "en"}, …]. shown_if_id, shown_if: asked only where the answer to that question of the same
    form is among these (keys of choices, "yes", "no"). accepted_only: not asked before somebody is accepted.
    """

    __tablename__ = "question"

    id: Mapped[Key]
    event_id: Mapped[str | None] = mapped_column(ForeignKey("event.id"), index=True)
    set_id: Mapped[str | None] = mapped_column(ForeignKey("question_set.id"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str] = mapped_column(String(20), default="text")
    field_key: Mapped[str] = mapped_column(String(60), default="")
    label_sl: Mapped[str] = mapped_column(String(300), default="")
    label_en: Mapped[str] = mapped_column(String(300), default="")
    help_sl: Mapped[str] = mapped_column(default="")
    help_en: Mapped[str] = mapped_column(default="")
    choices: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    required: Mapped[bool] = mapped_column(default=False)
    accepted_only: Mapped[bool] = mapped_column(default=False)
    sensitivity: Mapped[str] = mapped_column(String(20), default="personal")
    shown_if_id: Mapped[str | None] = mapped_column(ForeignKey("question.id"))
    shown_if: Mapped[list[str]] = mapped_column(Json, default=list)

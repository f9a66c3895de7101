"""What a registration form asks besides name and contact: an event's own questions and sets of them to use again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain.base import Base, Choices, Json, Key
from mama_desktop.domain.text import T, Text, in_both

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
# Kinds of answer that another question may depend on.
DECIDES = frozenset({"bool", "choice", "choices"})
YES, NO = "yes", "no"
# Always asked: without a name nobody is registered, without the others nobody can be reached.
ALWAYS_ASKED = ("given_name", "family_name", "organisation", "email", "phone")
# What an application form for selected places does not ask before the selection (facts 4.5: TCA/NET platform,
# "Application forms - for calls for participants"); the emergency contact by the same rule.
AFTER_SELECTION = frozenset({
    "birth_date", "diet", "allergies", "emergency_name", "emergency_relation", "emergency_phone",
})  # fmt: skip


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


@dataclass(frozen=True)
class QuestionRow:
    """One question as it travels between rooms.

    labels, helps: words by language code. choices: key → words by language code, in their order. shown_if: keys of
    choices, or "yes" and "no". For a field of the program (`field_key`) kind is "field" and `choices` are empty here:
    what kind of field it is, says the registry.
    """

    id: str
    position: int
    kind: str
    field_key: str = ""
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    helps: Mapping[str, str] = field(default_factory=dict, hash=False)
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)
    required: bool = False
    accepted_only: bool = False
    sensitivity: str = "personal"
    shown_if_id: str | None = None
    shown_if: tuple[str, ...] = ()

    @property
    def label(self) -> Text:
        return said(self.labels)

    @property
    def help(self) -> Text:
        return said(self.helps)

    def label_in(self, code: str) -> str:
        """The question in a language; in the other one where that is missing."""
        return in_language(self.labels, code)

    def help_in(self, code: str) -> str:
        return in_language(self.helps, code)

    def choices_in(self, code: str) -> dict[str, str]:
        """Key of a choice → its words."""
        return {key: in_language(words, code) for key, words in self.choices.items()}

    @property
    def texts(self) -> dict[str, Text]:
        """The choices as a field takes them."""
        return {key: said(words) for key, words in self.choices.items()}

    def answered(self, answers: Mapping[str, Any]) -> Any:
        """Its answer among `answers` (by the question's key, or the field's); None when there is none."""
        value = answers.get(self.id)
        if value is None and self.field_key:
            value = answers.get(self.field_key)
        return None if value in ("", [], ()) else value


def in_language(words: Mapping[str, str], code: str) -> str:
    return words.get(code) or words.get("sl") or words.get("en") or ""


def said(words: Mapping[str, str]) -> Text:
    return in_both(words.get("sl", ""), words.get("en", ""))


def asked(questions: Sequence[QuestionRow], answers: Mapping[str, Any], *, accepted: bool) -> list[QuestionRow]:
    """The questions that apply to one person.

    questions: those of one form in their order. answers: by the question's key, for fields of the program by the
    field's key too. A question that depends on one that is not asked is not asked either.
    """
    applies: dict[str, QuestionRow] = {}
    for question in questions:
        if question.accepted_only and not accepted:
            continue
        if question.shown_if_id:
            condition = applies.get(question.shown_if_id)
            if condition is None or not (chosen_of(condition.answered(answers)) & set(question.shown_if)):
                continue
        applies[question.id] = question
    return list(applies.values())


def chosen_of(answer: Any) -> set[str]:
    """An answer as conditions know it: the keys of its choices, "yes" or "no"."""
    if answer is None:
        return set()
    if isinstance(answer, bool):
        return {YES if answer else NO}
    return {answer} if isinstance(answer, str) else set(answer)


def depending(questions: Iterable[QuestionRow], key: str) -> list[QuestionRow]:
    """The questions that are shown only after an answer to this one."""
    return [one for one in questions if one.shown_if_id == key]

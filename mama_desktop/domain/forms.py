"""By what a registration form that comes back is known: the event, the language, the version, what it asked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote

# The name of the hidden field of a PDF, of the hidden sheet of a workbook, and the first word of the mark.
MARK = "MAMA-FORM"
EVERYBODY, ACCEPTED = "everybody", "accepted"
# How the fields of a form are called: a field of the program by its key, anything else with one of these in front.
QUESTION, OPTION, CONSENT = "q_", "o_", "c_"
# Between a field and one of its choices, where each choice has a place of its own.
OF = "__"
_PART = re.compile(r"([a-z]+)=([^;\s]*)")


@dataclass(frozen=True)
class FormIdentity:
    """event_id: of the event it was made for. language: "sl", "en" or "both". audience: EVERYBODY or ACCEPTED.

    version: the same as long as the form asks the same. made: the day, ISO.
    """

    event_id: str
    language: str = "sl"
    audience: str = EVERYBODY
    version: str = ""
    made: str = ""

    def mark(self) -> str:
        """The identity as one ASCII line, kept in a hidden place of the form."""
        parts = {
            "event": self.event_id, "language": self.language, "audience": self.audience, "version": self.version,
            "made": self.made,
        }  # fmt: skip
        return f"{MARK} 1; " + "; ".join(f"{key}={value}" for key, value in parts.items())


def identity_of(mark: str) -> FormIdentity | None:
    """What a mark says; None for words that are none."""
    if not mark.startswith(f"{MARK} "):
        return None
    said = dict(_PART.findall(mark))
    if not said.get("event"):
        return None
    return FormIdentity(
        said["event"], said.get("language", "sl"), said.get("audience", EVERYBODY), said.get("version", ""),
        said.get("made", ""),
    )  # fmt: skip


def version_of(parts: Iterable[str]) -> str:
    """A short name for what a form asks: fields, kinds and choices, in their order."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]


def ascii_name(key: str) -> str:
    """A key as the name of a field or of a state: letters, digits, "-", "_" and "%" only; `key_of` turns it back."""
    return quote(key, safe="").replace(".", "%2E").replace("~", "%7E")


def key_of(name: str) -> str:
    return unquote(name)

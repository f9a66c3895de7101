"""What a status looks like: a tone (colour) and an icon for each choice that is a state of things.

Colour, icon and word stand together, never colour alone. A choice field all of whose choices are known here is painted
as chips by `row_table`.
"""

from __future__ import annotations

from collections.abc import Collection

TONES: dict[str, tuple[str, str]] = {
    "invited": ("neutral", "envelope"),
    "applied": ("info", "inbox"),
    "accepted": ("ok", "check"),
    "confirmed": ("ok", "check-double"),
    "waiting": ("wait", "hourglass-half"),
    "declined": ("no", "ban"),
    "cancelled": ("no", "xmark"),
    "planned": ("info", "calendar"),
    "finished": ("neutral", "flag-checkered"),
    "postponed": ("wait", "clock"),
    "present": ("ok", "check"),
    "absent": ("no", "xmark"),
    "excused": ("wait", "circle-minus"),
    "not-keyed-in": ("neutral", "circle-question"),
    "new": ("info", "plus"),
    "changed": ("wait", "pen"),
    "same": ("neutral", "equals"),
    "known": ("ok", "check"),
    "asked": ("info", "envelope"),
    "unknown": ("neutral", "circle-question"),
    "doubtful": ("wait", "circle-question"),
    "new-person": ("info", "user-plus"),
    "not-yet": ("info", "plus"),
    "left-out": ("neutral", "minus"),
    "late": ("wait", "clock"),
    "problem": ("no", "triangle-exclamation"),
    "undone": ("neutral", "rotate-left"),
    "given": ("ok", "check"),
    "made": ("neutral", "file"),
    "returned": ("info", "inbox"),
    "approved": ("ok", "check"),
    "paid": ("ok", "coins"),
    "issued": ("info", "file-signature"),
    "settled": ("wait", "calculator"),
    "refused": ("no", "xmark"),
    "withdrawn": ("wait", "rotate-left"),
    "none": ("neutral", "circle-question"),
    "whole": ("ok", "check"),
    "damaged": ("no", "triangle-exclamation"),
}


def tone_of(choice: object) -> tuple[str, str]:
    """(tone, icon) of a choice; neutral for what is not known here."""
    return TONES.get(str(choice), ("neutral", "circle-info"))


def is_status(choices: Collection[str]) -> bool:
    return bool(choices) and all(key in TONES for key in choices)

"""The counts in the head of an event: who registered, who is accepted of how many, whose paper is missing."""

from __future__ import annotations

from mama_desktop.domain.events import STATUSES
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.i18n import Language
from mama_desktop.services.events import EventHead
from mama_desktop.services.invitations import Replies
from mama_desktop.ui.widgets import Chip

CONSENTS = "consents"
_STATUS_TONES = {"cancelled": "no", "postponed": "wait", "finished": "neutral", "confirmed": "ok"}


def chips_of(head: EventHead, replies: Replies, missing: int, speak: Language) -> list[Chip]:
    """What a click on one shows is its `view`: statuses with commas, "*" for everybody who registered, CONSENTS."""
    counts, say = head.counts, speak.say
    accepted: Text
    if head.capacity and counts.accepted > head.capacity:
        accepted = T(
            "accepted {now}, over capacity", now=f"{speak.number(counts.accepted)} / {speak.number(head.capacity)}"
        )
    elif head.capacity:
        accepted = TN("{count} accepted of {capacity}", "{count} accepted of {capacity}", counts.accepted,
                      capacity=speak.number(head.capacity))  # fmt: skip
    else:
        accepted = TN("{count} accepted person", "{count} accepted people", counts.accepted)
    over = head.capacity is not None and counts.accepted > head.capacity
    chips = [
        Chip(
            say(TN("{count} registration", "{count} registrations", counts.registered)),
            "neutral",
            "*",
            say(_who_counts(counts.of("invited"))),
        ),
        Chip(say(accepted), "wait" if over else "ok", "accepted,confirmed"),
    ]
    for status, tone, text in (
        ("applied", "info", TN("{count} new", "{count} new", counts.of("applied"))),
        (
            "waiting",
            "wait",
            TN("{count} on the waiting list", "{count} on the waiting list", counts.of("waiting")),
        ),
        ("invited", "info", replies.words),
        ("cancelled", "no", TN("{count} cancellation", "{count} cancellations", counts.of("cancelled"))),
    ):
        if counts.of(status):
            chips.append(Chip(say(text), tone, status))
    if missing:
        words = TN("{count} consent of parents missing", "{count} consents of parents missing", missing)
        chips.append(Chip(say(words), "wait", CONSENTS))
    if head.status != "planned":
        chips.insert(0, Chip(say(STATUSES[head.status]), _STATUS_TONES.get(head.status, "neutral")))
    return chips


def _who_counts(invited: int) -> Text:
    """Which rows the count of registrations counts."""
    rule = T("Everybody who registered, also who was declined or has cancelled.")
    if not invited:
        return rule
    others = TN(
        "{count} person is only invited and is not counted.", "{count} people are only invited and are not counted.",
        invited,
    )  # fmt: skip
    return T("{one} {two}", one=rule, two=others)

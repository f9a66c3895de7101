"""Who was invited and what they answered, counted."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import TN, T, Text


@dataclass(frozen=True)
class Replies:
    """Of those whose status still is "invited": how many said they come, that they do not, and nothing yet."""

    coming: int = 0
    not_coming: int = 0
    none: int = 0

    @property
    def invited(self) -> int:
        return self.coming + self.not_coming + self.none

    @property
    def words(self) -> Text:
        """ "20 invited: 12 coming, 3 not coming, 5 without an answer"; only the last while nobody has answered."""
        silent = TN("{count} without an answer", "{count} without an answer", self.none)
        if not (self.coming or self.not_coming):
            return silent
        invited = TN("{count} invited", "{count} invited", self.invited)
        coming = TN("{count} coming", "{count} coming", self.coming)
        not_coming = TN("{count} not coming", "{count} not coming", self.not_coming)
        return T(
            "{invited}: {coming}, {not_coming}, {silent}",
            invited=invited, coming=coming, not_coming=not_coming, silent=silent,
        )  # fmt: skip


def replies(session: Session, event_id: str) -> Replies:
    """The answers of the invited of an event."""
    query = select(Registration.reply, func.count()).where(
        Registration.event_id == event_id, Registration.status == "invited"
    )
    found = {reply: number for reply, number in session.execute(query.group_by(Registration.reply))}
    return Replies(found.get("coming", 0), found.get("not-coming", 0), found.get("none", 0))

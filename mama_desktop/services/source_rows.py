"""What a form said the last time, row by row: the ground on which its newer export is compared with ours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from mama_desktop.domain.base import new_key
from mama_desktop.domain.people import email_key, name_key
from mama_desktop.domain.sources import SourceRow
from mama_desktop.intake.candidates import Candidate
from mama_desktop.intake.sensitive import mask
from mama_desktop.services.fields import ANSWER
from mama_desktop.services.matching import alike, phone_key, same_given_name
from mama_desktop.store.inserting import insert_rows

_LONGEST_KEY = 300
# Follow from other values, or say only when a row was sent.
_NOT_KEPT = frozenset({"submitted_at", "age_group_on"})


class Said(NamedTuple):
    """A row of the form as it was last read. gone_at: since when it is no longer there (or was left out: then without a
    registration). values: field key, or "answer:" and heading → plain value."""

    id: str
    row_key: str
    registration_id: str | None
    values: dict[str, Any]
    file_name: str
    line: int
    seen_at: dt.datetime
    gone_at: dt.datetime | None

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.values.get("given_name"), self.values.get("family_name"))))


_columns = SourceRow.metadata.tables[SourceRow.__tablename__].c
_SAID = [_columns[name] for name in Said._fields]


class Past:
    """Every row of one form that was read for an event before; each is given to at most one row of the new file."""

    def __init__(self, rows: Iterable[Said] = ()) -> None:
        self.rows = list(rows)
        self._claimed: set[str] = set()
        self._by_key = {row.row_key: row for row in self.rows}
        self._by_name: dict[tuple[str, str], Said] = {_who(row.values): row for row in self.rows}
        self._by_registration = {row.registration_id: row for row in self.rows if row.registration_id}

    def claim(self, row: Candidate) -> Said | None:
        """The row as it was before: by the form's own number or time and e-mail, else by e-mail and name."""
        if not self.rows:
            return None
        found = self._by_key.get(row_key(row))
        if found is None or found.id in self._claimed or not _one_row(found, row):
            found = self._by_name.get(_who(row.values))
        return self._taken(found)

    def of_registration(self, registration_id: str) -> Said | None:
        """The row that gave this registration, for a row that was recognised by the person."""
        return self._taken(self._by_registration.get(registration_id))

    def left(self) -> Iterator[Said]:
        """The rows the new file does not have."""
        return (row for row in self.rows if row.id not in self._claimed)

    def _taken(self, found: Said | None) -> Said | None:
        if found is None or found.id in self._claimed:
            return None
        self._claimed.add(found.id)
        return found


def past(session: Session, event_id: str, fingerprint: str) -> Past:
    """What this form said before; empty for a file that is no form, or comes for the first time."""
    if not fingerprint:
        return Past()
    query = select(*_SAID).where(_columns.event_id == event_id, _columns.fingerprint == fingerprint)
    return Past(Said._make(row) for row in session.execute(query.order_by(_columns.id)))


def row_key(row: Candidate) -> str:
    """How the form tells its rows apart: its own number, else time and e-mail, else e-mail, else the folded name."""
    if row.number:
        return f"#{mask(row.number)}"[:_LONGEST_KEY]
    values = row.values
    who = email_key(values.get("email") or "") or _who(values)[1]
    sent = values.get("submitted_at")
    return mask(f"{sent.isoformat(' ', 'seconds')} {who}" if sent else who)[:_LONGEST_KEY]


def plain_value(value: Any) -> Any:
    """A value as it is kept: days as words, sets as lists, without an EMŠO."""
    if type(value) is str:
        return mask(value, iban=False) if len(value) > 11 else value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return sorted(str(one) for one in value)
    return value


def plain_values(row: Candidate) -> dict[str, Any]:
    """All that a row says, ready to be kept; an EMŠO is left out here too."""
    said = {
        key: value if type(value) is str else plain_value(value)
        for key, value in row.values.items()
        if value and key not in _NOT_KEPT
    }
    for heading, words in row.answers.items():
        if words:
            said[ANSWER + heading] = words
    # Looked for in all the words at once: one EMŠO in thousands of rows is rare.
    together = " | ".join([*said, *(value for value in said.values() if type(value) is str)])
    if mask(together, iban=False) is together:
        return said
    return {plain_value(key): plain_value(value) for key, value in said.items()}


class Remembering:
    """What the form said now, gathered row by row and written in a few statements."""

    def __init__(self, event_id: str, fingerprint: str, file_name: str, now: dt.datetime, there: Past) -> None:
        self._form = {"event_id": event_id, "fingerprint": fingerprint}
        self._file_name, self._now = file_name[:300], now
        self._used = {row.row_key for row in there.rows}
        self._new: list[dict[str, Any]] = []
        self._changed: list[dict[str, Any]] = []

    def keep(
        self,
        row: Candidate,
        before: Said | None,
        registration_id: str | None,
        *,
        open_fields: Mapping[str, Any] | None = None,
        left_out: bool = False,
    ) -> None:
        """What a row said. open_fields: what it said before of fields about which nothing was decided yet."""
        values = plain_values(row)
        for key, said in (open_fields or {}).items():
            values.pop(key, None)
            if said:
                values[key] = said
        gone_at = self._now if left_out else None
        if before is None:
            self._new.append({
                "id": new_key(), **self._form, "row_key": self._free(row), "registration_id": registration_id,
                "values": values, "file_name": self._file_name, "line": row.line, "seen_at": self._now,
                "gone_at": gone_at,
            })  # fmt: skip
            return
        key = row_key(row)
        if key != before.row_key and (key in self._used or before.row_key.startswith("#")):
            key = before.row_key
        if left_out and before.gone_at:
            gone_at = before.gone_at
        now = (key, registration_id, values, gone_at)
        if now != (before.row_key, before.registration_id, before.values, before.gone_at):
            self._used.add(key)
            self._changed.append({
                "its_key": before.id, "new_row_key": key, "new_registration_id": registration_id, "new_values": values,
                "new_file_name": self._file_name, "new_line": row.line, "new_seen_at": self._now,
                "new_gone_at": gone_at,
            })  # fmt: skip

    def gone(self, row: Said) -> None:
        """The form does not have it any more."""
        if row.gone_at is None:
            self._changed.append({
                "its_key": row.id, "new_row_key": row.row_key, "new_registration_id": row.registration_id,
                "new_values": row.values, "new_file_name": row.file_name, "new_line": row.line,
                "new_seen_at": row.seen_at, "new_gone_at": self._now,
            })  # fmt: skip

    def write(self, session: Session) -> None:
        table = SourceRow.metadata.tables[SourceRow.__tablename__]
        insert_rows(session, table, self._new)
        if self._changed:
            names = ("row_key", "registration_id", "values", "file_name", "line", "seen_at", "gone_at")
            values = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
            session.execute(update(table).where(table.c.id == bindparam("its_key")).values(values), self._changed)

    def _free(self, row: Candidate) -> str:
        """The row's key; with the name, then a number, while another row of the form has it (siblings' one e-mail)."""
        key, number = row_key(row), 1
        if key in self._used:
            key = f"{key} {mask(_who(row.values)[1])}"[: _LONGEST_KEY - 6]
        free = key
        while free in self._used:
            number += 1
            free = f"{key} ~{number}"
        self._used.add(free)
        return free


def _who(values: Mapping[str, Any]) -> tuple[str, str]:
    return email_key(values.get("email") or ""), name_key(
        values.get("given_name") or "", values.get("family_name") or ""
    )


def _one_row(before: Said, row: Candidate) -> bool:
    """Whether one key still stands for one person: numbers begin anew in a copied form, tickets are handed on."""
    (email, name), (new_email, new_name) = _who(before.values), _who(row.values)
    if name == new_name or alike(name, new_name) or same_given_name(name, new_name):
        return True
    if not row.number:
        return False
    born = before.values.get("birth_date")
    phones = phone_key(before.values.get("phone") or ""), phone_key(row.values.get("phone") or "")
    return bool(
        (email and email == new_email)
        or (born and born == plain_value(row.values.get("birth_date")))
        or (phones[0] and phones[0] == phones[1])
    )

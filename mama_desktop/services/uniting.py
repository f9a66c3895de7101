"""Two rows that may not stand beside one another: what the one that stays is given, and what cannot both be kept."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.money import euros
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T, Text, verbatim
from mama_desktop.services.expenses.iban import masked
from mama_desktop.services.history_words import field_of

Row = dict[str, Any]
EMPTY: tuple[Any, ...] = (None, "", [], {}, "unknown", "none")
# The further somebody has come, the more of it stays.
_STATUSES = ("cancelled", "declined", "invited", "applied", "waiting", "accepted", "confirmed")
_MARKS = ("absent", "excused", "present")
# What is said of a status and goes with it.
_WITH_STATUS = ("status", "status_since", "reason", "cancelled_by", "waiting_position")
_WITH_REPLY = ("reply", "replied_at")
_WITH_MARK = ("mark", "minutes", "keyed_at", "keyed_by")
DECIDED = ("approved", "paid")
_CLAIM_STATUSES = ("made", "returned", "refused", "approved", "paid")
_WITH_DECISION = (
    "status", "approved_cents", "approved_on", "approved_by", "paid_on", "payment_id", "reason", "most_cents",
)  # fmt: skip
# Not said of the row but of how it came here.
_ORIGIN = frozenset({"source", "source_line", "applied_at", "status_since", "replied_at", "keyed_at", "keyed_by"})


class Clash(NamedTuple):
    """A column in which both say something else."""

    column: str
    kept: Any
    dropped: Any


def united(table: Table, kept: Row, gone: Row) -> tuple[Row, list[Clash]]:
    """What the row that stays is given: what only the other has, and by a rule of its table what is said in both."""
    values: Row = {}
    clashes: list[Clash] = []
    settled = _by_rule(table.name, kept, gone, values, clashes)
    for column in table.columns:
        name = column.name
        if column.primary_key or (column.foreign_keys and kept[name] not in EMPTY) or name in settled:
            continue
        if kept[name] in EMPTY and gone[name] not in EMPTY:
            values[name] = gone[name]
        elif gone[name] not in EMPTY and kept[name] != gone[name] and name not in _ORIGIN:
            clashes.append(Clash(name, kept[name], gone[name]))
    return values, clashes


def _by_rule(table: str, kept: Row, gone: Row, values: Row, clashes: list[Clash]) -> set[str]:
    """The columns a table has a rule for; fills `values` and `clashes` with what follows."""
    match table:
        case "registration":
            _better(kept, gone, _WITH_STATUS, _STATUSES, values, clashes)
            _better(kept, gone, _WITH_REPLY, ("none", "not-coming", "coming"), values, clashes)
            values["diet"] = [*kept["diet"], *(diet for diet in gone["diet"] if diet not in kept["diet"])]
            values["answers"] = {**gone["answers"], **{k: v for k, v in kept["answers"].items() if v not in EMPTY}}
            for question, answer in gone["answers"].items():
                mine = kept["answers"].get(question)
                if mine not in EMPTY and answer not in EMPTY and mine != answer:
                    clashes.append(Clash(question, mine, answer))
            for remark in ("remarks", "allergies"):
                values[remark] = "\n".join(dict.fromkeys(part for part in (kept[remark], gone[remark]) if part))
            return {*_WITH_STATUS, *_WITH_REPLY, "diet", "answers", "remarks", "allergies"}
        case "attendance":
            _better(kept, gone, _WITH_MARK, _MARKS, values, clashes)
            minutes = [row["minutes"] for row in (kept, gone) if row["minutes"] is not None]
            values["minutes"] = max(minutes, default=None)
            return set(_WITH_MARK)
        case "partner":
            values["role"] = "lead" if "lead" in (kept["role"], gone["role"]) else kept["role"]
            return {"role"}
        case "travel_grant":
            # Another place than the usual one is said on purpose, and the place goes with it.
            from_elsewhere = ("origin", "place", "country")
            wins = gone if gone["origin"] == "other" and kept["origin"] != "other" else kept
            values.update({column: wins[column] for column in from_elsewhere})
            both = kept["origin"] == gone["origin"] == "other"
            if both and (kept["place"], kept["country"]) != (gone["place"], gone["country"]):
                clashes.append(Clash("place", kept["place"], gone["place"]))
            return set(from_elsewhere)
        case "travel_claim":
            # What was decided and paid stays decided and paid, with its amount, its route and its transfer.
            _better(kept, gone, _WITH_DECISION, _CLAIM_STATUSES, values, clashes)
            return set(_WITH_DECISION)
        case "guardian":
            values["is_legal"] = kept["is_legal"] or gone["is_legal"]
            return {"is_legal"}
    return set()


def _better(
    kept: Row, gone: Row, together: tuple[str, ...], order: tuple[str, ...], values: Row, clashes: list[Clash]
) -> None:
    """The later of an order wins, with what belongs to it."""
    name = together[0]
    ranks = {value: rank for rank, value in enumerate(order)}
    if kept[name] == gone[name]:
        values.update({column: gone[column] for column in together if kept[column] in EMPTY})
        return
    wins, loses = (gone, kept) if ranks.get(gone[name], -1) > ranks.get(kept[name], -1) else (kept, gone)
    values.update({column: wins[column] for column in together})
    if loses[name] not in EMPTY:
        clashes.append(Clash(name, wins[name], loses[name]))


def refusal_of(session: Session, table: str, kept: Row, gone: Row) -> OfficeError | None:
    """Why two rows must not become one: of two claims that are approved or paid, money went out, or will, for each."""
    if table != "travel_claim" or kept["status"] not in DECIDED or gone["status"] not in DECIDED:
        return None
    event = session.scalar(
        select(Event.title_sl)
        .join(Registration, Registration.event_id == Event.id)
        .where(Registration.id == kept["registration_id"])
    )
    amounts = [euros(row["approved_cents"] or 0) for row in (kept, gone)]
    return OfficeError(
        T(
            "Both have an approved or paid travel claim for “{event}” ({first} € and {second} €): two such claims "
            "never become one.",
            event=event or "", first=amounts[0], second=amounts[1],
        ),
        safe=T("Nothing was changed."),
        todo=T("Take one of the two out of its payment if it stands in one, take its approval back, then merge."),
    )  # fmt: skip


def united_words(session: Session, table: str, kept: Row) -> Text | None:
    """How the two are called that become one, where a person has a name for them."""
    if table != "registration":
        return None
    return T("Two registrations for the same event become one: {event}", event=_event(session, kept))


def said_clash(session: Session, table: str, kept: Row, clash: Clash) -> Text:
    """ "Klub, status: “accepted” stays, “declined” is left out"."""
    known = field_of(table, clash.column)
    what: Text = known.label if known else verbatim(clash.column)
    words = T(
        "{what}: “{kept}” stays, “{dropped}” is left out",
        what=what, kept=said_value(known, clash.kept), dropped=said_value(known, clash.dropped),
    )  # fmt: skip
    if table == "registration":
        return T("{event} – {words}", event=_event(session, kept), words=words)
    return words


def said_value(known: FieldInfo | None, value: Any) -> Any:
    """A value as a placeholder of a text: dates and numbers as they are, choices in words."""
    if value in (None, "", [], {}):
        return "—"
    if known is not None and known.kind == "secret":
        return masked(str(value))
    choices = known.choices if known else {}
    if isinstance(value, bool):
        return T("yes") if value else T("no")
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return choices.get(value, value) if isinstance(value, str) else value


def _event(session: Session, registration: Row) -> str:
    return session.scalar(select(Event.title_sl).where(Event.id == registration["event_id"])) or ""

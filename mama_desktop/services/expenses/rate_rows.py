"""The rates as tables of Settings: corrected in the cell, added, given back as the program brings them along."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain.allowances import PER_CENT, AllowanceRow
from mama_desktop.domain.base import new_key
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.money import euros
from mama_desktop.domain.rates import AllowanceRate, TravelRate
from mama_desktop.domain.rows import Found, Listing
from mama_desktop.domain.text import TN, T, Text, sort_key
from mama_desktop.domain.travel_bands import BandRate
from mama_desktop.i18n import Language
from mama_desktop.i18n import language as language_of
from mama_desktop.services.checked_values import checked
from mama_desktop.services.expenses import rate_checks, rates
from mama_desktop.services.fields.field import Field
from mama_desktop.services.fields.rates import ALLOWANCE_FIELDS, TRAVEL_RATE_FIELDS

TRAVEL, ALLOWANCE = "travel_rate", "allowance_rate"
# A rate is kept in hundredths of a cent; what is typed has four decimals at most.
_PER_EURO = 100 * PER_CENT
_MOST_EUROS, _FIRST_YEAR, _LAST_YEAR = 100_000, 1987, 2100
_Rate = BandRate | AllowanceRow


def travel_rate_rows(session: Session, *, language: str) -> Listing:
    """Every band in force, the newest calls first; keys as `rates.effective_travel_rates` gives them."""
    found = rates.effective_travel_rates(session)
    keys = sorted(
        found,
        key=lambda k: (
            sort_key(found[k].programme), sort_key(found[k].action), -found[k].call_year_from, found[k].km_from, k
        ),
    )  # fmt: skip
    return _listing(TRAVEL, keys, found, language)


def allowance_rows(session: Session, *, language: str) -> Listing:
    """Mileage and per diems in force, the newest first; abroad by country."""
    found = rates.effective_allowances(session)
    speak, items = language_of(language), list(ALLOWANCE_FIELDS["item"].info.choices)
    keys = sorted(
        found,
        key=lambda k: (
            items.index(found[k].item) if found[k].item in items else len(items),
            sort_key(speak.country(found[k].country)), -found[k].valid_from.toordinal(), k,
        ),
    )  # fmt: skip
    return _listing(ALLOWANCE, keys, found, language)


def doubts(session: Session, noun: str) -> list[Text]:
    """What does not hold together in the rates in force, in words; nothing is refused for it."""
    if noun == TRAVEL:
        return rate_checks.doubts_of_bands(rates.travel_rates(session))
    return rate_checks.doubts_of_allowances(rates.allowances(session))


def change_rates(
    noun: str, session: Session, keys: Sequence[str], field: Field, value: Any, *, now: dt.datetime
) -> int:
    """Correct a field of these rates; a correction that says what is shipped anyway is no longer kept."""
    del now
    assert field.writes is not None
    name = field.writes.key
    value = checked(field.info, value.title if isinstance(value, Found) else value)
    if name == "amount" and value is not None:
        value = round(float(value) * _PER_EURO)
    _, fields_of, shipped, effective = _of(noun)
    found = effective(session)
    for key in keys:
        if key not in found:
            raise OfficeError(T("This rate was deleted meanwhile."), safe=T("Nothing was changed."))
        changed = dataclasses.replace(found[key], **{name: value})
        _refuse_what_cannot_be(changed, fields_of[field.key].info.label, value, name)
        _keep(session, noun, key, changed, shipped().get(key))
    session.flush()
    return len(keys)


def add_rate(session: Session, noun: str, like: str, *, today: dt.date) -> str:
    """A rate of the office's own, beginning as a copy of `like`, to be confirmed; returns its key."""
    record, _, _, effective = _of(noun)
    found = effective(session)
    model = found.get(like) or next(iter(found.values()))
    if isinstance(model, BandRate):
        if model.km_below is not None:
            # Where it ends another band can begin.
            model = dataclasses.replace(model, km_from=model.km_below, km_below=None)
    else:
        model = dataclasses.replace(model, valid_from=today, valid_to=None)
    return _added(session, record, dataclasses.replace(model, certainty="C", source=""), new_key())


def copy_to_next_call(session: Session, keys: Sequence[str]) -> list[str]:
    """The bands of the newest call among these once more for the year after it, to be confirmed; returns their keys."""
    found = rates.effective_travel_rates(session)
    models = [found[key] for key in keys if key in found]
    if not models:
        raise OfficeError(T("Choose the rates that are to be copied."), safe=T("Nothing was changed."))
    newest = max(r.call_year_from for r in models)
    models = [r for r in models if r.call_year_from == newest]
    year = max(r.call_year_to or r.call_year_from for r in models) + 1
    made = []
    for model in models:
        copy = dataclasses.replace(model, call_year_from=year, call_year_to=year, certainty="C", source="")
        # The key such a row would have when a later program ships it: then this one is a correction of it.
        key = rates.key_of(copy)
        if key in found:
            raise OfficeError(
                T("There are rates for the calls of {year} already.", year=str(year)), safe=T("Nothing was changed.")
            )
        made.append(_added(session, TravelRate, copy, key))
    return made


def as_shipped(session: Session, noun: str, keys: Sequence[str]) -> int:
    """Take the office's corrections of these back; what it has added itself stays. Returns how many are other now."""
    record, _, shipped, _ = _of(noun)
    corrected = [row for key in keys if key in shipped() and (row := session.get(record, key)) is not None]
    if not corrected:
        raise OfficeError(T("None of the chosen rates was corrected by the office."), safe=T("Nothing was changed."))
    for row in corrected:
        session.delete(row)
    session.flush()
    return len(corrected)


def delete_rates(session: Session, keys: Sequence[str], *, noun: str) -> int:
    """Delete rates the office has added; one the program brings along is refused in words."""
    record, _, shipped, _ = _of(noun)
    refuse_shipped(noun, keys)
    rows = [row for key in keys if key not in shipped() and (row := session.get(record, key)) is not None]
    for row in rows:
        session.delete(row)
    session.flush()
    return len(rows)


def refuse_shipped(noun: str, keys: Sequence[str]) -> None:
    """OfficeError when one of these comes with the program."""
    ours = sum(key in _of(noun)[2]() for key in keys)
    if ours:
        raise OfficeError(
            TN("{count} of these rates comes with the program and cannot be deleted.",
               "{count} of these rates come with the program and cannot be deleted.", ours),
            safe=T("Nothing was deleted."),
            todo=T("Where it no longer holds, write until when it holds."),
        )  # fmt: skip


def _of(noun: str) -> tuple[type[Any], dict[str, Field], Callable[[], dict[str, Any]], Callable[..., dict[str, Any]]]:
    """The record, the fields, the shipped rates and those in force."""
    if noun == TRAVEL:
        return TravelRate, TRAVEL_RATE_FIELDS, rates.shipped_bands, rates.effective_travel_rates
    return AllowanceRate, ALLOWANCE_FIELDS, rates.shipped_allowance_rows, rates.effective_allowances


def _listing(noun: str, keys: Sequence[str], found: dict[str, Any], language: str) -> Listing:
    _, fields_of, shipped, _ = _of(noun)
    infos = tuple(field.info for field in fields_of.values())
    speak, brought = language_of(language), shipped()
    rows = []
    for key in keys:
        rate, original = found[key], brought.get(key)
        state = "own" if original is None else "shipped" if original == rate else "corrected"
        differs = _differs(fields_of, original, rate, speak) if original is not None else ""
        computed = {"state": state, "differs": differs}
        rows.append(tuple(computed[i.key] if i.key in computed else _shown(rate, i.key) for i in infos))
    return Listing(infos, list(keys), rows)


def _shown(rate: _Rate, name: str) -> Any:
    value = getattr(rate, name)
    value = value / _PER_EURO if name == "amount" else value
    # 10 km, not 10.0.
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _differs(fields_of: dict[str, Field], original: _Rate, rate: _Rate, speak: Language) -> str:
    """ "Standard: 180,00 €; Source: …": what the program says of each corrected field."""
    said = []
    for field in fields_of.values():
        if field.writes is None or getattr(original, field.key) == getattr(rate, field.key):
            continue
        words = _said(field, _shown(original, field.key), speak)
        said.append(speak.say(T("{what}: {value}", what=field.info.label, value=words)))
    return "; ".join(said)


def _said(field: Field, value: Any, speak: Language) -> str:
    if value in (None, ""):
        return "—"
    match field.info.kind:
        case "money":
            return speak.money(euros(value) or 0)
        case "year":
            return str(value)
        case "decimal":
            return speak.number(value)
        case "date":
            return speak.date(value)
        case "country":
            return speak.country(value)
        case "choice":
            return speak.say(field.info.choices[value]) if value in field.info.choices else str(value)
        case _:
            return str(value)


def _refuse_what_cannot_be(rate: _Rate, label: Text, value: Any, name: str) -> None:
    needed = ("programme", "action", "call_year_from", "km_from", "item", "country", "valid_from", "amount")
    if name in needed and value in (None, ""):
        raise OfficeError(T("This cannot stay empty."), safe=T("The old value stays."))
    if name == "amount" and value > _MOST_EUROS * _PER_EURO:
        raise OfficeError(T("This sum is not possible here."), safe=T("The old value stays."))
    if name in ("call_year_from", "call_year_to") and value is not None and not _FIRST_YEAR <= value <= _LAST_YEAR:
        raise OfficeError(
            T("The number {value} is not possible here.", value=str(value)), safe=T("The old value stays.")
        )
    if isinstance(rate, BandRate):
        turned = rate.call_year_to is not None and rate.call_year_to < rate.call_year_from
        turned = turned or (rate.km_below is not None and rate.km_below <= rate.km_from)
    else:
        turned = rate.valid_to is not None and rate.valid_to < rate.valid_from
    if turned:
        raise OfficeError(
            T("{what}: the end would be before the beginning.", what=label), safe=T("The old value stays.")
        )


def _keep(session: Session, noun: str, key: str, rate: _Rate, original: _Rate | None) -> None:
    record = _of(noun)[0]
    row = session.get(record, key)
    if row is not None and rate == original:
        session.delete(row)
    elif row is not None:
        for name, value in dataclasses.asdict(rate).items():
            setattr(row, name, value)
    elif rate != original:
        session.add(record(id=key, **dataclasses.asdict(rate)))


def _added(session: Session, record: type[Any], rate: _Rate, key: str) -> str:
    session.add(record(id=key, **dataclasses.asdict(rate)))
    session.flush()
    return key

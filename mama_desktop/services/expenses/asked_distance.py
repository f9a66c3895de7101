"""A distance asked for on its own: the places found, kilometres, band and amount of Erasmus+ KA1."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mama_desktop.domain.text import T, Text
from mama_desktop.domain.travel_bands import TravelAmount, travel_amount
from mama_desktop.i18n import Language
from mama_desktop.services.expenses.shipped import shipped_travel_rates
from mama_desktop.services.gazetteer import Place
from mama_desktop.services.located import km_between, located

PROGRAMME, ACTION = "Erasmus+", "KA1"


@dataclass(frozen=True)
class AskedDistance:
    """What was found. worth: the band and what is paid for it by the shipped rates."""

    origin: Place
    to: Place
    call_year: int
    worth: TravelAmount

    def as_json(self, words: Language) -> dict[str, Any]:
        """km (one way), band, amount in euros: null where there is no rate; and what one must know about them."""
        worth = self.worth
        return {
            "km": worth.km,
            "band": worth.band.key,
            "amount": None if worth.cents is None else _euros(worth.cents),
            "from": _place(self.origin),
            "to": _place(self.to),
            "programme": PROGRAMME,
            "action": ACTION,
            "call_year": self.call_year,
            "green": worth.green,
            "green_amount": worth.as_green,
            "near_edge": worth.near_edge,
            "certainty": worth.certainty,
            "to_be_confirmed": worth.to_be_confirmed,
            "source": worth.source,
            "remarks": [words.say(text) for text in worth.remarks],
        }

    def lines(self, words: Language) -> tuple[Text, ...]:
        """The same for people."""
        worth = self.worth
        told = [
            T("{origin} – {to}: {km} km in a straight line, one way.", origin=self.origin.words, to=self.to.words,
              km=words.number(worth.km, 1)),
            T("Distance band: {band}", band=worth.band.label),
        ]  # fmt: skip
        if worth.cents:
            amount, year = words.money(Decimal(worth.cents) / 100), self.call_year
            told.append(
                T("Erasmus+ KA1, call {year}, green travel: {amount} there and back.", year=year, amount=amount)
                if worth.as_green
                else T("Erasmus+ KA1, call {year}: {amount} there and back.", year=year, amount=amount)
            )
        elif worth.cents is None:
            told.append(T("There is no travel rate of Erasmus+ KA1 for call {year}.", year=self.call_year))
        remarks = worth.remarks[1:] if worth.cents is None else worth.remarks
        return (*told, *remarks)


def distance_asked(origin: str, to: str, *, call_year: int, green: bool = False) -> AskedDistance:
    """Raises OfficeError, in words, where a place is unknown or could be several."""
    one, other = located(origin), located(to)
    worth = travel_amount(
        km_between(one, other),
        shipped_travel_rates(),
        programme=PROGRAMME,
        action=ACTION,
        call_year=call_year,
        green=green,
    )
    return AskedDistance(one, other, call_year, worth)


def _place(place: Place) -> dict[str, Any]:
    return {
        "name": place.name, "country": place.country, "latitude": place.latitude, "longitude": place.longitude,
    }  # fmt: skip


def _euros(cents: int) -> float | int:
    return cents // 100 if cents % 100 == 0 else cents / 100

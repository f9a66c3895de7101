"""Commands about travelling: how far it is and what Erasmus+ pays for it."""

from __future__ import annotations

import click

from mama_desktop.cli_shared import help_of, json_option, print_json, say, speak, spoken_language_option
from mama_desktop.domain.text import T


@click.command(help=help_of(T("How far FROM is from TO in a straight line, with band and amount of Erasmus+ KA1.")))
@click.argument("origin", metavar="FROM")
@click.argument("to", metavar="TO")
@click.option(
    "--call-year", type=click.IntRange(1990, 2100), help=help_of(T("Year of the call; this year when none is named."))
)
@click.option("--green", is_flag=True, help=help_of(T("Green travel: by train, bus, bicycle or shared car.")))
@spoken_language_option
@json_option
def distance(origin: str, to: str, *, call_year: int | None, green: bool, as_json: bool) -> None:
    from mama_desktop.domain.clock import Clock
    from mama_desktop.services.expenses.asked_distance import distance_asked

    asked = distance_asked(origin, to, call_year=call_year or Clock().today().year, green=green)
    if as_json:
        print_json(asked.as_json(speak()))
        return
    for line in asked.lines(speak()):
        say(line)

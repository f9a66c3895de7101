"""Commands about travelling: how far it is and what Erasmus+ pays for it, who could ride with whom."""

from __future__ import annotations

import click

from mama_desktop.cli_shared import (
    database,
    help_of,
    json_option,
    print_json,
    say,
    speak,
    spoken_language_option,
    workspace_option,
)
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


@click.command(
    name="plan-transport", help=help_of(T("Suggest who rides in which vehicle of EVENT; --apply writes it."))
)
@click.argument("event", metavar="EVENT")
@click.option(
    "--direction", type=click.Choice(["there", "back"]), default="there", help=help_of(T("Outward or return."))
)
@click.option("--apply", "write", is_flag=True, help=help_of(T("Write the suggestion into the plan.")))
@click.option(
    "--longest-ride", type=click.FloatRange(1, 2_000), help=help_of(T("Minutes nobody rides longer than; 300 unsaid."))
)
@click.option("--seconds", type=click.FloatRange(0.1, 300), help=help_of(T("How long to search at most.")))
@workspace_option
@spoken_language_option
@json_option
def plan_transport(
    event: str, *, direction: str, write: bool, longest_ride: float | None, seconds: float | None, as_json: bool
) -> None:
    from mama_desktop.planning.transport import plan_in_child
    from mama_desktop.services import events
    from mama_desktop.services.transport import applying, proposing, proposing_words

    wish = proposing.Wish(direction, longest_ride_min=longest_ride or proposing.LONGEST_RIDE_MIN)
    with database() as db:
        asked = db.read(lambda session: proposing.ask(session, events.event_by_code(session, event), wish))
        proposal = plan_in_child(asked.problem, seconds=seconds)
        applied = db.write(applying.apply, asked, proposal, label=T("Suggested transport")) if write else None
    if as_json:
        print_json(proposing_words.as_json(asked, proposal, speak(), applied=applied))
        return
    for line in proposing_words.lines(asked, proposal, speak(), applied=applied):
        say(line)

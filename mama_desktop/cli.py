"""The same work without a window: one command for each use case, plain sentences, exit 0, 1 or 2."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from mama_desktop import __version__
from mama_desktop.cli_shared import (
    actor,
    database,
    help_of,
    json_option,
    language_option,
    location,
    out_option,
    out_or_folder_option,
    print_json,
    say,
    speak,
    workspace_option,
)
from mama_desktop.cli_travel import distance, plan_transport
from mama_desktop.domain.errors import Cancelled, OfficeError
from mama_desktop.domain.text import TN, T, Text


class _Commands(click.Group):
    """Turns what a person can mend into one sentence on standard error and exit 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except OfficeError as error:
            click.echo(_in_one_line(error), err=True)
            ctx.exit(1)
        except Cancelled:
            click.echo(speak().say(T("Stopped; nothing was kept.")), err=True)
            ctx.exit(1)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception:
            click.echo(speak().say(_our_mistake()), err=True)
            ctx.exit(1)


def _in_one_line(error: OfficeError) -> str:
    """What happened, what is safe, what to do, and what of."""
    words = speak()
    said = [words.say(text) for text in (error.what, error.safe, error.todo) if text]
    details = ", ".join(words.say(text) for text in error.details)
    return " ".join([*said, details] if details else said)


def _our_mistake() -> Text:
    """A bug: its report goes to a file, the person gets one sentence."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="mama-", suffix=".log", delete=False, encoding="utf-8") as file:
        file.write(traceback.format_exc())
    return T("The program made a mistake; your data is safe. The report for its makers: {file}", file=file.name)


@click.group(cls=_Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="MaMa Desktop")
@click.option("--self-check", is_flag=True, help=help_of(T("Check that every part of the program is there.")))
@workspace_option
@click.pass_context
def main(ctx: click.Context, *, self_check: bool) -> None:
    """MaMa Desktop."""
    if self_check:
        from mama_desktop.self_check import run_self_check

        ctx.exit(run_self_check())
    if ctx.invoked_subcommand is None:
        _refuse_without_display()
        from mama_desktop.app import run_window

        ctx.exit(run_window(ctx.meta.get("workspace")))


def _refuse_without_display() -> None:
    """Qt ends the process with a crash where there is nothing to draw on; a sentence is kinder."""
    on_x11 = sys.platform.startswith(("linux", "freebsd"))
    if on_x11 and not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        raise OfficeError(
            T("There is no display here, so the window cannot be opened."),
            todo=T("The same work is done by commands: mama-desktop --help lists them, mama-desktop demo shows it."),
        )


@main.command(help=help_of(T("Make a new workspace.")))
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--sample", is_flag=True, help=help_of(T("Fill it with the invented sample.")))
def new(file: str, *, sample: bool) -> None:
    from mama_desktop.services.workspaces import new_workspace

    # As written: the address of an empty database is no path, though it passes for one.
    new_workspace(file, actor=actor(), sample_too=sample).close()
    say(T("Made: {file}", file=file))


@main.command(help=help_of(T("List the events.")))
@json_option
@workspace_option
def events(*, as_json: bool) -> None:
    from mama_desktop.services.overview import events_overview

    with database() as db:
        rows = db.read(events_overview, language=speak().code)
    if as_json:
        print_json([row.as_json() for row in rows])
        return
    words = speak()
    for row in rows:
        present = words.say(T("not keyed in")) if row.present is None else str(row.present)
        when = row.start.isoformat() if row.start else "—"
        click.echo(f"{row.code:<32} {when:<10}  {row.registered:>4} {row.accepted:>4} {present:>12}  {row.title}")


@main.command("import", help=help_of(T("Take in registrations for an event, or with --kind an old list.")))
@click.argument("what", nargs=-1, required=True, metavar="[EVENT] FILE")
@click.option(
    "--kind",
    default="",
    type=click.Choice(["", "organisations", "people", "events"]),
    help=help_of(T("Take in a list of these instead of registrations; no event is named then.")),
)
@click.option("--dry-run", is_flag=True, help=help_of(T("Only show what would happen.")))
@click.option("--over-capacity", is_flag=True, help=help_of(T("Accept more people than there are places for.")))
@click.option(
    "--newer-of",
    "newer",
    default="",
    metavar="FORM",
    help=help_of(T("The form of which the file is a newer export, or none.")),
)
@json_option
@workspace_option
def import_(what: tuple[str, ...], *, kind: str, dry_run: bool, over_capacity: bool, newer: str, as_json: bool) -> None:
    if len(what) != (1 if kind else 2):
        raise click.UsageError(help_of(T("Name an event and a file, or with --kind only a file.")))
    if kind:
        _import_list(kind, Path(what[0]), dry_run=dry_run, as_json=as_json)
        return
    from mama_desktop.services import events as events_service
    from mama_desktop.services import importing
    from mama_desktop.services.counting import OverCapacity

    event, file = what[0], Path(what[1])
    with database() as db:
        event_id = db.read(events_service.event_by_code, event)
        plan = importing.prepare(db, event_id, file, language=speak().code, newer=newer)
        try:
            taken = None if dry_run else importing.take_in_defaults(db, plan, over_capacity=over_capacity)
        except OverCapacity as error:
            error.todo = T("Correct the file, or add --over-capacity to accept them all the same.")
            raise
    report = importing.report(plan, taken, words=speak())
    if as_json:
        print_json(report)
        return
    for line in importing.report_lines(plan, taken):
        say(line)


def _import_list(kind: str, file: Path, *, dry_run: bool, as_json: bool) -> None:
    from mama_desktop.services import beginning_by_command as lists

    with database() as db:
        preview = lists.prepare_list(db, kind, file)
        taken = None if dry_run else lists.take_in_proposed(db, preview)
    if as_json:
        print_json(lists.list_report(preview, taken, dry_run=dry_run, words=speak()))
        return
    for line in lists.list_lines(preview, taken, dry_run=dry_run):
        say(line)


@main.command(help=help_of(T("Write the participant list to Excel.")))
@click.argument("event")
@out_option
@click.option("--template", default="", help=help_of(T("Name of the list template.")))
@language_option
@workspace_option
def export(event: str, output: Path, template: str, paper_language: str) -> None:
    _make("participant-list", event, output, paper_language, template=template)


@main.command("sign-in", help=help_of(T("Print the sign-in sheets.")))
@click.argument("event")
@out_option
@click.option("--session", "sessions", multiple=True, help=help_of(T("Number of the session; all when none is named.")))
@language_option
@workspace_option
def sign_in(event: str, output: Path, sessions: tuple[str, ...], paper_language: str) -> None:
    _make("sign-in", event, output, paper_language, sessions=list(sessions))


@main.command(help=help_of(T("List the keys of everything that can be made.")))
@json_option
def documents(*, as_json: bool) -> None:
    from mama_desktop.services.documents import DOCUMENTS

    words = speak()
    if as_json:
        print_json([{"key": key, "title": words.say(d.title)} for key, d in DOCUMENTS.items()])
        return
    for key, document in DOCUMENTS.items():
        click.echo(f"{key:<24} {words.say(document.title)}")


@main.command(help=help_of(T("Make any document: KEY is one of `documents`, TARGET an event, project or period.")))
@click.argument("key")
@click.argument("target")
@out_or_folder_option
@click.option(
    "--language",
    "paper_language",
    type=click.Choice(["sl", "en", "both"]),
    help=help_of(
        T("Language of the paper; when not said, the document’s own: letters in the language of each person.")
    ),
)
@click.option(
    "--option",
    "options",
    multiple=True,
    metavar="NAME=VALUE",
    help=help_of(T("A choice of this document, such as text=invitation or split=organisation; may be repeated.")),
)
@workspace_option
def document(key: str, target: str, output: Path, paper_language: str | None, options: tuple[str, ...]) -> None:
    from mama_desktop.services.document_options import read_options

    _make(key, target, output, paper_language or "", **read_options(key, options))


def _make(key: str, target: str, output: Path, paper_language: str, **options: Any) -> None:
    from mama_desktop.services import documents as documents_service

    with database() as db:
        made = documents_service.make(db, key, target, output, language=paper_language, options=options)
    for path in made:
        say(T("Written: {file}", file=str(path)))


@main.command(help=help_of(T("Write a backup and check it.")))
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), default=None)
@workspace_option
def backup(folder: Path | None) -> None:
    from mama_desktop.store.backup import backup as back_up
    from mama_desktop.store.places import Outcome, back_up_everywhere

    with database() as db:
        outcome = Outcome((back_up(db, folder),)) if folder is not None else back_up_everywhere(db)
    for path in outcome.made:
        say(T("Backup written and checked: {file}", file=str(path)))
    if outcome.problems:
        raise outcome.problems[0]


@main.command(help=help_of(T("Bring the workspace back from a backup; the present one is kept beside it.")))
@click.argument("backup_file", type=click.Path(path_type=Path))
@workspace_option
def restore(backup_file: Path) -> None:
    from mama_desktop.store.backup import contents
    from mama_desktop.store.restore import restore as bring_back

    inside = contents(backup_file)
    kept = bring_back(backup_file, location(), actor=actor())
    say(TN("Restored: {count} event.", "Restored: {count} events.", inside.events))
    if kept:
        say(T("The file that was replaced is kept as {file}.", file=str(kept)))


@main.command(help=help_of(T("Check that the workspace is whole.")))
@workspace_option
def check() -> None:
    from mama_desktop.store.checking import check as look_at

    with database() as db:
        for line in look_at(db):
            say(line)


@main.command(help=help_of(T("List people or organisations that look like one, with their scores.")))
@click.option(
    "--file", "list_file", type=click.Path(path_type=Path),
    help=help_of(T("A list of people (CSV, Excel) instead of the workspace.")),
)  # fmt: skip
@click.option("--organisations", "of_organisations", is_flag=True, help=help_of(T("Organisations instead of people.")))
@json_option
@workspace_option
def duplicates(*, list_file: Path | None, of_organisations: bool, as_json: bool) -> None:
    from mama_desktop.services import duplicates_listed

    if list_file is not None and of_organisations:
        raise OfficeError(
            T("A list in a file can only be one of people."),
            safe=T("Nothing was compared."),
            todo=T("Leave out --file to compare the organisations of the workspace."),
        )
    if list_file is not None:
        listed = duplicates_listed.of_file(list_file)
    else:
        with database() as db:
            listed = duplicates_listed.of_workspace(db, "organisation" if of_organisations else "person")
    words = speak()
    if as_json:
        print_json(listed.as_json(words))
        return
    for line in listed.lines():
        say(line)


@main.command(help=help_of(T("Do the main job without a display and show what was made.")))
@click.option("--out", "out", type=click.Path(file_okay=False, path_type=Path), default=Path("out"))
def demo(out: Path) -> None:
    from mama_desktop.demo import run_demo

    for line in run_demo(out):
        say(line)


main.add_command(distance)
main.add_command(plan_transport)


if __name__ == "__main__":
    sys.exit(main())

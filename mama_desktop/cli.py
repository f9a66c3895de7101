"""The same work without a window: one command for each use case, plain sentences, exit 0, 1 or 2."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import platform
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mama_desktop import __version__
from mama_desktop.domain.errors import Cancelled, OfficeError
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.i18n import Language, language

if TYPE_CHECKING:
    from mama_desktop.store.database import Actor, Database

LANGUAGE_CODE = os.environ.get("MAMA_LANGUAGE", "sl")


def speak() -> Language:
    """The language of the command line: MAMA_LANGUAGE, else Slovene."""
    return language(LANGUAGE_CODE)


def _help(text: Text) -> str:
    return speak().say(text)


def _say(text: Text | str) -> None:
    click.echo(speak().say(text))


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


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


def _workspace_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """-w is accepted before and after the command; after it wins."""

    def remember(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
        if value:
            ctx.find_root().meta["workspace"] = value

    return click.option(
        "-w", "--workspace", metavar="FILE", expose_value=False, callback=remember, envvar="MAMA_WORKSPACE",
        help=_help(T("The workspace: a file name.mama or a database address.")),
    )(command)  # fmt: skip


_language_option = click.option(
    "--language", "paper_language", type=click.Choice(["sl", "en", "both"]), default="sl", show_default=True,
    help=_help(T("Language of the paper.")),
)  # fmt: skip
_json_option = click.option("--json", "as_json", is_flag=True, help=_help(T("Print for machines.")))
_out_option = click.option(
    "-o", "--output", "output", required=True, type=click.Path(dir_okay=False, path_type=Path),
    help=_help(T("The file to write.")),
)  # fmt: skip
_out_or_folder_option = click.option(
    "-o", "--output", "output", required=True, type=click.Path(path_type=Path),
    help=_help(T("The file to write; for letters as mail drafts a folder.")),
)  # fmt: skip


@click.group(cls=_Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="MaMa Desktop")
@click.option("--self-check", is_flag=True, help=_help(T("Check that every part of the program is there.")))
@_workspace_option
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


def _actor() -> Actor:
    from mama_desktop.store.database import Actor

    return Actor(getpass.getuser(), platform.node())


def _location() -> str:
    location = click.get_current_context().find_root().meta.get("workspace")
    if not location:
        raise click.UsageError(speak().say(T("Which workspace? Name it with -w FILE.")))
    return str(location)


@contextlib.contextmanager
def _database() -> Iterator[Database]:
    from mama_desktop.services.taking_back import follow_the_rules
    from mama_desktop.store.workspace import open_workspace

    db = follow_the_rules(open_workspace(_location(), actor=_actor(), window=False))
    try:
        yield db
    finally:
        db.close()


@main.command(help=_help(T("Make a new workspace.")))
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--sample", is_flag=True, help=_help(T("Fill it with the invented sample.")))
def new(file: str, *, sample: bool) -> None:
    from mama_desktop.services.workspaces import new_workspace

    # As written: the address of an empty database is no path, though it passes for one.
    new_workspace(file, actor=_actor(), sample_too=sample).close()
    _say(T("Made: {file}", file=file))


@main.command(help=_help(T("List the events.")))
@_json_option
@_workspace_option
def events(*, as_json: bool) -> None:
    from mama_desktop.services.overview import events_overview

    with _database() as db:
        rows = db.read(events_overview, language=LANGUAGE_CODE)
    if as_json:
        _print_json([row.as_json() for row in rows])
        return
    words = speak()
    for row in rows:
        present = words.say(T("not keyed in")) if row.present is None else str(row.present)
        when = row.start.isoformat() if row.start else "—"
        click.echo(f"{row.code:<32} {when:<10}  {row.registered:>4} {row.accepted:>4} {present:>12}  {row.title}")


@main.command("import", help=_help(T("Take in registrations for an event, or with --kind an old list.")))
@click.argument("what", nargs=-1, required=True, metavar="[EVENT] FILE")
@click.option(
    "--kind",
    default="",
    type=click.Choice(["", "organisations", "people", "events"]),
    help=_help(T("Take in a list of these instead of registrations; no event is named then.")),
)
@click.option("--dry-run", is_flag=True, help=_help(T("Only show what would happen.")))
@click.option("--over-capacity", is_flag=True, help=_help(T("Accept more people than there are places for.")))
@click.option(
    "--newer-of",
    "newer",
    default="",
    metavar="FORM",
    help=_help(T("The form of which the file is a newer export, or none.")),
)
@_json_option
@_workspace_option
def import_(what: tuple[str, ...], *, kind: str, dry_run: bool, over_capacity: bool, newer: str, as_json: bool) -> None:
    if len(what) != (1 if kind else 2):
        raise click.UsageError(_help(T("Name an event and a file, or with --kind only a file.")))
    if kind:
        _import_list(kind, Path(what[0]), dry_run=dry_run, as_json=as_json)
        return
    from mama_desktop.services import events as events_service
    from mama_desktop.services import importing
    from mama_desktop.services.counting import OverCapacity

    event, file = what[0], Path(what[1])
    with _database() as db:
        event_id = db.read(events_service.event_by_code, event)
        plan = importing.prepare(db, event_id, file, language=speak().code, newer=newer)
        try:
            taken = None if dry_run else importing.take_in_defaults(db, plan, over_capacity=over_capacity)
        except OverCapacity as error:
            error.todo = T("Correct the file, or add --over-capacity to accept them all the same.")
            raise
    report = importing.report(plan, taken, words=speak())
    if as_json:
        _print_json(report)
        return
    for line in importing.report_lines(plan, taken):
        _say(line)


def _import_list(kind: str, file: Path, *, dry_run: bool, as_json: bool) -> None:
    from mama_desktop.services import beginning_by_command as lists

    with _database() as db:
        preview = lists.prepare_list(db, kind, file)
        taken = None if dry_run else lists.take_in_proposed(db, preview)
    if as_json:
        _print_json(lists.list_report(preview, taken, dry_run=dry_run, words=speak()))
        return
    for line in lists.list_lines(preview, taken, dry_run=dry_run):
        _say(line)


@main.command(help=_help(T("Write the participant list to Excel.")))
@click.argument("event")
@_out_option
@click.option("--template", default="", help=_help(T("Name of the list template.")))
@_language_option
@_workspace_option
def export(event: str, output: Path, template: str, paper_language: str) -> None:
    _make("participant-list", event, output, paper_language, template=template)


@main.command("sign-in", help=_help(T("Print the sign-in sheets.")))
@click.argument("event")
@_out_option
@click.option("--session", "sessions", multiple=True, help=_help(T("Number of the session; all when none is named.")))
@_language_option
@_workspace_option
def sign_in(event: str, output: Path, sessions: tuple[str, ...], paper_language: str) -> None:
    _make("sign-in", event, output, paper_language, sessions=list(sessions))


@main.command(help=_help(T("List the keys of everything that can be made.")))
@_json_option
def documents(*, as_json: bool) -> None:
    from mama_desktop.services.documents import DOCUMENTS

    words = speak()
    if as_json:
        _print_json([{"key": key, "title": words.say(d.title)} for key, d in DOCUMENTS.items()])
        return
    for key, document in DOCUMENTS.items():
        click.echo(f"{key:<24} {words.say(document.title)}")


@main.command(help=_help(T("Make any document: KEY is one of `documents`, TARGET an event, project or period.")))
@click.argument("key")
@click.argument("target")
@_out_or_folder_option
@click.option(
    "--language",
    "paper_language",
    type=click.Choice(["sl", "en", "both"]),
    help=_help(T("Language of the paper; when not said, the document’s own: letters in the language of each person.")),
)
@click.option(
    "--option",
    "options",
    multiple=True,
    metavar="NAME=VALUE",
    help=_help(T("A choice of this document, such as text=invitation or split=organisation; may be repeated.")),
)
@_workspace_option
def document(key: str, target: str, output: Path, paper_language: str | None, options: tuple[str, ...]) -> None:
    from mama_desktop.services.document_options import read_options

    _make(key, target, output, paper_language or "", **read_options(key, options))


def _make(key: str, target: str, output: Path, paper_language: str, **options: Any) -> None:
    from mama_desktop.services import documents as documents_service

    with _database() as db:
        made = documents_service.make(db, key, target, output, language=paper_language, options=options)
    for path in made:
        _say(T("Written: {file}", file=str(path)))


@main.command(help=_help(T("Write a backup and check it.")))
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), default=None)
@_workspace_option
def backup(folder: Path | None) -> None:
    from mama_desktop.store.backup import backup as back_up
    from mama_desktop.store.places import Outcome, back_up_everywhere

    with _database() as db:
        outcome = Outcome((back_up(db, folder),)) if folder is not None else back_up_everywhere(db)
    for path in outcome.made:
        _say(T("Backup written and checked: {file}", file=str(path)))
    if outcome.problems:
        raise outcome.problems[0]


@main.command(help=_help(T("Bring the workspace back from a backup; the present one is kept beside it.")))
@click.argument("backup_file", type=click.Path(path_type=Path))
@_workspace_option
def restore(backup_file: Path) -> None:
    from mama_desktop.store.backup import contents
    from mama_desktop.store.restore import restore as bring_back

    inside = contents(backup_file)
    kept = bring_back(backup_file, _location(), actor=_actor())
    _say(TN("Restored: {count} event.", "Restored: {count} events.", inside.events))
    if kept:
        _say(T("The file that was replaced is kept as {file}.", file=str(kept)))


@main.command(help=_help(T("Check that the workspace is whole.")))
@_workspace_option
def check() -> None:
    from mama_desktop.store.checking import check as look_at

    with _database() as db:
        for line in look_at(db):
            _say(line)


@main.command(help=_help(T("List people or organisations that look like one, with their scores.")))
@click.option(
    "--file", "list_file", type=click.Path(path_type=Path),
    help=_help(T("A list of people (CSV, Excel) instead of the workspace.")),
)  # fmt: skip
@click.option("--organisations", "of_organisations", is_flag=True, help=_help(T("Organisations instead of people.")))
@_json_option
@_workspace_option
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
        with _database() as db:
            listed = duplicates_listed.of_workspace(db, "organisation" if of_organisations else "person")
    words = speak()
    if as_json:
        _print_json(listed.as_json(words))
        return
    for line in listed.lines():
        _say(line)


@main.command(help=_help(T("Do the main job without a display and show what was made.")))
@click.option("--out", "out", type=click.Path(file_okay=False, path_type=Path), default=Path("out"))
def demo(out: Path) -> None:
    from mama_desktop.demo import run_demo

    for line in run_demo(out):
        _say(line)


if __name__ == "__main__":
    sys.exit(main())

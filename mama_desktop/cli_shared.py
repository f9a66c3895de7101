"""What all commands share: the language they speak, their options, the workspace they work in."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import platform
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import Language, language

if TYPE_CHECKING:
    from mama_desktop.store.database import Actor, Database

LANGUAGE_CODE = os.environ.get("MAMA_LANGUAGE", "sl")


def speak() -> Language:
    """The language of the command line: what the command was told, else MAMA_LANGUAGE, else Slovene."""
    context = click.get_current_context(silent=True)
    return language((context and context.meta.get("language")) or LANGUAGE_CODE)


def help_of(text: Text) -> str:
    return speak().say(text)


def say(text: Text | str) -> None:
    click.echo(speak().say(text))


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def workspace_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """-w is accepted before and after the command; after it wins."""

    def remember(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
        if value:
            ctx.find_root().meta["workspace"] = value

    return click.option(
        "-w", "--workspace", metavar="FILE", expose_value=False, callback=remember, envvar="MAMA_WORKSPACE",
        help=help_of(T("The workspace: a file name.mama or a database address.")),
    )(command)  # fmt: skip


def spoken_language_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """--language of a command that writes no paper: the language it answers in."""

    def remember(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
        if value:
            ctx.meta["language"] = value

    return click.option(
        "--language", type=click.Choice(["sl", "en"]), expose_value=False, is_eager=True, callback=remember,
        help=help_of(T("Language of the answer.")),
    )(command)  # fmt: skip


language_option = click.option(
    "--language", "paper_language", type=click.Choice(["sl", "en", "both"]), default="sl", show_default=True,
    help=help_of(T("Language of the paper.")),
)  # fmt: skip
json_option = click.option("--json", "as_json", is_flag=True, help=help_of(T("Print for machines.")))
out_option = click.option(
    "-o", "--output", "output", required=True, type=click.Path(dir_okay=False, path_type=Path),
    help=help_of(T("The file to write.")),
)  # fmt: skip
out_or_folder_option = click.option(
    "-o", "--output", "output", required=True, type=click.Path(path_type=Path),
    help=help_of(T("The file to write; for letters as mail drafts a folder.")),
)  # fmt: skip


def actor() -> Actor:
    """Who writes: the account and the machine."""
    from mama_desktop.store.database import Actor

    return Actor(getpass.getuser(), platform.node())


def location() -> str:
    """The workspace the command was told; without one it is refused as wrongly used."""
    named = click.get_current_context().find_root().meta.get("workspace")
    if not named:
        raise click.UsageError(speak().say(T("Which workspace? Name it with -w FILE.")))
    return str(named)


@contextlib.contextmanager
def database() -> Iterator[Database]:
    """The workspace, open for as long as the command works in it."""
    from mama_desktop.services.taking_back import follow_the_rules
    from mama_desktop.store.workspace import open_workspace

    db = follow_the_rules(open_workspace(location(), actor=actor(), window=False))
    try:
        yield db
    finally:
        db.close()

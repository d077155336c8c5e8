"""The terminal: every slash command word for word, and what only an operator runs.

Nothing but the answer goes to stdout; progress, errors for people and logs go to stderr.
Heavy parts are imported where they are used: `noroshi --help` must answer at once.
"""

import getpass
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from bot import __version__
from bot.command import Slash
from bot.core.view import View
from bot.errors import BadRequest, HelpWanted, NoroshiError
from bot.ports import Ports

FORMATS = ("rich", "json", "csv")
_FORMATS_HELP = """\
--format rich|json|csv: how to answer; rich on a terminal and json otherwise, unless said.
--picture FILE: write the answer's chart there as PNG, where it has one."""


Beside = Mapping[str, Sequence[click.Command]]
"""By a slash command's name: what an operator runs in the terminal under that name, and nobody in Slack."""


def program(
    commands: Sequence[Slash],
    open_ports: Callable[[], Ports],
    others: Sequence[click.Command],
    beside: Beside | None = None,
) -> click.Group:
    """The whole command line: `others` (run, demo, doctor …) beside every slash command."""
    group = click.Group(
        "noroshi",
        help="AWS alerts and answers, in Slack and in the terminal.",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    group.params.append(_version())
    for command in others:
        group.add_command(command)
    for slash in commands:
        group.add_command(_question(slash, open_ports, (beside or {}).get(slash.name or "", ())))
    return group


def _version() -> click.Option:
    def show(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
        if wanted:
            click.echo(f"noroshi {__version__}")
            ctx.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=show,
        help="Show the version.",
    )


def format_option(command: Callable[..., None]) -> Callable[..., None]:
    """`--format rich|json|csv`; rich on a terminal and json otherwise, unless said."""
    option = click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default=None,
        help="Default: rich on a terminal, json otherwise.",
    )
    return option(command)


class _Words(click.Command):
    """A slash command's words; those of an operator's own command are read by that one instead."""

    beside: Mapping[str, click.Command]

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        if args and (other := self.beside.get(args[0])):
            return other.make_context(f"{info_name} {args[0]}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


def _question(
    slash: Slash, open_ports: Callable[[], Ports], beside: Sequence[click.Command]
) -> click.Command:
    @click.command(
        slash.name,
        cls=_Words,
        short_help=slash.short_help,
        add_help_option=False,
        # The words are the slash command's own to read, options and all.
        context_settings={"ignore_unknown_options": True},
    )
    @format_option
    @click.option(
        "--picture", type=click.Path(dir_okay=False, path_type=Path), help="Write the chart as PNG."
    )
    @click.argument("said", nargs=-1, type=click.UNPROCESSED)
    def ask(form: str | None, picture: Path | None, said: tuple[str, ...]) -> None:
        view = answering(form, lambda: _asked(slash, said, open_ports(), beside))
        if view and picture:
            _draw(view, picture)

    ask.beside = {command.name or "": command for command in beside}
    return ask


def _asked(slash: Slash, said: Sequence[str], ports: Ports, beside: Sequence[click.Command]) -> View:
    try:
        return slash.answer(said, ports, _progress, before="noroshi ", asker=user())
    except HelpWanted as wanted:
        # Neither the format nor an operator's commands are the slash command's own: only the terminal knows them.
        whole = not any(word in slash.asks() for word in said)
        more = [f"Only in the terminal:\n{_listed(beside)}"] if beside and whole else []
        raise HelpWanted("\n\n".join([wanted.message.rstrip(), *more, _FORMATS_HELP])) from wanted


def user() -> str:
    """Who asks in the terminal; "terminal:" alone where the machine knows the user by number only."""
    try:
        return f"terminal:{getpass.getuser()}"
    except (KeyError, OSError):
        return "terminal:"


def _listed(commands: Sequence[click.Command]) -> str:
    return "\n".join(f"  {command.name}  {command.get_short_help_str()}" for command in commands)


def answering(form: str | None, ask: Callable[[], View]) -> View | None:
    """Show what `ask` answers and give it (None for help); an error is shown, and ends with its exit code."""
    from bot.edges import logs

    logs.set_up()
    form = form or ("rich" if sys.stdout.isatty() else "json")
    try:
        view = ask()
    except HelpWanted as wanted:
        click.echo(wanted.message)
        return None
    except NoroshiError as error:
        fail(error, form)
    _write(view, form)
    return view


def _draw(view: View, file: Path) -> None:
    """The answer stands on stdout by now: where its picture lies, or why there is none, is said on stderr."""
    from bot.render.chart import drawn

    try:
        picture = next(drawn(view), None)
        if picture is None:
            raise BadRequest("This answer has no chart.", "Those of /billing about days have one.")
        file.write_bytes(picture.content)
    except OSError as error:
        fail(BadRequest(f"{file} can’t be written: {error.strerror}.", "Name another file."), "rich")
    except NoroshiError as error:
        fail(error, "rich")
    else:
        click.echo(f"Picture: {file}", err=True)


def fail(error: NoroshiError, form: str) -> NoReturn:
    """Tell what went wrong where the reader looks for it: stdout for a program, stderr for a person."""
    if form == "json":
        from bot.render.files import error_json

        click.echo(error_json(error))
    else:
        from bot.render.terminal import error_lines

        for line in error_lines(error):
            click.echo(line, err=True)
    sys.exit(error.exit_code)


def _write(view: View, form: str) -> None:
    if form == "rich":
        from rich.console import Console

        from bot.render.terminal import show

        show(view, Console())
        return
    from bot.render.files import to_csv, to_json

    click.echo(to_json(view) if form == "json" else to_csv(view), nl=form == "json")


def _progress(words: str) -> None:
    if sys.stderr.isatty():
        click.echo(words, err=True)

"""A slash command: a click group whose subcommands return a View and never print.

`Slash.answer(words, ports)` is the one way in, from Slack and the terminal alike.
"""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import click
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.core.view import View
from bot.errors import BadRequest, HelpWanted
from bot.ports import Ports, Progress, TrailEngine

# What phones and word processors make of straight quotes and dashes.
_STRAIGHT = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "\u00a0": " "}
)
_LONGEST = 2000
SLACK = "/"
"""What stands before a command's name where Slack reads it; the terminal has `noroshi ` there."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What a running command can reach: click's `obj`."""

    ports: Ports
    progress: Progress
    asker: str = ""
    """Who asks: a Slack member's id, or the terminal's user; what questions cost is kept by it."""

    def trail(self, up_to: float | None = None) -> TrailEngine:
        """The trail engine as the asker may spend on it; `up_to` USD have been agreed to."""
        return self.ports.paid_trail(self.asker, up_to)


def words(text: str) -> list[str]:
    """Split a typed line as a shell would, curly quotes and long dashes straightened.

    Raises BadRequest when a quote is not closed.
    """
    if len(text) > _LONGEST:
        raise BadRequest(
            f"That is {len(text):,} characters; I read up to {_LONGEST:,}.", "Ask something shorter."
        )
    straight = text.translate(_STRAIGHT)
    try:
        split = shlex.split(straight)
    except ValueError as error:
        raise BadRequest(
            "A quote is opened and never closed.",
            'Close it, or leave quotes out: only "words with spaces" need them.',
        ) from error
    # A phone turns -- into one long dash.
    return ["--" + word[1:] if word[:1] in {"—", "–"} and len(word) > 1 else word for word in split]


class _Quiet:
    """Help is an answer, not something to print: raise it instead of writing to stdout."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # Who reads help in Slack has just found out how to ask for it.
        helps = self.get_help_option(ctx)
        if helps is not None:
            helps.hidden = (ctx.find_root().info_name or "").startswith(SLACK)
        super().format_options(ctx, formatter)  # type: ignore[misc] # a mixin before click's Command

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)  # type: ignore[misc] # a mixin before click's Command
        if option is not None:
            option.callback = _raise_help
        return option  # type: ignore[no-any-return] # same


def _raise_help(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        raise HelpWanted(ctx.get_help())


class Question(_Quiet, click.Command):
    """One subcommand: returns a View.

    `example` is what its help shows after the command's own words (`acme-payroll --since 36h`), as it
    would be typed where the help is read.
    """

    def __init__(self, *args: Any, example: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.example = example

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The example, on one line however long: it is there to be copied."""
        if self.example:
            formatter.write_paragraph()
            formatter.write(f"Example:\n  {ctx.command_path} {self.example}\n")
        super().format_epilog(ctx, formatter)


class Slash(_Quiet, click.Group):
    """One slash command; `invoke_without_command` is never used: empty words ask for help."""

    command_class = Question

    def answer(
        self,
        said: Sequence[str],
        ports: Ports,
        progress: Progress = lambda _: None,
        *,
        before: str = SLACK,
        asker: str = "",
    ) -> View:
        """Run the words; raises HelpWanted, BadRequest, or what the ports raise.

        `before` stands before the command's name in help and hints: what they show can be typed there. `asker`
        is who pays for it.
        """
        typed = f"{before}{self.name}"
        given = ["--help"] if not said or said[0].lower() == "help" else list(said)
        try:
            view = self.main(given, prog_name=typed, standalone_mode=False, obj=Reach(ports, progress, asker))
        except click.exceptions.NoArgsIsHelpError as error:
            raise HelpWanted(error.format_message()) from error
        except click.UsageError as error:
            _teach(error, typed)
        except ValidationError as error:
            raise BadRequest(_first_problem(error), f"{typed} help shows what it takes.") from error
        if not isinstance(view, View):
            raise TypeError(f"{self.name} returned {type(view).__name__}, not a View")
        return view

    def asks(self) -> dict[str, click.Command]:
        """Its questions by name, in the order they were declared, but for those that are out of sight."""
        return {name: command for name, command in self.commands.items() if not command.hidden}


def _teach(error: click.UsageError, typed: str) -> NoReturn:
    path = error.ctx.command_path if error.ctx else typed
    raise BadRequest(error.format_message(), f"{path} --help shows what it takes.") from error


def _first_problem(error: ValidationError) -> str:
    problem = error.errors()[0]
    where = ".".join(str(part) for part in problem["loc"]) or "the request"
    return f"{where}: {problem['msg'].removeprefix('Value error, ')}"


class Request(BaseModel):
    """Base of every command's request: frozen, nothing unknown, whitespace stripped."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

"""What only an operator runs, in the terminal: run, demo, doctor, alert preview; `setup` has its own file."""

import errno
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.command import Slash
from bot.core.check import Check
from bot.edges.compact_command import compact_command
from bot.edges.finding_commands import finding_commands
from bot.edges.setup import SetupParts, TrailSetup, setup_group
from bot.edges.setup_billing import BillingSetup
from bot.edges.terminal import Beside, answering, format_option
from bot.errors import BadRequest, NoroshiError, NotConfigured

if TYPE_CHECKING:
    from bot.core.view import View
    from bot.edges.finding_commands import Changing
    from bot.edges.running import Whole
    from bot.pipeline import Outcome
    from bot.settings import Settings
    from bot.trail.compaction import Compactor

_HOST = "0.0.0.0"  # noqa: S104 - Slack calls from outside; the signature is checked


def _no_checks(_: "Settings") -> list[Check]:
    return []


@dataclass(frozen=True)
class Parts:
    """What the composition root knows how to make."""

    settings: Callable[[], "Settings"]
    whole: Callable[["Settings", tuple[str, int] | None], "Whole"]
    decide: Callable[["Settings"], Callable[[str], "Outcome"]]
    presses: Callable[["Settings", str], "View"]
    status: Callable[["Settings", Callable[[str], None]], "View"]
    checks: Callable[["Settings"], list[Check]]
    trail_setup: Callable[["Settings"], TrailSetup]
    billing_setup: Callable[["Settings"], BillingSetup]
    compactor: Callable[["Settings"], "Compactor"]
    changing: Callable[["Settings"], "Changing"]
    slashes: Sequence[Slash]
    end_to_end: Callable[["Settings"], list[Check]] = _no_checks


def commands(parts: Parts) -> list[click.Command]:
    """Every command that is no question."""
    setup = setup_group(SetupParts(parts.settings, parts.trail_setup, parts.slashes, parts.billing_setup))
    return [_run(parts), _demo(parts), _status(parts), _doctor(parts), setup, _alert(parts)]


def beside(parts: Parts) -> Beside:
    """What stands under a slash command's name in the terminal alone."""
    return {
        "trail": [compact_command(lambda: parts.compactor(parts.settings()))],
        "guardduty": finding_commands(lambda: parts.changing(parts.settings())),
    }


def _run(parts: Parts) -> click.Command:
    @click.command("run", short_help="The bot")
    @click.option(
        "--http", "port", type=click.IntRange(0, 65535), help="Listen on this port instead of Socket Mode."
    )
    @click.option("--with-parent", is_flag=True, hidden=True, help="End when standard input does.")
    def run(port: int | None, with_parent: bool) -> None:
        """Run the bot until it is stopped (SIGTERM, Ctrl-C)."""
        import asyncio

        from bot.edges import logs, running

        def start() -> None:
            given = parts.settings()
            logs.set_up()
            running.announce(given)
            whole = parts.whole(given, (_HOST, port) if port is not None else None)
            asyncio.run(running.serve(whole.edge, whole.alerting, with_parent=with_parent, web=whole.web))

        _or_fail(start)

    return run


def _demo(parts: Parts) -> click.Command:
    @click.command("demo", short_help="A Slack, an AWS and one incident on this machine")
    @click.option(
        "--port", default=8080, show_default=True, type=click.IntRange(0, 65535), help="The page's port."
    )
    @click.option("--no-browser", is_flag=True, help="Do not open the page.")
    @click.option("--seed", default=1, show_default=True, help="Another seed, another company's ids.")
    @click.option(
        "--trail",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="CloudTrail files of your own, loaded beside the incident's.",
    )
    def demo(port: int, no_browser: bool, seed: int, trail: Path | None) -> None:
        """Run the bot in the embedded world: no AWS, no Slack, nothing leaves this machine."""

        def start() -> None:
            _run_demo(parts, port=port, browser=not no_browser, seed=seed, trail=trail)

        _or_fail(start)

    return demo


def _run_demo(parts: Parts, *, port: int, browser: bool, seed: int, trail: Path | None) -> None:
    import asyncio

    try:
        from bot.embedded.demo import Options, demo
    except ModuleNotFoundError as error:
        raise NotConfigured(
            f"The embedded world needs {error.name}.", "pip install 'noroshi[embedded]'"
        ) from error
    from bot.deploy.manifest import manifest
    from bot.edges import logs
    from bot.settings import child_environment

    def say(words: str) -> None:
        click.echo(words)
        sys.stdout.flush()

    logs.set_up()
    made = manifest(parts.slashes)
    try:
        ended = asyncio.run(demo(made, child_environment, say, Options(port, seed, trail, browser)))
        sys.stdout.flush()
        # Everything is closed by now. DuckDB's bindings would print forty lines of what they leave
        # behind when the interpreter takes itself apart, over what the demo said.
        os._exit(ended)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise BadRequest(
            f"Port {port} is taken.", "Say --port 0 for any free one (make demo ARGS='--port 0')."
        ) from error


def _status(parts: Parts) -> click.Command:
    @click.command("status", short_help="How the accounts stand, at a glance")
    @format_option
    def status(form: str | None) -> None:
        """Show what is open, public, broken, spent, deaf and waiting, as the running bot last saw it.

        Where none has run, it is looked up at once.
        """
        answering(form, lambda: parts.status(parts.settings(), lambda words: click.echo(words, err=True)))

    return status


def _doctor(parts: Parts) -> click.Command:
    @click.command("doctor", short_help="What is missing, and how to mend it")
    @click.option("--only", help="Look at one part only: slack, aws, trail, alerts.")
    @click.option(
        "--end-to-end",
        "travels",
        is_flag=True,
        help="Also send a sample finding and see it arrive (minutes).",
    )
    @format_option
    def doctor(only: str | None, travels: bool, form: str | None) -> None:
        """Look at every permission, token, queue and table the bot needs; exit code 4 when one is missing."""
        from bot.edges.doctor import examine, well

        def look() -> "View":
            given = parts.settings()
            return examine([*parts.checks(given), *(parts.end_to_end(given) if travels else ())], only)

        view = answering(form, look)
        sys.exit(0 if view is None or well(view) else 4)

    return doctor


def _alert(parts: Parts) -> click.Group:
    @click.group("alert", short_help="What events become, and who pressed what")
    def alert() -> None:
        """Look at what an event would become, and at who pressed what."""

    @alert.command("preview", short_help="What events become, where they go")
    @format_option
    @click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
    def preview(form: str | None, files: tuple[Path, ...]) -> None:
        """Show what the events in FILES would become, and where they would go."""
        from bot.edges.preview import preview_files

        answering(form, lambda: preview_files(files, parts.decide(parts.settings())))

    @alert.command("presses", short_help="Who pressed what under the alerts")
    @format_option
    @click.option("--since", default="7d", show_default=True, help="From when on: 7d, 36h, a day, a time.")
    def presses(form: str | None, since: str) -> None:
        """Show who pressed what under the alerts, when, and what came of it."""
        answering(form, lambda: parts.presses(parts.settings(), since))

    return alert


def _or_fail(start: Callable[[], None]) -> None:
    """Run it; an error of ours is told in words on stderr."""
    from bot.edges.terminal import fail

    try:
        start()
    except NoroshiError as error:
        fail(error, "rich")
    except KeyboardInterrupt:
        sys.exit(130)

"""What `noroshi setup` says it did, line by line, and how it ends."""

import sys
from collections.abc import Callable, Iterator

import click

from bot.errors import NoroshiError
from bot.trail.setting_up import Done


def tell(lines: Iterator[Done], *, err: bool) -> bool:
    """Each line as soon as it is done; whether all went well."""
    well = True
    for done in lines:
        mark = "!" if done.failed else " "
        click.echo(f"{mark} {done.what:<10} {done.words}", err=err)
        if done.fix:
            click.echo(f"  {'':<10} → {done.fix}", err=err)
        well = well and not done.failed
    return well


def or_exit(run: Callable[[], bool]) -> None:
    """Run it; exit code 4 where something failed, an error of ours told in words."""
    from bot.edges.terminal import fail

    try:
        well = run()
    except NoroshiError as error:
        fail(error, "rich")
    sys.exit(0 if well else NoroshiError.exit_code)

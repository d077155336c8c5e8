"""The options that questions about days take."""

import click

since = click.option(
    "--since",
    default="30d",
    show_default=True,
    help="How far back: 30d, 7d, yesterday, or a day like 2026-09-08.",
)
until = click.option("--until", default=None, help="The last day; today if left out.")

"""The words that change findings: a question changes nothing, so here they say where it is done."""

import click

from bot.command import Reach, Slash
from bot.core.buttons import Ask
from bot.core.findings.change import CHANGES
from bot.core.sections import Paragraph
from bot.core.text import Code
from bot.core.view import View
from commands.guardduty.one import finding_id

_ANY = {"ignore_unknown_options": True}


def explained(group: Slash) -> None:
    """Add them, out of sight: help lists what is asked. In the terminal an operator's own commands come before them."""
    for change in CHANGES:
        group.add_command(_explained(group, change))


def _explained(group: Slash, change: str) -> click.Command:
    said = click.Argument(["said"], nargs=-1, type=click.UNPROCESSED)

    def explain(said: tuple[str, ...]) -> View:
        reach = click.get_current_context().find_object(Reach)
        return show(change, said, here=bool(reach and reach.ports.changes_findings))

    return group.command_class(
        change, params=[said], callback=explain, hidden=True, context_settings=_ANY, add_help_option=False
    )


def show(change: str, said: tuple[str, ...], *, here: bool) -> View:
    """Where it is done; `here` says whether somebody may do it from Slack."""
    ids = [finding_id(each) for each in said[:1] if not each.startswith("-")]
    shown = ids[0] if ids else "ID"
    typed = f"noroshi guardduty {change} {' '.join(said) or 'ID'}"
    if here:
        title = f"Findings are changed by button: ask /guardduty show {shown}, then choose under Change…"
    else:
        title = "Findings can’t be changed from here: access.change in the settings names nobody"
    return View(
        title=title,
        sections=(Paragraph((("In the terminal: ", Code(typed)),)),),
        command=f"guardduty {change}",
        buttons=tuple(Ask("Show it", ("guardduty", "show", each)) for each in ids),
    )

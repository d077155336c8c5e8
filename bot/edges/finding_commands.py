"""`noroshi guardduty archive | unarchive | useful | not-useful | suppress`: changing findings from the terminal.

They are an operator's commands, as `trail compact` is, and no questions: who runs them acts with AWS rights of their
own, which AWS checks and CloudTrail records, and `access.change`, which names members of Slack, says nothing about
them. So `bot.edges.operator.beside` puts them under the command's name in the terminal alone; in Slack the same words
say which button does it, and for whom.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from bot.core.alert import Finding
from bot.core.configuration.item import Place
from bot.core.findings.change import CHANGES, DONE
from bot.core.findings.hiding import LOOKED_BACK, made, preview
from bot.core.findings.reading import read
from bot.core.findings.rules import chosen, suppression
from bot.core.findings.seen import Seen
from bot.core.findings.telling import telling
from bot.core.findings.traits import KEYS, traits
from bot.core.sections import Paragraph
from bot.core.text import Small
from bot.core.view import View
from bot.edges.terminal import answering, format_option
from bot.errors import BadRequest, NoroshiError
from bot.ports import FindingChanges, Findings, Progress
from commands.guardduty.one import finding_id

if TYPE_CHECKING:
    from bot.pipeline.audit import Pressed

COLUMNS = ("finding_id", "account_id", "region", "title", "change")


@dataclass(frozen=True)
class Changing:
    """What they need; `note` keeps who did what, `user` is who runs them (`terminal:mika`), `accounts` are names by id."""

    findings: Findings
    changes: FindingChanges
    note: "Callable[[Pressed], None]"
    user: str
    accounts: dict[str, str]
    now: Callable[[], datetime]

    def find(self, said: str, progress: Progress) -> Seen:
        """The finding of an id, an ARN or an address; raises BadRequest, NotFound, Upstream."""
        return self.findings.one(finding_id(said), progress)

    def keep(self, change: str, what: str, result: str) -> None:
        """Keep what was done; that it could not be kept is said, and undoes nothing."""
        act = change if change.startswith("suppress") else f"{change} finding"
        try:
            from bot.pipeline.audit import Pressed

            self.note(Pressed(self.user, self.user, act, what, "terminal", result))
        except NoroshiError as error:
            click.echo(f"Not kept beside the presses: {error.message} CloudTrail has it.", err=True)


def finding_commands(make: Callable[[], Changing]) -> list[click.Command]:
    """The commands; `make` gives what they need of the settings."""
    return [*(_change(change, make) for change in DONE), _suppress(make)]


def _change(change: str, make: Callable[[], Changing]) -> click.Command:
    @click.command(change, short_help=f"{CHANGES[change]}: findings by their ids")
    @format_option
    @_yes
    @click.argument("ids", metavar="ID…", nargs=-1, required=True)
    def command(form: str | None, yes: bool, ids: tuple[str, ...]) -> None:
        """Change the findings ID in GuardDuty, all of them or none, with the AWS rights of who runs this."""
        answering(form, lambda: _changed(make(), change, ids, yes=yes))

    return command


def _suppress(make: Callable[[], Changing]) -> click.Command:
    @click.command("suppress", short_help="Hide findings like one from now on")
    @format_option
    @_yes
    @click.option("--by", required=True, help=f"By which of its traits, two at least: {','.join(KEYS)}.")
    @click.option("--name", required=True, help="What the rule is called: 3 to 64 letters, digits, . _ -")
    @click.option("--description", default="", help="Why.")
    @click.option("--wide", is_flag=True, help="A rule by one trait alone is meant.")
    @click.argument("finding", metavar="ID")
    def command(form: str | None, by: str, yes: bool, **given: Any) -> None:
        """Make a rule by which GuardDuty hides new findings like ID; you see first what it would have hidden."""
        wanted = _Rule(keys=tuple(each.strip() for each in by.split(",") if each.strip()), **given)
        answering(form, lambda: _suppressed(make(), wanted, yes=yes))

    return command


def _yes(command: Callable[..., None]) -> Callable[..., None]:
    return click.option("--yes", is_flag=True, help="Do not ask.")(command)


def _changed(changing: Changing, change: str, ids: Sequence[str], *, yes: bool) -> View:
    seen = [changing.find(each, _progress) for each in dict.fromkeys(ids)]
    titles = {each.kept: _title(each) for each in seen}
    _agreed(f"{CHANGES[change]}?\n" + "\n".join(f"  {title}" for title in titles.values()), yes=yes)
    kept = list(titles)
    done = _Done(changing, change, kept)
    done.run()
    many = "1 finding is" if len(kept) == 1 else f"{len(kept):,} findings are"
    rows = [_row(each, titles[each], change) for each in kept]
    lines = [(title, Small(f" {each.finding_id}")) for each, title in titles.items()]
    return View(
        f"{many} {DONE[change]}",
        (Paragraph(tuple(lines)),),
        command=f"guardduty {change}",
        request={"ids": list(ids)},
        rows=tuple(rows),
        columns=COLUMNS,
    )


@dataclass(frozen=True)
class _Done:
    """The change itself: each finding is on record with what came of it."""

    changing: Changing
    change: str
    findings: list[Finding]

    def run(self) -> None:
        changes = self.changing.changes
        if self.change == "archive":
            self._kept(self.findings, lambda: changes.archive(self.findings))
        elif self.change == "unarchive":
            self._kept(self.findings, lambda: changes.unarchive(self.findings))
        else:
            for each in self.findings:
                self._judge(each)

    def _judge(self, finding: Finding) -> None:
        useful = self.change == "useful"
        self._kept([finding], lambda: self.changing.changes.judge(finding, useful=useful))

    def _kept(self, findings: list[Finding], work: Callable[[], None]) -> None:
        result = "broke off"
        try:
            work()
            result = DONE[self.change]
        except NoroshiError as error:
            result = f"{error.type}: {error.message}"
            raise
        finally:
            for each in findings:
                what = f"finding {each.finding_id} of account {each.account_id}, {each.region}"
                self.changing.keep(self.change, what, result)


@dataclass(frozen=True)
class _Rule:
    """What was typed: a rule like which finding, by which of its traits."""

    finding: str
    keys: tuple[str, ...]
    name: str
    description: str
    wide: bool


def _suppressed(changing: Changing, wanted: _Rule, *, yes: bool) -> View:
    seen = changing.find(wanted.finding, _progress)
    place = Place(seen.kept.account_id, seen.kept.region)
    known = chosen(traits(seen.detail), wanted.keys, wide=wanted.wide)
    rule = suppression(place, wanted.name, known, wanted.description, changing.user)
    found = changing.changes.would_hide(rule, changing.now() - LOOKED_BACK)
    _show(preview(rule, found, changing.accounts))
    _agreed("Make the rule?", yes=yes)
    result = "broke off"
    try:
        changing.changes.suppress(rule)
        result = "made"
    except NoroshiError as error:
        result = f"{error.type}: {error.message}"
        raise
    finally:
        changing.keep("suppress finding", f"rule {rule.name}: {dict(rule.criteria)}", result)
    return replace(made(rule, "", found), caveats=found.caveats)


def _agreed(question: str, *, yes: bool) -> None:
    """Ask on stderr, for stdout has the answer alone; raises BadRequest for a no, and where nobody can be asked."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise BadRequest("Nobody can be asked whether this is meant.", "Say --yes.")
    if not click.confirm(question, err=True):
        raise BadRequest("Nothing is changed.", "")


def _show(view: View) -> None:
    from rich.console import Console

    from bot.render.terminal import show

    show(view, Console(stderr=True))


def _title(seen: Seen) -> str:
    finding = read(seen)
    return telling(finding).title if finding else seen.kept.finding_id


def _row(finding: Finding, title: str, change: str) -> dict[str, Any]:
    return {
        "finding_id": finding.finding_id,
        "account_id": finding.account_id,
        "region": finding.region,
        "title": title,
        "change": change,
    }


def _progress(words: str) -> None:
    click.echo(words, err=True)

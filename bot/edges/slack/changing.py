"""Changing what GuardDuty found, from under an answer: archive, judge, hide what is like it."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import structlog

from bot.adapters.slack import absent
from bot.core.access import Person
from bot.core.alert import Finding
from bot.core.buttons import Act
from bot.core.configuration.item import Place as Region
from bot.core.findings.change import DONE, named
from bot.core.findings.hiding import LOOKED_BACK, made, preview
from bot.core.findings.rules import chosen, suppression
from bot.core.findings.seen import Listed, Suppression
from bot.core.findings.traits import traits
from bot.core.problem import Problem, problem_id
from bot.core.sections import Paragraph
from bot.core.text import Small
from bot.core.view import View
from bot.edges.slack import rule_form
from bot.edges.slack.acts import archived
from bot.edges.slack.admission import Admission
from bot.edges.slack.alert_desk import Backstage
from bot.edges.slack.line import Line
from bot.edges.slack.logbook import Attempt
from bot.edges.slack.place import Place, to_json
from bot.edges.slack.press import Press
from bot.edges.slack.reply import Reply
from bot.errors import BadRequest, NoroshiError, Upstream
from bot.pipeline import drafts
from bot.render.blocks import payload
from bot.render.views import loading_modal

_log = structlog.get_logger("noroshi.slack")
CHANGES = frozenset({"change-finding", "make-rule", "drop-rule"})
"""The acts that are this file's."""


class Changing:
    """For those of access.change alone, asked at each click; raises NoroshiError in words for the person."""

    def __init__(self, backstage: Backstage, admission: Admission, line: Line) -> None:
        self._backstage, self._admission, self._line = backstage, admission, line

    async def press(self, act: str, press: Press, person: Person, reply: Reply, attempt: Attempt) -> None:
        """Do what was pressed; the attempt says on the way what it is about, and what came of it."""
        if act == "change-finding":
            await self._change(press, person, reply, attempt)
        else:
            await self._decide(act, press, person, reply, attempt)

    async def _change(self, press: Press, person: Person, reply: Reply, attempt: Attempt) -> None:
        if (wanted := named(press.value)) is None:
            raise BadRequest("I don't know this choice: it is of another time.", "Ask for the finding again.")
        change, finding = wanted
        attempt.act, attempt.what = f"{change} finding", _words(finding)
        await self._admission.to_change(person)
        if change == "suppress":
            await self._open(press, finding)
            attempt.result = "asked how"
            return
        problem = await self._problem(finding)
        await self._backstage.work(partial(self._do, change, finding))
        attempt.result = DONE[change]
        if change == "archive" and problem:
            await self._over(problem, person)
        await self._tell(press.place, reply, _told(change, finding, person, problem))

    def _do(self, change: str, finding: Finding) -> None:
        changes = self._backstage.desk.changes
        if change == "archive":
            changes.archive([finding])
        elif change == "unarchive":
            changes.unarchive([finding])
        else:
            changes.judge(finding, useful=change == "useful")

    async def _open(self, press: Press, finding: Finding) -> None:
        """A window at once, its fields when GuardDuty has told of the finding: a trigger lives three seconds."""
        opened = await self._line.call(
            self._line.client.views_open, trigger_id=press.trigger_id, view=loading_modal(rule_form.TITLE)
        )
        try:
            seen = await self._backstage.work(partial(self._backstage.desk.changes.seen, finding))
            window = rule_form.of_finding(finding, traits(seen.detail), to_json(press.place))
        except NoroshiError as error:
            await self._show(opened, loading_modal(rule_form.TITLE, f"{error.message} {error.hint}"))
            raise
        await self._show(opened, window)

    async def _show(self, opened: Mapping[str, Any], window: Mapping[str, Any]) -> None:
        await self._line.call(self._line.client.views_update, view_id=opened["view"]["id"], view=window)

    async def ask(self, wanted: rule_form.Wanted, person: Person, reply: Reply, attempt: Attempt) -> None:
        """Show what the rule of a submitted form would have hidden, to whom it is to be made for."""
        attempt.what = f"rule {wanted.name}"
        await self._admission.to_change(person)
        rule, found = await self._backstage.work(partial(self._look, wanted, person))
        store, now = self._backstage.ledger.store, self._backstage.now()
        draft = await self._backstage.work(partial(drafts.keep, store, rule, person.user_id, now))
        buttons = (Act("Create the rule", "make-rule", draft, strong=True), Act("Cancel", "drop-rule", draft))
        attempt.result = f"shown: would have hidden {found.total:,}"
        await reply.answer(payload(preview(rule, found, self._backstage.desk.accounts, buttons)))

    def _look(self, wanted: rule_form.Wanted, person: Person) -> tuple[Suppression, Listed]:
        changes, finding = self._backstage.desk.changes, wanted.finding
        known = chosen(traits(changes.seen(finding).detail), wanted.keys, wide=wanted.wide)
        place = Region(finding.account_id, finding.region)
        rule = suppression(place, wanted.name, known, wanted.description, person.name)
        return rule, changes.would_hide(rule, self._backstage.now() - LOOKED_BACK)

    async def _decide(self, act: str, press: Press, person: Person, reply: Reply, attempt: Attempt) -> None:
        store, user = self._backstage.ledger.store, person.user_id
        rule = await self._backstage.work(partial(drafts.rule_of, store, press.value))
        attempt.what = f"rule {rule.name}: {rule.criteria}"
        await self._admission.to_change(person)
        now = self._backstage.now()
        if act == "drop-rule":
            await self._backstage.work(partial(drafts.drop, store, press.value, user, now))
            attempt.result = "dropped"
            dropped = View(f"The rule {rule.name} is not made: nothing is hidden by it")
            await self._replace(press.place, reply, dropped)
            return
        create = self._backstage.desk.changes.suppress
        await self._backstage.work(partial(drafts.make, store, press.value, user, now, create))
        attempt.result = "made"
        await self._replace(press.place, reply, made(rule, ""))
        await self._tell(press.place, reply, made(rule, person.name), private=False)

    async def _problem(self, finding: Finding) -> Problem | None:
        key = f"guardduty:{finding.account_id}:{finding.region}:{finding.finding_id}"
        entry = await self._backstage.work(partial(self._backstage.ledger.find, problem_id(key)))
        return entry.thing if entry and isinstance(entry.thing, Problem) else None

    async def _over(self, problem: Problem, person: Person) -> None:
        """What is archived is archived: an alert that could not be closed takes nothing from it."""
        how, now = f"archived in GuardDuty by {person.name}", self._backstage.now()
        try:
            await self._backstage.amend(problem.id, partial(archived, how, now))
        except NoroshiError as error:
            _log.warning("alert not closed", problem=problem.id, why=error.message)

    async def _replace(self, place: Place, reply: Reply, view: View) -> None:
        """In place of the message whose button was pressed, that nobody presses it again; else beside it."""
        try:
            await reply.answer(payload(view), in_place=place.private)
        except Upstream as error:
            _log.info("note_lost", user=place.user, why=error.message)

    async def _tell(self, place: Place, reply: Reply, view: View, *, private: bool = True) -> None:
        """To everybody where it was done; where the bot is no member, and in direct messages, to who did it."""
        if place.channel and not place.direct:
            try:
                thread = {"thread_ts": place.thread} if place.thread else {}
                await self._line.call(
                    self._line.client.chat_postMessage, channel=place.channel, **payload(view), **thread
                )
            except Upstream as error:
                if not absent(error):
                    _log.warning("change not told", channel=place.channel, why=error.message)
            else:
                return
        if private:
            await self._replace(replace(place, private=False), reply, view)


def _words(finding: Finding) -> str:
    return f"finding {finding.finding_id} of account {finding.account_id}, {finding.region}"


def _told(change: str, finding: Finding, person: Person, problem: Problem | None) -> View:
    title = problem.alert.title if problem else _words(finding)
    below = (Paragraph(((Small(_words(finding)),),)),) if problem else ()
    return View(f"{DONE[change].capitalize()} by {person.name} in GuardDuty: {title}", below)

"""Acting: what the buttons under an alert do, for whom they do it, and the record of who pressed what."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from functools import partial
from typing import Any, TypeVar

from bot.core.access import Person
from bot.core.alert import Alert
from bot.core.moves import Tellable
from bot.core.mute import Mute
from bot.core.mute_report import MuteReport
from bot.core.note import Note
from bot.core.problem import Mark, Problem
from bot.core.severity import Severity
from bot.core.storm import Storm
from bot.core.storm_view import COLUMNS, rows
from bot.core.tellings import closed, muted_by
from bot.core.view import View
from bot.edges.slack import mute_form
from bot.edges.slack.asking import Asking
from bot.edges.slack.line import Line
from bot.edges.slack.members import Members
from bot.edges.slack.place import Place, to_json
from bot.edges.slack.pool import Pool
from bot.edges.slack.press import Press
from bot.edges.slack.thread import Thread
from bot.errors import BadRequest, Forbidden, NoroshiError, NotFound
from bot.pipeline import Ledger, audit, mutes
from bot.pipeline.rows import all_rows
from bot.ports import Archive
from bot.render.files import to_csv

Kind = TypeVar("Kind", bound=Tellable)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class AlertDesk:
    """What stands behind the buttons; `change` are the ids of users and groups who may change something in AWS."""

    ledger: Ledger
    wake: Callable[[str], None]
    archive: Archive
    change: frozenset[str]
    zone: tzinfo


class Acting:
    """The acts. Everybody in the channel may acknowledge, investigate, mute; few may change something in AWS."""

    def __init__(self, desk: AlertDesk, line: Line, members: Members, asking: Asking, pool: Pool) -> None:
        self._desk = desk
        self._line = line
        self._members = members
        self._asking = asking
        self._pool = pool
        self._acts: dict[str, Callable[[Press, Person, Tellable], Awaitable[str]]] = {
            "acknowledge": self._acknowledge,
            "investigate": self._investigate,
            "mute": self._open_mute,
            "mute-storm": self._open_mute,
            "unmute": self._unmute,
            "archive": self._archive,
            "all-rows": self._all_rows,
        }

    async def press(self, press: Press, person: Person, act: str) -> None:
        """Do it for who may, and keep who did what; raises NoroshiError in words for the person."""
        thing = await self._work(partial(self._find, press.value))
        title = _title(thing)
        try:
            await self._admit(press.place, person)
            await self._fresh(press, thing)
            result = await self._acts[act](press, person, thing)
        except NoroshiError as error:
            await self._note(person, act, title, press.place, f"{error.type}: {error.message}")
            raise
        await self._note(person, act, title, press.place, result)

    async def mute(self, wanted: mute_form.Wanted, place: Place, person: Person) -> None:
        """Mute what a submitted form asks for; raises NoroshiError in words for the person."""
        thing = await self._work(partial(self._find, wanted.subject))
        try:
            await self._admit(place, person)
            await self._work(partial(self._begin_mute, wanted, thing, person))
        except NoroshiError as error:
            await self._note(person, "mute", _title(thing), place, f"{error.type}: {error.message}")
            raise
        until = f"{wanted.until:%Y-%m-%d %H:%M %Z}"
        await self._note(
            person, "mute", _title(thing), place, f"{wanted.reach} until {until}: {wanted.reason}"
        )

    def read_mute(self, view: Mapping[str, Any]) -> mute_form.Wanted:
        """What the mute's form says; raises BadRequest."""
        return mute_form.read(view, self._desk.ledger.now(), self._desk.zone)

    async def _acknowledge(self, _press: Press, person: Person, thing: Tellable) -> str:
        problem = _of(thing, Problem)
        if seen := problem.acknowledged:
            raise BadRequest(f"{seen.name} has acknowledged this already.", "It stands on the post.")
        mark = self._mark(person)
        await self._amend(problem.id, lambda known: replace(known, acknowledged=known.acknowledged or mark))
        return "done"

    async def _investigate(self, press: Press, person: Person, thing: Tellable) -> str:
        """The next steps, one after another, each answer into the thread."""
        problem = _of(thing, Problem)
        thread = Thread(self._line, press.place)
        answered = 0
        for step in problem.alert.next_steps:
            try:
                view = await self._asking.answer(step.words)
            except NoroshiError as error:
                await thread.say_error(error, f"/{' '.join(step.words)}")
                continue
            await thread.answer(view, f"asked by {person.name} with /{' '.join(step.words)}")
            answered += 1
        return f"{answered} of {len(problem.alert.next_steps)} answered"

    async def _open_mute(self, press: Press, _person: Person, thing: Tellable) -> str:
        place = to_json(press.place)
        if isinstance(thing, Storm):
            window = mute_form.of_storm(thing, place)
        else:
            problem = _of(thing, Problem)
            window = mute_form.of_problem(problem.id, problem.alert, place)
        await self._line.call(self._line.client.views_open, trigger_id=press.trigger_id, view=window)
        return "asked"

    async def _unmute(self, press: Press, person: Person, _thing: Tellable) -> str:
        report = await self._work(
            partial(mutes.end, self._desk.ledger, press.value.removeprefix("report-"), person.name)
        )
        self._desk.wake(report.channel)
        return "done"

    async def _archive(self, _press: Press, person: Person, thing: Tellable) -> str:
        """Only who may change something in AWS: asked at the click, by id, and closed when Slack won't say."""
        problem = _of(thing, Problem)
        await self._may_change(person)
        finding = problem.alert.finding
        if finding is None:
            raise BadRequest("This is no finding of GuardDuty's.", "There is nothing to archive.")
        await self._work(partial(self._desk.archive.archive, finding))
        now = self._desk.ledger.now()
        how = f"archived in GuardDuty by {person.name}"
        await self._amend(problem.id, lambda known: closed(known, how, max(now, known.at)))
        return "done"

    async def _all_rows(self, press: Press, _person: Person, thing: Tellable) -> str:
        storm = _of(thing, Storm)
        rows = await self._work(partial(_rows, self._desk.ledger, storm))
        await Thread(self._line, press.place).attach("noroshi-storm.csv", rows)
        return "done"

    async def _admit(self, place: Place, person: Person) -> None:
        if person.user_id not in await self._members.of_channel(place.channel):
            raise Forbidden(
                "Only members of this channel may press that.", "Join the channel, then press again."
            )

    async def _may_change(self, person: Person) -> None:
        allowed = self._desk.change
        if person.user_id in allowed:
            return
        groups = sorted(holder for holder in allowed if holder.startswith("S"))
        for group in groups:
            if person.user_id in await self._members.of_group(group):
                return
        raise Forbidden("You may not change anything in AWS from here.", await self._who_may(allowed))

    async def _who_may(self, allowed: frozenset[str]) -> str:
        if not allowed:
            return "Nobody may: access.change in the settings is empty."
        names = [await self._name(holder) for holder in sorted(allowed)]
        return f"Ask one of these: {', '.join(names)}."

    async def _name(self, holder: str) -> str:
        if holder.startswith("S"):
            return f"the user group {holder}"
        try:
            told = await self._line.call(self._line.client.users_info, user=holder)
        except NoroshiError:
            return holder
        return str(
            (told.get("user") or {}).get("real_name") or (told.get("user") or {}).get("name") or holder
        )

    async def _fresh(self, press: Press, thing: Tellable) -> None:
        """A click counts once, and only on the message that stands for this now."""
        if press.place.message != thing.told.ts:
            raise Forbidden(
                "This button is not the one of the message that tells of this now.",
                "Look further down in the channel.",
            )
        ledger = self._desk.ledger
        click = press.trigger_id or f"{press.place.user}-{press.place.message}-{press.action_id}"
        if not await self._work(partial(audit.claim, ledger.store, click, ledger.now())):
            raise Forbidden("This click came before: it is not counted again.", "Press the button again.")

    def _find(self, thing_id: str) -> Tellable:
        entry = self._desk.ledger.find(thing_id) or self._desk.ledger.find(f"report-{thing_id}")
        if entry is None or isinstance(entry.thing, Note):
            raise NotFound("I no longer know of this: it is long over.", "Look for a newer message.")
        return entry.thing

    def _begin_mute(self, wanted: mute_form.Wanted, thing: Tellable, person: Person) -> None:
        ledger = self._desk.ledger
        if isinstance(thing, Storm):
            alert = _kind_alert(thing, mute_form.kind_of(thing, wanted))
        else:
            alert = _of(thing, Problem).alert
        mute = mutes.mute_from(alert, wanted.reach, wanted.reason, self._mark(person), wanted.until)
        mutes.begin(ledger, mute, thing.channel)
        if isinstance(thing, Problem):
            ledger.amend(thing.id, partial(_muted, mute))
        self._desk.wake(thing.channel)

    def _mark(self, person: Person) -> Mark:
        return Mark(person.user_id, person.name, self._desk.ledger.now())

    async def _amend(self, thing_id: str, change: Callable[[Problem], Problem]) -> None:
        changed = await self._work(
            partial(self._desk.ledger.amend, thing_id, lambda thing: change(_of(thing, Problem)))
        )
        self._desk.wake(changed.channel)

    async def _note(self, person: Person, act: str, title: str, place: Place, result: str) -> None:
        pressed = audit.Pressed(person.user_id, person.name, act, title, place.channel, result)
        ledger = self._desk.ledger
        await self._work(partial(audit.note, ledger.store, pressed, ledger.now()))

    async def _work(self, work: Callable[[], Result]) -> Result:
        return await self._pool.submit(work)


def _of(thing: Tellable, kind: type[Kind]) -> Kind:
    if not isinstance(thing, kind):
        raise BadRequest("This button does not fit its message: it is of another time.", "Use a newer one.")
    return thing


def _title(thing: Tellable) -> str:
    match thing:
        case Problem():
            return thing.alert.title
        case MuteReport():
            return f"mute of {thing.mute.scope.words}"
        case _:
            return f"storm of {thing.opened:%Y-%m-%d %H:%M}" if isinstance(thing, Storm) else thing.id


def _kind_alert(storm: Storm, kind: str) -> Alert:
    severity = storm.worst_of.get(kind, Severity.INFO)
    return Alert(storm.id, "", kind, severity, kind)


def _muted(mute: Mute, thing: Tellable) -> Tellable:
    return muted_by(thing, mute) if isinstance(thing, Problem) else thing


def _rows(ledger: Ledger, storm: Storm) -> bytes:
    found = rows(all_rows(ledger, storm))
    return to_csv(View("", rows=tuple(found), columns=COLUMNS)).encode()

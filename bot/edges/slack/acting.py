"""Acting: what the buttons under an alert do, for whom they do it, and the record of who pressed what."""

import re
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from bot.core.access import Person, Spot
from bot.core.moves import Tellable
from bot.core.problem import Problem
from bot.core.public.bucket import named
from bot.edges.slack import rule_form
from bot.edges.slack.acts import Acts
from bot.edges.slack.admission import Admission
from bot.edges.slack.alert_desk import AlertDesk, Backstage, of, title
from bot.edges.slack.asking import Asking
from bot.edges.slack.changing import CHANGES, Changing
from bot.edges.slack.fixing import Fixes
from bot.edges.slack.gate import Gate
from bot.edges.slack.investigating import Investigating
from bot.edges.slack.line import Line
from bot.edges.slack.logbook import Attempt, Logbook
from bot.edges.slack.members import Members
from bot.edges.slack.muting import Muting
from bot.edges.slack.pace import Pace
from bot.edges.slack.place import Place
from bot.edges.slack.pool import Pool
from bot.edges.slack.press import Press
from bot.edges.slack.reply import Reply
from bot.edges.slack.soon import Soon
from bot.errors import BadRequest, NotFound

__all__ = ["Acting", "AlertDesk"]

# What acts are about; nothing else of the store can be named by a button's value.
_SUBJECT = re.compile(r"(?:problem|storm|report|fix)-[^\s\ud800-\udfff]{1,200}")
_INVESTIGATE = "investigate"
# What stays for the person to read must be true afterwards, too.
_WAIT = {"all-rows": "One moment… the CSV comes into the thread of the digest."}

Act = Callable[[Press, Person, Tellable], Awaitable[str]]


class Acting:
    """Everybody in the channel may acknowledge, investigate, mute; few may change something in AWS."""

    def __init__(  # noqa: PLR0913 - what acts need
        self,
        desk: AlertDesk,
        line: Line,
        gate: Gate,
        members: Members,
        asking: Asking,
        pool: Pool,
        *,
        pace: Pace,
    ) -> None:
        self._gate = gate
        self._soon = pace.soon
        self._backstage = Backstage(desk, pool)
        self._logbook = Logbook(self._backstage)
        self._admission = Admission(self._backstage, members, pace)
        self._muting = Muting(self._backstage, line)
        self._investigating = Investigating(self._backstage, asking, line)
        self._fixes = Fixes(self._backstage, self._admission, line)
        self._changing = Changing(self._backstage, self._admission, line)
        acts = Acts(self._backstage, self._admission, line)
        self._acts: dict[str, Act] = {
            "acknowledge": acts.acknowledge,
            "mute": self._muting.open,
            "mute-storm": self._muting.open,
            "unmute": acts.unmute,
            "archive": acts.archive,
            "all-rows": acts.all_rows,
            "fix": self._fixes.open,
            "approve-fix": self._fixes.approve,
            "refuse-fix": self._fixes.refuse,
            "undo-fix": self._fixes.undo,
        }

    async def press(self, press: Press, act: str, reply: Reply) -> None:
        """Do it for who may, and keep who did what; raises NoroshiError in words for the person."""
        attempt = Attempt(press.place.user, act, press.place.channel)
        async with (
            self._logbook.keeping(attempt),
            Soon(reply, _WAIT.get(act, "One moment…"), self._soon) as soon,
        ):
            if act in CHANGES:
                person = await self._asker(attempt, press.place)
                await self._admission.to_claim(
                    press.trigger_id or f"{person.user_id} {press.place.message} {press.value}"
                )
                await self._changing.press(act, press, person, reply, attempt)
                return
            if act not in self._acts and act != _INVESTIGATE:
                raise BadRequest(
                    "I don't know this button: it is of another time.", "Look for a newer message."
                )
            if act == "fix" and (bucket := named(press.value)):
                attempt.what = f"bucket {bucket.name}"
                person = await self._asker(attempt, press.place)
                await self._admission.to_claim(press.trigger_id or f"{person.user_id} {press.value}")
                attempt.result = await self._fixes.open_for(press, person, press.value, bucket)
                return
            # Only answers are bound to the channels that the settings name: an alert is where it was routed.
            spot = press.place.spot if act == _INVESTIGATE else None
            person, thing = await self._admit(attempt, press.place, press.value, spot)
            thing = await self._admission.to_click(press, thing)
            if act == _INVESTIGATE:
                found = of(thing, Problem)
                attempt.result = await self._investigating.run(
                    found, press.place.channel, person, soon.enough
                )
            else:
                attempt.result = await self._acts[act](press, person, thing)

    async def mute(self, view: Mapping[str, Any], place: Place) -> None:
        """Mute what a submitted form asks for; raises NoroshiError in words for the person."""
        attempt = Attempt(place.user, "mute", place.channel)
        async with self._logbook.keeping(attempt):
            wanted = self._muting.read(view)
            person, thing = await self._admit(attempt, place, wanted.subject, None)
            await self._admission.to_claim(f"form {view.get('id')}")
            attempt.result = await self._muting.mute(wanted, person, thing)

    async def fix(self, view: Mapping[str, Any], place: Place, reply: Reply) -> None:
        """Ask for the fix of a submitted form; raises NoroshiError in words for the person.

        Who did not ask under an alert is told where the request stands.
        """
        attempt = Attempt(place.user, "fix", place.channel)
        async with self._logbook.keeping(attempt):
            wanted = self._fixes.read(view)
            if bucket := named(wanted.subject):
                attempt.what = f"bucket {bucket.name}"
                person = await self._asker(attempt, place)
                await self._admission.to_claim(f"form {view.get('id')}")
                attempt.result = await self._fixes.ask_for(wanted, person, bucket)
                await self._fixes.tell(reply)
                return
            person, thing = await self._admit(attempt, place, wanted.subject, None)
            await self._admission.to_claim(f"form {view.get('id')}")
            attempt.result = await self._fixes.ask(wanted, person, thing)

    async def rule(self, view: Mapping[str, Any], place: Place, reply: Reply) -> None:
        """Show what the rule of a submitted form would hide; raises NoroshiError in words for the person."""
        attempt = Attempt(place.user, "suppress finding", place.channel)
        words = "Looking what it would have hidden…"
        async with self._logbook.keeping(attempt), Soon(reply, words, self._soon):
            wanted = rule_form.read(view)
            person = await self._asker(attempt, place)
            await self._admission.to_claim(f"form {view.get('id')}")
            await self._changing.ask(wanted, person, reply, attempt)

    async def _asker(self, attempt: Attempt, place: Place) -> Person:
        """Whoever may ask questions there; raises Forbidden."""
        person = await self._gate.admit(place.user, place.spot)
        attempt.name = person.name
        return person

    async def _admit(
        self, attempt: Attempt, place: Place, subject: str, spot: Spot | None
    ) -> tuple[Person, Tellable]:
        """Who it is and what it is about; raises Forbidden, NotFound."""
        thing = await self._find(subject)
        attempt.what = title(thing) if thing else ""
        person = await self._gate.admit(place.user, spot)
        attempt.name = person.name
        if thing is None:
            raise NotFound("I no longer know of this: it is long over.", "Look for a newer message.")
        await self._admission.to_channel(place, person, thing)
        return person, thing

    async def _find(self, subject: str) -> Tellable | None:
        if not _SUBJECT.fullmatch(subject):
            return None
        entry = await self._backstage.work(partial(self._backstage.ledger.find, subject))
        return entry.thing if entry else None

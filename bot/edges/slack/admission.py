"""Who may press what: members of the channel, on the post that stands there; few may change something in AWS."""

import asyncio
from functools import partial

from bot.core.access import Person
from bot.core.moves import Tellable
from bot.edges.slack.alert_desk import Backstage, told
from bot.edges.slack.members import Members
from bot.edges.slack.pace import Pace
from bot.edges.slack.place import Place
from bot.edges.slack.press import Press
from bot.errors import BadRequest, Forbidden, Upstream
from bot.pipeline import audit

_NAMED = 5


class Admission:
    """Every question is asked at the click, and answered no where Slack won't say."""

    def __init__(self, backstage: Backstage, members: Members, pace: Pace) -> None:
        self._backstage = backstage
        self._members = members
        self._pace = pace

    async def to_channel(self, place: Place, person: Person, thing: Tellable) -> None:
        """A member of the channel, in the channel where this is told; raises Forbidden."""
        try:
            member = bool(place.channel) and await self._members.is_in(place.channel, person.user_id)
            here = member and await self._members.is_called(place.channel, thing.channel)
        except Upstream as error:
            raise Forbidden(
                f"I can't tell whether you are a member of this channel: {error.message}", error.hint
            ) from error
        if not member:
            raise Forbidden(
                "Only members of this channel may press that.", "Join the channel, then press again."
            )
        if not here:
            raise Forbidden("This is not told in this channel (any more).", f"Look in {thing.channel}.")

    async def to_click(self, press: Press, thing: Tellable) -> Tellable:
        """A click counts once, in whichever replica, and only on the message that stands for this now.

        Gives the thing as it is known by then; raises Forbidden, and BadRequest where the message is so new
        that it is not on record yet.
        """
        found = await self._stands(press, thing)
        if press.place.private or not found.told.ts or press.place.message != found.told.ts:
            if found.told.intent:
                raise BadRequest("I have yet to note that this message stands.", "Press again in a moment.")
            raise _elsewhere()
        await self.to_claim(press.trigger_id or f"{press.place.user} {press.place.message} {press.action_id}")
        return found

    async def _stands(self, press: Press, thing: Tellable) -> Tellable:
        """Slack shows a message before its answer tells us where it stands: somebody may be as quick as that."""
        for _ in range(self._pace.post_looks):
            if not thing.told.intent or press.place.message == thing.told.ts:
                break
            await asyncio.sleep(self._pace.post_pause)
            entry = await self._backstage.work(partial(self._backstage.ledger.find, thing.id))
            thing = entry.thing if entry else thing
        return thing

    async def to_claim(self, click: str) -> None:
        """Whatever has this id counts once; raises Forbidden, Upstream."""
        ledger = self._backstage.ledger
        if not await self._backstage.work(partial(audit.claim, ledger.store, click, ledger.now())):
            raise Forbidden("This click came before: it is not counted again.", "Press the button again.")

    async def to_change(self, person: Person) -> None:
        """One of those whom the settings name under access.change; raises Forbidden, which says who they are."""
        await self._named(
            person, self._backstage.desk.change, "change anything in AWS from here", "access.change"
        )

    async def to_approve(self, person: Person) -> None:
        """One of those under access.approve; raises Forbidden, which says who they are."""
        await self._named(person, self._backstage.desk.approve, "approve that", "access.approve")

    async def _named(self, person: Person, allowed: frozenset[str], what: str, key: str) -> None:
        if person.user_id in allowed:
            return
        groups, unknown = await self._groups(allowed)
        if any(person.user_id in members for members in groups.values()):
            return
        if unknown:
            raise Forbidden(f"I can't tell whether you may {what}: {told(unknown)}", unknown.hint)
        raise Forbidden(f"You may not {what}.", await self._who_may(allowed, groups, key))

    async def _groups(self, allowed: frozenset[str]) -> tuple[dict[str, frozenset[str]], Upstream | None]:
        """Who is in each of the groups, and why one of them is unknown."""
        groups: dict[str, frozenset[str]] = {}
        unknown: Upstream | None = None
        for group in sorted(holder for holder in allowed if _is_group(holder)):
            try:
                groups[group] = await self._members.of_group(group)
            except Upstream as error:
                unknown = error
        return groups, unknown

    async def _who_may(self, allowed: frozenset[str], groups: dict[str, frozenset[str]], key: str) -> str:
        """People by name: a group's id says nothing to anybody."""
        people = sorted({holder for holder in allowed if not _is_group(holder)}.union(*groups.values()))
        if not people:
            return f"Nobody may: {key} in the settings names nobody."
        names = [await self._members.name(user) for user in people[:_NAMED]]
        more = f" and {len(people) - _NAMED:,} more" if len(people) > _NAMED else ""
        return f"Ask one of these: {', '.join(names)}{more}."


def _is_group(holder: str) -> bool:
    return holder.startswith("S")


def _elsewhere() -> Forbidden:
    return Forbidden(
        "This button is not the one of the message that tells of this now.",
        "Look further down in the channel.",
    )

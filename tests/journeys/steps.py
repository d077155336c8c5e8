"""What a person does in the embedded world, and what they then see."""

import asyncio
from dataclasses import dataclass

from bot.embedded.demo import World

MIKA = "mika.sato"


@dataclass(frozen=True)
class Journey:
    """The world, and shorthands for what Mika sees in it."""

    world: World

    @property
    def visitor(self):
        return self.world.slack.visitor

    async def asks(self, text, channel="ops"):
        """Type a command, and wait for the answer that takes the place of "asking"."""
        before = len(self.messages(channel))
        assert (await self.visitor.command(MIKA, channel, text)).ok
        return await self.new(channel, before)

    async def new(self, channel, before):
        """The next message in a channel that is no note of work in progress."""

        def answered():
            said = self.messages(channel)[before:]
            return next((one for one in said if not is_note(one)), None)

        return await eventually(answered)

    def messages(self, channel):
        return self.world.slack.world.channel(channel).messages


def is_note(message):
    """Whether it only tells of work in progress: one small line."""
    return [block["type"] for block in message.blocks] == ["context"]


async def eventually(found, seconds=30.0):
    """What `found` gives as soon as it gives something."""
    async with asyncio.timeout(seconds):
        while not (value := found()):  # noqa: ASYNC110 - a queue and threads announce nothing to wait for
            await asyncio.sleep(0.02)
    return value


def texts(value):
    """Every text of a payload, in order."""
    return [part["text"] for part in parts(value) if part.get("type") in {"text", "raw_text", "plain_text"}]


def parts(value):
    """Every object of a payload, in order."""
    match value:
        case dict():
            yield value
            for inner in value.values():
                yield from parts(inner)
        case list():
            for inner in value:
                yield from parts(inner)

"""What a person does in the embedded world, and what they then see."""

import asyncio
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.app.whole import whole
from bot.embedded.demo import World
from bot.settings import child_environment, read
from tests.patience import LONGEST

MIKA, BEN = "mika.sato", "ben.okafor"
ROOT = Path(__file__).parents[2]
# Each alert by itself, all in one channel.
QUIET = {"NOROSHI_ALERTS__STORM_ABOVE": "1000", "NOROSHI_ALERTS__ROUTES": "[]"}


@dataclass
class Journey:
    """The world, a bot in it by this environment, and shorthands for what Mika sees."""

    world: World
    environment: dict[str, str]
    web: Any = None
    _running: list[Any] = field(default_factory=list)

    async def start(self):
        """Let a bot begin, as `noroshi run` would."""
        made = whole(read(), None)
        alerts, edge, self.web = made.alerting, made.edge(), made.web
        if self.web:
            await self.web.open()
        await edge.start()
        alerts.start()
        self._running = [alerts, edge]

    async def stop(self):
        """Let it end."""
        alerts, edge = self._running
        await edge.stop()
        await asyncio.to_thread(alerts.stop)
        if self.web:
            await self.web.close()

    async def noroshi(self, *words):
        """Run the command line in a process of its own; gives exit code, stdout, stderr."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *words,
            cwd=ROOT,
            env=child_environment(self.environment | {"PYTHONPATH": str(ROOT)}),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await process.communicate()
        return process.returncode, out.decode(), err.decode()

    async def told(self, *words):
        """What the command line answers as JSON, with nothing beside it."""
        code, out, err = await self.noroshi(*words, "--format", "json")
        assert (code, err) == (0, "")
        return json.loads(out)

    @property
    def visitor(self):
        return self.world.slack.visitor

    async def asks(self, text, channel="ops", user=MIKA):
        """Type a command, and wait for the answer that takes the place of "asking"."""
        return await self.answer_to(await self.visitor.command(user, channel, text))

    async def chooses(self, message, label):
        """Choose in the answer's menu what begins with this, and wait for the answer to that."""
        menu, value = choice(message, label)
        return await self.answer_to(await self.visitor.click(MIKA, message, menu, value=value))

    async def answer_to(self, outcome):
        """What is answered to an act of somebody's, and to no other: the first that is no note of work in progress."""
        assert outcome.ok, outcome
        hooks = self.world.slack.world.hooks

        def answered():
            return next((one for one in hooks.written(outcome.response_url) if not is_note(one)), None)

        return await eventually(answered)

    def messages(self, channel):
        return self.world.slack.world.channel(channel).messages

    @property
    def files(self):
        """Those that Mika was sent by herself, with their text."""
        world = self.world.slack.world
        mika = world.user(MIKA).id
        sent = (each for talk in world.channels.values() if talk.im_with == mika for each in talk.messages)
        return [
            (file["name"], world.files.get(file["id"]).content.decode())
            for each in sent
            for file in each.body.get("files", ())
        ]


def is_note(message):
    """Whether it only tells of work in progress: one small line."""
    return [block["type"] for block in message.blocks] == ["context"]


async def eventually(found, seconds=LONGEST):
    """What `found` gives as soon as it gives something."""
    async with asyncio.timeout(seconds):
        while not (value := found()):  # noqa: ASYNC110 - a queue and threads announce nothing to wait for
            await asyncio.sleep(0.02)
    return value


def line(message):
    """Everything that a message says, the pieces of a line together."""
    return "".join(texts(message.blocks))


def choice(message, label):
    """The menu of a message, and the value in it whose label begins so."""
    elements = [each for block in message.blocks for each in block.get("elements", [])]
    menu = next(each for each in elements if each.get("type") == "static_select")
    options = [one for group in menu["option_groups"] for one in group["options"]]
    return menu["action_id"], next(one["value"] for one in options if one["text"]["text"].startswith(label))


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

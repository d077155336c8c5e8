"""A workspace, a small command with ports of its own, and the real edge between them over real sockets."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import click
import pytest

from bot.command import Slash
from bot.core.buttons import Ask, Choice, Csv, Download, Form, Menu, Open, Picture, Share
from bot.core.sections import Activity, Column, Paragraph, Table
from bot.core.span import iso, span
from bot.core.text import Code
from bot.core.view import File, Receipt, View
from bot.edges.slack import Pace, SlackEdge, Tokens
from bot.embedded.slack import Message, SlackStandIn
from bot.errors import Costly
from bot.ports import TrailRows
from tests.patience import LONGEST, unhurried
from tests.render.charts import month

# An edge that says "one moment" to nobody, and gives nothing up, because the machine is slow.
PACE = Pace(
    pauses=(0.0, 0.0),
    grace=LONGEST,
    soon=LONGEST,
    reading=LONGEST,
    form_reading=LONGEST,
    form_gate=LONGEST,
    post_looks=1200,
    post_pause=0.1,
    stop=5,
)
NOW = datetime(2026, 9, 8, 12, 0, tzinfo=UTC)
MIKA, BEN, GUEST, STRANGER = "mika.sato", "ben.okafor", "dana.ruiz", "kai.lund"
MANIFEST = {
    "display_information": {"name": "Noroshi"},
    "features": {
        "app_home": {"home_tab_enabled": True},
        "bot_user": {"display_name": "noroshi"},
        "slash_commands": [{"command": "/look"}, {"command": "/lost"}],
    },
    "oauth_config": {
        "scopes": {"bot": ["chat:write", "commands", "files:write", "groups:read", "users:read"]}
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened", "message.channels"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


@dataclass
class FakeEngine:
    """Answers with one row; `gate` holds answers back until it is set, `error` is raised instead.

    `price` is what `look wide` would cost.
    """

    gate: threading.Event = field(default_factory=threading.Event)
    error: Exception | None = None
    notes: tuple[str, ...] = ()
    price: float = 0.0
    who: str = "mika"
    asked: list[str] = field(default_factory=list)
    table = "db.table"

    def __post_init__(self):
        self.gate.set()

    def run(self, query, progress):
        self.asked.append(query)
        for note in self.notes:
            progress(note)
        assert self.gate.wait(LONGEST)
        if self.error:
            raise self.error
        return TrailRows(({"who": self.who, "calls": 3},), Receipt("athena", 2.1, 41_000_000))


@dataclass
class FakePorts:
    trail: FakeEngine = field(default_factory=FakeEngine)
    zone = UTC
    accounts: ClassVar[dict[str, str]] = {}

    askers: list[str] = field(default_factory=list)

    def paid_trail(self, asker, up_to):
        self.askers.append(asker)
        return self.trail

    @property
    def buckets(self):
        raise AssertionError("not asked for here")

    def now(self):
        return NOW


@click.group(name="look", cls=Slash)
def look():
    """Look at things."""


@look.command("at", short_help="Who touched a thing")
@click.argument("thing")
@click.option("--since", default="7d")
@click.option("--rows", type=int, default=1)
@click.pass_obj
def at(reach, thing, since, rows):
    """Who touched THING."""
    window = span(since, None, now=reach.ports.now())
    found = reach.trail().run(thing, reach.progress)
    return View(
        title=f"Who touched {thing}",
        sections=(
            Paragraph((("since ", iso(window.since)),)),
            Table((Column("who"),), tuple(((row["who"],),) for row in found.rows)),
        ),
        command="look at",
        request={"thing": thing, "since": iso(window.since)},
        rows=found.rows * rows,
        columns=("who", "calls"),
        receipt=found.receipt,
        buttons=(
            Ask("30 days", ("look", "at", thing, "--since", "30d")),
            Form("Change…", ("look", "at", thing), (("--since", "From", "7d"), ("--rows", "Rows", ""))),
            Csv(),
            Share(),
            Open("Console", "https://console.aws.amazon.com/"),
        ),
    )


@look.command("whole", short_help="A thing, whole")
@click.argument("thing")
@click.pass_obj
def whole(reach, thing):
    """A THING, whole, as a file."""
    return View(
        f"All of {thing}",
        command="look whole",
        buttons=(Download("As a file"), Share()),
        file=File(f"{thing}.txt", WHOLE),
    )


@look.command("spent", short_help="What a month costs")
def spent():
    """A month, as a picture."""
    return View(
        "September costs $9,210 so far",
        sections=(month(),),
        command="look spent",
        buttons=(Picture(), Share()),
    )


WHOLE = "all\nof it"
WIDE = 250
LONG = "p" * 200
COUNTS = (0, *(n * 37 % 101 for n in range(30)))
PEOPLE = [f"person-{n:02}" for n in range(WIDE)]


@look.command("wide", short_help="More rows than a message shows, and what to ask of each")
@click.argument("thing")
@click.option("--since", default="7d", help="From when")
@click.option("--up-to", type=float)
@click.pass_obj
def wide(reach, thing, since, up_to):
    """Who touched THING, all of them."""
    price = reach.ports.trail.price
    if price > (up_to or 0):
        raise Costly("This would read 84 GB.", "Ask for less.", usd=price, bytes=84_000_000_000)
    reach.ports.trail.run(f"{thing} {since} {up_to}", reach.progress)
    return View(
        title=f"All who touched {thing}",
        sections=(
            Activity("hour", NOW - timedelta(hours=31), timedelta(hours=1), COUNTS, (0,) * 30 + (9,)),
            Table((Column("who"),), tuple(((Code(who),),) for who in PEOPLE[:4]), more=WIDE - 4),
        ),
        command="look wide",
        rows=tuple({"who": who} for who in PEOPLE),
        columns=("who",),
        buttons=(
            Share(),
            Menu(
                "Look closer…",
                (
                    *(Choice(f"What {who} did", ("look", "at", who), "People") for who in PEOPLE[:10]),
                    Choice("The long one", ("look", "at", LONG), "Others"),
                ),
            ),
        ),
    )


@look.command("now", short_help="The time, which needs nobody")
@click.pass_obj
def now(reach):
    """What time it is."""
    return View(title=f"It is {reach.ports.now():%H:%M}")


@dataclass
class Workspace:
    """The stand-in, and what tests ask of it."""

    slack: SlackStandIn
    ports: FakePorts
    edge: SlackEdge

    @property
    def visitor(self):
        return self.slack.visitor

    def seen(self, user=MIKA, channel="ops") -> list[Message]:
        """What the bot wrote that this person sees in a channel, oldest first."""
        world = self.slack.world
        messages = world.channel(channel).messages
        mine = world.user(user).id
        return [each for each in messages if each.body.get("bot_id") and each.only_for in (None, mine)]

    async def until(self, true: Callable[[], object], what: str = "") -> None:
        """Wait for a change after which something holds."""
        with self.slack.world.feed.watch() as changes:
            while not true():
                try:
                    await asyncio.wait_for(changes.get(), LONGEST)
                except TimeoutError:
                    raise AssertionError(f"{what or true}: {[text(each) for each in self.seen()]}") from None

    async def answer(self, words: str, user=MIKA, channel="ops", count=1) -> Message:
        """Ask, and wait for the message that is no longer a note."""
        outcome = await self.visitor.command(user, channel, words)
        assert outcome.ok, outcome
        return await self.settled(user, channel, count)

    async def settled(self, user=MIKA, channel="ops", count=1) -> Message:
        """The last message, once `count` are there and it is no note."""

        def done():
            seen = self.seen(user, channel)
            return len(seen) >= count and "Asking" not in text(seen[-1])

        await self.until(done, "settled")
        return self.seen(user, channel)[-1]

    def calls(self, method: str) -> list[dict]:
        """What was sent to a method, oldest first."""
        return [params for name, params in self.slack.world.calls if name == method]

    def dm(self, user=MIKA) -> list[Message]:
        """What the bot wrote into somebody's direct messages."""
        return self.seen(user, self.slack.world.im(self.slack.world.user(user).id).id)


def text(message: Message) -> str:
    """Everything a person reads in a message."""
    return json.dumps([message.body.get("text", ""), message.blocks], ensure_ascii=False)


def action(message: Message, label: str) -> str:
    """The action_id of the button with that label."""
    elements = [each for block in message.blocks for each in block.get("elements", [])]
    return next(each["action_id"] for each in elements if each.get("text", {}) and _label(each) == label)


def _label(element: dict) -> str:
    words = element.get("text")
    return words.get("text", "") if isinstance(words, dict) else ""


@asynccontextmanager
async def working(**options) -> AsyncIterator[Workspace]:
    """A workspace with the edge at work in it."""
    ports = options.pop("ports", None) or FakePorts()
    pace = options.pop("pace", PACE)
    signing = options.pop("signing", False)
    async with SlackStandIn(options.pop("manifest", MANIFEST)).serve() as slack:
        slack.world.rates.on = False
        unhurried(slack)
        tokens = Tokens(
            slack.bot_token, slack.app_token, slack.signing_secret if signing else "", slack.api_url
        )
        edge = SlackEdge([look], ports, tokens, pace=pace, **options)
        await edge.start()
        if not options.get("http"):
            await asyncio.wait_for(slack.socket.connected.wait(), LONGEST)
        try:
            yield Workspace(slack, ports, edge)
        finally:
            ports.trail.gate.set()
            await edge.stop()


@pytest.fixture
async def workspace():
    """A workspace in which the bot is at work."""
    async with working() as made:
        yield made


@pytest.fixture
async def open_workspace():
    """Opens workspaces with settings of their own; they close with the test."""
    async with AsyncExitStack() as stack:

        async def opened(**options) -> Workspace:
            return await stack.enter_async_context(working(**options))

        yield opened

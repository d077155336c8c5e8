"""Alerts in a workspace: a store, a teller and the real edge; people press, and the store says what came of it."""

import asyncio
import copy
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.adapters.slack_channels import SlackChannels
from bot.adapters.sqlite import SqliteStore
from bot.core.alert import NextStep
from bot.core.route import Routes
from bot.core.told import Patience
from bot.edges.slack import SlackEdge, Tokens
from bot.edges.slack.acting import AlertDesk
from bot.embedded.slack import Message, SlackStandIn, payloads
from bot.pipeline import Ledger, Pace, Reading, Taking, Teller, audit
from bot.pipeline.lease import Lease
from bot.render.blocks import payload
from tests.edges.slack.conftest import MANIFEST, MIKA, FakePorts, Workspace, look
from tests.edges.slack.conftest import PACE as PATIENT
from tests.fakes import FakeChanges
from tests.patience import LONGEST, unhurried
from tests.pipeline.world import alert as made_alert

CHANNEL = "#security"
PACE = replace(PATIENT, pauses=(), stop=1)
STEPS = (NextStep("Who touched payroll", ("look", "at", "payroll")), NextStep("What time", ("look", "now")))
SCOPES = ["channels:history", "channels:read", "chat:write", "commands", "files:write", "groups:read"]
SCOPES += ["usergroups:read", "users:read"]


def alert(key="one", n=1, **parts):
    return made_alert(key, n, **({"next_steps": STEPS} | parts))


class Clock:
    """A clock that is moved by hand, and by a microsecond at each look: no two moments are the same."""

    def __init__(self):
        self.time = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)

    def now(self):
        self.time += timedelta(microseconds=1)
        return self.time

    def seconds(self):
        return self.time.timestamp()

    def forward(self, **by):
        self.time += timedelta(**by)


class Alerts:
    """The bot's alerts in one workspace; `replica()` starts another edge over the same store."""

    def __init__(self, workspace: Workspace, store, clock, change):
        self.workspace, self.store, self.clock, self.changes = workspace, store, clock, FakeChanges()
        self.ledger = Ledger(store, Patience(edit_every=timedelta(), reply_every=timedelta()), clock.now)
        routes = Routes(channel=CHANNEL, ops_channel="#ops")
        self.taking = Taking(Reading((), routes), self.ledger, lambda _channel: None)
        self.desk = AlertDesk(self.ledger, lambda _channel: None, self.changes, change, UTC)
        self.pace = Pace(step=timedelta(), storm_above=1_000)

    @property
    def slack(self):
        return self.workspace.slack

    @property
    def visitor(self):
        return self.workspace.visitor

    def id(self, name):
        return self.slack.world.user(name).id

    def messages(self, channel="security"):
        """What everybody sees there, oldest first."""
        return [each for each in self.slack.world.channel(channel).messages if each.only_for is None]

    def thread(self, post):
        return [
            each for each in self.messages() if each.body.get("thread_ts") == post.ts and each is not post
        ]

    def private(self, user=MIKA, channel="security"):
        """What only this person was told there."""
        return [each for each in self.slack.world.channel(channel).messages if each.only_for == self.id(user)]

    async def tell(self, *alerts, channel="security") -> Message:
        """Put these on record and tell them; the last message that stands in the channel then."""
        await asyncio.to_thread(self.taking.tell, *alerts)
        await self.run()
        return [each for each in self.messages(channel) if "thread_ts" not in each.body or _root(each)][-1]

    async def run(self, seconds=0.0):
        """Let the teller work, for so long by the clock."""
        await asyncio.to_thread(self._run, seconds)

    def _run(self, seconds):
        slack = SlackChannels(
            self.slack.bot_token, payload, base_url=self.slack.api_url, timeout_seconds=LONGEST
        )
        lease = Lease(self.store, CHANNEL, "test", self.pace.lease, self.clock.now)
        teller = Teller(CHANNEL, self.ledger, slack, lease, fallback="#ops", pace=self.pace)
        end = self.clock.now() + timedelta(seconds=seconds)
        while True:
            while not (wait := teller.step()):
                pass
            if self.clock.now() >= end:
                break
            self.clock.time = min(end, self.clock.now() + max(wait, timedelta(seconds=seconds / 500)))
        teller.close()

    def presses(self):
        return audit.presses(self.store, datetime(2020, 1, 1, tzinfo=UTC), 1_000)

    async def press(self, message, label, user=MIKA):
        """Press a button, and wait until the press is on record; gives that record."""
        before = len(self.presses())
        outcome = await self.visitor.click(user, message, button(message, label)["action_id"])
        assert outcome.ok, outcome
        return await self.recorded(before)

    async def recorded(self, before):
        """The press that comes after so many."""
        async with asyncio.timeout(LONGEST):
            while len(found := self.presses()) <= before:  # noqa: ASYNC110 - a store announces nothing
                await asyncio.sleep(0.01)
        return found[before]

    async def told(self, user=MIKA, count=1, channel="security"):
        """The last of so many messages that only this person sees."""
        await self.workspace.until(lambda: len(self.private(user, channel)) >= count, "told")
        return self.private(user, channel)[-1]

    def modal(self, user=MIKA):
        return self.slack.world.modals.stacks[self.id(user)][-1]

    @asynccontextmanager
    async def replica(self, pace=PACE, **options):
        """A process of the bot, over the same store."""
        tokens = Tokens(self.slack.bot_token, self.slack.app_token, "", self.slack.api_url)
        edge = SlackEdge(
            [look],
            self.workspace.ports,
            tokens,
            pace=pace,
            alerts=self.desk,
            clock=self.clock.seconds,
            **options,
        )
        before = len(self.slack.socket.connections)
        await edge.start()
        async with asyncio.timeout(LONGEST):
            while len(self.slack.socket.connections) <= before:  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.01)
        try:
            yield edge
        finally:
            await edge.stop()


def _root(message):
    return message.body.get("thread_ts") == message.ts


def button(message, label):
    """The button of that label."""
    elements = [each for block in message.blocks for each in block.get("elements", [])]
    return next(each for each in elements if each.get("type") == "button" and each["text"]["text"] == label)


def labels(message):
    """What its buttons say."""
    elements = [each for block in message.blocks for each in block.get("elements", [])]
    return [each["text"]["text"] for each in elements if each.get("type") == "button"]


@asynccontextmanager
async def open_alerts(tmp_path, change=(), scopes=SCOPES, **options):
    """Alerts with the edge at work; `change` are who may change something in AWS: people and groups by name, or ids."""
    clock, ports = Clock(), FakePorts()
    store = SqliteStore(tmp_path / "noroshi.db", clock=clock.now)
    manifest = MANIFEST | {"oauth_config": {"scopes": {"bot": list(scopes)}}}
    async with SlackStandIn(manifest).serve() as slack:
        world = slack.world
        world.rates.on = False
        unhurried(slack)
        ids = {person.name: person.id for person in world.users.values()}
        ids |= {name: group for group, (name, _) in world.usergroups.items()}
        allowed = frozenset(ids.get(who, who) for who in change)
        alerts = Alerts(Workspace(slack, ports, None), store, clock, allowed)
        async with alerts.replica(**options) as edge:
            alerts.stop = edge.stop
            try:
                yield alerts
            finally:
                ports.trail.gate.set()
    store.close()


def clicked(alerts, user, message, label, **changes):
    """The payload of a click, to send as often as wanted."""
    world = alerts.slack.world
    pressed = button(message, label)
    block = next(block for block in message.blocks if pressed in block.get("elements", []))
    action = {**pressed, "block_id": block["block_id"], "action_ts": world.ids.ts()} | changes
    return payloads.message_action(world, world.user(user), message, [action], {})


async def deliver(alerts, payload):
    """As Slack sends it; gives what is on record of it then."""
    before = len(alerts.presses())
    await alerts.slack.socket.deliver("interactive", copy.deepcopy(payload))
    return await alerts.recorded(before)


GIVEN = {"what": "kind", "until": "4h", "reason": "we test the scanner"}


async def form(alerts, post, label="Mute…", user="mika.sato"):
    await alerts.press(post, label, user)
    return alerts.modal(user)


async def submit(alerts, view, **given):
    """Submit the form; gives what is on record of it."""
    before = len(alerts.presses())
    outcome = await alerts.visitor.submit(view, GIVEN | given)
    assert outcome.ok, outcome
    pressed = await alerts.recorded(before)
    await alerts.run()
    return pressed


def options(view, name):
    """The choices of a field: value and words."""
    block = next(block for block in view.body["blocks"] if block.get("block_id") == name)
    return {each["value"]: each["text"]["text"] for each in block["element"]["options"]}

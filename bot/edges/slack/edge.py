"""The Slack edge, put together: tokens in, a bot that listens out."""

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.command import Slash
from bot.core.access import Workspace
from bot.edges.slack.acting import Acting, AlertDesk
from bot.edges.slack.answers import Answers
from bot.edges.slack.asking import Asking
from bot.edges.slack.buttons import Buttons
from bot.edges.slack.front_door import FrontDoor
from bot.edges.slack.gate import Gate
from bot.edges.slack.home import State
from bot.edges.slack.http import Door
from bot.edges.slack.line import Line
from bot.edges.slack.listeners import Listeners
from bot.edges.slack.members import Members
from bot.edges.slack.pace import Pace
from bot.edges.slack.pool import Pool
from bot.edges.slack.socket import Socket
from bot.errors import NotConfigured
from bot.ports import Counting, Ports

log = structlog.get_logger("noroshi.slack")

_ACK_SECONDS = 0.05
_ACTING = 4


@dataclass(frozen=True, slots=True)
class Tokens:
    """What Slack gave us; `app` for Socket Mode, `signing_secret` for HTTP mode."""

    bot: str = field(repr=False)
    app: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    api_url: str = "https://slack.com/api/"


class SlackEdge:
    """The bot in Slack: `start`, then `stop`; or `run_forever` until somebody calls `stop`.

    `channels` are the settings' access.channels; `http` is (host, port) for HTTP mode, else Socket Mode. `home` is what
    the Home tab shows above the commands.
    """

    def __init__(  # noqa: PLR0913 - one constructor of plain things, for the composition root
        self,
        commands: Sequence[Slash],
        ports: Ports,
        tokens: Tokens,
        *,
        channels: Collection[str] = (),
        alerts: AlertDesk | None = None,
        http: tuple[str, int] | None = None,
        pace: Pace | None = None,
        clock: Callable[[], float] = time.time,
        counting: Counting | None = None,
        home: State | None = None,
    ) -> None:
        if http and not tokens.signing_secret:
            raise NotConfigured("HTTP mode needs the signing secret.", "Set SLACK_SIGNING_SECRET.")
        if not http and not tokens.app:
            raise NotConfigured("Socket Mode needs an app-level token.", "Set SLACK_APP_TOKEN (xapp-…).")
        self._commands = commands
        self._ports = ports
        self._tokens = tokens
        self._channels = channels
        self._alerts = alerts
        self._http = http
        self._pace = pace or Pace()
        self._clock = clock
        self._counting = counting
        self._home = home
        self._open: list[Callable[[], Any]] = []
        self._stopped = asyncio.Event()
        self.door: Door | None = None
        self.socket: Socket | None = None

    async def start(self) -> None:
        """Connect, and answer from now on; raises Upstream with words when Slack does not take a token."""
        try:
            await self._start()
        except BaseException:
            await self.stop()
            raise

    async def _start(self) -> None:
        line = Line(self._tokens.bot, self._tokens.api_url, self._counting)
        self._open.append(line.close)
        me = await line.call(line.client.auth_test)
        app = self._bolt(line, me)
        listeners = self._listeners(line, me)
        listeners.listen(app)
        if self._http:
            self.door = Door(app, self._tokens.signing_secret, *self._http)
            self._open.append(self.door.close)
            await self.door.open()
        else:
            self.socket = Socket(app, line, self._tokens.app)
            self._open.append(self.socket.close)
            await self.socket.open()
        self._open.append(lambda: self._drain(listeners))
        log.info("listening", workspace=me["team"], mode="http" if self._http else "socket")

    def _listeners(self, line: Line, me: Any) -> Listeners:
        gate = Gate(line, _workspace(me), frozenset(self._channels), self._clock)
        pool, answers = Pool(self._pace.workers, self._pace.waiting), Answers(self._clock)
        asking = Asking(self._commands, self._ports, pool, answers, self._pace)

        async def close_asking() -> None:
            asking.close()

        self._open += [close_asking, gate.close]
        acting = self._acting(line, gate, asking)
        buttons = Buttons(line, gate, asking, answers, pool, acting)
        front_door = FrontDoor(self._commands, self._home, line, gate, pool, self._pace)
        return Listeners(front_door, line, gate, asking, buttons, self._clock, pace=self._pace, acting=acting)

    def _acting(self, line: Line, gate: Gate, asking: Asking) -> Acting | None:
        if self._alerts is None:
            return None
        # Apart from the questions' pool: who acknowledges must not wait until somebody's query is done.
        pool = Pool(_ACTING, self._pace.waiting)

        async def close() -> None:
            pool.close()

        self._open.append(close)
        return Acting(self._alerts, line, gate, Members(line, self._clock), asking, pool, pace=self._pace)

    def _bolt(self, line: Line, me: Any) -> AsyncApp:
        async def authorize() -> AuthorizeResult:
            # Known since the start: Bolt would ask auth.test before the first ack.
            return AuthorizeResult(
                enterprise_id=me.get("enterprise_id"),
                team_id=me["team_id"],
                bot_id=me.get("bot_id"),
                bot_user_id=me["user_id"],
                bot_token=self._tokens.bot,
            )

        app = AsyncApp(
            name="noroshi",
            logger=_quiet_logger(),
            client=AsyncWebClient(base_url=line.client.base_url, session=line.session),
            authorize=authorize,
            signing_secret=self._tokens.signing_secret or "unused in Socket Mode",
            raise_error_for_unhandled_request=True,
        )
        app.error(_ack_anyway)
        return app

    async def _drain(self, listeners: Listeners) -> None:
        await listeners.close(self._pace.stop)
        # Bolt sends an ack up to 10 ms after the listener gave it.
        await asyncio.sleep(_ACK_SECONDS)

    async def stop(self) -> None:
        """Answer what was asked, within bounds, then disconnect; may be called twice."""
        while self._open:
            await self._open.pop()()
        self._stopped.set()

    async def run_forever(self) -> None:
        """Start, and return after `stop`."""
        await self.start()
        await self._stopped.wait()


def _workspace(me: Any) -> Workspace:
    """Out of auth.test; an organisation's token is taken by its Enterprise Grid."""
    whole_grid = bool(me.get("is_enterprise_install"))
    return Workspace(me["team_id"], me["team"], me.get("enterprise_id") if whole_grid else None)


async def _ack_anyway(error: Exception) -> BoltResponse:
    """What has no listener is acked all the same: else Slack sends it again, or shows an error."""
    if not isinstance(error, BoltUnhandledRequestError):
        log.error("listener_broke", kind=type(error).__name__, exc_info=error)
    return BoltResponse(status=200, body="")


def _quiet_logger() -> logging.Logger:
    """Bolt warns of what is meant here (a client beside SLACK_BOT_TOKEN): only its errors are of use."""
    logger = logging.getLogger("noroshi.bolt")
    logger.setLevel(logging.ERROR)
    return logger

"""What Noroshi needs from outside, one small Protocol per need.

Adapters satisfy these; the embedded world's servers stand behind the same adapters.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Literal, Protocol

from bot.core.recording import Recorded
from bot.core.span import Span
from bot.core.view import Caveat, Receipt, View


@dataclass(frozen=True, slots=True)
class TrailQuery:
    """One statement over the CloudTrail table, in Athena's SQL.

    `sql` has a `?` for each of `parameters` (always text) and is bounded by `span`, on partitions
    and on eventtime alike. `needles`: every record the statement can select holds one of these
    texts verbatim in its JSON, so an engine that reads files may skip records without any.
    """

    sql: str
    parameters: tuple[str, ...]
    span: Span
    needles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TrailRows:
    """What a query gave: rows by column name (text, int, float, bool or None), and what it cost."""

    rows: tuple[Mapping[str, Any], ...]
    receipt: Receipt
    caveats: tuple[Caveat, ...] = ()


Progress = Callable[[str], None]


class TrailEngine(Protocol):
    """Runs SQL over CloudTrail: Athena, or DuckDB over files."""

    @property
    def table(self) -> str:
        """The table's name as SQL says it: `database.table`, each part a checked identifier."""

    def run(self, query: TrailQuery, progress: Progress) -> TrailRows:
        """Run to the end; raises AccessDenied, Throttled, QueryFailed."""


class Buckets(Protocol):
    """Whether a bucket exists."""

    def exists(self, bucket: str) -> Literal["yes", "no", "unknown"]:
        """`yes` also for a bucket of somebody else's; `unknown` when S3 would not say."""


class Recording(Protocol):
    """What CloudTrail is told to record."""

    def objects(self, bucket: str) -> Recorded:
        """Whether calls on the bucket's objects are recorded now; raises nothing."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a queue: its body as text, and the handle that deletes it."""

    body: str
    handle: str
    message_id: str
    receives: int = 1


class Inbox(Protocol):
    """The queue that events arrive by."""

    def receive(self) -> Sequence[Message]:
        """Wait up to 20 s for up to ten messages; raises Upstream."""

    def done(self, message: Message) -> None:
        """Take the message off the queue: its effect is durable."""


class Channels(Protocol):
    """Where alerts are posted."""

    def post(self, channel: str, view: View, *, mention: str = "") -> str:
        """Post, and give the message's timestamp; raises Upstream."""


class Ports(Protocol):
    """Everything a command may reach; each is made when first asked for."""

    @property
    def trail(self) -> TrailEngine:
        """The trail engine the settings name; raises NotConfigured."""

    @property
    def buckets(self) -> Buckets:
        """The account's buckets."""

    @property
    def recording(self) -> Recording:
        """What the account's trails record."""

    @property
    def zone(self) -> tzinfo:
        """The zone in which `today` begins."""

    def now(self) -> datetime:
        """The present, aware, in UTC."""

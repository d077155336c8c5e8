"""What Noroshi needs from outside, one small Protocol per need.

Adapters satisfy these; the embedded world's servers stand behind the same adapters.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, Literal, Protocol

from bot.core.alert import Finding
from bot.core.approval.change import Bucket as BucketPlace
from bot.core.approval.change import Setting
from bot.core.billing.costs import Anomalies, Asked, Costs, Forecast
from bot.core.billing.days import Days
from bot.core.configuration.evaluation import Evaluation, Rule
from bot.core.configuration.item import Item, Place, Resource
from bot.core.configuration.meant import Meant
from bot.core.configuration.recorder import Recorder
from bot.core.coverage.trails import Trails
from bot.core.policies.remark import Remark
from bot.core.public.bucket import Judged, Survey
from bot.core.recording import Recorded
from bot.core.span import Span
from bot.core.view import Caveat, Receipt, View


@dataclass(frozen=True, slots=True)
class Match:
    """A condition over the columns of `bot.trail.events`, with a `?` for each of its parameters."""

    sql: str
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """What a statement reads under the name `events`: the calls of its span that match, copies and all.

    `columns` are those of `bot.trail.events` that the statement uses; every one of `where` holds, and one
    at least of `either` (where there are any: a form that is sorted looks for each by itself). `accounts`
    (whose trail has the record) and `regions` bound it, empty ones do not. `records` are columns of the
    CloudTrail table itself that the statement uses, under the name `cloudtrail`, bounded by the span alone.
    """

    columns: tuple[str, ...] = ()
    where: tuple[Match, ...] = ()
    either: tuple[Match, ...] = ()
    accounts: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lookup:
    """How LookupEvents finds a superset of what is asked: exactly one attribute, or none at all.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupAttribute.html
    """

    key: Literal["EventName", "Username", "AccessKeyId", "ResourceName", "EventSource", "ReadOnly", ""] = ""
    values: tuple[str, ...] = ()
    """One is asked after the other: a resource may be filed under its name or its ARN."""
    since: datetime | None = None
    """Nothing older is wanted of the history, however far back the span goes: it is slow to read."""


@dataclass(frozen=True, slots=True)
class TrailQuery:
    """One statement over CloudTrail, in Athena's SQL.

    `sql` has a `?` for each of `parameters` (always text). With a `relation` it reads the `events` that
    the relation describes; without, the CloudTrail table itself, bounded by `span` on partitions and on
    eventtime alike. `needles`: every record the statement can select holds one of these texts verbatim
    in its JSON, so an engine that reads files may skip records without any.
    """

    sql: str
    parameters: tuple[str, ...]
    span: Span
    needles: tuple[str, ...] = ()
    relation: Relation | None = None
    lookup: Lookup = Lookup()


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

    def trails(self) -> Trails:
        """The trails of the home region, those of all regions among them, as of the last few minutes.

        Raises nothing: what AWS would not say is in it as `refused`, with the missing IAM action.
        """


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a queue: its body as text, and the handle that deletes it.

    `receives` counts how often it was given out; `sent_at` (aware) is when it came into the queue.
    """

    body: str
    handle: str
    message_id: str
    receives: int = 1
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sending:
    """How a message is sent.

    `mention`: `<!here>`, `<!channel>`, `<@U…>` or `<!subteam^S…>`; `token`: an id of ours that travels in
    the message's metadata, to find it again, beside the `key` of the problem that it tells of; `thread`: the
    `ts` that it answers to; `broadcast`: an answer that is seen in the channel too.
    """

    mention: str = ""
    token: str = ""
    key: str = ""
    thread: str = ""
    broadcast: bool = False


ONCE = Sending()


class Inbox(Protocol):
    """The queue that events arrive by."""

    def receive(self, *, wait: bool = True) -> Sequence[Message]:
        """Up to ten messages; where there is none, `wait` up to 20 s for one. Raises Upstream."""

    def done(self, *messages: Message) -> None:
        """Take up to ten messages off the queue, their effects being durable; raises Upstream."""


class Channels(Protocol):
    """Where alerts are posted: one try a call, whoever calls decides when to try again.

    All raise Throttled, NoSuchPlace, BadForm (not posted, for a known reason), Unanswered (it may stand
    there), Gone (that message is no more) or another Upstream (a plain no).
    """

    def post(self, channel: str, view: View, sending: Sending = ONCE) -> str:
        """Post, and give the message's timestamp (Slack's `ts`)."""

    def update(self, channel: str, ts: str, view: View, sending: Sending = ONCE) -> None:
        """Let the message say something else; its thread, broadcast and token stay as they are."""

    def find(self, channel: str, token: str, *, since: datetime, thread: str = "") -> str | None:
        """The `ts` of the message of ours that carries this token, posted since then; None if there is none."""

    def attach(self, channel: str, thread: str, name: str, content: bytes) -> None:
        """Upload a file into a thread."""


@dataclass(frozen=True, slots=True)
class Record:
    """One document of the store.

    `body` is JSON-ready, at most 350,000 bytes as JSON; an id and a lane have 1 to 512 bytes of UTF-8, a rank
    at most 255: more is BadRequest. `version` counts its writes; 0 is not stored yet. It may stand in one
    `lane`, there ordered by `rank` (then id), texts compared by code point. After `expires_at` (aware) it is
    as if it had never been.
    """

    id: str
    body: Mapping[str, Any]
    version: int = 0
    lane: str | None = None
    rank: str = ""
    expires_at: datetime | None = None


class Store(Protocol):
    """What must outlive the process: SQLite's file, or DynamoDB for several replicas. All raise Upstream."""

    def read(self, *ids: str) -> Mapping[str, Record]:
        """Those of the records that are there, as last written by anybody (at most 100)."""

    def write(self, *records: Record) -> None:
        """All or none, durably (at most 100 records, each id once).

        Each record's `version` is the one it was read with; it is stored with one more. Raises Conflict
        when any of them is another by now.
        """

    def lane(self, lane: str, limit: int, after: Record | None = None) -> Sequence[Record]:
        """The first records of a lane, behind `after`; may lag a moment behind `write`."""

    def close(self) -> None:
        """Let go of what it holds; nothing is asked of it after that."""


class Archive(Protocol):
    """GuardDuty, where a finding can be archived."""

    def archive(self, finding: Finding) -> None:
        """Archive it for good; raises AccessDenied, NotFound, Upstream."""


@dataclass(frozen=True, slots=True)
class Found:
    """The resources that were meant, deleted ones too; `tried` says in words what was looked for, and where."""

    resources: tuple[Resource, ...]
    tried: tuple[str, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    api_calls: int = 0


@dataclass(frozen=True, slots=True)
class History:
    """Items of a resource, newest first: as many as were wanted of those captured in the span.

    `older` is the item before the last of them, for what differs; None where there is none (`from_the_start`)
    or where it was not found within a bounded number of pages. `more`: the span holds further items.
    """

    resource: Resource
    items: tuple[Item, ...]
    older: Item | None = None
    from_the_start: bool = False
    more: bool = False
    api_calls: int = 0


@dataclass(frozen=True, slots=True)
class Evaluations:
    """What rules say, and what could not be asked."""

    found: tuple[Evaluation, ...]
    rules: tuple[Rule, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    api_calls: int = 0


class Configurations(Protocol):
    """AWS Config, in every account and region that the settings let us ask in; asking it is free.

    All raise AccessDenied, Throttled, Upstream; a place that can't be asked among several is a caveat.
    """

    def home(self) -> Place:
        """The caller's own account and region, where a bare id is looked for first."""

    def regions(self, account_id: str) -> tuple[str, ...]:
        """Where something of an account is looked for first: the regions of the settings, or the caller's own."""

    def find(self, meant: Meant, places: Sequence[Place], progress: Progress) -> Found:
        """Look for what is meant: at home, by an aggregator, in the other places; in `places` alone where given."""

    def history(self, resource: Resource, span: Span, wanted: int, progress: Progress) -> History:
        """Its items in the span, and the one before.

        Raises NotFound where Config never recorded it there, NotConfigured where no role leads to its account.
        """

    def at(self, resource: Resource, moment: datetime) -> Item | None:
        """The newest item captured up to then; None where there is none. Raises as `history` does."""

    def recorder(self, place: Place) -> Recorder:
        """What the place's recorder does, as of the last few minutes; raises nothing."""

    def evaluations(
        self, places: Sequence[Place], resource: Resource | None, rule: str, progress: Progress
    ) -> Evaluations:
        """What rules say: of one resource, of all that one rule breaks, or of everything that is not compliant.

        Home alone where no `places` are given. Raises NotFound for a rule that no place has.
        """


class PublicAccess(Protocol):
    """What lets everybody into buckets, in every account that the settings let us ask in. Asking changes nothing."""

    def survey(self, accounts: Sequence[str], regions: Sequence[str], progress: Progress) -> Survey:
        """Every bucket, of these accounts and regions alone where some are named.

        Of each only so much is read as its verdict needs. What was denied is unread in its facts, with the missing
        IAM action. Raises AccessDenied (s3:ListAllMyBuckets), Throttled, Upstream where nothing at all can be listed.
        """

    def whole(self, bucket: str, account_id: str, progress: Progress) -> Judged:
        """One bucket with everything read; `account_id` is "" where it has to be found. Raises NotFound."""


class Bills(Protocol):
    """What AWS charges: Cost Explorer (USD 0.01 a request, kept for hours), and CloudWatch's estimates (free).

    Works with either alone. All raise AccessDenied, NotConfigured (billing data is not switched on), Throttled,
    Forbidden (today's requests are spent), Upstream.
    """

    def costs(
        self, days: Days, by: tuple[str, ...], progress: Progress, *, free: bool = False, service: str = ""
    ) -> Costs:
        """Every charge of these days by one dimension, or by two (without credits and refunds).

        `free` takes CloudWatch's estimates where they can tell (service, account) before Cost Explorer's figures;
        `service` narrows it to one. Raises BadRequest for what no source can group by.
        """

    def forecast(self, today: date) -> Forecast:
        """From today to the end of its month; by simple arithmetic where Cost Explorer can't say."""

    def anomalies(self, days: Days) -> Anomalies:
        """What Cost Anomaly Detection found in days of the last 90."""

    def asked(self) -> Asked:
        """What the bot's own questions to Cost Explorer have cost."""


class PolicyValidation(Protocol):
    """What reads a policy as IAM would, before anybody puts it."""

    def remarks(self, policy: str, account_id: str, region: str) -> Sequence[Remark]:
        """What is wrong with a bucket's policy, errors first; raises AccessDenied, Throttled, Upstream."""


class BucketSettings(Protocol):
    """A bucket's settings, as an approved fix changes them. All raise NotFound, AccessDenied, Throttled, Upstream."""

    def read(self, bucket: BucketPlace, setting: Setting) -> str | None:
        """The value as it is now, whole, as JSON; None where there is none."""

    def put(self, bucket: BucketPlace, setting: Setting, value: str | None) -> None:
        """Set it; None deletes it."""


class Ports(Protocol):
    """Everything a command may reach; each is made when first asked for."""

    @property
    def trail(self) -> TrailEngine:
        """The trail engine the settings name; raises NotConfigured."""

    def paid_trail(self, asker: str, up_to: float | None) -> TrailEngine:
        """The same for one asker's question, who has agreed to pay `up_to` USD (None: was not asked).

        Its `run` raises Costly for a question that must be agreed to first, Forbidden for one that may not be
        asked at that price.
        """

    @property
    def accounts(self) -> Mapping[str, str]:
        """The accounts that the settings name: id to name."""

    @property
    def buckets(self) -> Buckets:
        """The account's buckets."""

    @property
    def recording(self) -> Recording:
        """What the account's trails record."""

    @property
    def configurations(self) -> Configurations:
        """AWS Config."""

    @property
    def public_access(self) -> PublicAccess:
        """What lets everybody into buckets."""

    @property
    def fixes(self) -> bool:
        """Whether buckets can be fixed from Slack, by two people."""

    @property
    def bills(self) -> Bills:
        """What AWS charges."""

    @property
    def policy_validation(self) -> PolicyValidation:
        """IAM Access Analyzer."""

    def calls(self, place: Place, asker: str, up_to: float | None, *, since: datetime) -> TrailEngine:
        """What is asked who changed something there: what sees back to `since`, soonest for next to no money.

        Files on disk, else the table where the question costs some cents at most, else the event history of the
        place (free, slow, 90 days), else the table as `paid_trail` has it.
        """

    @property
    def zone(self) -> tzinfo:
        """The zone in which `today` begins."""

    def now(self) -> datetime:
        """The present, aware, in UTC."""

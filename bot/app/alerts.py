"""Alerts, put together: what takes them, what tells them, what their buttons need."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import time, timedelta, tzinfo
from functools import partial

import structlog

from bot.adapters.aws.accounts import session_as
from bot.adapters.aws.hearing import AwsHearing, Place
from bot.adapters.aws.sample import send_sample
from bot.adapters.aws.sqs import SqsInbox
from bot.adapters.dynamodb import DynamoStore
from bot.adapters.slack_channels import SlackChannels
from bot.adapters.sqlite import SqliteStore
from bot.app import money
from bot.app.clock import now
from bot.app.production import Production, secret
from bot.core.alert import Finding
from bot.core.check import Check, Found
from bot.core.hearing.senses import Patience as HearingPatience
from bot.core.problem import Problem, problem_id
from bot.core.public.bucket import Bucket, Judged
from bot.core.told import Patience
from bot.edges.alerting import Alerting, Loop
from bot.edges.clockwork import Clockwork
from bot.edges.compacting import TERM, Compacting
from bot.edges.end_to_end import Journey
from bot.edges.intake import Intake
from bot.edges.looking import Looking
from bot.edges.slack.acting import AlertDesk
from bot.edges.tellers import Tellers
from bot.edges.watch import Watch
from bot.pipeline import Ledger, Pace, Reading, Taking, Teller, handing_over
from bot.pipeline.daily import DIGEST, Daily, Told
from bot.pipeline.fixing import Fixing
from bot.pipeline.judging import Judging
from bot.pipeline.lease import Lease
from bot.pipeline.left import Left
from bot.pipeline.punctual import Punctual
from bot.ports import Counting, Record, Store
from bot.render.blocks import payload
from bot.render.chart import drawn
from bot.settings import Settings
from bot.sources import SOURCES

_log = structlog.get_logger("noroshi")
_PROBE = "doctor"


def open_store(given: Settings, counting: Counting | None = None) -> Store:
    """The store that the settings name; raises Upstream where it can't be used."""
    kind, _, place = given.alerts.store.partition("://")
    if kind == "dynamodb":
        return DynamoStore(place, session=Production(given, counting).session)
    return SqliteStore(place[1:])  # sqlite:///relative, sqlite:////absolute


def ledger(given: Settings, store: Store) -> Ledger:
    """The record of what is told."""

    def minutes(setting: float) -> timedelta | None:
        return timedelta(minutes=setting) if setting else None

    alerts = given.alerts
    patience = Patience(
        remind_after=minutes(alerts.remind_after_minutes),
        mention_after=minutes(alerts.mention_after_minutes),
        mention=alerts.remind_mention,
    )
    return Ledger(store, patience, now)


def reading(given: Settings) -> Reading:
    """How queue messages are read, and where alerts go."""
    return Reading(SOURCES, given.routes, given.account_names, given.alerts.samples == "drop")


def alerting(production: Production, pace: Pace | None = None) -> tuple[Alerting, AlertDesk | None]:
    """What takes and tells alerts, and what its buttons need; nothing where no queue or no channel is set.

    `pace` stands over the settings' own.
    """
    given, counting = production.settings, production.counting
    if not (given.alerts.queue_url and given.alerts.channel):
        return Alerting(loops=compacting(given, counting=counting), close=production.store.close), None
    store, tellers = production.store, Tellers()
    store.read(_PROBE)  # a store that is not there is said at the start, not at the first alert
    _log.info("what is told is kept", store=given.alerts.store)
    book = ledger(given, store)
    judging = Judging(store, book.now)
    taking = Taking(reading(given), book, tellers.wake, judging.file)
    access = Production(given, counting)  # paced apart: nobody who asks waits for what looks by itself
    looking = Looking(judging, lambda: access.public_access, taking.tell, fixable=given.s3.fixes)
    fixing = _fixing(Production(given, counting), book, tellers.wake) if given.s3.fixes else None
    channels = given.channels
    pace = pace or Pace(storm_above=given.alerts.storm_above)
    tellers.add(_teller(given, book, channel, tellers.wake, pace, counting) for channel in channels)
    intakes = [
        Intake(url.rpartition("/")[2], SqsInbox(url, session=production.session), taking, book.now)
        for url in given.alerts.queue_url
    ]
    made = Alerting(tellers, intakes, close=store.close)
    watch = _watch(production, made, book, taking)
    loops: list[Loop] = [watch, looking, *compacting(given, book, watch, counting)]
    lease = partial(_lease, book, pace)
    left = Left(channels, given.alerts.channel, book, lease, tellers.wake)
    loops.append(Clockwork("look at channels that were left", left.look))
    for at, told in _dailies(given, production.zone):
        daily = Daily(given.alerts.channels, book, Punctual(at, production.zone), tellers.wake, told)
        loops.append(Clockwork(told.name, daily.look))
    loops += money.spending(production, book, taking.tell, watch)
    loops += money.digest(production, book, tellers.wake)
    if fixing:
        loops.append(Clockwork("look at fixes that were broken off", fixing.mend))
    made.loops = loops
    change, approve = frozenset(given.access.change), frozenset(given.access.approve)
    desk = AlertDesk(
        book,
        tellers.wake,
        production.finding_changes,
        change,
        production.zone,
        approve,
        given.alerts.channel,
        fixing,
        given.account_names,
    )
    return made, desk


def _dailies(given: Settings, zone: tzinfo) -> Iterator[tuple[time, Told]]:
    """What is told every day in each channel, and when."""
    alerts = given.alerts
    if alerts.digest_at:
        yield alerts.digest_at, DIGEST
    for at in alerts.handover_at:
        yield at, handing_over.telling(at, alerts.handover_at, zone)


def compacting(
    given: Settings,
    book: Ledger | None = None,
    watch: Watch | None = None,
    counting: Counting | None = None,
) -> list[Loop]:
    """The schedule of the compact copy, where the settings name its place; the record holds its lease."""
    hours = given.trail.compact_every_hours
    if not (given.trail.compact_location and hours):
        return []
    every = timedelta(hours=hours)
    name = f"compact {given.trail.database}.{given.trail.table}"
    lease = Lease(book.store, name, secrets.token_hex(8), TERM, book.now) if book else None
    made = Compacting(
        lambda: Production(given, counting).compactor,
        every,
        lease=lease,
        tell=watch.settle if watch else None,
    )
    return [Clockwork("compact copy", made.look)]


def store_check(given: Settings) -> Check:
    """Whether what is told can be kept: read for real, and written to."""

    def look() -> Found:
        if not given.alerts.queue_url:
            return Found("off", "no queue is set, so there is nothing to keep", "NOROSHI_ALERTS__QUEUE_URL")
        with closing(open_store(given)) as store:
            known = store.read(_PROBE).get(_PROBE)
            store.write(Record(_PROBE, {}, known.version if known else 0))
        return Found("ok", f"{given.alerts.store} can be read and written")

    return Check("alerts", "store", look)


def journey(given: Settings) -> Journey:
    """A sample finding's whole way; the running bot's record says whether it has told it."""
    book, session = ledger(given, open_store(given)), Production(given).session

    def arrived(finding: Finding) -> bool:
        key = f"guardduty:{finding.account_id}:{finding.region}:{finding.finding_id}"
        entry = book.find(problem_id(key))
        problem = entry.thing if entry else None
        return isinstance(problem, Problem) and bool(problem.told.ts or problem.storm)

    return Journey(lambda: send_sample(session), arrived, dropped=given.alerts.samples == "drop")


def _fixing(production: Production, book: Ledger, wake: Callable[[str], None]) -> Fixing:
    lasts = timedelta(minutes=production.settings.s3.approve_within_minutes)

    def look(bucket: Bucket) -> Judged:
        return production.public_access.whole(bucket.name, bucket.account_id, lambda _: None)

    return Fixing(book, production.bucket_settings, look, wake, lasts)


def _teller(
    given: Settings,
    book: Ledger,
    channel: str,
    wake: Callable[[str], None],
    pace: Pace,
    counting: Counting | None,
) -> Teller:
    token = secret(given.slack_bot_token, "SLACK_BOT_TOKEN", "xoxb-…")
    # One connection a channel: none waits for another's call. A call has three steps, each bounded by itself.
    slack = SlackChannels(
        token,
        payload,
        drawn,
        base_url=given.slack_api_url,
        timeout_seconds=pace.call.total_seconds() / 3,
        counting=counting,
    )
    lease = _lease(book, pace, channel)
    fallback = given.alerts.fallback or channel
    return Teller(channel, book, slack, lease, fallback=fallback, pace=pace, wake=wake, counting=counting)


def _lease(book: Ledger, pace: Pace, channel: str) -> Lease:
    return Lease(book.store, channel, secrets.token_hex(8), pace.lease, book.now)


def _watch(production: Production, made: Alerting, book: Ledger, taking: Taking) -> Watch:
    """The heartbeat over every account that the settings let it ask in, its own among them."""
    given, session = production.settings, production.session
    alerts = given.alerts
    here = (session.region_name,) if session.region_name else ()
    places = [
        Place(partial(session_as, account.role_arn, session), account.regions or here, account.id)
        for account in given.accounts
        if account.role_arn
    ]
    own = [region for account in given.accounts if not account.role_arn for region in account.regions]
    places.append(Place(lambda: session, tuple(dict.fromkeys(own)) or here))
    hearing = AwsHearing(places, alerts.queue_url, lambda: session)
    patience = HearingPatience(
        silence=timedelta(days=alerts.quiet_days) if alerts.quiet_days else timedelta.max,
        lag=timedelta(minutes=alerts.lag_minutes) if alerts.lag_minutes else timedelta.max,
    )
    return Watch(hearing, made.senses, book.store, taking.tell, now=book.now, patience=patience)

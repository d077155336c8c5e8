"""What AWS must allow and hold, looked at with the calls the bot itself will make."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import boto3

from bot.adapters.aws.advice_checks import advice_checks
from bot.adapters.aws.config_checks import config_checks
from bot.adapters.aws.errors import asking
from bot.adapters.aws.findings_checks import findings_checks
from bot.adapters.aws.hearing import AwsHearing
from bot.adapters.aws.s3_checks import s3_checks
from bot.adapters.aws.session import client
from bot.adapters.aws.sqs import SqsInbox
from bot.adapters.aws.trail_checks import table_checks
from bot.adapters.aws.workgroup import SHARED, size
from bot.core.check import Check, Found
from bot.core.span import span
from bot.errors import AccessDenied, Upstream
from bot.ports import Relation, TrailEngine, TrailQuery

Session = Callable[[], boto3.Session]


def aws_checks(
    session: Session, engine: Callable[[], TrailEngine], trail: Any, queues: Sequence[str]
) -> list[Check]:
    """The checks for these settings (`trail` is `bot.settings.Trail`); session and engine are made when looked with."""
    checks = [Check("aws", "credentials", lambda: identity(session()))]
    if trail.engine == "athena":
        checks += [
            Check("trail", "a trail that logs", lambda: logging_trail(session())),
            Check("trail", "workgroup", lambda: workgroup(session(), trail.workgroup, trail.output_location)),
            *table_checks(session, trail),
        ]
    checks.append(Check("trail", "records", lambda: records(engine())))
    checks += [*config_checks(session), *s3_checks(session), *findings_checks(session)]
    checks += advice_checks(session)
    if not queues:
        checks.append(
            Check(
                "alerts",
                "queue",
                lambda: Found("off", "no queue is set, so no alerts", "NOROSHI_ALERTS__QUEUE_URL"),
            )
        )
    return [*checks, *(check for url in queues for check in _queue_checks(session, url))]


def _queue_checks(session: Session, url: str) -> list[Check]:
    name = url.rpartition("/")[2]
    return [
        Check("alerts", f"queue {name}", lambda: SqsInbox(url, session=session()).look()),
        Check("alerts", f"what {name} gave up on", lambda: dead_letters(session, url)),
    ]


def dead_letters(session: Session, url: str) -> Found:
    """Whether a queue sets aside what can't be read, and whether anything lies there (docs: SQS, Dead-letter queues)."""
    (dead,) = AwsHearing((), (url,), session, pause=lambda _: None).dead_letters()
    match dead.sense.state:
        case "none":
            return Found(
                "missing",
                f"{dead.queue} has no dead-letter queue: what can't be read comes back until it expires",
                "Make the queue by noroshi setup template, or give it a RedrivePolicy (maxReceiveCount 5)",
            )
        case "unknown":
            action = dead.sense.action
            return Found("missing", dead.sense.reason, f"Allow {action} on it" if action else "")
        case _ if dead.waiting:
            return Found(
                "missing",
                f"{dead.sense.name}: {dead.waiting} messages that the bot gave up on",
                f"aws sqs receive-message --queue-url {dead.url} --visibility-timeout 0",
            )
    return Found("ok", f"{dead.sense.name}: empty")


def identity(session: boto3.Session) -> Found:
    """Who AWS says we are."""
    with asking("sts:GetCallerIdentity"):
        caller = client("sts", session=session).get_caller_identity()
    return Found("ok", f"{caller['Arn']} in account {caller['Account']}")


def logging_trail(session: boto3.Session) -> Found:
    """Whether a trail covers this region, and is on (docs: CloudTrail, GetTrailStatus)."""
    cloudtrail = client("cloudtrail", session=session)
    with asking("cloudtrail:DescribeTrails", "which trails there are"):
        trails = cloudtrail.describe_trails(includeShadowTrails=True)["trailList"]
    if not trails:
        return Found(
            "missing",
            "no trail covers this region",
            "Create a multi-region trail (CloudTrail user guide: Creating a trail)",
        )
    with asking("cloudtrail:GetTrailStatus", "whether the trail is on"):
        on = [trail for trail in trails if cloudtrail.get_trail_status(Name=trail["TrailARN"])["IsLogging"]]
    if not on:
        name = trails[0]["Name"]
        return Found(
            "missing", f"the trail {name} is not logging", f"aws cloudtrail start-logging --name {name}"
        )
    return Found("ok", ", ".join(f"{trail['Name']} to s3://{trail['S3BucketName']}" for trail in on))


def workgroup(session: boto3.Session, name: str, output_location: str | None) -> Found:
    """Whether queries have somewhere to write their results (docs: Athena, workgroup settings)."""
    try:
        with asking("athena:GetWorkGroup", f"for the workgroup {name}"):
            found = client("athena", session=session).get_work_group(WorkGroup=name)["WorkGroup"]
    except AccessDenied:
        raise
    except Upstream as error:
        if error.hint:
            raise
        return Found(
            "missing",
            error.message,
            "noroshi setup trail makes it, or set NOROSHI_TRAIL__WORKGROUP to one that exists",
        )
    settings: dict[str, Any] = found.get("Configuration", {})
    location = settings.get("ResultConfiguration", {}).get("OutputLocation") or output_location
    if settings.get("ManagedQueryResultsConfiguration", {}).get("Enabled"):
        location = "Athena's own store"
    if not location:
        return Found(
            "missing",
            f"{name} has no place for results",
            "Set NOROSHI_TRAIL__OUTPUT_LOCATION=s3://BUCKET/noroshi/",
        )
    cutoff = settings.get("BytesScannedCutoffPerQuery")
    if cutoff:
        return Found("ok", f"{name}: results in {location}, at most {size(cutoff)} a query")
    own = name != SHARED
    return Found(
        "ok",
        f"{name}: results in {location}, no limit on what one query reads",
        "noroshi setup trail --apply-workgroup"
        if own
        else "NOROSHI_TRAIL__WORKGROUP=noroshi noroshi setup trail",
    )


def records(engine: TrailEngine) -> Found:
    """One record of the last day, by the whole way that a question takes."""
    window = span("1d", None, now=datetime.now(UTC))
    query = TrailQuery("SELECT at FROM events LIMIT 1", (), window, relation=Relation(("at",)))
    answer = engine.run(query, progress=lambda _: None)
    if answer.rows:
        return Found("ok", f"{engine.table} answers")
    blind = next((caveat.message for caveat in answer.caveats if caveat.weight == "blind"), "")
    return Found(
        "missing",
        f"{engine.table} answers, but holds no record of the last day{f': {blind}' if blind else ''}",
        "Check where the table, or NOROSHI_TRAIL__LOCATION, points, and which accounts and regions it names",
    )

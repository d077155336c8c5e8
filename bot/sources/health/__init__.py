"""AWS Health: AWS itself says that something is broken, planned, or leaked.

When credentials are exposed, act at once: make the key inactive (do not delete it: its trail is wanted),
then see what it did. An issue means that the fault may be AWS's and not yours: look here before you
restart anything. A scheduled change has a date by which you must have acted.
Every region and the backup region send copies of one event, so the same event arrives several times
(docs: AWS Health events Amazon EventBridge schema); the key makes them one.
"""

import hashlib
from datetime import timedelta
from urllib.parse import quote

from bot.core.alert import TITLE, Alert, NextStep, Quiet
from bot.core.event import Event
from bot.core.severity import Severity
from bot.core.source import Source
from bot.core.spoken import folded, lowered, short, some
from bot.core.steps import who_accessed
from bot.sources.health.notice import Notice
from bot.sources.health.words import story, title

_BY_CATEGORY = {
    "issue": (Severity.MEDIUM, Severity.HIGH),
    "scheduledChange": (Severity.LOW, Severity.MEDIUM),
    "accountNotification": (Severity.LOW, Severity.LOW),
}
"""In general, and when resources of ours are named."""
_BRIEF = timedelta(hours=1)


def alert(event: Event) -> Alert | Quiet:
    """Every event fires; a closed one says that it is over. A notice that ends later is no news: it was told."""
    notice = Notice.model_validate(event.detail)
    # The envelope names who received it, which may be the organisation's administrator, and the region
    # that sent this copy.
    account = notice.affected_account or event.account_id
    region = notice.event_region or notice.region or event.region
    public = notice.event_scope_code == "PUBLIC"
    key = f"health:{'public' if public else account or ''}:{region or ''}:{notice.event_arn}"
    if _only_ends(notice):
        return Quiet("a notice that was told has ended", closes=key)
    return Alert(
        key=key,
        source="health",
        kind=f"AWS Health, {lowered(notice.event_type_category) or 'event'}: {notice.event_type_code}",
        severity=severity(notice),
        title=folded(title(notice), TITLE),
        account_id=account,
        region=region,
        resource=some([short(one) for one in notice.affected], 2) or None,
        story=story(notice),
        first_seen=notice.start_time or event.at,
        last_seen=notice.last_updated_time,
        reference=notice.service or None,
        console_url=f"https://health.aws.amazon.com/health/home#/account/event-log?eventID={quote(notice.event_arn, safe='')}",
        next_steps=_next_steps(notice),
        resolved=notice.closed,
        occurrence=_occurrence(notice),
        tags=notice.affected_entities[0].tags if len(notice.affected_entities) == 1 else {},
    )


def _occurrence(notice: Notice) -> str:
    """The communication's own id; before AWS sent one, its times and words."""
    said = "\n".join(one.latest_description or "" for one in notice.event_description)
    words = hashlib.sha256(said.encode(errors="replace")).hexdigest()[:16]
    told = notice.communication_id or f"{notice.last_updated_time or notice.start_time or ''}:{words}"
    return f"{told}:{notice.status_code or ''}:{notice.page or ''}"


def severity(notice: Notice) -> Severity:
    """Leaked credentials are critical whatever the category; an issue of ours is worse than one of the region."""
    if notice.closed:
        return Severity.INFO
    if notice.event_type_code.startswith("AWS_RISK_CREDENTIALS"):
        return Severity.CRITICAL
    if notice.event_type_code.startswith(("AWS_RISK_", "AWS_ABUSE_")):
        return Severity.HIGH
    ours = bool(notice.affected) and notice.event_scope_code != "PUBLIC"
    alone, with_ours = _BY_CATEGORY.get(notice.event_type_category, (Severity.MEDIUM, Severity.MEDIUM))
    return with_ours if ours else alone


def _only_ends(notice: Notice) -> bool:
    """Notices have nothing to resolve; one that is born closed (its end is its beginning) is still told."""
    return (
        notice.closed
        and notice.event_type_category == "accountNotification"
        and not notice.event_type_code.startswith("AWS_RISK_")
        and notice.start_time is not None
        and notice.end_time is not None
        and notice.end_time - notice.start_time > _BRIEF
    )


def _next_steps(notice: Notice) -> tuple[NextStep, ...]:
    buckets = [value for value in notice.affected if value.startswith("arn:aws:s3:::")]
    return tuple(step for bucket in buckets[:2] for step in who_accessed(bucket, notice.start_time))


source = Source(
    name="health",
    event_source="aws.health",
    detail_types=("AWS Health Event", "AWS Health Abuse Event"),
    alert=alert,
)

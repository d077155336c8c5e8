"""Sensitive calls: somebody used root, blinded us, opened something or made new credentials.

When this fires, ask who it names whether it was them; if nobody answers, treat it as an intrusion:
first switch on again what was switched off, then look at what else this principal did.
A call arrives a few minutes after it was made, and only where a trail logs; read-only calls of root
come only with the rule state ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS (docs:
eb-service-event-cloudtrail). IAM, root's sign-in and Organizations speak in us-east-1 only.
"""

import re

from bot.core import steps
from bot.core.alert import TITLE, Alert, NextStep, Quiet
from bot.core.event import Event
from bot.core.regions import console, is_code
from bot.core.severity import Severity
from bot.core.source import Source
from bot.core.spoken import folded
from bot.core.words import spaced
from bot.sources.cloudtrail.call import Call
from bot.sources.cloudtrail.keys import key, occurrence, state
from bot.sources.cloudtrail.patterns import details
from bot.sources.cloudtrail.rule import Rule, Seen
from bot.sources.cloudtrail.rules import ENDS, RULES
from bot.sources.cloudtrail.rules.opening import BUCKETS
from bot.sources.cloudtrail.words import service, story, title, undated

_EVENT_ID = re.compile(r"[0-9a-fA-F-]{36}")
_STEPS = 3


def alert(event: Event) -> Alert | Quiet:
    """A call of the table, or any of root's; a call that ends a row's state closes it; every other is quiet."""
    call = Call.model_validate(
        {"awsRegion": event.region, "recipientAccountId": event.account_id, **event.detail}
    )
    rule, seen = judge(call)
    return _quiet(call) if seen is None else _alert(event, call, rule, seen)


def judge(call: Call) -> tuple[Rule | None, Seen | None]:
    """The first row that sees something in this call; whatever root does is worth telling without one."""
    for rule in RULES:
        if seen := rule.see(call):
            return rule, seen
    return None, Seen() if call.by_root else None


def severity(call: Call, rule: Rule | None, seen: Seen) -> Severity:
    """The row's or what it saw; root is never less than high; what failed is two steps less, root's one."""
    of = seen.severity or (rule.severity if rule else Severity.HIGH)
    floor = Severity.HIGH if call.by_root else Severity.LOW
    order = list(Severity)
    if call.failed:
        of, floor = order[min(order.index(of) + 2, len(order) - 1)], order[min(order.index(floor) + 1, 3)]
    return of if of.at_least(floor) else floor


def _quiet(call: Call) -> Quiet:
    """What it ends, if anything: a row of `ENDS`, or a setting that is whole and harmless now."""
    if end := next((end for end in ENDS if end.sees(call)), None):
        return Quiet(end.words, closes=state(call, end.ends, end.of(call)))
    rule = next((rule for rule in RULES if rule.fits(call)), None)
    if rule is None:
        return Quiet("a call that is not in the table of sensitive ones")
    if rule.whole and not call.failed:
        closes = state(call, rule.brings, rule.of(call), regional=rule.regional)
        return Quiet("it opens nothing (any more)", closes=closes)
    return Quiet("nothing sensitive in this call")


def _alert(event: Event, call: Call, rule: Rule | None, seen: Seen) -> Alert:
    resource = rule.of(call) if rule else None
    return Alert(
        key=key(event, call, rule, seen),
        source="cloudtrail",
        kind=f"{spaced(undated(call))} ({service(call)}:{call.event_name})",
        severity=severity(call, rule, seen),
        title=folded(title(call, rule, seen, resource), TITLE),
        account_id=call.account,
        region=call.aws_region,
        resource=resource,
        story=story(call, seen),
        first_seen=call.event_time or event.at,
        reference=f"event {call.event_id}" if call.event_id else None,
        console_url=_console(call),
        next_steps=_next_steps(event, call, rule, resource),
        occurrence=occurrence(call),
    )


def _console(call: Call) -> str | None:
    """The event's own page; an id or a region of another form makes no address."""
    region, event_id = call.aws_region, call.event_id
    if not (region and is_code(region) and event_id and _EVENT_ID.fullmatch(event_id)):
        return None
    return f"https://{console(region)}/cloudtrailv2/home?region={region}#/events/{event_id}"


def _next_steps(event: Event, call: Call, rule: Rule | None, resource: str | None) -> tuple[NextStep, ...]:
    """The bucket or the thing it was about, then what its caller did besides, and who that is.

    After a call that may have opened a bucket, whether it is public comes first.
    """
    at, who = call.event_time or event.at, call.user_identity
    bucket = resource if rule and "bucketName" in rule.resource else None
    found = (*steps.who_accessed(bucket, at), *steps.resource(resource, at))
    behind = steps.behind(who.arn, at) or steps.behind(who.access_key_id, at)
    rest = (*found, *steps.user(who.arn, at), *behind)[:_STEPS]
    if rule not in BUCKETS:
        return rest
    return (*(steps.explained(bucket, call.account) if bucket else steps.public(call.account)), *rest)


source = Source(
    name="cloudtrail",
    event_source="aws.",
    detail_types=("AWS API Call via CloudTrail", "AWS Console Sign In via CloudTrail"),
    alert=alert,
    details=details(),
)

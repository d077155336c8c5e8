"""What is told when a bucket was looked at again after a call that may have opened or closed it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.core import steps
from bot.core.alert import TITLE, Alert, NextStep
from bot.core.principal import describe
from bot.core.public.bucket import Bucket, Judged
from bot.core.public.fix import fix
from bot.core.public.meaning import Access
from bot.core.public.touched import Touched
from bot.core.public.words import because, who_may
from bot.core.severity import Severity
from bot.core.spoken import folded, some
from bot.core.text import Code, Line, Small, Strong, When

_WORST: frozenset[Access] = frozenset({"write", "admin"})
_TOLD, _KEYS = 4, 20
_KIND = "Who gets into a bucket, looked at after a call"


@dataclass(frozen=True, slots=True)
class Past:
    """What was seen last: the judgement ("" never), what everybody might do, and the problems told of it."""

    judgement: str = ""
    open_: frozenset[str] = frozenset()
    keys: tuple[str, ...] = ()


def news(past: Past, judged: Judged, calls: Sequence[Touched]) -> tuple[Past, tuple[Alert, ...]]:
    """What is known from now on, and what people are to be told; `calls` are those since the last look, oldest first.

    Each telling goes to the problem that its call was told under: one thread says who did it, and what came of it.
    """
    said = judged.verdict.judgement if not judged.gone else "not-public"
    asked = tuple(dict.fromkeys(call.key for call in calls if call.key))
    if said == "public":
        return _public(past, judged, calls, asked)
    if said == "unknown":
        told = tuple(_unknown(judged, call) for call in calls if call.told)
        return replace(past, judgement="unknown"), told
    over = tuple(_over(judged, key, calls) for key in past.keys)
    harmless = (
        () if past.judgement == "public" else tuple(_harmless(judged, each) for each in calls if each.told)
    )
    return Past("not-public"), (*over, *harmless)


def _public(
    past: Past, judged: Judged, calls: Sequence[Touched], asked: tuple[str, ...]
) -> tuple[Past, tuple[Alert, ...]]:
    open_ = frozenset(f"{way.via} {way.name} {access}" for way in judged.verdict.via for access in way.access)
    keys = asked or past.keys or (_own(judged.bucket),)
    is_news = asked or past.judgement != "public" or not open_ <= past.open_
    alerts = tuple(_opened(judged, key, calls) for key in keys) if is_news else ()
    known = tuple(dict.fromkeys((*past.keys, *keys)))[-_KEYS:]
    return Past("public", open_, known), alerts


def of_account(calls: Sequence[Touched], judged: Sequence[Judged]) -> tuple[Alert, ...]:
    """What came of calls that may have opened any bucket of an account, told under each that was told itself."""
    public = [one.bucket.name for one in judged if one.verdict.judgement == "public"]
    unknown = sum(one.verdict.judgement == "unknown" for one in judged)
    if public:
        title = (
            f"{len(public):,} of its {len(judged):,} buckets {'is' if len(public) == 1 else 'are'} public now"
        )
    else:
        title = f"None of its {len(judged):,} buckets is known to be public for all that"
    story: list[Line] = [(some(public, 10),)] if public else []
    if unknown:
        story.append((f"Of {unknown:,} I can’t tell: /s3 public",))
    severity = Severity.HIGH if public else Severity.LOW
    return tuple(_of_call(call, title, tuple(story), severity) for call in calls if call.told)


def unseen(calls: Sequence[Touched], why: str, hint: str) -> tuple[Alert, ...]:
    """What is told where nobody can look: under each call that was told itself."""
    bucket = calls[-1].bucket
    title = f"I can’t tell whether {f'bucket {bucket}' if bucket else 'a bucket of it'} is public now"
    story: tuple[Line, ...] = ((folded(why, 300),), (Small(folded(hint, 300)),))
    return tuple(_of_call(call, title, story, Severity.LOW) for call in calls if call.told)


def _of_call(call: Touched, title: str, story: tuple[Line, ...], severity: Severity) -> Alert:
    return Alert(
        key=call.key,
        source="cloudtrail",
        kind=_KIND,
        adds=True,
        severity=severity,
        title=folded(title, TITLE),
        account_id=call.account_id,
        region=call.region or None,
        resource=call.bucket or None,
        story=story,
        last_seen=call.at,
        next_steps=(
            *steps.explained(call.bucket, call.account_id),
            NextStep("Which buckets are public", ("s3", "public", "--account", call.account_id)),
        ),
        occurrence=f"looked:{call.event_id}:{title}",
    )


def _own(bucket: Bucket) -> str:
    """As CloudTrail's source calls it: a call that nobody was told of opens the same problem."""
    return f"bucket-open:{bucket.account_id}:{bucket.region}:{bucket.name}"


def _opened(judged: Judged, key: str, calls: Sequence[Touched]) -> Alert:
    severity = Severity.CRITICAL if _WORST & set(judged.verdict.access) else Severity.HIGH
    title = f"Bucket {judged.bucket.name} is public: {who_may(judged.verdict)}"
    return replace(
        _alert(judged, key, calls, title),
        severity=severity,
        story=tuple(_proof(judged, calls)),
        bucket=judged.bucket,
    )


def _proof(judged: Judged, calls: Sequence[Touched]) -> Iterator[Line]:
    """Every way in and why it is open, who opened it, and the smallest change that closes it."""
    ways = judged.verdict.via
    for way in ways[:_TOLD]:
        name = f" {way.name}" if way.name else ""
        yield (Strong(f"By {way.via.replace('-', ' ')}{name}"), f": {folded(way.why, 300)}")
    if len(ways) > _TOLD:
        yield (Small(f"and {len(ways) - _TOLD:,} more ways"),)
    if judged.facts.aws_says is False and any(way.via == "policy" for way in ways):
        yield ("AWS itself calls its policy not public; by its documented rules it is.",)
    yield from map(_who, calls[-1:])
    if closing := fix(judged.facts, judged.verdict):
        yield (Small(f"The smallest change that closes it: {closing.words}"),)


def _who(call: Touched) -> Line:
    at: Line = (", ", When(call.at)) if call.at else ()
    return (Strong(folded(describe(call.who), 200)), " called ", Code(call.event_name), *at)


def _over(judged: Judged, key: str, calls: Sequence[Touched]) -> Alert:
    name = judged.bucket.name
    title = f"Bucket {name} is deleted" if judged.gone else f"Bucket {name} is not public any more"
    return replace(
        _alert(judged, key, calls, title),
        resolved=True,
        story=tuple(_who(call) for call in calls[-1:]),
    )


def _harmless(judged: Judged, call: Touched) -> Alert:
    """It sounded open and is not: over, unless single objects may be public still, which a bucket doesn't tell."""
    objects = judged.verdict.objects_may_be_public is not False and not judged.gone
    title = f"Bucket {judged.bucket.name} is not public for all that"
    story: list[Line] = [
        (folded(one, 300),) for one in (() if judged.gone else judged.verdict.reasons[:_TOLD])
    ]
    if objects:
        story.append(("ACLs count here: single objects may be public by their own.",))
    return replace(_alert(judged, call.key, (call,), title), story=tuple(story), resolved=not objects)


def _unknown(judged: Judged, call: Touched) -> Alert:
    title = f"I can’t tell whether bucket {judged.bucket.name} is public now"
    story = tuple((folded(because(one), 300),) for one in judged.verdict.unknown_because[:_TOLD])
    return replace(_alert(judged, call.key, (call,), title), story=story)


def _alert(judged: Judged, key: str, calls: Sequence[Touched], title: str) -> Alert:
    """What all tellings share. Their occurrence is the newest call's and the verdict's: told once, however often seen."""
    bucket, newest = judged.bucket, calls[-1] if calls else None
    at = newest.at if newest else None
    return Alert(
        key=key,
        source="cloudtrail",
        kind=_KIND,
        adds=True,
        severity=Severity.LOW,
        title=folded(title, TITLE),
        account_id=bucket.account_id,
        region=bucket.region or None,
        resource=bucket.name,
        last_seen=at,
        next_steps=(
            *steps.explained(bucket.name, bucket.account_id),
            *steps.who_accessed(bucket.name, at),
            *steps.changed("AWS::S3::Bucket", bucket.name, at, bucket.account_id, bucket.region),
        ),
        occurrence=f"public:{newest.event_id if newest else ''}:{judged.verdict.judgement}",
    )

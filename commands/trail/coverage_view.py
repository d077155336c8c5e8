"""How /trail coverage is shown: the answer in words, each trail, then how to turn on what is off."""

from collections.abc import Iterator

from bot.core.buttons import Ask, Button, Csv, Open, Share
from bot.core.coverage.need import DYNAMODB, LAMBDA, S3
from bot.core.coverage.unseen import unlooked
from bot.core.recording import Recorded
from bot.core.sections import Paragraph, Section
from bot.core.text import Code, Line, Small, Strong, When
from bot.core.view import View
from commands.trail.coverage import Answer, Coverage, TrailRow
from commands.trail.coverage_fixes import fixes

_SHOWN = 10
_CONSOLE = "https://console.aws.amazon.com/cloudtrailv2/home#/create"
_MANAGEMENT = "management calls"
_KINDS = {S3: "objects in S3", LAMBDA: "Lambda functions", DYNAMODB: "items in DynamoDB"}

_WITHOUT: Line = (
    "Without a trail CloudTrail keeps 90 days of management calls, and no calls on data at all.",
)
_NO_ROOM: Line = (
    "Its selectors leave no room for a line that can be pasted: change them in CloudTrail’s console.",
)


def show(request: Coverage, answer: Answer) -> View:
    """The whole answer; what AWS would not say is never told as off."""
    title = _of_bucket(request.bucket, answer) if request.bucket else _of_all(answer)
    if answer.trails.refused:
        title = "I can’t tell what is recorded: AWS would not say which trails there are"
    elif not answer.rows:
        title = f"Nothing is recorded: no trail records {answer.trails.region}"
    return View(
        title=title,
        sections=tuple(_sections(request, answer)),
        command="trail coverage",
        request={"bucket": request.bucket},
        rows=tuple(row.model_dump() for row in answer.rows),
        columns=tuple(TrailRow.model_fields),
        caveats=unlooked(answer.trails),
        buttons=tuple(_buttons(request, answer)),
    )


def _of_bucket(bucket: str, answer: Answer) -> str:
    found, objects = answer.objects, f"objects in {bucket}"
    if "unknown" in (found.reads, found.writes):
        return f"I can’t tell whether calls on {objects} are recorded"
    if found.reads == found.writes:
        how = {"all": "are recorded", "none": "are not recorded"}.get(found.reads, "are recorded in part")
        return f"Reads and writes of {objects} {how}"
    return f"Of {objects}, {_much(found.reads)} reads and {_much(found.writes)} writes are recorded"


def _much(verdict: str) -> str:
    return "no" if verdict == "none" else verdict


def _of_all(answer: Answer) -> str:
    return f"{_management(answer.management)}; {_data(answer)}"


def _management(found: Recorded) -> str:
    if "unknown" in (found.reads, found.writes):
        return f"I can’t tell which {_MANAGEMENT} are recorded"
    if found.reads == found.writes:
        whole = {"all": f"All {_MANAGEMENT} are recorded", "none": f"No {_MANAGEMENT} are recorded"}
        return whole.get(found.reads, f"Some {_MANAGEMENT} are recorded")
    only = "writes" if found.reads == "none" else "reads" if found.writes == "none" else ""
    return f"Of the {_MANAGEMENT} only {only} are recorded" if only else f"Not all {_MANAGEMENT} are recorded"


def _data(answer: Answer) -> str:
    logging = [row for row in answer.rows if row.logging is not False]
    kinds = dict.fromkeys(kind.partition(" ")[0] for row in logging for kind in row.data_events or ())
    if kinds:
        return f"of calls on data those on {', '.join(_KINDS.get(kind, kind) for kind in kinds)}"
    return (
        "of calls on data I can’t tell"
        if any(row.data_events is None for row in logging)
        else "no calls on data"
    )


def _sections(request: Coverage, answer: Answer) -> Iterator[Section]:
    if not answer.rows and not answer.trails.refused:
        yield Paragraph((_WITHOUT,))
    for row in answer.rows[:_SHOWN]:
        yield Paragraph(tuple(_trail(request, row)))
    for fix in fixes(request, answer):
        price: tuple[Line, ...] = ((Small(fix.price),),) if fix.price else ()
        yield Paragraph(((Strong(fix.words),), (Code(fix.line),) if fix.line else _NO_ROOM, *price))


def _trail(request: Coverage, row: TrailRow) -> Iterator[Line]:
    places = "all regions" if row.multi_region else f"{row.region} only"
    whose = " · the whole organisation" if row.organization else ""
    yield (Strong(row.trail), Small(f" · {places}{whose}"))
    yield _on(row)
    yield (_management_words(row),)
    yield (_data_words(row),)
    if request.bucket:
        yield (
            f"Objects in {request.bucket}: {_much(row.object_reads or '')} reads, ",
            f"{_much(row.object_writes or '')} writes",
        )
    if row.network_activity:
        yield (f"Through VPC endpoints: calls to {', '.join(row.network_activity)}",)


def _on(row: TrailRow) -> Line:
    if row.logging is None:
        return ("Whether it is on AWS would not say",)
    since: Line = (" since ", When(row.since)) if row.since else ()
    if not row.logging:
        return (Strong("Off"), *since, ": whatever happens now is not in its logs")
    if row.delivery_error:
        last: Line = (", the last logs came ", When(row.delivered_at)) if row.delivered_at else ()
        return ("On, but ", Strong("nothing is delivered"), f": S3 says {row.delivery_error}", *last)
    newest: Line = ("; newest logs ", When(row.delivered_at)) if row.delivered_at else ()
    return ("On", *since, *newest)


def _management_words(row: TrailRow) -> str:
    said = _management(Recorded(row.management_reads, row.management_writes))
    if row.excluded_sources:
        said += f", but for those to {', '.join(row.excluded_sources)}"
    if not row.global_events and "none" not in (row.management_reads, row.management_writes):
        said += "; those to IAM, CloudFront and such are not"
    return said


def _data_words(row: TrailRow) -> str:
    if row.data_events is None:
        return "Which calls on data it records AWS would not say"
    if not row.data_events:
        return "No calls on data (objects in S3, Lambda functions, items in DynamoDB …)"
    named = [
        f"{_KINDS.get(kind, kind)} {how}".strip()
        for kind, _, how in (one.partition(" ") for one in row.data_events)
    ]
    return f"Calls on data: {', '.join(named)}"


def _buttons(request: Coverage, answer: Answer) -> Iterator[Button]:
    if request.bucket:
        yield Ask("Who accessed it", ("trail", "who-accessed", request.bucket))
        yield Ask("All trails", ("trail", "coverage"))
    if not answer.rows and not answer.trails.refused:
        yield Open("Make a trail", _CONSOLE)
    if answer.rows:
        yield Csv()
    yield Share()

"""A Health event in words: what happened to what, until when, and AWS's own sentences."""

from bot.core.spoken import folded, lowered, sentence, short, some
from bot.core.text import Code, Line, When
from bot.sources.health.notice import Notice

_TITLES = {
    "AWS_RISK_CREDENTIALS_EXPOSED": "An access key is public",
    "AWS_RISK_CREDENTIALS_EXPOSURE_SUSPECTED": "An access key may be public",
    "AWS_RISK_CREDENTIALS_COMPROMISED": "An access key may be in other hands",
    "AWS_EBS_VOLUME_LOST": "A disk is lost",
    "AWS_ABUSE_DOS_REPORT": "A denial-of-service attack is reported to come from this account",
}
_ACRONYMS = {
    "API",
    "DNS",
    "EBS",
    "EC2",
    "EKS",
    "ENI",
    "IAM",
    "IP",
    "NAT",
    "ODCR",
    "RDS",
    "S3",
    "TLS",
    "VPC",
    "VPN",
}
_LINES = 3


def title(notice: Notice) -> str:
    """What happened, to which resource; planned, over or resolved said first."""
    said = _TITLES.get(notice.event_type_code) or _code_in_words(notice) or "An event without a name"
    which = f": {some([short(one) for one in notice.affected], 1)}" if notice.affected else ""
    if notice.closed:
        over = (
            "Over" if notice.event_type_category in {"scheduledChange", "accountNotification"} else "Resolved"
        )
        return f"{over}: {said}{which}"
    planned = notice.event_type_category == "scheduledChange"
    return f"{'Planned: ' if planned else ''}{said}{which}"


def _code_in_words(notice: Notice) -> str:
    """`AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED` of EC2 as `EC2 instance retirement scheduled`."""
    service = notice.service.removeprefix("AWS_")
    rest = notice.event_type_code.removeprefix("AWS_").removeprefix(f"{service}_")
    words = " ".join(word if word in _ACRONYMS else word.lower() for word in rest.split("_") if word)
    name = service if len(service) <= 4 else sentence(service.replace("_", " ").lower())  # noqa: PLR2004 (EC2, RDS, ECS; Lambda, Cloudfront)
    return folded(f"{name} {words}", 160)


def story(notice: Notice) -> tuple[Line, ...]:
    """AWS's words, the resources where they are many, what else is known, the dates."""
    lines = (*_described(notice), _affected(notice), *_metadata(notice), _when(notice))
    return tuple(line for line in lines if line)


def _described(notice: Notice) -> tuple[Line, ...]:
    """The beginning of AWS's own text, in English where there is a choice.

    Some senders write a line's end as a backslash and an n; placeholders without a letter say nothing.
    """
    said = sorted(notice.event_description, key=lambda one: not (one.language or "").startswith("en"))
    text = next((one.latest_description for one in said if one.latest_description), "").replace("\\n", "\n")
    told = [folded(line, 400) for line in text.splitlines() if any(map(str.isalpha, line))]
    more: tuple[Line, ...] = (("… the rest is in the console",),) if len(told) > _LINES else ()
    return (*((line,) for line in told[:_LINES]), *more)


def _affected(notice: Notice) -> Line:
    if len(notice.affected) < 3:  # noqa: PLR2004 (the title and the line of places name two)
        return ()
    shown, rest = notice.affected[:5], len(notice.affected) - 5
    names = tuple(
        piece for n, name in enumerate(shown) for piece in ((", ", Code(name)) if n else (Code(name),))
    )
    return ("Affected: ", *names, *((f" and {rest:,} more",) if rest > 0 else ()))


def _metadata(notice: Notice) -> tuple[Line, ...]:
    plain = {
        name: value
        for name, value in notice.event_metadata.items()
        if isinstance(value, str) and value.strip()
    }
    return tuple(
        (f"{sentence(lowered(name))}: ", Code(folded(value, 200))) for name, value in list(plain.items())[:4]
    )


def _when(notice: Notice) -> Line:
    """The dates of a plan, the end of what ended; the beginning stands among the places."""
    start, end = notice.start_time, notice.end_time
    if start and notice.event_type_category == "scheduledChange":
        return ("Planned for ", When(start), *((" until ", When(end)) if end and end > start else ()))
    return ("Ended ", When(end)) if end and (start is None or end > start) else ()

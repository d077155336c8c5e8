"""What could not be asked: never counted as fine, never as stopped, and said for itself."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from bot.core.hearing.news import Judged
from bot.core.hearing.senses import Patience, Sense
from bot.core.hearing.words import alert, either
from bot.core.severity import Severity
from bot.core.spoken import folded, some
from bot.core.text import Code, Line, Small


def unsure(
    key: str, question: str, senses: Iterable[Sense], patience: Patience, account_id: str | None = None
) -> Judged:
    """At once where a permission lacks, after some patience where AWS gave no answer; well when all is known."""
    unknown = [sense for sense in senses if sense.state == "unknown"]
    actions = sorted({sense.action for sense in unknown if sense.action})
    reasons = list(dict.fromkeys(sense.reason for sense in unknown))
    lacks: Line = ("Allow the bot's role ", Code(", ".join(actions))) if actions else ()
    said = alert(
        f"unknown:{key}",
        "can't tell",
        Severity.LOW,
        f"I can't tell whether {question}" + (f": I may not {some(actions, 2)}" if actions else ""),
        ("That I hear nothing from there means nothing until I can.",),
        lacks or ("Look: ", Code("noroshi doctor")),
        *((Small(folded(reason)),) for reason in reasons[:3] if reason),
    )
    told = either(said, f"I can tell again whether {question}", deaf=bool(unknown))
    wait = timedelta(0) if actions else patience.unknown
    return Judged(replace(told, account_id=account_id), patience=wait)

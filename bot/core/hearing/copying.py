"""Whether the compact copy of the trail is kept up to date."""

from datetime import timedelta

from bot.core.hearing.news import Judged
from bot.core.hearing.words import alert, either
from bot.core.severity import Severity
from bot.core.spoken import folded
from bot.core.text import Code

PATIENCE = timedelta(hours=1)
"""One run that fails is tried again before anybody hears of it."""


def of_copy(why: str) -> Judged:
    """`why` says what failed at the last run, "" that nothing did. Low: questions are answered all the same."""
    said = alert(
        "compact",
        "compact copy",
        Severity.LOW,
        "The compact copy of the trail is not up to date",
        (folded(why),) if why else (),
        ("Questions read the log files instead: the answers are the same, slower and dearer.",),
        ("Look: ", Code("noroshi trail compact")),
    )
    told = either(said, "The compact copy of the trail is up to date again", deaf=bool(why))
    return Judged(told, patience=PATIENCE)

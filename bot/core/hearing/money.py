"""Whether the bot can see what it watches of the bill."""

from datetime import timedelta

from bot.core.hearing.news import NEVER, Judged
from bot.core.hearing.words import alert, either
from bot.core.severity import Severity
from bot.core.spoken import folded
from bot.core.text import Code

PATIENCE = timedelta(hours=12)
"""What may pass by itself (throttling, no answer) is tried again for so long before anybody hears of it."""


def of_bill(part: str, means: str, why: str, *, passing: bool = False) -> Judged:
    """`part` of what is watched, and what it `means` that it is not; `why` it could not be looked at, "" that it was.

    `passing` is what may be over at the next try. Low, and so told once: bills can still be asked about.
    """
    said = alert(
        f"bill:{part}",
        "the bill",
        Severity.LOW,
        f"I can't see {part} of the bill",
        (folded(why, 600),) if why else (),
        (means,),
        (
            "Look: ",
            Code("noroshi doctor --only aws"),
            ". Or leave it: ",
            Code("NOROSHI_BILLING__WATCH=false"),
        ),
    )
    told = either(said, f"I can see {part} of the bill again", deaf=bool(why))
    return Judged(told, patience=PATIENCE if passing else NEVER)

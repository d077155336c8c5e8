"""Where nobody looks: GuardDuty that is off must never look like GuardDuty that found nothing."""

from collections.abc import Callable, Iterator, Sequence

from bot.core.configuration.item import Place
from bot.core.findings.seen import Detector
from bot.core.spoken import some
from bot.core.view import Caveat

_NAMED = 4


def unseen(detectors: Sequence[Detector], words: Callable[[Place], str]) -> tuple[Caveat, ...]:
    """What follows from how the detectors stand; `words` names a place. Blind where none of them looks."""
    return tuple(_unseen(detectors, words))


def _unseen(detectors: Sequence[Detector], words: Callable[[Place], str]) -> Iterator[Caveat]:
    looks = any(each.state in {"on", "unknown"} for each in detectors)
    for state, code, why in (
        ("off", "guardduty-off", "GuardDuty is off there, so nobody looks"),
        (
            "suspended",
            "guardduty-suspended",
            "GuardDuty is suspended there: it keeps old findings and makes no new ones",
        ),
    ):
        places = [words(each.place) for each in detectors if each.state == state]
        if places:
            yield Caveat(code, f"{some(places, _NAMED)}: {why}", "note" if looks else "blind")
    off = sorted({account for each in detectors for account in each.members_off})
    if off:
        yield Caveat("members-off", f"{some(off, _NAMED)}: members of this GuardDuty that are not enabled")

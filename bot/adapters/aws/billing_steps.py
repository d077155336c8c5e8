"""One step of setting the bill's alerts up: what is there stays, what is missing is made, or only named."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.errors import NoroshiError
from bot.trail.setting_up import Done


@dataclass(frozen=True, slots=True)
class Step:
    """What was found: with `make`, what is missing; else what is there, or (`failed`) can't be made from here."""

    what: str
    words: str
    fix: str = ""
    failed: bool = False
    make: Callable[[], object] | None = None


def taken(what: str, look: Callable[[], Step], *, only_print: bool) -> Done:
    """Look, and make what is missing; a refusal is the line's own, so that the rest goes on."""
    try:
        step = look()
        if step.make and not only_print:
            step.make()
    except NoroshiError as error:
        return Done(what, error.message, error.hint, failed=True)
    if step.make is None:
        return Done(step.what, step.words, step.fix, step.failed)
    return Done(step.what, f"{'would be made' if only_print else 'made'}: {step.words}", step.fix)

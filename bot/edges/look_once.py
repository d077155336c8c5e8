"""Everything looked up once and at the same time, for somebody who waits."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from bot.core.glance import Glance
from bot.edges.glances import Glances, Looking
from bot.errors import NoroshiError

_AT_ONCE = 8


def look_once(lookings: Sequence[Looking], now: Callable[[], datetime]) -> Glance:
    """What was seen, and of each part why it was not; raises the first refusal where all refuse."""
    glances = Glances(lookings, now)

    def look(looking: Looking) -> NoroshiError | None:
        try:
            glances.look(looking)
        except NoroshiError as error:
            return error
        return None

    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="noroshi-look") as pool:
        refused = [error for error in pool.map(look, lookings) if error]
    if refused and len(refused) == len(lookings):
        raise refused[0]
    return glances.glance

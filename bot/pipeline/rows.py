"""All problems of a storm, wherever they are found by now."""

from collections.abc import Iterator

from bot.core.problem import Problem
from bot.core.storm import Storm
from bot.pipeline.ledger import Ledger
from bot.pipeline.mutes import mutes


def all_rows(ledger: Ledger, storm: Storm) -> Iterator[Problem]:
    """Those that only the digest tells of, then those that something happened to since; each once."""
    seen: set[str] = set()
    lanes = (
        f"storm:{storm.id}",
        *(f"{state}:{storm.channel}" for state in ("now", "later", "open")),
        *(f"muted:{mute.id}" for mute in mutes(ledger)),
    )
    for lane in lanes:
        for entry in ledger.lane(lane):
            problem = entry.thing
            if isinstance(problem, Problem) and problem.storm == storm.id and problem.key not in seen:
                seen.add(problem.key)
                yield problem

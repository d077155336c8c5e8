"""What a mute hid is gathered into its report, a page at a time; every page is one write."""

from dataclasses import replace
from typing import cast

from bot.core.mute_report import SETTLED, MuteReport, gathered
from bot.core.problem import Problem
from bot.pipeline import mutes
from bot.pipeline.ledger import MOST, Entry, Ledger


def gather(ledger: Ledger, entry: Entry) -> bool:
    """One step towards the report's end; whether there was one to make. Raises Conflict, Upstream."""
    report = cast("MuteReport", entry.thing)
    if report.ended is None:
        if ledger.now() < report.mute.until:
            return False
        mutes.finish(ledger, entry)
        return True
    if report.gathered or ledger.now() < report.ended + SETTLED:
        return False
    hidden = ledger.page(report.lane, MOST - 1)
    if not hidden:
        ledger.write(Entry(replace(report, gathered=True), entry.version))
        return True
    more, problems = gathered(report, (cast("Problem", each.thing) for each in hidden))
    released = [Entry(problem, each.version) for problem, each in zip(problems, hidden, strict=True)]
    ledger.write(Entry(more, entry.version), *released)
    return True

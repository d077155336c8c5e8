"""Alerts, kills and a Slack that fails: is everything told, and once?

    python tests/chaos/run.py --alerts 2000 --kills 200 [--store dynamodb] [--fold] [--seed 7]

Prints what happened, and ends with 1 where a promise was broken. The same seed tells the same alerts and draws
the same faults and kills; which instant a kill strikes is the machine's affair.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.edges import logs
from tests.chaos.chaos import Plan, Report, play


def main() -> int:
    given = _arguments()
    plan = Plan(given.alerts, given.kills, given.seed, given.store, given.fold, given.gap)
    logs.set_up()
    with tempfile.TemporaryDirectory() as temporary:
        report = asyncio.run(play(plan, given.folder or Path(temporary)))
    sys.stdout.write(_told(plan, report))
    return 1 if report.verdict.faults else 0


def _told(plan: Plan, report: Report) -> str:
    verdict = report.verdict
    lines = [
        f"seed {plan.seed}, store {plan.store}, two replicas, {report.seconds:.0f} s",
        f"told: {plan.alerts:,} alerts in {report.sent:,} messages",
        f"killed: {report.kills} times; Slack failed {report.failed:,} of {report.calls:,} calls",
        f"own posts: {verdict.posts:,}, replies: {verdict.replies:,}",
        f"in {verdict.digests} digests: {verdict.in_digests:,}",
        f"longest wait for the stand-in: {report.lag:.2f} s (the bot's patience is {report.settle} s)",
        *(f"BROKEN: {fault}" for fault in verdict.faults),
        "every alert once, nothing missing" if not verdict.faults else "a promise is broken",
    ]
    return "\n".join([*lines, ""])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--alerts", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", choices=("sqlite", "dynamodb"), default="sqlite")
    parser.add_argument("--fold", action="store_true", help="let storms become digests")
    parser.add_argument("--gap", type=float, default=0.9, help="mean seconds between two kills")
    parser.add_argument("--folder", type=Path, help="keep the replicas' log and store here")
    return parser.parse_args()


if __name__ == "__main__":
    ended = main()
    sys.stdout.flush()
    # As the demo: DuckDB's bindings would print forty lines of what they leave behind over what was said.
    os._exit(ended)

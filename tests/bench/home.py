"""The Home tab of 200 accounts and 500 open findings: how long it takes to open, against reading the record it is kept in.

    python tests/bench/home.py

Everything from the kept state to the JSON that Slack is sent. The floor is reading the kept record out of SQLite and its
JSON: whoever keeps what he shows needs as long. Exit code 1 where the page takes a second, or is over Slack's limits.
"""

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.adapters.sqlite import SqliteStore
from bot.core.standing.form import as_body
from bot.core.standing.overview import overview
from bot.core.standing.view import show
from bot.edges.glancing import RECORD, kept
from bot.edges.slack.home import front
from bot.ports import Record
from commands import COMMANDS
from tests.edges.homes import ACCOUNTS, FINDINGS, big
from tests.glanced import NOW

TIMES, BLOCKS, BYTES = 30, 100, 250_000


def took(work):
    """Milliseconds, the middle of some runs."""
    found = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        found.append((time.perf_counter() - began) * 1000)
    return statistics.median(found)


def main():
    """Measure and print."""
    seen = overview(big())
    page = front(COMMANDS, show(seen, NOW))
    size = len(json.dumps(page).encode())
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder) / "noroshi.db")
        store.write(Record(RECORD, as_body(seen), 0))
        floor = took(lambda: kept(store))
        store.close()
    opened = took(lambda: json.dumps(front(COMMANDS, show(seen, NOW))))
    print(f"{ACCOUNTS} accounts, {FINDINGS} findings: {len(page['blocks'])} blocks, {size / 1000:.1f} kB")
    print(f"read the kept record        {floor:8.2f} ms   1.00")
    print(f"open the page               {opened:8.2f} ms   {opened / floor:.2f}")
    print(f"of the second it may take   {opened / 1000:8.2%}")
    return 0 if opened < 1000 and len(page["blocks"]) <= BLOCKS and size <= BYTES else 1


if __name__ == "__main__":
    sys.exit(main())

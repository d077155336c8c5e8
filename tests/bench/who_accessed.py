"""Is `who-accessed` over gzipped log files faster than merely unpacking them?

    python tests/bench/who_accessed.py [FOLDER] [--peers]

Writes two million records in some 5,000 files into FOLDER (a temporary one if not said; one that holds
`AWSLogs` already is used as it is), asks for 7 of their 30 days, and in the same run lets `zcat` unpack the
same days' files with as many processes as cores. Promised: at most 1.1 times zcat's time; wanted: 0.7.
With --peers, others count the bucket's calls in the same files, once each, where they are installed.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.adapters.duckdb.engine import DuckdbEngine
from bot.adapters.duckdb.folder import FolderStore
from bot.core.span import Span
from bot.embedded.incident.archive import write_archive
from bot.ports import TrailRows
from bot.trail.who_accessed import who_accessed
from tests.bench.peers import PEERS, Asked

Result = TypeVar("Result")

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SPAN = Span(NOW - timedelta(days=7), NOW)
BUCKET = "acme-payroll"
ROUNDS = 5
CORES = os.cpu_count() or 1
PROMISED = 1.1


def main(folder: Path, *, peers: bool) -> int:
    if not (folder / "AWSLogs").is_dir():
        print(f"writing the archive into {folder} …")
        write_archive(folder, seed=1, now=NOW)
    engine = DuckdbEngine(str(folder))
    files = [(file.key, file.size) for file in FolderStore(folder).objects(SPAN.publish_days())]
    print(f"{len(files):,} files of the days asked, {sum(size for _, size in files) / 1e6:,.0f} MB gzipped")
    zcat_times, engine_times = [], []
    zcat_busy = busy = 0.0
    for _ in range(ROUNDS):  # turn by turn, so that what else the machine does strikes both
        begun = cores()
        zcat_times.append(timed(lambda: zcat([key for key, _ in files]))[0])
        between = cores()
        seconds, answer = timed(lambda: ask(engine))
        engine_times.append(seconds)
        zcat_busy, busy = zcat_busy + between - begun, busy + cores() - between
    print(f"who-accessed: {len(answer.rows)} rows, {sum(row['calls'] for row in answer.rows):,} calls")
    print(f"zcat, {CORES} processes: {report(zcat_times)}")
    print(f"duckdb engine:    {report(engine_times)}")
    print(
        f"the cores' time: {busy / ROUNDS:.2f} s of {zcat_busy / ROUNDS:.2f} s, ratio {busy / zcat_busy:.2f}"
    )
    unpacking = statistics.median(zcat_times)
    if peers:
        beside(Asked(folder, [key for key, _ in files], SPAN, BUCKET, CORES), unpacking)
    ratio = statistics.median(engine_times) / unpacking
    print(f"ratio {ratio:.2f} (promised: at most {PROMISED})")
    return 0 if ratio <= PROMISED else 1


def beside(asked: Asked, unpacking: float) -> None:
    """What others take, and how often as long as zcat; only the count of calls that name the bucket is asked."""
    for peer in PEERS:
        if missing := peer.missing():
            print(f"{peer.name}: {missing} is not installed")
            continue
        seconds, count = timed(partial(peer.count, asked))
        print(f"{peer.name}: {seconds:.1f} s, {seconds / unpacking:.1f} × zcat, {count:,} calls")


def ask(engine: DuckdbEngine) -> TrailRows:
    return engine.run(who_accessed(BUCKET, SPAN), lambda _: None)


def zcat(paths: list[str]) -> None:
    shares = [paths[start::CORES] for start in range(CORES)]
    running = [
        subprocess.Popen(["xargs", "zcat"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) for _ in shares
    ]
    for process, share in zip(running, shares, strict=True):
        assert process.stdin
        process.stdin.write("\n".join(share).encode())
        process.stdin.close()
    assert all(process.wait() == 0 for process in running)


def cores() -> float:
    """Seconds that this process and those that have ended took of the cores: they tell more than the clock when others work."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def report(times: list[float]) -> str:
    return f"median {statistics.median(times):.2f} s of {', '.join(f'{one:.2f}' for one in times)}"


if __name__ == "__main__":
    peers_too = "--peers" in sys.argv
    if folders := [Path(said) for said in sys.argv[1:] if said != "--peers"]:
        sys.exit(main(folders[0], peers=peers_too))
    with tempfile.TemporaryDirectory() as temporary:
        sys.exit(main(Path(temporary), peers=peers_too))

"""Is `who-accessed` over gzipped log files faster than merely unpacking them?

    python tests/bench/who_accessed.py [FOLDER] [--peers]

Writes two million records in some 5,000 files into FOLDER (a temporary one if not said; one that holds
`AWSLogs` already is used as it is), asks for 7 of their 30 days, and in the same run lets `zcat` unpack the
same days' files with as many processes as cores. Promised: at most 0.7 times zcat's time, where a question about the
same days went before it within a minute, and 1.0 for the first: it starts processes, and proves of each file where
its records begin. With --peers, others count the bucket's calls in the same files, once each, where they are installed.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.adapters.duckdb.engine import DuckdbEngine
from bot.adapters.duckdb.folder import FolderStore
from bot.adapters.duckdb.idle import IDLE
from bot.core.span import Span
from bot.embedded.incident.archive import write_archive
from bot.ports import TrailRows
from bot.trail.who_accessed import who_accessed
from tests.bench import cores
from tests.bench.peers import PEERS, Asked

Result = TypeVar("Result")

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SPAN = Span(NOW - timedelta(days=7), NOW)
BUCKET = "acme-payroll"
ROUNDS = 5
CORES = os.cpu_count() or 1
PROMISED = {"first": 1.0, "next": 0.7}


def main(folder: Path, *, peers: bool) -> int:
    if not (folder / "AWSLogs").is_dir():
        print(f"writing the archive into {folder} …")
        write_archive(folder, seed=1, now=NOW)
    engine = DuckdbEngine(str(folder))
    files = [(file.key, file.size) for file in FolderStore(folder).objects(SPAN.publish_days())]
    print(f"{len(files):,} files of the days asked, {sum(size for _, size in files) / 1e6:,.0f} MB gzipped")
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in ("zcat", "first", "next")}
    for _ in range(ROUNDS):  # turn by turn, so that what else the machine does strikes all
        took["zcat"].append(timed(lambda: zcat([key for key, _ in files]))[0])
        IDLE.end()  # with them goes what they know of the files
        took["first"].append(timed(lambda: ask(engine))[0])
        seconds, answer = timed(lambda: ask(engine))
        took["next"].append(seconds)
    print(f"who-accessed: {len(answer.rows)} rows, {sum(row['calls'] for row in answer.rows):,} calls")
    print(f"zcat, {CORES} processes: {report(took['zcat'])}")
    unpacking = [statistics.median(times) for times in zip(*took["zcat"], strict=True)]
    kept = [told(name, took[name], unpacking) for name in PROMISED]
    if peers:
        beside(Asked(folder, [key for key, _ in files], SPAN, BUCKET, CORES), unpacking[0])
    return 0 if all(kept) else 1


def told(name: str, times: Sequence[tuple[float, float]], unpacking: Sequence[float]) -> bool:
    """Whether what was promised of a question is kept."""
    ratio, of_cores = (
        statistics.median(some) / zcat for some, zcat in zip(zip(*times, strict=True), unpacking, strict=True)
    )
    print(f"{name} question: {report(times)};", end=" ")
    print(f"ratio {ratio:.2f} (promised: at most {PROMISED[name]}), of the cores' time {of_cores:.2f}")
    return ratio <= PROMISED[name]


def beside(asked: Asked, unpacking: float) -> None:
    """What others take, and how often as long as zcat; only the count of calls that name the bucket is asked."""
    for peer in PEERS:
        if missing := peer.missing():
            print(f"{peer.name}: {missing} is not installed")
            continue
        (seconds, _), count = timed(partial(peer.count, asked))
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


def timed(work: Callable[[], Result]) -> tuple[tuple[float, float], Result]:
    """Seconds by the clock, and of the cores."""
    started, begun = time.perf_counter(), cores.seconds()
    result = work()
    return (time.perf_counter() - started, cores.seconds() - begun), result


def report(times: Sequence[tuple[float, float]]) -> str:
    clock, used = zip(*times, strict=True)
    each = ", ".join(f"{one:.2f}" for one in clock)
    return f"{statistics.median(clock):.2f} s of {each}; {statistics.median(used):.2f} s of the cores"


if __name__ == "__main__":
    peers_too = "--peers" in sys.argv
    if folders := [Path(said) for said in sys.argv[1:] if said != "--peers"]:
        sys.exit(main(folders[0], peers=peers_too))
    with tempfile.TemporaryDirectory() as temporary:
        sys.exit(main(Path(temporary), peers=peers_too))

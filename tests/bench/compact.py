"""What does the compact copy save, in bytes and in time, and what does it take to make?

    python tests/bench/compact.py [FOLDER]

Writes two million records in some 5,000 files into FOLDER (a temporary one if not said; one that holds
`AWSLogs` already is used as it is), makes the compact copy of all its days in a temporary folder, and asks who
accessed a bucket in 7 days that are over, in either form. In the same run `zcat` unpacks the same files.

Promised: the copy is made in at most 2.5 times what one zcat takes for all files; of it the question reads at most
1/100 of the compressed bytes of its days' log files, in under 3 % of the time that two zcats take for them.
The first question of a process reads the files' footers too, reads its SQL and makes DuckDB: 1/242 and 10 % are
measured. After that 1/769, and 2.6 to 2.8 % on a calm machine. Of the cores' time it takes 2.2 to 2.5 %; most of
that is DuckDB's, which reads some 37,000 rows of 12 columns and counts them; a fifth lists the log files meanwhile. A second
later a part of DuckDB's memory is the system's again: one question right after another takes a fifth less.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.adapters.duckdb.engine import DuckdbEngine
from bot.adapters.duckdb.folder import FolderStore
from bot.core.span import Span
from bot.embedded.incident.archive import write_archive
from bot.ports import TrailRows
from bot.trail.who_accessed import who_accessed
from tests.bench import cores

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=3)  # when all of its days are over
SPAN = Span(NOW - timedelta(days=7), NOW)
BUCKET = "acme-payroll"
ROUNDS = 15
BYTES_PROMISED, SECONDS_PROMISED, MAKING_PROMISED = 1 / 100, 0.03, 2.5
LEAST_BILLED, USD_PER_TB = 10_000_000, 5.0


def main(logs: Path, copy: Path) -> int:
    if not (logs / "AWSLogs").is_dir():
        print(f"writing the archive into {logs} …")
        write_archive(logs, seed=1, now=NOW)
    engine = DuckdbEngine(str(logs), compact_location=str(copy), clock=lambda: LATER)
    raw = DuckdbEngine(str(logs), compact_location=str(copy / "nothing"))
    kept = [making(engine, logs), *reading(engine, logs, raw)]
    return 0 if all(kept) else 1


def making(engine: DuckdbEngine, logs: Path) -> bool:
    files = [file.key for file in FolderStore(logs).objects(None)]
    zcat_seconds = zcat(files, processes=1)
    busy = cores.seconds()
    started = time.perf_counter()
    made = engine.compact(lambda _: None, date(2026, 1, 1))
    seconds = time.perf_counter() - started
    written, read = (sum(getattr(day, what) for day in made.days) for what in ("bytes_written", "bytes_read"))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
    assert all(day.state == "made" for day in made.days), made
    print(
        f"made {len(made.days)} days of {len(files):,} files: {read / 1e6:,.0f} MB into {written / 1e6:,.0f} MB"
    )
    print(
        f"making: {seconds:.1f} s on {os.cpu_count()} cores, {memory:,.0f} MB at most in a process;", end=" "
    )
    print(f"{cores.seconds() - busy:.1f} s of the cores' time; one zcat: {zcat_seconds:.1f} s;", end=" ")
    print(said(seconds / zcat_seconds, MAKING_PROMISED))
    return seconds <= MAKING_PROMISED * zcat_seconds


def reading(engine: DuckdbEngine, logs: Path, raw_engine: DuckdbEngine) -> tuple[bool, bool]:
    files = list(FolderStore(logs).objects(SPAN.publish_days()))
    size = sum(file.size for file in files)
    first, first_seconds = asked(engine)
    raw = ask(raw_engine)
    zcat_times, times, answer = [], [], first
    zcat_busy = busy = 0.0
    for _ in range(ROUNDS):  # turn by turn, so that what else the machine does strikes both
        begun = cores.seconds()
        zcat_times.append(zcat([file.key for file in files], processes=2))
        between = cores.seconds()
        answer, seconds = asked(engine)
        times.append(seconds)
        zcat_busy, busy = zcat_busy + between - begun, busy + cores.seconds() - between
    assert answer.rows == raw.rows, "the forms differ"
    print(
        f"who-accessed over 7 days: {len(answer.rows)} rows, {sum(row['calls'] for row in answer.rows):,} calls"
    )
    print(f"raw: {size / 1e6:,.1f} MB in {len(files):,} files; Athena bills {usd(size)}")
    for name, one in (("first time", first), ("after that", answer)):
        scanned = one.receipt.bytes_scanned
        print(
            f"compact, {name}: {scanned / 1e6:,.2f} MB; Athena bills {usd(scanned)}; 1/{size / scanned:,.0f}"
        )
    two, median = (sorted(some)[len(some) // 2] for some in (zcat_times, times))
    print(f"two zcats: {two:.3f} s; compact: first {first_seconds * 1e3:.0f} ms, then", end=" ")
    print(f"{median * 1e3:.1f} ms of {', '.join(f'{one * 1e3:.1f}' for one in times)};", end=" ")
    print(said(median / two, SECONDS_PROMISED))
    each, zcat_each = busy / ROUNDS, zcat_busy / ROUNDS
    print(f"the cores' time: {each * 1e3:.0f} ms of {zcat_each:.2f} s, ratio {each / zcat_each:.3f}")
    few = all(one.receipt.bytes_scanned <= BYTES_PROMISED * size for one in (first, answer))
    return few, median <= SECONDS_PROMISED * two


def asked(engine: DuckdbEngine) -> tuple[TrailRows, float]:
    started = time.perf_counter()
    answer = ask(engine)
    return answer, time.perf_counter() - started


def ask(engine: DuckdbEngine) -> TrailRows:
    return engine.run(who_accessed(BUCKET, SPAN), lambda _: None)


def zcat(paths: list[str], *, processes: int) -> float:
    started = time.perf_counter()
    running = [
        subprocess.Popen(["xargs", "zcat"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        for _ in range(processes)
    ]
    for number, process in enumerate(running):
        assert process.stdin
        process.stdin.write("\n".join(paths[number::processes]).encode())
        process.stdin.close()
    assert all(process.wait() == 0 for process in running)
    return time.perf_counter() - started


def usd(scanned: int) -> str:
    billed = max(LEAST_BILLED, scanned)
    return f"{billed / 1e6:,.1f} MB, ${billed / 1e12 * USD_PER_TB:.5f}"


def said(ratio: float, promised: float) -> str:
    return f"ratio {ratio:.3f} (promised: at most {promised})"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        logs = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(temporary, "logs")
        sys.exit(main(logs, Path(temporary, "copy")))

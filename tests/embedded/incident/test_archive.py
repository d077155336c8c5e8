"""The archive for benchmarks is the same world, larger, on disk."""

import gzip
from datetime import UTC, date, datetime

from bot.embedded.incident import Incident, write_archive
from bot.embedded.incident.archive import FILES_A_DAY, RECORDS_A_DAY
from bot.embedded.incident.company import Company
from bot.embedded.incident.day import day_files
from bot.embedded.incident.logs import theft_files

NOW = datetime(2026, 11, 20, 23, 58, tzinfo=UTC)


def test_an_archive_holds_about_what_was_asked_for_with_the_theft_in_it(tmp_path):
    written = write_archive(tmp_path, seed=7, now=NOW, days=1, records=500, files=40)

    paths = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert (written.files, written.size) == (len(paths), sum(path.stat().st_size for path in paths))
    for file in theft_files(Incident(7, NOW)):
        assert (tmp_path / file.key).read_bytes() == file.body
    ordinary = sum(gzip.decompress(path.read_bytes()).count(b'{"eventVersion":') for path in paths) - 534
    # Two days of which the second is nearly over; each activity happens at least once however little is asked.
    assert 1_000 <= ordinary <= 1_500


def test_the_averages_that_the_volume_is_reckoned_with_hold():
    days = [list(day_files(Company(7), date(2026, 11, day))) for day in (20, 21)]
    files, records = (
        (5 * working + 2 * weekend) / 7
        for working, weekend in (
            [len(day) for day in days],
            [sum(gzip.decompress(file.body).count(b'{"eventVersion":') for file in day) for day in days],
        )
    )

    assert abs(records / RECORDS_A_DAY - 1) < 0.05
    assert abs(files / FILES_A_DAY - 1) < 0.1

"""Kept days are the made days, byte for byte, whatever happens to the file that keeps them."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.embedded.incident.company import Company
from bot.embedded.incident.day import Volume, day_files
from bot.embedded.incident.store import kept_day

ACME, DAY = Company(7), date(2026, 11, 20)
SMALL = Volume(records=0.02, files=0.2)


def kept(cache):
    return list(kept_day(cache, ACME, DAY, SMALL))


def test_a_kept_day_is_the_made_day(tmp_path):
    made = list(day_files(ACME, DAY, SMALL))

    assert kept(tmp_path) == made  # made and kept
    (path,) = tmp_path.iterdir()
    before = path.stat().st_mtime_ns
    assert kept(tmp_path) == made  # read
    assert path.stat().st_mtime_ns == before


def test_a_kept_day_is_believed_rather_than_made_again(tmp_path):
    kept(tmp_path)
    (path,) = tmp_path.iterdir()
    other = tmp_path / path.name.replace(str(DAY), "2026-11-19")
    path.rename(other)

    assert list(kept_day(tmp_path, ACME, date(2026, 11, 19), SMALL)) == list(day_files(ACME, DAY, SMALL))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_day_is_made_again(tmp_path, data):
    made = kept(tmp_path)
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    damage = data.draw(st.sampled_from([whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]]))
    path.write_bytes(damage)

    assert kept(tmp_path) == made
    assert path.read_bytes() == whole


def test_days_of_other_seeds_and_volumes_are_kept_apart(tmp_path):
    kept(tmp_path)
    kept_day(tmp_path, Company(8), DAY, SMALL)
    kept_day(tmp_path, ACME, DAY, Volume(records=0.01, files=0.3))

    assert len(list(tmp_path.iterdir())) == 3


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")

    assert kept(blocked) == list(day_files(ACME, DAY, SMALL))

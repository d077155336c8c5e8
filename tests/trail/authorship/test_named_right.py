"""Who changed it, over generated archives whose truth is known: almost all named right, and no `exact` that is wrong.

The seeds that plain Python reads are many; the duckdb engine reads two of them out of log files.
"""

from collections import Counter

import pytest

from bot.adapters.duckdb.engine import DuckdbEngine
from bot.trail.authorship import authors
from bot.trail.authorship.telling import tellings
from bot.trail.authorship.windows import window
from tests.trail.authorship.archive import NOW, Archive
from tests.trail.authorship.reading_plainly import read
from tests.trail.authorship.scores import score, score_actors

SEEDS = range(100, 120)
RIGHT = 0.98


def silent(_: str) -> None:
    pass


@pytest.fixture(scope="module")
def scores():
    found = []
    for seed in SEEDS:
        archive = Archive(seed)
        calls, total = read(archive), Counter()
        for one in archive.told:
            states = [(revision, window(revision)) for revision in one.revisions]
            total += score(tellings(one.resource, states, calls, NOW)[:-1], one.truth[:-1])
        found.append(total)
    return found


def test_an_archive_has_changes_of_every_difficulty():
    archive = Archive(1)
    changes = [done for one in archive.told for done in one.truth]

    assert len({one.resource.type for one in archive.told}) == 6
    assert sum(map(len, changes)) > 120
    assert any(len({each.who for each in done}) > 1 for done in changes)
    assert any(each.who is None for done in changes for each in done)


def test_at_least_98_of_100_are_named_right(scores):
    total = sum(scores, Counter())

    assert total["revisions"] > 2_000
    assert total["right"] / total["revisions"] >= RIGHT, dict(total)
    assert all(one["right"] / one["revisions"] >= RIGHT - 0.02 for one in scores)


def test_no_exact_is_wrong(scores):
    assert sum(one["wrong exact"] for one in scores) == 0


def test_most_are_exact_and_what_one_call_alone_can_have_done_is_rarely_left_open(scores):
    total = sum(scores, Counter())

    assert total["exact"] / total["revisions"] > 0.7, dict(total)
    assert total["alone, but not exact"] / total["revisions"] < 0.1, dict(total)


@pytest.mark.parametrize("seed", [100, 101])
def test_the_engine_finds_who_and_the_human_and_the_tool(tmp_path, seed):
    archive = Archive(seed)
    for key, body in archive.files.items():
        (tmp_path / key).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / key).write_bytes(body)
    engine, total = DuckdbEngine(str(tmp_path)), Counter()

    for one in archive.told:
        found = authors(one.resource, one.revisions, engine, silent, now=NOW)
        assert not found.caveats
        assert len(found.receipts) <= 5  # the calls, and the hops behind roles
        total += score_actors(found.actors[:-1], one.truth[:-1])

    assert total["right"] / total["revisions"] >= RIGHT, dict(total)
    assert (total["wrong exact"], total["wrong tool"], total["wrong human"]) == (0, 0, 0)

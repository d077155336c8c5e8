"""Over the real items of ../shared/data: 32 pairs of 9 types, each diff read by a person and held by digest."""

import json

import pytest

from bot.core.configuration.canonical import canonical
from bot.core.configuration.diff import applied, differ
from bot.core.configuration.normal import normal
from tests.core.configuration.real import pairs
from tests.core.configuration.real_words import KEPT, digests, words
from tests.sources.real import DATA

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="../shared/data is not here")


@pytest.fixture(scope="module")
def real():
    return pairs()


def test_the_data_holds_32_pairs_of_9_types_and_each_was_read(real):
    """All that it has: 17 of histories, 15 made from a notice and what it says was other before; no 40."""
    kinds = {pair.new.resource.type.lower() for pair in real}
    assert (len(real), sum(pair.undone for pair in real), len(kinds)) == (32, 15, 9)


def test_a_real_diff_applied_to_the_older_item_gives_the_newer_one(real):
    for pair in real:
        difference = differ(pair.old, pair.new)
        wanted = {} if pair.new.is_deleted else normal(pair.new)
        held = applied(normal(pair.old), difference.changes + difference.noise)
        assert canonical(held) == canonical(wanted), pair.source


def test_real_differences_are_told_in_the_words_that_somebody_read():
    """Renew: see tests/core/configuration/real_words.py."""
    kept, now = json.loads(KEPT.read_text()), digests()
    changed = sorted(pair for pair in kept.keys() | now.keys() if kept.get(pair) != now.get(pair))

    assert changed == [], "read them: python -m tests.core.configuration.real_words"


def test_a_notice_undone_tells_what_the_item_before_it_tells(real):
    """Where both are there: AWS's own list of what changed, and ours of two items."""
    histories = {_moment(pair): pair for pair in real if not (pair.undone or pair.old.is_deleted)}
    both = [(histories[_moment(pair)], pair) for pair in real if pair.undone and _moment(pair) in histories]

    assert len(both) >= 5
    for known, undone in both:
        assert _lines(known) == _lines(undone), known.source


def _moment(pair):
    return pair.new.resource.type, pair.new.resource.id, pair.new.captured_at


def _lines(pair):
    return [line for line in words(pair.old, pair.new) if not line.startswith("~")]

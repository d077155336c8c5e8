"""Every real event is told in words that a person on call can use, and those words change only on purpose."""

import json

import pytest

from bot.core.alert import Quiet
from bot.pipeline.reading import read
from bot.sources import SOURCES
from tests.sources.real import DATA, calls, findings, real
from tests.sources.real_words import KEPT, digests
from tests.sources.said import faults

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="../shared/data is not here")


def judged(events):
    """What is wrong with the words of these events, and how many alerts there were."""
    told = [(event, said) for event in events if not isinstance(said := read(event, SOURCES), Quiet)]
    wrong = [(said.title, fault) for event, said in told for fault in faults(event, said)]
    return wrong, len(told)


def test_every_real_finding_config_change_check_alarm_and_notice_is_told_in_words():
    wrong, told = judged(real())

    assert wrong == []
    assert told >= 75


@pytest.mark.parametrize("folder", [path.name for path in sorted((DATA / "cloudtrail").glob("*"))])
def test_every_real_call_that_is_told_is_told_in_words(folder):
    wrong, _ = judged(calls(folder))

    assert wrong == []


def test_the_real_events_are_read_by_the_source_that_is_theirs():
    by = {said.source for event in real() if not isinstance(said := read(event, SOURCES), Quiet)}

    assert by == {source.name for source in SOURCES} - {"cloudtrail"}
    assert all(read(event, SOURCES).source == "guardduty" for event in findings())


def test_the_words_for_real_events_are_those_that_somebody_read():
    """Renew: see tests/sources/real_words.py."""
    kept, now = json.loads(KEPT.read_text()), digests()
    changed = sorted(event for event in kept.keys() | now.keys() if kept.get(event) != now.get(event))

    assert changed == [], "read them: python -m tests.sources.real_words"

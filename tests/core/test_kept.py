"""What is kept comes back as it was, whatever it holds."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.alert import Alert, Finding, NextStep
from bot.core.buttons import Picture
from bot.core.kept import Recall, fingerprint, keep
from bot.core.note import Note
from bot.core.problem import Problem
from bot.core.severity import Severity
from bot.core.text import Code, Link, Small, Strong, When
from bot.core.told import Told
from bot.core.view import View
from bot.errors import BadEvent
from bot.pipeline.filing import recall
from tests.render.charts import charts

AT = datetime(2026, 9, 8, tzinfo=UTC)
TEXT = st.text(max_size=20)
MOMENT = st.datetimes(datetime(2000, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
PIECE = st.one_of(
    TEXT,
    *(st.builds(kind, TEXT) for kind in (Code, Strong, Small)),
    st.builds(When, MOMENT),
    st.builds(Link, TEXT, TEXT),
)
ALERT = st.builds(
    Alert,
    key=TEXT,
    source=TEXT,
    kind=TEXT,
    severity=st.sampled_from(Severity),
    title=TEXT,
    story=st.lists(st.lists(PIECE, max_size=3).map(tuple), max_size=3).map(tuple),
    first_seen=st.none() | MOMENT,
    count=st.none() | st.integers(),
    next_steps=st.lists(st.builds(NextStep, TEXT, st.lists(TEXT).map(tuple)), max_size=2).map(tuple),
    tags=st.dictionaries(TEXT | st.just("is"), TEXT | st.just("Alert"), max_size=3),
    finding=st.none() | st.builds(Finding, TEXT, TEXT, TEXT),
)
PROBLEM = st.builds(
    Problem, key=TEXT, alert=ALERT, at=MOMENT, opened=MOMENT, channel=TEXT, told=st.just(Told("1"))
)


@given(PROBLEM)
def test_a_problem_comes_back_from_json_as_it_was(problem):
    assert recall(json.loads(json.dumps(keep(problem)))) == problem


@given(st.dictionaries(TEXT | st.just("is"), TEXT | st.sampled_from(["Told", "datetime", "mapping"])))
def test_no_text_of_somebody_elses_passes_for_one_of_our_values(tags):
    assert recall(json.loads(json.dumps(keep(tags)))) == tags


@given(ALERT)
def test_equal_values_have_one_fingerprint(alert):
    assert fingerprint(alert) == fingerprint(recall(keep(alert)))


def test_fields_of_another_version_are_left_out_and_take_their_defaults():
    data = keep(Told("1", shown="x")) | {"later_invented": 1}
    del data["shown"]

    assert recall(data) == Told("1")


@pytest.mark.parametrize("data", [{"is": "Nobody"}, {"a": 1}, {"is": 1}, {"is": "mapping"}])
def test_what_was_never_kept_is_refused(data):
    with pytest.raises(BadEvent):
        recall(data)


@given(charts)
def test_an_answer_about_money_comes_back_to_the_last_digit(chart):
    totals = {"total": Decimal("10.10"), "as_of": date(2026, 9, 8), "forecast": None}
    told = Note("n", "c", View("x", (chart,), buttons=(Picture(),), totals=totals), AT)

    again = recall(json.loads(json.dumps(keep(told))))

    assert keep(again) == keep(told)
    assert again.view.totals == totals
    assert [str(each) for each in amounts_of(again.view.sections[0])] == [
        str(each) for each in amounts_of(chart)
    ]


def amounts_of(chart):
    return [
        *chart.before,
        *(each for series in chart.series for each in series.amounts),
        *(each for band in chart.expected for each in (band.mean, band.low, band.high)),
    ]


@pytest.mark.parametrize(
    "data", [{"is": "Decimal", "value": "ten"}, {"is": "Decimal"}, {"is": "date", "at": "soon"}]
)
def test_an_amount_or_a_day_that_is_none_is_refused(data):
    with pytest.raises(BadEvent):
        recall({"is": "Series", "name": "x", "amounts": [data]})


def test_two_kinds_of_one_name_are_a_mistake():
    @dataclass
    class Told:
        other: int = 0

    with pytest.raises(TypeError):
        Recall([Told, recall._kinds["Told"]])

"""What Prometheus reads: true in both of its forms, named as it wants names, and nothing where nothing is known."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_families
from prometheus_client.parser import text_string_to_metric_families as plain_families

from bot.core.glance import PARTS, Bearer, Glance, Look
from bot.core.hearing.senses import QueueSense
from bot.core.measures import MEASURES
from bot.edges.counters import Counters
from bot.edges.metrics import Exposition, Sensed
from tests.glanced import GLANCE, NOW, PROD, STAGING

OPEN = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"
PLAIN = "text/plain;version=0.0.4"
SENSES = [QueueSense("noroshi", lag=None), QueueSense("other", NOW, "AWS said no")]


def counted():
    """Counters in which each has moved."""
    made = Counters()
    made.aws("cost-explorer", "GetCostAndUsage", "ok", 0.3)
    made.slack("chat.postMessage", "ok", 0.2)
    made.delivered("#security", "post", "ok", 12.0)
    return made


def exposition(glance=GLANCE, counters=None, senses=()):
    quick = (counters or counted(), Sensed(lambda: senses, lambda: ["The intake has ended."]))
    return Exposition(lambda: glance, quick, ((PROD, "prod"), (STAGING, 'a "b"\n\\')))


def read(page, accept=PLAIN):
    """Every sample by its name and labels; what the parser of the form itself refuses is refused."""
    body, form = page.page(accept)
    families = open_families if form.startswith("application/openmetrics") else plain_families
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in families(body.decode())
        for sample in family.samples
    }


def of(found, name):
    return {key[1:]: value for key, value in found.items() if key[0] == name}


@pytest.mark.parametrize("accept", [OPEN, PLAIN])
def test_both_forms_say_the_same_of_everything(accept):
    found = read(exposition(), accept)

    assert found[
        "noroshi_cost_month_to_date", ("account", PROD), ("currency", "USD"), ("service", "AmazonEC2")
    ] == (1234.56)
    assert found["noroshi_cost_forecast_month_end", ("currency", "USD")] == 4000.25
    assert found["noroshi_cost_explorer_requests_today",] == 7
    assert (
        found["noroshi_guardduty_findings", ("account", PROD), ("region", "eu-west-1"), ("severity", "high")]
        == 2
    )
    assert found["noroshi_queue_messages", ("queue", "noroshi"), ("state", "in_flight")] == 2
    assert of(found, "noroshi_dead_letter_messages") == {(("queue", "noroshi"),): 1}
    assert found["noroshi_account_info", ("account", STAGING), ("name", 'a "b"\n\\')] == 1
    assert read(exposition(), OPEN) == read(exposition(), PLAIN)


def test_the_form_is_the_one_that_was_asked_for():
    assert exposition().page(OPEN)[1].startswith("application/openmetrics-text; version=1.0.0")
    assert exposition().page("")[1].startswith("text/plain; version=0.0.4")
    assert exposition().page(OPEN)[0].endswith(b"# EOF\n")
    assert exposition().page(OPEN)[0].count(b"# EOF") == 1


@given(st.text(max_size=60) | st.from_regex(r"application/openmetrics-text; ?version=.{0,9}", fullmatch=True))
def test_whatever_somebody_says_to_accept_gives_a_page_that_can_be_read(accept):
    body, form = exposition().page(accept)

    assert b"noroshi_build_info" in body
    assert form.isprintable()


def test_every_measure_is_there_when_all_is_known_and_nothing_beside():
    families = list(open_families(exposition(senses=SENSES).page(OPEN)[0].decode()))
    suffix = {"counter": "_total", "info": "_info"}

    assert sorted(each.name + suffix.get(each.type, "") for each in families) == sorted(
        each.name for each in MEASURES
    )
    told = {each.name + suffix.get(each.type, ""): each for each in families}
    for measure in MEASURES:
        family = told[measure.name]
        assert family.type == measure.kind
        assert family.documentation == measure.help
        for sample in family.samples:
            assert set(sample.labels) - {"le"} == set(measure.labels), measure.name


def test_what_could_not_be_looked_up_is_absent_and_said_to_have_failed():
    failed = Glance(looks={part: Look(NOW, well=False, seconds=1) for part in PARTS})

    found = read(exposition(failed))

    names = {key[0] for key in found}
    assert not [
        name
        for name in names
        if re.match("noroshi_(cost_(?!expl)|open|guard|public|unknown|nonc|queue|dead)", name)
    ]
    assert set(of(found, "noroshi_refresh_success").values()) == {0}
    assert len(of(found, "noroshi_refresh_success")) == len(PARTS)


def test_an_account_that_could_not_be_asked_is_absent_and_no_zero():
    only = replace(GLANCE, buckets={STAGING: GLANCE.buckets[STAGING]})

    assert of(read(exposition(only)), "noroshi_public_buckets") == {(("account", STAGING),): 0}


def test_before_the_first_look_there_is_a_page_already():
    assert ("noroshi_build_info", ("version", "0.1.0")) in read(exposition(Glance()))


def test_figures_that_do_not_reach_yesterday_leave_it_out():
    short = replace(GLANCE, spend=replace(GLANCE.spend, yesterday=None))

    found = read(exposition(short))

    assert not of(found, "noroshi_cost_yesterday")
    assert of(found, "noroshi_cost_month_to_date")


def test_no_requests_of_today_are_none_and_not_yesterdays():
    looks = {**GLANCE.looks, "requests": Look(NOW.replace(day=9), well=True, seconds=0)}

    assert of(read(exposition(replace(GLANCE, looks=looks))), "noroshi_cost_explorer_requests_today") == {
        (): 0
    }


def test_a_new_look_makes_a_new_page_and_an_old_one_is_not_written_again():
    seen = [GLANCE]
    page = Exposition(lambda: seen[-1])
    first, again = page.page(PLAIN)[0], page.page(PLAIN)[0]
    seen.append(Glance())

    assert first == again
    assert b"noroshi_public_buckets" not in page.page(PLAIN)[0]


def test_queues_are_as_the_intakes_find_them_at_this_moment():
    found = read(exposition(senses=SENSES))

    assert of(found, "noroshi_queue_reachable") == {(("queue", "noroshi"),): 1, (("queue", "other"),): 0}
    assert not of(found, "noroshi_queue_lag_seconds")
    assert found["noroshi_health_faults",] == 1


def test_counters_count_and_never_show_when_they_were_made():
    counters = counted()
    counters.aws("s3", "ListBuckets", "throttled", 2)
    counters.delivered("#security", "post", "throttled", None)
    found = read(exposition(counters=counters))

    assert (
        found[
            "noroshi_aws_calls_total",
            ("operation", "ListBuckets"),
            ("outcome", "throttled"),
            ("service", "s3"),
        ]
        == 1
    )
    assert found["noroshi_cost_explorer_requests_total",] == 1
    assert found["noroshi_delivery_latency_seconds_count",] == 1
    assert found["noroshi_delivery_latency_seconds_bucket", ("le", "10.0")] == 0
    assert found["noroshi_delivery_latency_seconds_bucket", ("le", "15.0")] == 1
    assert not [key for key in found if key[0].endswith("_created")]


def test_an_event_from_a_clock_ahead_of_ours_waited_no_time():
    counters = Counters()
    counters.delivered("#security", "post", "ok", -3)

    assert read(exposition(counters=counters))["noroshi_delivery_latency_seconds_sum",] == 0


KNOWN_LABELS = {
    *("account", "channel", "currency", "does", "method", "name", "operation", "outcome", "part", "queue"),
    *("region", "service", "severity", "source", "state", "version"),
}


@pytest.mark.parametrize("measure", MEASURES, ids=lambda each: each.name)
def test_names_are_as_prometheus_wants_them(measure):
    """https://prometheus.io/docs/practices/naming/, and what promtool's linter looks at."""
    assert re.fullmatch(r"noroshi(_[a-z]+)+", measure.name)
    assert (measure.kind == "counter") == measure.name.endswith("_total")
    assert measure.name.endswith("_info") <= (
        measure.kind == "info" or measure.name == "noroshi_account_info"
    )
    if measure.kind == "histogram":
        assert measure.name.endswith("_seconds")
        assert list(measure.buckets) == sorted(set(measure.buckets))
    assert not re.search(r"_(count|sum|bucket|created|milliseconds|ms|usd|percent)$", measure.name)
    assert "timestamp" not in measure.name or measure.name.endswith("_timestamp_seconds")
    assert measure.help.endswith(".")
    assert set(measure.labels) <= KNOWN_LABELS, "is it bounded?"
    assert not {"le", "quantile"} & set(measure.labels)


def test_no_name_is_another_with_a_suffix():
    names = {each.name for each in MEASURES}

    assert len(names) == len(MEASURES)
    assert not [
        name for name in names for suffix in ("_total", "_count", "_sum", "_info") if name + suffix in names
    ]


@pytest.mark.parametrize("accept", [OPEN, PLAIN])
def test_no_name_of_a_bill_spoils_the_page(accept):
    """A quote, a line of its own, a mark that turns the text around, half a character."""
    bearer = Bearer(PROD, 'x"} 1\n# HELP y \u202e\ud800')
    found = read(exposition(replace(GLANCE, spend=replace(GLANCE.spend, month_to_date={bearer: 1}))), accept)

    ((labels, value),) = of(found, "noroshi_cost_month_to_date").items()
    assert (dict(labels)["service"], value) == ('x"} 1\n# HELP y ⟨U+202E⟩⟨U+D800⟩', 1)

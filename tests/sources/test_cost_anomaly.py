"""Cost anomalies by SNS and by EventBridge: the same words, the same problem."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.alert import Quiet, show
from bot.core.severity import Severity
from bot.core.text import plain
from bot.pipeline.reading import read, unwrap
from bot.sources import SOURCES
from bot.sources.cost_anomaly import alert

EVENTS = Path(__file__).parents[1] / "events/cost_anomaly"
REAL = Path(__file__).parents[3] / "shared/data/billing/anomaly"
FIRES = json.loads((EVENTS / "fires.json").read_text())


def anomaly(**changes):
    return unwrap(json.dumps(FIRES | {"detail": FIRES["detail"] | changes}))


def by_sns():
    """SNS spells one key another way, and has no envelope of EventBridge's."""
    body = dict(FIRES["detail"])
    body["dimensionalValue"] = body.pop("dimensionValue")
    return unwrap(json.dumps({"Type": "Notification", "Message": json.dumps(body)}))


def lines(found):
    return [plain(line) for line in found.story]


@pytest.mark.parametrize("event", [anomaly(), by_sns()], ids=["eventbridge", "sns"])
def test_an_anomaly_says_what_costs_more_where_and_by_how_much(event):
    found = alert(event)

    assert found.title == "Amazon Elastic Compute Cloud - Compute costs $400.25 more than expected"
    assert lines(found) == [
        "$412.35 instead of $12.10 (+3,308%)",
        (
            "Amazon Elastic Compute Cloud - Compute in us-west-2, account dev (444455556666), "
            "usage USW2-BoxUsage:p4d.24xlarge: $393.28"
        ),
    ]
    assert (found.key, found.severity) == (
        "cost-anomaly:00000000-0000-4000-8000-00000000cccc",
        Severity.MEDIUM,
    )
    assert found.resource == "Amazon Elastic Compute Cloud - Compute"
    assert (found.account_id, found.region) == ("444455556666", "us-west-2")
    assert found.first_seen.isoformat() == "2026-09-07T00:00:00+00:00"
    assert found.console_url == FIRES["detail"]["anomalyDetailsLink"]


def test_it_asks_next_why_its_first_day_cost_so_much():
    assert alert(anomaly()).next_steps[0].words == ("billing", "why", "2026-09-07")
    assert alert(anomaly(anomalyStartDate=None)).next_steps[0].words[:2] == ("billing", "by-region")


def test_a_growing_anomaly_is_the_same_problem():
    grown = alert(anomaly(impact={"totalImpact": 2000}))

    assert grown.key == alert(anomaly()).key
    assert grown.occurrence != alert(anomaly()).occurrence
    assert alert(anomaly(impact={"totalImpact": 2000})).severity is Severity.HIGH


@pytest.mark.parametrize(
    ("impact", "band"),
    [(99.99, "low"), (100, "medium"), (999.99, "medium"), (1000, "high"), (None, "medium")],
)
def test_it_is_as_bad_as_its_impact(impact, band):
    assert alert(anomaly(impact={"totalImpact": impact})).severity == band


@pytest.mark.parametrize("impact", [0, -10.5])
def test_what_cost_nothing_is_no_alert(impact):
    quiet = Quiet("it costs no more than expected", closes=alert(anomaly()).key)
    assert alert(anomaly(impact={"totalImpact": impact})) == quiet


def test_causes_in_several_places_name_no_one_place():
    causes = [{"service": "A", "region": "eu-west-1"}, {"service": "B", "region": "us-west-2"}, {}]
    found = alert(anomaly(rootCauses=causes, dimensionValue=None))

    assert (found.region, found.account_id) == (None, "111122223333")
    assert found.title == "Something costs $400.25 more than expected"
    assert lines(found)[1:] == ["A in eu-west-1", "B in us-west-2", "A service that is not named"]


@pytest.mark.parametrize(
    "link",
    [
        "https://console.aws.amazon.com.evil.example/x",
        "https://evil.example/console.aws.amazon.com/",
        "http://console.aws.amazon.com/x",
        "https://me@console.aws.amazon.com/x",
        "https://console.aws.amazon.com/x|y>",
        "javascript:alert(1)",
        None,
    ],
)
def test_a_link_that_leads_elsewhere_is_not_shown(link):
    assert alert(anomaly(anomalyDetailsLink=link)).console_url is None


@given(st.data())
def test_any_field_may_be_missing_or_strange(data):
    detail = json.loads(json.dumps(FIRES["detail"]))
    for part in (detail["rootCauses"][0], detail["impact"], detail):
        for name in data.draw(st.lists(st.sampled_from(sorted(part)), unique=True, max_size=4)):
            part[name] = data.draw(
                st.sampled_from([None, "", 0, [], {}, "x", 1e300, "NaN", "Infinity", [None]])
            )
    found = read(unwrap(json.dumps(FIRES | {"detail": detail})), SOURCES)

    assert found.reason if isinstance(found, Quiet) else show(found).title


@pytest.mark.skipif(not REAL.exists(), reason="../shared/data is not here")
def test_json_that_is_none_is_shown_as_unknown():
    """AWS's own documentation has an example with a comma too many."""
    for file in REAL.glob("*INVALID-JSON.txt"):
        assert read(unwrap(file.read_text()), SOURCES).source == "unknown"

"""Whatever Config sends is told, let go by decision, or shown as unknown."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.alert import Quiet, show
from bot.core.text import plain
from bot.errors import BadEvent
from bot.pipeline.reading import read, unwrap
from bot.sources import SOURCES
from bot.sources.config_rules import alert, source
from bot.sources.config_rules.kinds import KINDS
from tests.event_pattern import sent
from tests.sources.config_rules.events import CLOSED_443, FIRES, OPEN_22, change, was_is
from tests.sources.real import DATA, real


def test_an_event_without_its_item_or_of_a_failed_delivery_is_shown_as_unknown():
    event = FIRES | {"detail-type": "Config Configuration Item Change", "detail": {"messageType": "?"}}
    failed = unwrap('{"messageType": "ConfigurationSnapshotDeliveryFailed"}')

    assert read(unwrap(json.dumps(event)), SOURCES).source == "unknown"
    with pytest.raises(BadEvent):
        alert(failed)


@pytest.mark.parametrize(
    "told",
    [
        "ConfigurationHistoryDeliveryCompleted",
        "ConfigurationSnapshotDeliveryStarted",
        "ConfigRulesEvaluationStarted",
    ],
)
def test_configs_own_bookkeeping_is_no_alert(told):
    assert read(unwrap(json.dumps({"messageType": told})), SOURCES) == Quiet("Config's own bookkeeping")


def test_the_pattern_takes_what_fires_and_leaves_the_rest_in_eventbridge():
    change_event = FIRES | {"detail-type": "Config Configuration Item Change"}
    instance = {"messageType": "x", "configurationItem": {"resourceType": "AWS::EC2::Instance"}}
    bucket = {"messageType": "x", "configurationItem": {"resourceType": "AWS::S3::Bucket"}}

    assert sent(source, FIRES)
    assert sent(source, change_event | {"detail": bucket})
    assert not sent(source, change_event | {"detail": instance})


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_change_that_lost_or_garbled_its_parts_is_told_or_refused_never_broken(data):
    event = change({"Configuration.IpPermissions.0": was_is(OPEN_22, CLOSED_443), "Tags.0": was_is("a", "b")})
    detail = json.loads(json.dumps(event.detail))
    item, diff = detail["configurationItem"], detail["configurationItemDiff"]
    rule = diff["changedProperties"]["Configuration.IpPermissions.0"]
    strange = st.sampled_from([None, 0, "", "x", [], {}, [{}], {"a": [1]}, True, 10**400])
    for block in (item, diff, rule, rule["updatedValue"]):
        for name in data.draw(st.lists(st.sampled_from(sorted(block)), unique=True, max_size=3)):
            block[name] = data.draw(strange)
    if data.draw(st.booleans()):
        item["resourceType"] = data.draw(st.sampled_from(sorted(KINDS)))
    body = json.dumps(FIRES | {"detail-type": "Config Configuration Item Change", "detail": detail})

    told = read(unwrap(body), SOURCES)

    assert told.reason if isinstance(told, Quiet) else told.title


@pytest.mark.skipif(not DATA.exists(), reason="../shared/data is not here")
def test_real_changes_of_every_type_would_be_told_if_they_were_chosen():
    """The chosen types are few in the samples; with another type's name every sample must still have words."""
    told = []
    for event in real():
        item = event.detail.get("configurationItem")
        if event.source == "aws.config" and isinstance(item, dict):
            kind = {"resourceType": "AWS::EC2::RouteTable"}
            told.append(alert(unwrap(json.dumps(dict(event.detail) | {"configurationItem": item | kind}))))

    views = [show(one) for one in told if not isinstance(one, Quiet)]
    assert len(views) >= 8
    for view in views:
        text = " ".join([view.title, *(plain(line) for section in view.sections for line in section.lines)])
        assert not [gap for gap in ("None", "null", "{}", "  ", "()") if gap in text]

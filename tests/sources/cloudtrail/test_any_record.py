"""Whatever a record holds, it is told, let go by decision, or refused."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.core.alert import Quiet, show
from bot.core.event import Event
from bot.sources.cloudtrail import alert, source
from bot.sources.cloudtrail.rules import RULES
from tests.sources.cloudtrail.calls import call, fired

ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=9)
    | st.sampled_from(["*", "0.0.0.0/0", "all"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(RULES),
    st.dictionaries(
        st.sampled_from(
            ["requestParameters", "responseElements", "userIdentity", "errorCode", "eventTime", "eventID"]
        ),
        ANY,
    ),
    st.data(),
)
def test_any_shape_of_a_call_is_read_or_refused(rule, changes, data):
    """Parameters that the rules look at, holding anything: an alert, a decision, or a ValidationError."""
    looked = ("bucketPolicy", "policyDocument", "x-amz-acl", "PublicAccessBlockConfiguration", *rule.resource)
    parameters = data.draw(st.dictionaries(st.sampled_from(looked), ANY))
    detail = {
        "eventSource": rule.event_source,
        "eventName": rule.event_name,
        "requestParameters": parameters,
    } | changes
    try:
        found = alert(Event("aws.x", source.detail_types[0], detail))
    except ValidationError:
        return
    if isinstance(found, Quiet):
        assert found.reason
    else:
        assert found.title
        assert show(found)


def test_parameters_nested_without_end_are_not_followed():
    deep = {"cidrIp": "0.0.0.0/0"}
    for _ in range(100):
        deep = {"items": [deep]}
    assert fired(call("ec2", "AuthorizeSecurityGroupIngress", deep)) is None

"""Whether a trail records the calls on a bucket's objects, by its selectors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.recording import NOTHING, UNKNOWN, Recorded, recorded

ALL = Recorded("all", "all")


def basic(*values, kind="All"):
    return {
        "EventSelectors": [
            {"ReadWriteType": kind, "DataResources": [{"Type": "AWS::S3::Object", "Values": list(values)}]}
        ]
    }


def advanced(**fields):
    made = [
        {"Field": "eventCategory", "Equals": ["Data"]},
        {"Field": "resources.type", "Equals": ["AWS::S3::Object"]},
    ]
    made += [{"Field": name.replace("__", "."), **operators} for name, operators in fields.items()]
    return {"AdvancedEventSelectors": [{"FieldSelectors": made}]}


@pytest.mark.parametrize(
    ("selectors", "expected"),
    [
        ({}, NOTHING),
        ({"EventSelectors": [{"ReadWriteType": "All", "DataResources": []}]}, NOTHING),
        (basic("arn:aws:s3"), ALL),
        (basic("arn:aws:s3:::"), ALL),
        (basic("arn:aws:s3:::acme/"), ALL),
        (basic("arn:aws:s3:::acme/", kind="ReadOnly"), Recorded("all", "none")),
        (basic("arn:aws:s3:::acme/", kind="WriteOnly"), Recorded("none", "all")),
        (basic("arn:aws:s3:::acme/logs/"), Recorded("some", "some")),
        (basic("arn:aws:s3:::acme-payroll/"), NOTHING),
        (advanced(), ALL),
        (advanced(readOnly={"Equals": ["true"]}), Recorded("all", "none")),
        (advanced(resources__ARN={"StartsWith": ["arn:aws:s3:::acme/"]}), ALL),
        (advanced(resources__ARN={"StartsWith": ["arn:aws:s3:::acme/x"]}), Recorded("some", "some")),
        (advanced(resources__ARN={"StartsWith": ["arn:aws:s3:::other/"]}), NOTHING),
        (advanced(resources__ARN={"NotStartsWith": ["arn:aws:s3:::acme/"]}), NOTHING),
        (advanced(resources__ARN={"NotStartsWith": ["arn:aws:s3:::other/"]}), ALL),
        (advanced(resources__ARN={"NotStartsWith": ["arn:aws:s3:::acme/tmp/"]}), Recorded("some", "some")),
        (advanced(eventName={"Equals": ["GetObject"]}), Recorded("some", "some")),
        (
            {
                "AdvancedEventSelectors": [
                    {"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}]}
                ]
            },
            NOTHING,
        ),
        (basic("arn:aws:s3:::acme/", kind="ReadOnly") | {}, Recorded("all", "none")),
    ],
)
def test_selectors_decide(selectors, expected):
    assert recorded(selectors, "acme") == expected


VERDICTS = st.builds(
    Recorded,
    st.sampled_from(["all", "some", "none", "unknown"]),
    st.sampled_from(["all", "some", "none", "unknown"]),
)


@given(VERDICTS, VERDICTS)
def test_more_trails_never_record_less(one, other):
    assert one | other == other | one
    assert (one | other).reads == "all" or "all" not in (one.reads, other.reads)
    assert one | ALL == ALL


def test_what_is_not_known_is_not_nothing():
    assert NOTHING | UNKNOWN == UNKNOWN

"""Filters of Cost Explorer: what they take and what they leave out make the whole."""

import pytest

from tests.embedded.aws.bills import NOW, asked_of, by, days, refused, serving, total

AUGUST = {
    "TimePeriod": days("2026-08-01", "2026-09-01"),
    "Granularity": "MONTHLY",
    "Metrics": ["UnblendedCost"],
}


def of(key, *values, **more):
    return {"Dimensions": {"Key": key, "Values": list(values), **more}}


def tagged(*values, **more):
    return {"Tags": {"Key": "team", "Values": list(values), **more}}


EC2, PROD = of("SERVICE", "Amazon Elastic Compute Cloud - Compute"), of("LINKED_ACCOUNT", "111122223333")
CREDITS = of("RECORD_TYPE", "Credit", "Refund")
FILTERS = [
    EC2, PROD, CREDITS, of("REGION", "global", "NoRegion"), tagged("web"), tagged(""), tagged("web", "data"),
    of("SERVICE", "amazon ec2", MatchOptions=["CASE_INSENSITIVE"]),
    of("USAGE_TYPE", "EU-", MatchOptions=["STARTS_WITH"]), of("USAGE_TYPE", "large", MatchOptions=["ENDS_WITH"]),
    of("SERVICE", "Compute", MatchOptions=["CONTAINS", "CASE_SENSITIVE"]), tagged(MatchOptions=["ABSENT"]),
    {"And": [EC2, PROD]}, {"Or": [EC2, CREDITS]}, {"And": [PROD, {"Not": CREDITS}, tagged("web")]},
]  # fmt: skip


@pytest.fixture(scope="module")
def ce():
    with serving() as bills:
        bills.at(NOW)
        yield bills.client("ce")


def cost(ce, expression=None):
    return total(asked_of(ce, **AUGUST, **({"Filter": expression} if expression else {})))


@pytest.mark.parametrize("expression", FILTERS, ids=lambda each: str(each)[:60])
def test_what_is_taken_and_what_is_left_out_make_the_whole(ce, expression):
    assert cost(ce, expression) + cost(ce, {"Not": expression}) == cost(ce)


def test_both_is_less_than_either(ce):
    both, either = cost(ce, {"And": [EC2, PROD]}), cost(ce, {"Or": [EC2, PROD]})

    assert 0 < both < cost(ce, EC2) < either
    assert both + either == cost(ce, EC2) + cost(ce, PROD)


def test_credits_hide_what_was_used(ce):
    assert cost(ce, CREDITS) < 0
    assert cost(ce, {"Not": CREDITS}) > cost(ce)


def test_the_untagged_are_found_by_an_empty_value_and_by_absence(ce):
    assert cost(ce, tagged("")) == cost(ce, tagged(MatchOptions=["ABSENT"])) > 0
    (result,) = asked_of(ce, **AUGUST, Filter=tagged(""), GroupBy=by("tag:team"))
    assert [each["Keys"] for each in result["Groups"]] == [["team$"]]


def test_the_case_of_a_value_matters_unless_it_is_said_not_to(ce):
    name = "amazon elastic compute cloud - compute"

    assert cost(ce, of("SERVICE", name)) == 0
    assert cost(ce, of("SERVICE", name, MatchOptions=["CASE_INSENSITIVE"])) == cost(ce, EC2)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ({**EC2, **tagged("web")}, "exactly one"),
        ({"And": [EC2]}, "at least 2"),
        ({"Or": []}, "at least 2"),
        (of("PLATFORM", "Linux"), "PLATFORM"),
        (of("SERVICE"), "Values"),
        ({"CostCategories": {"Key": "x", "Values": ["y"]}}, "CostCategories"),
    ],
)
def test_what_is_no_expression_is_refused(ce, expression, words):
    code, said = refused(ce.get_cost_and_usage, **AUGUST, Filter=expression)

    assert (code, words in said) == ("ValidationException", True)


def test_the_values_of_a_dimension_are_those_that_cost_something(ce):
    period = {"TimePeriod": AUGUST["TimePeriod"]}
    services = ce.get_dimension_values(**period, Dimension="SERVICE")
    accounts = ce.get_dimension_values(**period, Dimension="LINKED_ACCOUNT")["DimensionValues"]
    found = ce.get_dimension_values(**period, Dimension="RECORD_TYPE", SearchString="savings")[
        "DimensionValues"
    ]

    assert services["ReturnSize"] == services["TotalSize"] == len(services["DimensionValues"]) >= 15
    assert [(each["Value"], each["Attributes"]["description"]) for each in accounts] == [
        ("111122223333", "prod"),
        ("444455556666", "staging"),
    ]
    assert len(found) == 3
    narrowed = ce.get_dimension_values(**period, Dimension="REGION", Filter=tagged("payroll"))[
        "DimensionValues"
    ]
    assert [each["Value"] for each in narrowed] == ["eu-west-1"]

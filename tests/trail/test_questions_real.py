"""Over real records of public data sets, every question's rows are what plain Python finds, in both engines and forms.

What is asked about is chosen by what occurs most and least in the records, so that none of their text is here.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from bot.core.span import Span
from bot.embedded.own_trail import ACCOUNT, REGION, OwnTrail
from bot.trail.rows import Asked
from tests.trail.agreeing import about, about_nobody, told, truth
from tests.trail.both_forms import both_forms
from tests.trail.plain_calls import Plain
from tests.trail.plain_records import records_below
from tests.trail.real_records import DATA, DAYS, few_of_a_kind, lay_out, where_they_are

_ASKED = Asked(Span(datetime(2013, 1, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)))

pytestmark = where_they_are


@pytest.fixture(scope="module")
def records():
    return [Plain(record, filed_under=ACCOUNT) for record in few_of_a_kind(records_below(DATA))]


@pytest.fixture(scope="module")
def engines(tmp_path_factory, records):
    folder = tmp_path_factory.mktemp("real") / "logs"
    files = lay_out(folder, [one.record for one in records])
    own = OwnTrail(tuple(files), frozenset({ACCOUNT}), frozenset({REGION}), DAYS[0], (), 0)
    with both_forms(folder, files, DAYS[0], own) as made:
        yield made


def most(values: Iterable[str | None]) -> str:
    """What occurs most; of as many, the first by name."""
    counted = Counter(value for value in values if value)
    return min(counted, key=lambda value: (-counted[value], value))


def least(values: Iterable[str | None]) -> str:
    counted = Counter(value for value in values if value)
    return min(counted, key=lambda value: (counted[value], value))


def by_name(records):
    """Somebody by every kind of name."""
    arns = [arn for one in records if (arn := one.who("arn")) and arn.startswith("arn:")]
    pairs = [f"{one.names[2]}/{one.session_name}" for one in records if one.names[2] and one.session_name]
    named = [most(one.names[place] for one in records) for place in range(3)]
    services = least(one.who("invokedBy") for one in records if one.text("userAgent") != one.who("invokedBy"))
    accounts = (one.who("accountId") for one in records)
    account = most(one for one in accounts if one and len(one) == 12 and one.isdigit())
    subjects = (most(arns), most(one.role for one in records), most(pairs), *named[1:])
    return [case for said in (*subjects, services, account, "root") for case in about(said, "user")]


def by_call(records):
    name = most(one.text("eventName") for one in records)
    of_one = most(one.text("eventName") for one in records if one.text("eventSource") == "iam.amazonaws.com")
    return [*about(name.lower(), "who_did"), *about(f"iam:{of_one}", "who_did")]


def by_key(records):
    keys = [[one.who("accessKeyId"), one.made_key, one.named_key] for one in records]
    fit = [[key if key and len(key) == 20 else None for key in three] for three in keys]
    return [case for kind in range(3) for case in about(most(three[kind] for three in fit), "key")]


def by_address(records):
    said = [one.text("sourceIPAddress") or "" for one in records]
    ip = most(ip for ip in said if "." in ip and ip[0].isdigit())
    return [case for one in (ip, f"{ip}/16") for case in about(one, "ip")]


def by_thing(records):
    arns = [arn for one in records for arn in one.arns]
    other = most(arn for arn in arns if ":s3:::" not in arn)
    bucket = most(one.buckets[0] for one in records if one.text("errorCode"))
    copied = most(one.buckets[1] for one in records)
    subjects = (other, other.rpartition("/")[2], f"arn:aws:s3:::{bucket}", copied)
    targets = most(one.target for one in records if one.text("eventSource") == "ec2.amazonaws.com")
    return [case for said in (*subjects, targets) for case in about(said, "resource")]


def nobody(_):
    return about_nobody()


@pytest.mark.parametrize("choose", [by_name, by_call, by_key, by_address, by_thing, nobody])
def test_every_row_and_every_count_is_what_plain_python_finds(engines, records, choose):
    for number, case in enumerate(choose(records)):
        true = truth(records, case, _ASKED)
        assert true, case
        for form, engine in engines.items():
            # Plain Python's truth is worth most; that the forms agree takes one of each kind of question.
            if number == 1 or form == "duckdb, raw":
                assert told(engine, case, _ASKED) == true, (form, case)

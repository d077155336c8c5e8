"""Who accessed a bucket: which bucket is meant, and the statement that is asked."""

import re
from datetime import timedelta

import pytest
from inline_snapshot import snapshot
from pydantic import ValidationError

from bot.core.span import Span
from bot.errors import BadRequest
from bot.trail.rows import Asked
from bot.trail.sources import Part, Sources
from bot.trail.statement import statement
from commands.trail.who_accessed import WhoAccessed, fold
from tests.commands.small_accesses import NOW, Engine, ask, group

SPAN = Span(NOW - timedelta(days=7), NOW)


def as_sent(query):
    days = query.span.publish_days()
    compact = Part("noroshi.cloudtrail_compact", days[:-2])
    return statement(query, Sources(Part("noroshi.cloudtrail", days), compact=compact))


def marks(sql):
    """The parameters of a statement: question marks outside its own texts."""
    return re.sub(r"'[^']*'", "", sql).count("?")


@pytest.mark.parametrize(
    ("said", "bucket", "prefix"),
    [
        ("acme-payroll", "acme-payroll", None),
        ("`acme-payroll`", "acme-payroll", None),
        ("s3://acme-payroll", "acme-payroll", None),
        ("s3://acme-payroll/2026/", "acme-payroll", "2026/"),
        ("arn:aws:s3:::acme-payroll", "acme-payroll", None),
        ("arn:aws-cn:s3:::acme-payroll/a/b.csv", "acme-payroll", "a/b.csv"),
    ],
)
def test_a_bucket_may_be_pasted_in_any_form_and_its_key_is_kept(said, bucket, prefix):
    request = ask(said).request

    assert (request["bucket"], request["prefix"]) == (bucket, prefix)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "ab",
        "x" * 400,
        "a..b",
        "<!channel>",
        "a b",
        "-abc",
        "'; DROP TABLE x --",
        "acme\npayroll",
        "é" * 5,
    ],
)
def test_what_cannot_be_a_bucket_is_refused_in_words(name):
    with pytest.raises(ValidationError, match="is no bucket name"):
        WhoAccessed(bucket=name, asked=Asked(SPAN))


def test_a_bucket_name_of_400_characters_teaches():
    with pytest.raises(BadRequest) as error:
        ask("x" * 400)

    assert error.value.message == snapshot(
        "bucket: “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… (400 characters)” is no bucket name: 3 to 63 letters, digits, dots and hyphens"
    )
    assert error.value.hint == snapshot("/trail help shows what it takes.")


def test_the_query_is_bounded_by_partition_and_by_time():
    engine = Engine(group())
    ask("acme-payroll", engine=engine)

    sent = as_sent(engine.asked)
    assert sent.parameters[:4] == (
        "2026/09/01",
        "2026/09/09",
        "2026-09-01T12:00:00",
        "2026-09-08T12:00:00",
    )
    assert marks(sent.sql) == len(sent.parameters)
    assert engine.asked.needles[0] == "acme-payroll"
    assert {"%61", "%2D", "%2d"} <= set(engine.asked.needles)


def test_no_word_of_the_question_stands_in_the_sql():
    plain_engine, prefixed = Engine(), Engine()
    ask("acme-payroll", engine=plain_engine)
    ask("other-bucket", "--prefix", "x' OR '1'='1", "--since", "1d", engine=prefixed)

    assert "acme-payroll" not in as_sent(plain_engine.asked).sql
    sent = as_sent(prefixed.asked)
    assert "OR '1'='1" not in sent.sql
    assert marks(sent.sql) == len(sent.parameters)


def test_a_copy_into_another_bucket_is_no_call_on_this_one():
    found = fold(
        "acme-payroll", [group(calls=3, denied=1, copied_from="acme-payroll", copied_into="elsewhere")]
    )[0]

    assert (found.calls, found.reads, found.copied_out, found.denied) == (0, 0, 2, 1)


@pytest.mark.parametrize(
    ("source", "target"), [("elsewhere", "acme-payroll"), ("acme-payroll", "acme-payroll")]
)
def test_a_copy_into_this_bucket_is_a_call_on_it(source, target):
    found = fold("acme-payroll", [group(calls=3, reads=0, writes=3, copied_from=source, copied_into=target)])[
        0
    ]

    assert (found.calls, found.writes, found.copied_out) == (3, 3, 0)

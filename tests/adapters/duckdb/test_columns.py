"""Only what a statement asks for is made of the records."""

from datetime import UTC, datetime

import pytest

from bot.adapters.duckdb.columns import load_types
from bot.adapters.duckdb.dialect import to_duckdb

NOW = datetime(2026, 9, 8, tzinfo=UTC)


def columns(sql):
    return to_duckdb(sql, table="noroshi.cloudtrail", parameters=0, now=NOW).columns


@pytest.mark.parametrize(
    ("sql", "asked"),
    [
        (
            "SELECT useridentity.sessioncontext.sessionissuer.arn, t.useridentity.type FROM cloudtrail AS t",
            ("useridentity.sessioncontext.sessionissuer.arn", "useridentity.type"),
        ),
        (
            "SELECT useridentity.sessioncontext.webidfederationdata.attributes['x'] FROM cloudtrail",
            ("useridentity.sessioncontext.webidfederationdata.attributes",),
        ),
        ("SELECT awsdatacatalog.noroshi.cloudtrail.UserIdentity.ARN FROM cloudtrail", ("useridentity.arn",)),
        ("SELECT useridentity, useridentity.arn FROM cloudtrail", ("useridentity",)),
        ("SELECT (useridentity).type, useridentity.arn FROM cloudtrail", ("useridentity",)),
        ("SELECT useridentity.arn AS useridentity FROM cloudtrail", ("useridentity",)),
        ("WITH a AS (SELECT useridentity FROM cloudtrail) SELECT useridentity.arn FROM a", ("useridentity",)),
        ("SELECT json_format(CAST(useridentity AS JSON)) FROM cloudtrail", ("useridentity",)),
        (
            "SELECT filter(resources, useridentity -> useridentity.arn = '') FROM cloudtrail",
            ("useridentity", "resources"),
        ),
        ("SELECT transform(resources, r -> r.arn) FROM cloudtrail", ("resources",)),
    ],
)
def test_fields_are_asked_for_alone_where_nothing_asks_for_the_whole(sql, asked):
    assert columns(sql) == asked


def test_a_column_is_read_with_the_fields_asked_for():
    asked = ["useridentity.arn", "useridentity.sessioncontext.attributes", "eventname", "tlsdetails.nothing"]
    assert load_types(asked) == {
        "userIdentity": 'STRUCT("arn" VARCHAR, "sessionContext" STRUCT('
        '"attributes" STRUCT("mfaAuthenticated" VARCHAR, "creationDate" VARCHAR)))',
        "eventName": "VARCHAR",
        "tlsDetails": 'STRUCT("tlsVersion" VARCHAR, "cipherSuite" VARCHAR, "clientProvidedHostHeader" VARCHAR)',
    }


def test_a_narrowed_column_holds_what_the_whole_one_does(ask, record):
    context = {"sessionIssuer": {"arn": "r", "type": "Role"}, "attributes": {"mfaAuthenticated": "true"}}
    of_role = {"type": "AssumedRole", "arn": "a", "sessionContext": context}
    records = [
        record(userIdentity=one, eventID="x") for one in (of_role, None, "odd", {"sessionContext": []})
    ]
    fields = "useridentity.arn, useridentity.sessioncontext.sessionissuer.arn, useridentity.sessioncontext.attributes.mfaauthenticated"
    narrowed = ask(f"SELECT {fields} FROM cloudtrail", *records)
    assert narrowed == [row[1:] for row in ask(f"SELECT useridentity, {fields} FROM cloudtrail", *records)]
    assert ("a", "r", "true") in narrowed

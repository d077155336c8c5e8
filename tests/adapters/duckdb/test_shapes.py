"""A record's fields as the table's columns, whatever JSON types they have."""

from gzip import compress, decompress

import pytest

REQUEST = {"bucketName": "b", "n": [1, {"é": None}]}


@pytest.mark.parametrize(
    ("fields", "column", "expected"),
    [
        ({"requestParameters": REQUEST}, "requestparameters", '{"bucketName":"b","n":[1,{"é":null}]}'),
        ({"requestParameters": "a string"}, "requestparameters", "a string"),
        ({"requestParameters": None}, "requestparameters", None),
        ({"requestParameters": ...}, "requestparameters", None),
        ({"requestParameters": {}}, "requestparameters", "{}"),
        ({"readOnly": True}, "readonly", "true"),
        ({"readOnly": "false"}, "readonly", "false"),
        ({"readOnly": ...}, "readonly", None),
        ({"managementEvent": False}, "managementevent", "false"),
        ({"errorCode": None}, "errorcode", None),
        ({"eventVersion": 1.08}, "eventversion", "1.08"),
        ({"userAgent": ["a", 1]}, "useragent", '["a",1]'),
        ({"userIdentity": ...}, "useridentity.arn", None),
        ({"userIdentity": None}, "useridentity", None),
        ({"userIdentity": "root"}, "useridentity.type", None),
        ({"userIdentity": ["root"]}, "useridentity.type", None),
        ({"userIdentity": {"type": 7}}, "useridentity.type", "7"),
        ({"userIdentity": {"sessionContext": "x", "arn": "a"}}, "useridentity.arn", "a"),
        (
            {"userIdentity": {"sessionContext": {"sessionIssuer": {"arn": "r"}, "attributes": []}}},
            "useridentity.sessioncontext.sessionissuer.arn",
            "r",
        ),
        (
            {"userIdentity": {"sessionContext": {"webIdFederationData": {"attributes": {"sub": "s"}}}}},
            "useridentity.sessioncontext.webidfederationdata.attributes",
            {"sub": "s"},
        ),
        ({"userIdentity": {"type": "Root"}}, "useridentity.sessioncontext.attributes.mfaauthenticated", None),
        ({"resources": [{"ARN": "a", "accountId": 1}]}, "resources[1].arn", "a"),
        ({"resources": [{"ARN": "a", "accountId": 1}]}, "resources[1].accountid", "1"),
        ({"resources": [{"arn": "low"}]}, "resources[1].arn", "low"),
        ({"resources": ["x", {"ARN": "a"}, None]}, "resources[1].arn", "a"),
        ({"resources": {"ARN": "a"}}, "resources", None),
        ({"resources": []}, "cardinality(resources)", 0),
        ({"tlsDetails": {"tlsVersion": "TLSv1.3"}}, "tlsdetails.tlsversion", "TLSv1.3"),
        ({"addendum": "late"}, "addendum.reason", None),
        ({"eventTime": 1756800000}, "eventtime", "1756800000"),
        ({"requestID": "r"}, "requestid", "r"),
        ({"sourceIPAddress": "config.amazonaws.com"}, "sourceipaddress", "config.amazonaws.com"),
    ],
)
def test_a_column_holds_the_field_as_text_or_nothing(ask, record, fields, column, expected):
    assert ask(f"SELECT {column} FROM cloudtrail", record(**fields), record())[0][0] == expected


def test_a_struct_has_the_tables_field_names(ask, record):
    [[identity]] = ask("SELECT useridentity FROM cloudtrail", record())
    assert list(identity)[:4] == ["type", "principalid", "arn", "accountid"]
    assert identity["username"] == "ana"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ("111111111111", "eu-west-1", "2026/09/02")),
        ({"recipientAccountId": ...}, ("111111111111", "eu-west-1", "2026/09/02")),
        ({"recipientAccountId": ..., "userIdentity": ...}, (None, "eu-west-1", "2026/09/02")),
        ({"recipientAccountId": "222222222222"}, ("222222222222", "eu-west-1", "2026/09/02")),
        ({"awsRegion": ..., "eventTime": "2026-09-03 10:00:00.000"}, ("111111111111", None, "2026/09/03")),
        ({"eventTime": "yesterday"}, ("111111111111", "eu-west-1", None)),
        ({"eventTime": ...}, ("111111111111", "eu-west-1", None)),
    ],
)
def test_outside_the_layout_the_record_itself_tells_its_partition(ask, record, fields, expected):
    assert ask("SELECT account, region, day FROM cloudtrail", record(**fields)) == [expected]


def test_a_key_that_stands_twice_counts_once(run, tree, log, record):
    text = decompress(log(record(eventID="1"), record(eventID="2")))
    tree(compress(text.replace(b'"userAgent":', b'"userAgent":"first","userAgent":', 1)))
    rows = run("SELECT eventid, useragent FROM cloudtrail ORDER BY 1", needles=("acme-payroll",)).rows
    assert [tuple(row.values()) for row in rows] == [("1", "[aws-cli/2.15]"), ("2", "[aws-cli/2.15]")]

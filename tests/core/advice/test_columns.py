"""Which resource Trusted Advisor means, and why it flags it, by the columns of its checks."""

import pytest

from bot.core.advice.columns import about, own_name, reason, resource, thing, zipped

GROUP = {
    "Region": "eu-west-1",
    "Security Group Name": "web-prod",
    "Security Group ID": "sg-0a1b2c3d (vpc-1)",
    "Protocol": "tcp",
    "Status": "Red",
    "Ports": "22",
}


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        (GROUP, "sg-0a1b2c3d"),
        ({"Region Name": "Ireland", "Region API Parameter": "eu-west-1", "Bucket Name": "acme"}, "acme"),
        ({"Status": "Red", "Region": "x", "Volume ID": "vol-1", "Snapshot ID": "snap-1"}, "snap-1"),
        ({"DB Instance or Cluster ID": "orders", "Snapshot ID": "dump"}, "dump"),
        (
            {"Access Key ID": "AKIAEXAMPLEUSER00001", "User Name (IAM or Root)": "backup"},
            "AKIAEXAMPLEUSER00001",
        ),
        ({"Status": "Yellow", "IAM User": "ci-deploy"}, "ci-deploy"),
        ({"Function ARN": "arn:aws:lambda:eu-west-1:1:function:jobs"}, "jobs"),
        ({"Service": "EC2", "Limit Name": "Instances"}, ""),
        ({}, ""),
    ],
)
def test_the_surest_column_names_the_resource(columns, name):
    assert resource(columns) == name


def test_the_reason_is_what_the_other_columns_say():
    assert reason(GROUP, "sg-0a1b2c3d") == "Security Group Name: web-prod; Protocol: tcp; Ports: 22"


def test_a_setting_of_the_account_is_told_by_its_region_or_as_the_account():
    assert thing("111122223333", "eu-west-1") == "eu-west-1"
    assert thing("", "-") == thing("111122223333", "global") == "the account"
    assert thing("acme", "eu-west-1") == "acme"


def test_empty_columns_are_left_out_and_one_too_few_is_borne():
    assert zipped(["a", "b", "c"], ["1", None]) == {"a": "1"}


def test_an_arn_is_told_by_its_end():
    assert own_name("arn:aws:rds:eu-west-1:1:snapshot:rds-dump") == "rds-dump"
    assert own_name("acme/web") == "acme/web"


def test_of_a_description_the_first_paragraph_stands_without_its_html():
    said = "Checks <a href='https://x'>buckets</a> &amp; more.<br>\n<br>\n<h4>Alert Criteria</h4>Red: all."

    assert about(said) == "Checks buckets & more."
    assert about("") == ""

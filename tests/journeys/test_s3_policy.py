"""A bucket policy to review: asked in Slack and in the terminal, validated by the stand-in, put by nobody."""

import json

import pytest
from botocore.exceptions import ClientError

from tests.journeys.alert_steps import press
from tests.journeys.steps import MIKA, QUIET, eventually, line

pytestmark = pytest.mark.asyncio(loop_scope="module")
SETTINGS = QUIET
NAME = "acme-payroll"
SPARED = "arn:aws:iam::111122223333:role/BreakGlass"
ASKED = ("vpc-endpoint", NAME, "--vpce", "vpce-0a1b2c3d4e5f60718", "--except", SPARED)


async def told(journey, *words):
    (row,) = (await journey.told("s3", "policy", *words))["rows"]
    return row


async def test_slack_and_the_terminal_write_the_same_policy_beside_what_is_there(journey):
    answer = await journey.asks(f"/s3 policy {' '.join(ASKED)}")
    row = await told(journey, *ASKED)

    assert answer.only_for == journey.world.slack.world.user(MIKA).id
    assert answer.body["text"].startswith(f"A policy for {NAME} to review (vpc-endpoint): nothing is changed")
    assert "It locks out everybody outside of it but BreakGlass" in line(answer)
    assert "Access Analyzer has nothing against it" in line(answer)
    sids = [one["Sid"] for one in row["policy"]["Statement"]]
    assert sids == ["TlsOnly", "NoroshiVpcEndpointOnly"]
    assert all(sid in line(answer) for sid in sids)
    assert (row["verdict"], row["verdict_after"], row["remarks"]) == ("not-public", "not-public", [])


async def test_nothing_is_put(journey):
    client = journey.world.aws.client("s3")
    before = client.get_bucket_policy(Bucket=NAME)["Policy"]

    await told(journey, *ASKED)

    assert client.get_bucket_policy(Bucket=NAME)["Policy"] == before


async def test_s3_takes_the_file_as_it_is_and_the_template_is_then_there(journey):
    client = journey.world.aws.client("s3")
    before = client.get_bucket_policy(Bucket=NAME)["Policy"]
    row = await told(journey, "ip-range", NAME, "--cidr", "203.0.113.0/24")
    client.put_bucket_policy(Bucket=NAME, Policy=json.dumps(row["policy"]))
    try:
        again = await told(journey, "ip-range", NAME, "--cidr", "203.0.113.0/24")
        other = await told(journey, "ip-range", NAME, "--cidr", "198.51.100.0/24")
    finally:
        client.put_bucket_policy(Bucket=NAME, Policy=before)

    assert (again["policy"], again["changes"]) == (row["policy"], [])
    assert other["replaced"] == ["NoroshiAddressesOnly"]
    assert len(other["policy"]["Statement"]) == len(row["policy"]["Statement"])


async def test_a_policy_that_nobody_may_read_is_not_written_over(journey):
    answer = await journey.asks("/s3 policy tls-only acme-finance-vault")

    assert "The policy that is there can't be read" in line(answer)
    assert "s3:GetBucketPolicy" in line(answer)


async def test_a_public_policy_behind_a_block_is_told_before_s3_refuses_it(journey):
    answer = await journey.asks("/s3 policy tls-only acme-old-website")
    row = await told(journey, "tls-only", "acme-old-website")
    with pytest.raises(ClientError, match="AccessDenied"):
        journey.world.aws.client("s3").put_bucket_policy(
            Bucket="acme-old-website", Policy=json.dumps(row["policy"])
        )

    assert answer.body["text"].endswith("nothing is changed, and S3 would not take it")
    assert "First take out of the file: Site" in line(answer)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("lock acme-payroll", "There is no template lock."),
        ("vpc-endpoint acme-payroll", "--vpce is missing"),
        ("tls-only acme-payroll --org o-a1b2c3d4e5", "tls-only has no use for --org"),
        ("ip-range acme-payroll --cidr 10.0.0.0/8", "private addresses"),
        ("organization acme-payroll --org <!channel>", "is nothing for --org"),
        ("tls-only no-such-bucket-here", "There is no bucket no-such-bucket-here"),
    ],
)
async def test_what_makes_no_sense_is_told_in_words(journey, typed, says):
    answer = await journey.asks(f"/s3 policy {typed}")

    assert says in line(answer)
    assert "<!channel>" not in answer.body["text"]


async def test_the_file_comes_at_a_press(journey):
    answer = await journey.asks(f"/s3 policy {' '.join(ASKED)}")
    await press(journey, answer, "The policy as a file")

    ((_, text),) = await eventually(lambda: journey.files)
    assert json.loads(text) == (await told(journey, *ASKED))["policy"]

"""Which buckets are public, and why: asked in Slack and in the terminal, of the stand-in's S3 through real boto3."""

import csv
import io

import pytest

from tests.journeys.alert_steps import buttons, finding_of, found, press, thread
from tests.journeys.steps import MIKA, QUIET, eventually, line

pytestmark = pytest.mark.asyncio(loop_scope="module")
SETTINGS = QUIET
PAYROLL = 0
PUBLIC = {"acme-partner-drop", "acme-shop-images", "acme-web-assets", "acme-downloads"}
CLOSED = {"acme-payroll", "acme-old-website", "acme-internal-docs"}
CONTRACT = (
    *("bucket", "account_id", "region", "verdict", "via", "access", "reasons", "unknown_because", "fix"),
)


async def test_the_public_buckets_are_told_the_most_dangerous_first(journey):
    answer = await journey.asks("/s3 public")

    told = line(answer)
    assert answer.body["text"].startswith("4 of ")
    assert "are public, and of 2 more I can’t tell" in answer.body["text"]
    assert answer.only_for == journey.world.slack.world.user(MIKA).id
    places = [told.index(name) for name in ("acme-partner-drop", "acme-web-assets", "acme-downloads")]
    assert places == sorted(places)
    assert "access point shop" in told
    assert not [name for name in CLOSED if name in told]


async def test_what_could_not_be_read_is_neither_public_nor_private(journey):
    told = line(await journey.asks("/s3 public"))

    assert "I can’t tell of 2:" in told
    assert "acme-gulf-exports" in told
    assert "me-south-1 is not switched on for this account" in told
    assert "acme-finance-vault: the policy: AWS refused" in told
    assert "(s3:GetBucketPolicy)" in told
    assert "staging: not looked at" in told


async def test_from_the_list_to_the_proof_to_who_accessed_it(journey):
    listed = await journey.asks("/s3 public")

    proof = await journey.chooses(listed, "Why acme-web-assets")
    assert proof.body["text"].startswith("acme-web-assets is public: everybody may read")
    assert "● Policy: lets everybody in" in line(proof)
    assert "RestrictPublicBuckets" in line(proof)

    accessed = await journey.answer_to(await press(journey, proof, "Who accessed it"))
    assert "acme-web-assets" in accessed.body["text"]

    changed = await journey.answer_to(await press(journey, proof, "What changed"))
    assert "bucket · prod · eu-west-1" in line(changed)
    assert changed.body["text"].startswith("acme-web-assets")


async def test_an_address_out_of_the_console_is_explained(journey):
    page = "https://eu-west-1.console.aws.amazon.com/s3/buckets/acme-payroll?region=eu-west-1&tab=permissions"
    answer = await journey.asks(f"/s3 explain {page}")

    assert answer.body["text"].startswith("acme-payroll is not public")
    assert "bucket: all four on" in line(answer)


async def test_a_block_is_what_keeps_an_open_policy_and_acl_closed(journey):
    told = line(await journey.asks("/s3 explain acme-old-website"))

    assert "RestrictPublicBuckets of the bucket's block stops it" in told
    assert "So it is not public" in told


async def test_a_bucket_whose_policy_is_not_public_is_open_through_its_access_point(journey):
    told = line(await journey.asks("/s3 explain acme-shop-images"))

    assert "○ Policy: lets nobody in" in told
    assert "● Access point shop: lets everybody in" in told


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("no-such-bucket-here", "There is no bucket no-such-bucket-here"),
        ("<!channel>`*x*`", "is no bucket’s name"),
        ("arn:aws:iam::111122223333:role/admin", "is no bucket’s name"),
        ("acme-payroll --account nobody", "I know no account 'nobody'"),
    ],
)
async def test_what_is_no_bucket_is_told_in_words(journey, typed, says):
    answer = await journey.asks(f"/s3 explain {typed}")

    assert says in line(answer)
    assert "<!channel>" not in answer.body["text"]


async def test_slack_the_terminal_json_and_csv_agree(journey):
    answer = await journey.asks("/s3 public")
    told = await journey.told("s3", "public")
    _, out, _ = await journey.noroshi("s3", "public", "--format", "csv")

    named = [row["bucket"] for row in told["rows"]]
    assert {row["bucket"] for row in told["rows"] if row["verdict"] == "public"} == PUBLIC
    assert [row["bucket"] for row in csv.DictReader(io.StringIO(out))] == named
    assert not [name for name in named if name not in line(answer)]
    assert tuple(told["rows"][0])[: len(CONTRACT)] == CONTRACT
    assert told["title"] == answer.body["text"].split("\n")[0]


async def test_every_bucket_is_listed_on_demand_and_explain_judges_as_the_list_does(journey):
    told = {row["bucket"]: row for row in (await journey.told("s3", "public", "--all"))["rows"]}

    assert {told[name]["verdict"] for name in CLOSED} == {"not-public"}
    for name in ("acme-partner-drop", "acme-old-website", "acme-finance-vault", "acme-shop-images"):
        (row,) = (await journey.told("s3", "explain", name))["rows"]
        same = ("verdict", "via", "access", "region", "fix")
        assert [row[field] for field in same] == [told[name][field] for field in same]


async def test_from_the_alert_of_an_opened_bucket_to_the_proof(journey):
    like = finding_of(journey, PAYROLL, type="Policy:S3/BucketAnonymousAccessGranted")
    post = await found(journey, like)
    await press(journey, post, "Investigate")

    def proof():
        return next((each for each in thread(journey, post) if "with /s3 explain " in line(each)), None)

    answer = await eventually(proof)
    assert answer.only_for is None
    assert "is not public" in line(answer)
    assert "Block Public Access" in line(answer)


async def test_a_region_is_asked_alone(journey):
    told = await journey.told("s3", "public", "--region", "ap-northeast-1")

    assert [row["bucket"] for row in told["rows"]] == ["acme-partner-drop"]
    assert told["request"]["regions"] == ["ap-northeast-1"]


async def test_a_region_without_buckets_still_says_what_was_not_seen(journey):
    told = await journey.told("s3", "public", "--region", "eu-south-1")

    assert told["title"].startswith("I can’t tell whether a bucket in eu-south-1 is public")
    assert [one["code"] for one in told["caveats"]] == ["account-not-asked"]


async def test_the_rows_come_as_a_file(journey):
    answer = await journey.asks("/s3 public")
    assert "CSV" in buttons(answer)
    await journey.answer_to(await press(journey, answer, "CSV"))

    ((_, text),) = journey.files
    assert {row["bucket"] for row in csv.DictReader(io.StringIO(text))} > PUBLIC

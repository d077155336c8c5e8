"""Real policies, ACLs and blocks with a verdict: by AWS's documented rule ours is the same, row by row.

Where the rule and a row's source disagree, the rule stands. Rows that the rule doesn't decide must not come out
as not public.
"""

import json
from pathlib import Path

import pytest

from bot.core.public import acl, policy
from bot.core.public.block import NONE, Flags, flags
from bot.core.public.facts import Facts
from bot.core.public.meaning import judgement
from bot.core.public.ownership import acls_are_off
from bot.core.public.verdict import verdict

_DATA = Path(__file__).parents[4] / "shared" / "data" / "s3-public"
_ROWS = (
    [json.loads(line) for line in (_DATA / "verdicts.jsonl").read_text("utf-8").splitlines()]
    if _DATA.is_dir()
    else []
)

pytestmark = pytest.mark.skipif(not _ROWS, reason="the real verdicts (../shared/data/s3-public) are not here")


def facts(row):
    blocks = [flags(row.get(name)) for name in ("pab", "account_pab")]
    return Facts("acme", row["policy"], row["acl"], None, *blocks, NONE, access_points=())


@pytest.mark.parametrize("row", _ROWS, ids=[row["id"] for row in _ROWS])
def test_each_verdict_is_by_the_documented_rule(row):
    said = row["aws_documented_rule"]
    expected = {True: {"public"}, False: {"not-public"}, None: {"public", "unknown"}}[said]

    assert verdict(facts(row)).judgement in expected


@pytest.mark.parametrize("row", _ROWS, ids=[row["id"] for row in _ROWS])
def test_a_policy_says_the_same_opened_and_as_a_text(row):
    as_text = json.dumps(row["policy"]) if row["policy"] else None

    assert policy.openings(as_text) == policy.openings(row["policy"])


def recorded(name):
    return [json.loads(path.read_text("utf-8"))["data"] for path in sorted(_DATA.rglob(f"*{name}_*.json"))]


def test_recorded_answers_are_read_whole():
    acls, blocks = recorded("GetBucketAcl"), recorded("GetPublicAccessBlock")
    owners, policies = recorded("GetBucketOwnershipControls"), recorded("GetBucketPolicy")

    assert acls
    assert policies
    assert all(one.is_certain for said in acls for one in acl.openings(said))
    assert all(isinstance(flags(said.get("PublicAccessBlockConfiguration")), Flags) for said in blocks)
    assert all(acls_are_off(said.get("OwnershipControls")) in {True, False} for said in owners)
    assert all(judgement(policy.openings(said.get("Policy"))) != "unknown" for said in policies)

"""/s3 policy: a bucket policy to review, with what it does, what differs and who gets in then."""

import json

import pytest

from bot.core.buttons import Download
from bot.core.policies.remark import Remark
from bot.core.policies.templates import TEMPLATES
from bot.core.public.block import ALL, Flags
from bot.core.public.meaning import Unread
from bot.core.sections import Paragraph, Verbatim
from bot.core.text import plain
from bot.errors import AccessDenied, BadRequest, HelpWanted, NotFound
from bot.render.blocks import payload
from commands.s3 import s3
from tests.commands.s3.small_s3 import PROD, REFUSED, FakeAccess, Ports, allow, judged

NAME = "acme-web-assets"
NO_NEW = Flags(frozenset({"BlockPublicPolicy"}))
ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers"


class Validation:
    """Satisfies `bot.ports.PolicyValidation`."""

    def __init__(self, *remarks, fails=None):
        self.found, self.fails, self.asked = remarks, fails, []

    def remarks(self, policy, account_id, region):
        self.asked.append((json.loads(policy), account_id, region))
        if self.fails:
            raise self.fails
        return self.found


def ask(*words, bucket=None, validation=None):
    ports = Ports(FakeAccess(bucket or judged(NAME, allow(sid="Site"))))
    ports.policy_validation = validation or Validation()
    return s3.answer(["policy", *words], ports, asker="U1")


def said(view):
    lines = [line for part in view.sections if isinstance(part, Paragraph) for line in part.lines]
    return "\n".join([view.title, *map(plain, lines)])


def test_it_is_a_file_to_review_and_nothing_is_changed():
    view = ask("tls-only", NAME)

    assert view.title.startswith(f"A policy for {NAME} to review (tls-only): nothing is changed")
    assert view.file.name == f"{NAME}-policy.json"
    sids = [one["Sid"] for one in json.loads(view.file.text)["Statement"]]
    assert sids == ["Site", "NoroshiTlsOnly"]
    assert any(isinstance(each, Download) for each in view.buttons)


def test_it_says_what_it_does_whom_it_locks_out_and_what_differs():
    told = said(ask("ip-range", NAME, "--cidr", "203.0.113.0/24", "--cidr", "198.51.100.0/24"))

    assert "Denies every request from other addresses than 203.0.113.0/24, 198.51.100.0/24." in told
    assert "It locks out everybody elsewhere" in told
    assert "+ policy: statement NoroshiAddressesOnly denies" in told
    assert "Site" not in told.split("Public?")[0]


def test_a_bucket_that_stays_public_says_so_and_why():
    view = ask("tls-only", NAME)

    told = said(view)
    assert view.title.endswith("nothing is changed, and the bucket stays public with it")
    assert "Public? now public, then public" in told
    assert "still public because Site: it lets in everybody" in told
    assert "this narrows who gets in all the same" in told
    assert view.rows[0]["reasons_after"] == ["Site: it lets in everybody, without any condition"]


def test_a_bucket_whose_acl_is_public_stays_so_whatever_its_policy_allows():
    grant = {"Grantee": {"Type": "Group", "URI": ALL_USERS}, "Permission": "READ"}
    told = said(
        ask(
            "cloudfront",
            NAME,
            "--distribution",
            "E1A2B3C4D5E6F7",
            bucket=judged(NAME, acl={"Grants": [grant]}),
        )
    )

    assert "still public because the ACL grants READ" in told
    assert "narrows" not in told


def test_where_s3_takes_no_public_policy_it_says_that_it_would_refuse_it():
    all_on = ask("tls-only", NAME, bucket=judged(NAME, allow(sid="Site"), bucket_block=ALL))

    assert all_on.title.endswith("nothing is changed, and S3 would not take it")
    assert "BlockPublicPolicy of the bucket's block takes no public policy" in said(all_on)
    assert "First take out of the file: Site" in said(all_on)
    assert all_on.rows[0]["refused_by"] == "BlockPublicPolicy of the bucket's block"
    assert ask("tls-only", NAME, bucket=judged(NAME, bucket_block=ALL)).rows[0]["refused_by"] is None


def test_what_aws_alone_calls_public_and_would_refuse_names_no_statement():
    fixed = allow(sid="Org", Condition={"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}})
    view = ask("tls-only", NAME, bucket=judged(NAME, fixed, aws_says=True, account_block=NO_NEW))

    assert "First take out of the file: what lets in everybody" in said(view)


def test_a_verdict_that_hangs_on_what_is_not_known_names_what_is_missing():
    told = said(ask("tls-only", NAME, bucket=judged(NAME, acl=Unread("AWS refused", "s3:GetBucketAcl"))))

    assert "Public? now not known, then not known" in told
    assert "missing: the ACL: AWS refused (s3:GetBucketAcl)" in told


def test_what_is_there_is_kept_before_the_file_is_put_in_the_bucket_s_own_region():
    told, new = said(ask("tls-only", NAME)), said(ask("tls-only", NAME, bucket=judged(NAME)))

    assert f"aws s3api get-bucket-policy --bucket {NAME} --region eu-west-1" in told
    assert f"> {NAME}-policy-before.json" in told
    assert f"put-bucket-policy --bucket {NAME} --region eu-west-1 --policy file://{NAME}-policy.json" in told
    assert "get-bucket-policy" not in new


def test_the_whole_policy_can_be_read_in_the_answer_and_taken_from_json():
    view = ask("tls-only", NAME)

    (shown,) = [each.text for each in view.sections if isinstance(each, Verbatim)]
    assert json.loads(shown) == json.loads(view.file.text) == view.rows[0]["policy"]
    assert [(one["kind"], one["before"]) for one in view.rows[0]["changes"]] == [("added", None)]
    assert tuple(view.rows[0]) == view.columns


def test_what_access_analyzer_says_is_told_errors_and_all():
    remark = Remark("error", "INVALID_ACTION", "The action x does not exist.", "Statement.0.Action")
    view = ask("tls-only", NAME, validation=Validation(remark))

    assert "Access Analyzer, error: The action x does not exist. INVALID_ACTION (Statement.0.Action)" in said(
        view
    )
    assert view.rows[0]["remarks"] == ["error: INVALID_ACTION"]


def test_it_is_asked_of_the_bucket_s_own_account_and_region():
    validation = Validation()
    ask("tls-only", NAME, validation=validation)

    ((document, account, region),) = validation.asked
    assert (account, region) == (PROD, "eu-west-1")
    assert len(document["Statement"]) == 2


def test_where_access_analyzer_may_not_be_asked_the_policy_stands_with_a_caveat():
    refusal = AccessDenied(
        "AWS refused.", "Allow access-analyzer:ValidatePolicy to it.", action="access-analyzer:ValidatePolicy"
    )
    view = ask("tls-only", NAME, validation=Validation(fails=refusal))

    ((code, message),) = [(one.code, one.message) for one in view.caveats]
    assert code == "not-validated"
    assert message.startswith("what Access Analyzer says of it: AWS refused.")
    assert "access-analyzer:ValidatePolicy" in message
    assert view.rows[0]["remarks"] is None
    assert view.file.text


def test_a_policy_that_nobody_can_read_is_not_merged_with():
    with pytest.raises(AccessDenied) as caught:
        ask("tls-only", NAME, bucket=judged(NAME, policy=REFUSED))

    assert caught.value.action == "s3:GetBucketPolicy"


def test_what_is_missing_is_told_before_aws_is_asked():
    access = FakeAccess(judged(NAME))
    with pytest.raises(BadRequest) as caught:
        s3.answer(["policy", "vpc-endpoint", NAME], Ports(access), asker="U1")

    assert "--vpce" in caught.value.message
    assert access.asked == []


def test_a_bucket_that_is_gone_gets_no_policy():
    with pytest.raises(NotFound):
        ask("tls-only", NAME, bucket=judged(NAME, gone=True))


def test_a_policy_that_is_there_already_says_so():
    there = json.loads(ask("tls-only", NAME).file.text)
    view = ask("tls-only", NAME, bucket=judged(NAME, policy=there))

    assert view.title == f"{NAME} has this policy already (tls-only)"
    assert "put-bucket-policy" not in said(view)
    assert view.rows[0]["changes"] == []


def test_arns_are_of_the_bucket_s_own_account_and_partition_wherever_it_was_found():
    china = judged(NAME, region="cn-north-1", account="444455556666")
    row = ask("cloudfront", NAME, "--distribution", "E1A2B3C4D5E6F7", bucket=china).rows[0]

    arn = "arn:aws-cn:cloudfront::444455556666:distribution/E1A2B3C4D5E6F7"
    assert row["policy"]["Statement"][0]["Condition"] == {"StringEquals": {"AWS:SourceArn": arn}}


def test_a_bare_distribution_needs_an_account_where_nobody_knows_the_buckets():
    with pytest.raises(BadRequest) as caught:
        ask("cloudfront", NAME, "--distribution", "E1A2B3C4D5E6F7", bucket=judged(NAME, account=""))

    assert "Say its ARN" in caught.value.hint


def test_statements_of_anybodys_writing_fit_slack_and_bring_nothing_to_life():
    wide = [allow(sid="<!channel>" + "x" * 90, Resource=f"arn:aws:s3:::{'y' * 200}/{n}") for n in range(40)]
    view = ask("tls-only", NAME, bucket=judged(NAME, *wide))

    sent = payload(view, "answer-1")
    assert len(sent["blocks"]) <= 50
    assert "mrkdwn" not in str(sent)


def test_help_names_every_template_there_is():
    with pytest.raises(HelpWanted) as caught:
        s3.answer(["policy", "--help"], Ports(FakeAccess()), asker="U1")

    assert f"Templates: {', '.join(TEMPLATES)}." in " ".join(caught.value.message.split())


def test_the_request_is_told_as_it_was_asked():
    view = ask("vpc-endpoint", NAME, "--vpce", "vpce-0a1b2c3d4e5f60718")

    assert view.request == {
        "template": "vpc-endpoint",
        "bucket": NAME,
        "account": None,
        "distribution": None,
        "endpoint": "vpce-0a1b2c3d4e5f60718",
        "organization": None,
        "networks": (),
        "spared": (),
    }

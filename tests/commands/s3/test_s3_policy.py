"""/s3 policy: a bucket policy to review, with what it does, what differs and who gets in then."""

import json

import pytest

from bot.core.policies.remark import Remark
from bot.core.text import plain
from bot.core.view import Download, Paragraph
from bot.errors import AccessDenied, BadRequest, NotFound
from bot.render.blocks import payload
from commands.s3 import s3
from tests.commands.s3.small_s3 import PROD, REFUSED, FakeAccess, Ports, allow, judged

NAME = "acme-web-assets"


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

    assert view.title == f"A policy for {NAME} to review (tls-only): nothing is changed"
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
    told = said(ask("tls-only", NAME))

    assert "Public? now public, then public" in told
    assert "Site: it lets in everybody" in told
    assert "close it with Block Public Access" in told


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
    refusal = AccessDenied("AWS refused.", "Allow it.", action="access-analyzer:ValidatePolicy")
    view = ask("tls-only", NAME, validation=Validation(fails=refusal))

    assert [one.code for one in view.caveats] == ["not-validated"]
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

    assert "has this policy already" in said(ask("tls-only", NAME, bucket=judged(NAME, policy=there)))


def test_statements_of_anybodys_writing_fit_slack_and_bring_nothing_to_life():
    wide = [allow(sid="<!channel>" + "x" * 90, Resource=f"arn:aws:s3:::{'y' * 200}/{n}") for n in range(40)]
    view = ask("tls-only", NAME, bucket=judged(NAME, *wide))

    sent = payload(view, "answer-1")
    assert len(sent["blocks"]) <= 50
    assert "mrkdwn" not in str(sent)

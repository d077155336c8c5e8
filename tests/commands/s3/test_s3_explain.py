"""/s3 explain: the proof, level by level, the verdict, and the smallest change that closes it."""

from dataclasses import replace

import pytest

from bot.core.buttons import Ask, Download
from bot.core.public.block import NONE, Flags
from bot.core.public.bucket import Bucket, Judged
from bot.core.public.facts import AccessPoint, Facts
from bot.core.public.meaning import Unread
from bot.core.public.verdict import verdict
from bot.core.text import plain
from bot.core.view import Receipt
from bot.errors import NotFound
from bot.render.blocks import payload
from commands.s3 import s3
from commands.s3.explain import Answer, Explain
from commands.s3.explain_view import show
from commands.s3.since import Since
from tests.commands.s3.explained import DELEGATED, NAME, ask, said
from tests.commands.s3.small_s3 import (
    PROD,
    REFUSED,
    FakeAccess,
    Ports,
    allow,
    judged,
)

SAVED = {"Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1"}}}
OPEN_ADDRESS = {"Condition": {"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}}
GROUPS = "http://acs.amazonaws.com/groups/global"
READ = {"Grants": [{"Grantee": {"URI": f"{GROUPS}/AllUsers"}, "Permission": "READ"}]}


def test_a_public_bucket_is_told_with_each_statement_and_how_to_close_it():
    view = ask(allow(sid="Images"), allow("s3:PutObject", sid="Office", **SAVED), aws_says=True)

    assert view.title == f"{NAME} is public: everybody may read"
    assert "● Images" in said(view)
    assert "○ Office" in said(view)
    assert "↳ StringEquals aws:SourceVpce vpce-1 saves it: a fixed VPC endpoint" in said(view)
    assert "So it is public by policy" in said(view)
    assert "AWS itself says that its policy is public" in said(view)
    assert "RestrictPublicBuckets" in said(view)
    assert "aws s3api put-public-access-block --bucket acme-web-assets --region eu-west-1" in said(view)


def test_the_command_that_closes_it_keeps_the_flags_that_are_on():
    view = ask(allow(), bucket_block=Flags(frozenset({"IgnorePublicAcls"})))

    assert "IgnorePublicAcls=true,RestrictPublicBuckets=true" in said(view)


def test_a_website_is_told_as_what_it_is():
    access = FakeAccess(replace(judged(NAME, allow()), website=True))

    view = s3.answer(["explain", NAME], Ports(access), asker="U1")

    assert "Website: it serves one" in said(view)


def test_a_condition_that_does_not_save_it_says_why():
    why = "IpAddress aws:SourceIp 0.0.0.0/0 does not save it: 0.0.0.0/0 is broader than /8"

    assert why in said(ask(allow(**OPEN_ADDRESS)))


def test_no_condition_is_blamed_where_it_decides_nothing():
    plain_text = {"Bool": {"aws:SecureTransport": "false"}}
    tls = allow("s3:*", sid="TlsOnly", Effect="Deny", Condition=plain_text)
    partner = allow(sid="Partner", Principal={"AWS": "444455556666"}, Condition=plain_text)

    told = said(ask(allow(), tls, partner))

    assert "○ TlsOnly Deny to everybody: anything — a Deny grants nothing" in told
    assert "○ Partner Allow to 444455556666: read — it names 444455556666, and nobody else" in told
    assert "SecureTransport" not in told


def test_a_block_that_stops_it_is_the_reason_and_nothing_is_to_be_closed():
    view = ask(
        allow(), account_block=Flags(frozenset({"RestrictPublicBuckets"})), ownership="BucketOwnerEnforced"
    )

    assert view.title == f"{NAME} is not public"
    assert "RestrictPublicBuckets of the account's block" in said(view)
    assert "put-public-access-block" not in said(view)
    assert view.rows[0]["fix"] is None


def test_where_aws_and_we_differ_it_is_public_and_both_are_told():
    ours = ask(allow(**OPEN_ADDRESS), aws_says=False)
    theirs = ask(allow(**SAVED), aws_says=True)

    assert [view.rows[0]["verdict"] for view in (ours, theirs)] == ["public", "public"]
    assert "AWS itself says that its policy is not public" in said(ours)
    assert "We differ: by AWS’s documented rules it is public" in said(ours)
    assert theirs.rows[0]["aws_says"] is True
    assert "AWS itself says that its policy is public" in said(theirs)
    assert "We differ: by AWS’s documented rules it is not public" in said(theirs)
    assert "○ Wide" in said(theirs)
    assert "AWS calls the policy public" in said(theirs)


def test_without_a_policy_nobody_says_what_aws_calls_it():
    assert "AWS itself" not in said(ask(acl=READ, aws_says=False))


def test_where_we_agree_or_a_block_stops_it_nobody_differs():
    closed = ask(allow(), aws_says=False, bucket_block=Flags(frozenset({"RestrictPublicBuckets"})))

    assert "differ" not in said(ask(allow(), aws_says=True))
    assert "differ" not in said(closed)


def test_what_was_refused_is_unknown_with_the_missing_action():
    view = ask(policy=REFUSED)

    assert view.title == f"I can’t tell whether {NAME} is public"
    assert "Missing: the policy: AWS refused (s3:GetBucketPolicy)" in said(view)
    assert plain(view.sections[0].lines[1]).startswith("Missing")
    assert "So nobody can tell whether it is public" in said(view)


def test_parts_that_are_missing_for_one_reason_are_told_in_one_line():
    away = Unread("AWS is away")

    told = said(ask(policy=away, acl=away, bucket_block=away))

    assert told.count("Missing") == 1
    assert "the bucket's block" in next(line for line in told.splitlines() if line.startswith("Missing"))


def test_acls_and_access_points_stand_in_the_proof():
    point = AccessPoint(
        "shop",
        f"arn:aws:s3:eu-west-1:{PROD}:accesspoint/shop",
        policy={"Statement": [allow()]},
        block=NONE,
        aws_says=True,
    )

    view = ask(allow(**DELEGATED), acl=READ, access_points=(point,))

    assert view.rows[0]["via"] == ["acl", "access-point"]
    assert "ACLs count" in said(view)
    assert "● Access point shop: lets everybody in" in said(view)
    assert "AWS itself calls its policy public" in said(view)
    assert "IgnorePublicAcls and RestrictPublicBuckets" in said(view)


def test_a_hundred_statements_are_cut_in_the_answer_and_the_file_has_them_all():
    view = ask(*(allow(sid=f"S{n}", **SAVED) for n in range(100)))

    assert "and 88 more statements, none of which lets everybody in" in said(view)
    assert len(payload(view, "answer-1")["blocks"]) <= 50
    assert any(isinstance(each, Download) for each in view.buttons)
    assert view.file.name == "acme-web-assets-proof.txt"
    assert all(f"S{n} Allow" in view.file.text for n in range(100))


def test_what_decides_is_never_among_what_is_cut():
    shut = [allow(sid=f"S{n}", **SAVED) for n in range(80)]

    view = ask(*shut, allow(sid="Wide open"), *shut)

    assert "● Wide open Allow to everybody: read" in said(view)


def test_of_many_access_points_the_open_one_is_told():
    every = f"arn:aws:s3:eu-west-1:{PROD}:accesspoint/"
    shut = tuple(AccessPoint(f"p{n}", f"{every}p{n}", vpc="vpc-1", block=NONE) for n in range(200))
    door = AccessPoint("door", f"{every}door", policy={"Statement": [allow()]}, block=NONE)

    view = ask(allow(**DELEGATED), access_points=(*shut, door))

    assert "● Access point door" in said(view)
    assert "and 189 more access points, none of which lets everybody in" in said(view)
    assert "Access point p150" in view.file.text


def test_a_directory_bucket_is_told_as_private_without_a_word_of_what_nobody_asks():
    bucket = Bucket("acme--use1-az4--x-s3", PROD, "us-east-1")
    facts = Facts(bucket.name)

    view = s3.answer(["explain", bucket.name], Ports(FakeAccess(Judged(bucket, facts, verdict(facts)))))

    assert view.title == "acme--use1-az4--x-s3 is not public"
    assert "a directory bucket is always private" in said(view)
    assert "nobody asked" not in said(view)


def test_who_needs_an_account_of_aws_is_not_called_everybody():
    grants = [{**READ["Grants"][0], "Grantee": {"URI": f"{GROUPS}/AuthenticatedUsers"}}]

    assert ask(acl={"Grants": grants}).title == f"{NAME} is public: everybody with an AWS account may list"


def test_where_acls_count_the_first_line_says_that_objects_may_be_public():
    assert ask(ownership="ObjectWriter").title == f"{NAME} is not public, but single objects may be"
    assert ask(ownership="BucketOwnerEnforced").title == f"{NAME} is not public"


def test_a_name_that_is_no_bucket_name_makes_no_second_command():
    one = judged("x; rm -rf /", allow())
    answer = Answer(one, Since(), Receipt("s3", 0.1))

    view = show(Explain(bucket="x"), answer, {})

    assert "--bucket 'x; rm -rf /' --region" in said(view)


def test_names_out_of_a_policy_bring_nothing_to_life():
    view = ask(
        allow(
            sid="<!channel> *x* <https://evil.example|click>",
            Condition={"StringLike": {"aws:Referer": "<@U1>"}},
        )
    )

    sent = str(payload(view, "answer-1"))
    assert "mrkdwn" not in sent
    assert "<!channel>" not in payload(view, "answer-1")["text"]


def test_it_leads_to_who_accessed_it_and_what_changed():
    words = [each.words for each in ask(allow()).buttons if isinstance(each, Ask)]

    place = ("--account", PROD, "--region", "eu-west-1")
    assert words == [
        ("trail", "who-accessed", NAME),
        ("config", "history", NAME, "--type", "AWS::S3::Bucket", *place, "--since", "90d"),
    ]


def test_a_bucket_that_is_nowhere_is_not_found():
    with pytest.raises(NotFound):
        ask(bucket="acme-nowhere")


def test_the_account_narrows_where_it_is_looked_for():
    access = FakeAccess(judged(NAME, allow()))

    s3.answer(["explain", NAME, "--account", "prod"], Ports(access))

    assert access.asked == [(NAME, PROD)]

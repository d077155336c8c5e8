"""/s3 explain: the proof, level by level, the verdict, and the smallest change that closes it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.public.block import NONE, Flags
from bot.core.public.facts import AccessPoint
from bot.core.text import plain
from bot.core.view import Ask, Paragraph
from bot.errors import BadRequest, NotFound
from bot.render.blocks import payload
from commands.s3 import s3
from commands.s3.explain import pasted
from tests.commands.s3.small_s3 import NOW, PROD, REFUSED, FakeAccess, FakeHistories, Ports, allow, judged

NAME = "acme-web-assets"
SAVED = {"Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1"}}}
OPEN_ADDRESS = {"Condition": {"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}}
READ = {
    "Grants": [{"Grantee": {"URI": "http://acs.amazonaws.com/groups/global/AllUsers"}, "Permission": "READ"}]
}


def ask(*statements, bucket=NAME, configurations=None, **facts):
    access = FakeAccess(judged(NAME, *statements, **facts))
    return s3.answer(["explain", bucket], Ports(access, configurations), asker="U1")


def said(view):
    lines = [line for part in view.sections if isinstance(part, Paragraph) for line in part.lines]
    return "\n".join([view.title, *map(plain, lines)])


def test_a_public_bucket_is_told_with_each_statement_and_how_to_close_it():
    view = ask(allow(sid="Images"), allow("s3:PutObject", sid="Office", **SAVED), aws_says=True)

    assert view.title == f"{NAME} is public: everybody may read"
    assert "● Images" in said(view)
    assert "○ Office" in said(view)
    assert "condition saves it" in said(view)
    assert "AWS itself says that its policy is public" in said(view)
    assert "RestrictPublicBuckets" in said(view)
    assert "aws s3api put-public-access-block --bucket acme-web-assets" in said(view)


def test_the_command_that_closes_it_keeps_the_flags_that_are_on():
    view = ask(allow(), bucket_block=Flags(frozenset({"IgnorePublicAcls"})))

    assert "IgnorePublicAcls=true,RestrictPublicBuckets=true" in said(view)


def test_a_website_is_told_as_what_it_is():
    access = FakeAccess(replace(judged(NAME, allow()), website=True))

    view = s3.answer(["explain", NAME], Ports(access), asker="U1")

    assert "Website: it serves one" in said(view)


def test_a_condition_that_does_not_save_it_says_why():
    assert "condition does not save it: 0.0.0.0/0 is broader than /8" in said(ask(allow(**OPEN_ADDRESS)))


def test_a_block_that_stops_it_is_the_reason_and_nothing_is_to_be_closed():
    view = ask(allow(), account_block=Flags(frozenset({"RestrictPublicBuckets"})))

    assert view.title == f"{NAME} is not public"
    assert "RestrictPublicBuckets of the account's block" in said(view)
    assert "put-public-access-block" not in said(view)
    assert view.rows[0]["fix"] is None


def test_where_aws_and_we_differ_it_is_public_and_both_are_told():
    ours = ask(allow(**OPEN_ADDRESS), aws_says=False)
    theirs = ask(allow(**SAVED), aws_says=True)

    assert [view.rows[0]["verdict"] for view in (ours, theirs)] == ["public", "public"]
    assert "AWS itself says that its policy is not public" in said(ours)
    assert theirs.rows[0]["aws_says"] is True
    assert "AWS" in said(theirs)


def test_what_was_refused_is_unknown_with_the_missing_action():
    view = ask(policy=REFUSED)

    assert view.title == f"I can’t tell whether {NAME} is public"
    assert "s3:GetBucketPolicy" in said(view)


def test_acls_and_access_points_stand_in_the_proof():
    point = AccessPoint(
        "shop", f"arn:aws:s3:eu-west-1:{PROD}:accesspoint/shop", policy={"Statement": [allow()]}, block=NONE
    )
    delegating = allow(Condition={"StringEquals": {"s3:DataAccessPointAccount": PROD}})

    view = ask(delegating, acl=READ, access_points=(point,))

    assert view.rows[0]["via"] == ["acl", "access-point"]
    assert "ACLs count" in said(view)
    assert "shop" in said(view)
    assert "IgnorePublicAcls and RestrictPublicBuckets" in said(view)


def test_it_says_since_when_by_the_states_that_config_recorded():
    states = FakeHistories((NOW - timedelta(days=2), [allow()]), (NOW - timedelta(days=4), []))

    assert "public since" in said(ask(allow(), configurations=states))


def test_a_hundred_statements_are_cut_in_the_answer_and_counted():
    view = ask(*(allow(sid=f"S{n}", **SAVED) for n in range(100)))

    assert "and 88 more statements" in said(view)
    assert len(payload(view, "answer-1")["blocks"]) <= 50


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

    assert ("trail", "who-accessed", NAME) in words
    assert any(each[:3] == ("config", "history", NAME) for each in words)


def test_a_bucket_that_is_nowhere_is_not_found():
    with pytest.raises(NotFound):
        ask(bucket="acme-nowhere")


@pytest.mark.parametrize(
    "said",
    [
        NAME,
        f"arn:aws:s3:::{NAME}",
        f"arn:aws:s3:::{NAME}/img/*",
        f"s3://{NAME}/img",
        f"https://{NAME}.s3.eu-west-1.amazonaws.com/img/x.png",
        f"https://s3.console.aws.amazon.com/s3/buckets/{NAME}?region=eu-west-1&tab=permissions",
        f"<https://{NAME}.s3.amazonaws.com|here>",
        f"`{NAME}`",
        f"“{NAME}”",
    ],
)  # fmt: skip
def test_whatever_people_paste_is_the_bucket(said):
    assert pasted(said) == NAME


@pytest.mark.parametrize("said", ["", " ", "sg-0123456789abcdef0", "arn:aws:s3:eu-west-1:111122223333:accesspoint/till", "a b", "../../x"])  # fmt: skip
def test_what_is_no_bucket_is_refused_with_an_example(said):
    with pytest.raises(BadRequest) as caught:
        pasted(said)

    assert "acme-web-assets" in caught.value.hint


@given(st.text(max_size=200))
def test_no_text_gives_anything_but_a_name_or_a_refusal(said):
    try:
        found = pasted(said)
    except BadRequest:
        return
    assert found.replace("-", "").replace(".", "").replace("_", "").isalnum()

"""/s3 public: which buckets everybody gets into, the most dangerous first; and of which nobody can tell."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.buttons import Ask, Csv, Menu
from bot.core.public.block import ALL, NONE, Flags
from bot.core.public.facts import NOT_ASKED, AccessPoint
from bot.core.public.meaning import Unread
from bot.core.sections import Paragraph
from bot.core.text import plain
from bot.core.view import Caveat
from bot.errors import AccessDenied, BadRequest
from bot.render.blocks import payload
from tests.commands.s3.listed import READ, WRITE, ask, table
from tests.commands.s3.small_s3 import (
    PROD,
    REFUSED,
    FakeAccess,
    allow,
    judged,
)

CLOSED = judged("acme-closed")
DENIED = judged("acme-vault", policy=REFUSED)
SAVED = {"Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1"}}}
CONTRACT = (
    *("bucket", "account_id", "region", "verdict", "via", "access", "reasons", "unknown_because", "fix"),
)


def said(view):
    lines = [line for part in view.sections if isinstance(part, Paragraph) for line in part.lines]
    return "\n".join(map(plain, lines))


def test_the_first_line_counts_the_public_ones_and_those_nobody_can_tell():
    view = ask(access=FakeAccess(CLOSED, READ, DENIED, WRITE))

    assert view.title == "2 of 4 buckets are public, and of 1 more I can’t tell"


def test_of_hundreds_of_accounts_the_first_line_says_how_many_and_one_line_which_were_not_asked():
    unasked = [Caveat("account-not-asked", f"team: {n}: no role of it is known") for n in range(300)]

    view = ask(access=FakeAccess(READ, CLOSED, caveats=unasked, accounts=212))

    assert view.title == "1 of 2 buckets in 212 accounts is public"
    (told,) = [one for one in view.caveats if one.code == "account-not-asked"]
    assert told.message == "team: 0, team: 1, team: 2, team: 3 and 296 more: no role of it is known"


def test_many_narrowings_are_counted_not_listed():
    words = [word for n in range(5) for word in ("--region", f"eu-west-{n}", "--account", f"{n}" * 12)]

    assert ask(*words, access=FakeAccess(READ)).title == "1 of 1 bucket in 5 accounts, 5 regions is public"


def test_what_everybody_may_write_comes_first():
    view = ask(access=FakeAccess(READ, WRITE))

    assert [row[0] for row in table(view)] == ["acme-write", "acme-read"]
    assert table(view)[0][1:3] == ["write", "policy"]
    assert table(view)[0][4] == "staging · eu-west-1"
    assert "1 everybody may write · 1 everybody may read" in said(view)


def test_rows_have_the_contracts_fields_and_unknown_is_neither():
    view = ask(access=FakeAccess(READ, DENIED, CLOSED))

    assert view.columns[: len(CONTRACT)] == CONTRACT
    read, denied = view.rows
    assert (read["verdict"], read["via"], read["access"]) == ("public", ["policy"], ["read"])
    assert "RestrictPublicBuckets" in read["fix"]
    assert denied["verdict"] == "unknown"
    assert denied["unknown_because"] == ["the policy: AWS refused (s3:GetBucketPolicy)"]
    assert (denied["fix"], denied["access"], denied["settings_readable"]) == (None, [], None)


def test_all_lists_what_is_not_public_too():
    view = ask("--all", access=FakeAccess(CLOSED, DENIED, READ))

    assert [row["verdict"] for row in view.rows] == ["public", "unknown", "not-public"]
    assert [row[:2] for row in table(view)] == [
        ["acme-read", "read"],
        ["acme-vault", "I can’t tell"],
        ["acme-closed", "nothing"],
    ]


def test_without_all_there_is_no_row_of_what_is_not_public():
    assert [row["bucket"] for row in ask(access=FakeAccess(CLOSED, READ)).rows] == ["acme-read"]


def test_what_a_block_stops_unread_is_told_by_the_block():
    """Of such a bucket nothing but the block was asked."""
    shut = judged("acme-shut", policy=NOT_ASKED, acl=NOT_ASKED, access_points=NOT_ASKED, bucket_block=ALL)

    (row,) = ask("--all", access=FakeAccess(shut)).rows

    assert row["verdict"] == "not-public"
    assert row["reasons"] == [
        "RestrictPublicBuckets of the bucket's block stops every public policy",
        "IgnorePublicAcls of the bucket's block stops every public ACL",
    ]


def test_rows_say_by_what_and_for_what_in_the_contracts_words():
    delegated = allow(Condition={"StringEquals": {"s3:DataAccessPointAccount": PROD}})
    arn = f"arn:aws:s3::{PROD}:accesspoint/m1.mrap"
    point = AccessPoint("m1.mrap", arn, policy={"Statement": [allow()]}, block=NONE, is_multi_region=True)
    everything = judged("acme-all", allow("s3:*"))
    settings = judged("acme-settings", allow("s3:GetBucketAcl"))

    view = ask(access=FakeAccess(judged("acme-m", delegated, access_points=(point,)), everything, settings))

    told = {row["bucket"]: row for row in view.rows}
    assert told["acme-m"]["via"] == ["access-point"]
    assert told["acme-m"]["access"] == ["read"]
    assert told["acme-all"]["access"] == ["write", "admin", "read", "list"]
    assert (told["acme-settings"]["access"], told["acme-settings"]["settings_readable"]) == ([], True)
    assert [row[:3] for row in table(view)] == [
        ["acme-all", "do anything", "policy"],
        ["acme-m", "read", "multi-region access point m1.mrap"],
        ["acme-settings", "read its settings", "policy"],
    ]


def test_what_is_open_for_nobody_knows_what_stands_before_what_may_be_read():
    strange = judged("acme-strange", allow(**SAVED), aws_says=True)
    mystery = replace(
        strange,
        verdict=replace(strange.verdict, ways=tuple(replace(way, access=()) for way in strange.verdict.ways)),
    )

    view = ask(access=FakeAccess(READ, mystery, WRITE))

    assert [row["bucket"] for row in view.rows] == ["acme-write", "acme-strange", "acme-read"]
    assert view.rows[1]["access"] is None


def test_reasons_are_told_once_with_the_buckets_they_are_about():
    view = ask(access=FakeAccess(*(judged(f"acme-{n}", policy=REFUSED) for n in range(5))))

    assert view.title == "I can’t tell of 5 of 5 buckets whether they are public; no other is"
    assert said(view).count("s3:GetBucketPolicy") == 1
    assert "acme-0, acme-1, acme-2 and 2 more: " in said(view)
    assert "noroshi doctor --only s3" in said(view)


def test_no_right_is_asked_for_where_a_policy_denies_it():
    denied = Unread("AWS refused: the bucket's own policy denies it", "s3:GetBucketPolicy")

    assert "doctor" not in said(ask(access=FakeAccess(judged("acme-vault", policy=denied))))


def test_more_reasons_than_are_read_are_counted():
    several = (judged(f"acme-{n}", policy=Unread(f"reason {n}")) for n in range(11))

    assert "… and 3 more reasons in the CSV" in said(ask(access=FakeAccess(*several)))


def test_no_public_bucket_is_said_with_how_many_were_looked_at():
    assert ask(access=FakeAccess(CLOSED)).title == "No bucket is public (1 looked at)"
    assert ask(access=FakeAccess()).title == "There is no bucket"


def test_the_first_line_says_what_it_was_narrowed_to():
    words = ("--account", "prod", "--region", "eu-west-1")

    assert ask(*words, access=FakeAccess()).title == "There is no bucket in prod, eu-west-1"
    assert ask(*words, access=FakeAccess(READ)).title == "1 of 1 bucket in prod, eu-west-1 is public"


@pytest.mark.parametrize(
    "caveat", [Caveat("s3-refused", "staging", "blind"), Caveat("account-not-asked", "staging: no role")]
)
def test_what_was_not_looked_at_leaves_none_in_doubt(caveat):
    view = ask(access=FakeAccess(CLOSED, caveats=[caveat]))

    assert view.title == "I can’t tell whether a bucket is public: none of the 1 that I saw is"
    assert caveat in view.caveats


def test_objects_that_no_bucket_tells_of_are_not_passed_over():
    owned = judged("acme-owned", ownership="BucketOwnerEnforced")

    told = ask(access=FakeAccess(CLOSED, owned)).caveats

    assert [one.message for one in told if one.code == "object-acls"] == [
        "single objects of 1 more bucket, which may be public by ACLs of their own"
    ]


def test_a_bucket_that_was_deleted_meanwhile_is_not_counted():
    assert (
        ask(access=FakeAccess(replace(READ, gone=True), CLOSED)).title == "No bucket is public (1 looked at)"
    )


def test_it_is_narrowed_by_account_and_region():
    access = FakeAccess(READ, CLOSED)

    view = ask("--account", "prod", "--region", "eu-west-1", access=access)

    assert access.asked == [((PROD,), ("eu-west-1",))]
    (every,) = [each.words for each in view.buttons if isinstance(each, Ask)]
    assert every == ("s3", "public", "--account", PROD, "--region", "eu-west-1", "--all")


@pytest.mark.parametrize("words", [("--account", "nobody"), ("--region", "mars-1")])
def test_an_account_or_region_that_is_none_is_refused_in_words(words):
    with pytest.raises(BadRequest):
        ask(*words, access=FakeAccess())


def test_it_raises_where_nothing_can_be_listed():
    with pytest.raises(AccessDenied):
        ask(access=FakeAccess(fails=AccessDenied("AWS refused.", action="s3:ListAllMyBuckets")))


def test_it_leads_to_the_proof_the_accesses_and_the_changes():
    view = ask(access=FakeAccess(READ, CLOSED))

    menu = next(each for each in view.buttons if isinstance(each, Menu))
    assert ("s3", "explain", "acme-read", "--account", PROD) in {choice.words for choice in menu.choices}
    assert any(isinstance(each, Csv) for each in view.buttons)


def test_a_thousand_buckets_fit_slack_and_all_are_in_the_rows():
    closing = Flags(frozenset({"RestrictPublicBuckets"}))
    many = [judged(f"acme-{n:04}", allow(sid="x" * 500)) for n in range(400)]
    some = [judged(f"acme-vault-{n:03}", policy=REFUSED) for n in range(200)]
    shut = [judged(f"acme-shut-{n:03}", allow(), bucket_block=closing) for n in range(400)]

    view = ask(access=FakeAccess(*many, *some, *shut))

    assert view.title == "400 of 1,000 buckets are public, and of 200 more I can’t tell"
    assert len(view.rows) == 600
    sent = payload(view, "answer-1")
    assert len(sent["blocks"]) <= 50
    assert len(json.dumps(sent)) < 16_000
    assert "380 more" in json.dumps(sent)


@given(st.permutations([CLOSED, READ, WRITE, DENIED]))
def test_the_order_in_which_buckets_come_changes_nothing(buckets):
    view = ask("--all", access=FakeAccess(*buckets))

    assert [row["bucket"] for row in view.rows] == ["acme-write", "acme-read", "acme-vault", "acme-closed"]

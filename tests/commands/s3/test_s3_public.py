"""/s3 public: which buckets everybody gets into, the most dangerous first; and of which nobody can tell."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.public.block import Flags
from bot.core.text import plain
from bot.core.view import Ask, Caveat, Csv, Menu, Paragraph, Table
from bot.errors import AccessDenied, BadRequest
from bot.render.blocks import payload
from commands.s3 import s3
from tests.commands.s3.small_s3 import (
    NOW,
    PROD,
    REFUSED,
    STAGING,
    FakeAccess,
    FakeHistories,
    Ports,
    allow,
    judged,
)

CLOSED = judged("acme-closed")
READ, WRITE = judged("acme-read", allow()), judged("acme-write", allow("s3:PutObject"), account=STAGING)
DENIED = judged("acme-vault", policy=REFUSED)
CONTRACT = (
    *("bucket", "account_id", "region", "verdict", "via", "access", "reasons", "unknown_because", "fix"),
)


def ask(*words, access, configurations=None):
    return s3.answer(["public", *words], Ports(access, configurations), asker="U1")


def said(view):
    lines = [line for part in view.sections if isinstance(part, Paragraph) for line in part.lines]
    return "\n".join(map(plain, lines))


def table(view):
    (found,) = [part for part in view.sections if isinstance(part, Table)]
    return [[plain(cell) for cell in row] for row in found.rows]


def test_the_first_line_counts_the_public_ones_and_those_nobody_can_tell():
    view = ask(access=FakeAccess(CLOSED, READ, DENIED, WRITE))

    assert view.title == "2 of 4 buckets are public, and of 1 more I can’t tell"


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
    assert denied["fix"] is None


def test_all_lists_what_is_not_public_too():
    view = ask("--all", access=FakeAccess(READ, CLOSED))

    assert [row["verdict"] for row in view.rows] == ["public", "not-public"]


def test_reasons_are_told_once_with_the_buckets_they_are_about():
    view = ask(access=FakeAccess(*(judged(f"acme-{n}", policy=REFUSED) for n in range(5))))

    assert view.title == "I can’t tell of 5 of 5 buckets whether they are public; no other is"
    assert said(view).count("s3:GetBucketPolicy") == 1
    assert "acme-0, acme-1, acme-2 and 2 more: " in said(view)


def test_no_public_bucket_is_said_with_how_many_were_looked_at():
    assert ask(access=FakeAccess(CLOSED)).title == "No bucket is public (1 looked at)"
    assert ask(access=FakeAccess()).title == "There is no bucket here"


@pytest.mark.parametrize(
    "caveat", [Caveat("s3-refused", "staging", "blind"), Caveat("account-not-asked", "staging: no role")]
)
def test_what_was_not_looked_at_leaves_none_in_doubt(caveat):
    view = ask(access=FakeAccess(CLOSED, caveats=[caveat]))

    assert view.title == "I can’t tell whether a bucket is public: none of the 1 that I saw is"
    assert caveat in view.caveats


def test_it_is_public_since_the_oldest_of_its_latest_public_states():
    states = [
        (NOW - timedelta(days=1), [allow()]),
        (NOW - timedelta(days=5), [allow()]),
        (NOW - timedelta(days=9), []),
    ]

    view = ask(access=FakeAccess(READ), configurations=FakeHistories(*states))

    (row,) = view.rows
    assert (row["since"], row["since_or_before"]) == (NOW - timedelta(days=5), False)


def test_what_was_public_as_far_back_as_it_is_recorded_says_or_before():
    view = ask(access=FakeAccess(READ), configurations=FakeHistories((NOW - timedelta(days=5), [allow()])))

    assert view.rows[0]["since_or_before"] is True
    assert "or before" in table(view)[0][3]


def test_where_config_cannot_say_since_when_is_not_known_and_the_answer_stands():
    refusal = AccessDenied("AWS refused.", action="config:GetResourceConfigHistory")

    view = ask(access=FakeAccess(READ), configurations=FakeHistories(fails=refusal))

    assert table(view)[0][3] == "not known"
    assert view.rows[0]["since"] is None


def test_a_bucket_that_was_deleted_meanwhile_is_not_counted():
    assert (
        ask(access=FakeAccess(replace(READ, gone=True), CLOSED)).title == "No bucket is public (1 looked at)"
    )


def test_it_is_narrowed_by_account_and_region():
    access = FakeAccess(READ)

    view = ask("--account", "prod", "--region", "eu-west-1", access=access)

    assert access.asked == [((PROD,), ("eu-west-1",))]
    every = next(each for each in view.buttons if isinstance(each, Ask)) if len(view.buttons) > 3 else None
    assert every is None or "--account" in every.words


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

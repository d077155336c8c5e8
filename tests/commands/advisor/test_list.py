"""/advisor list: the worst first, ours and Trusted Advisor's side by side, and what nobody can tell."""

import json

import pytest
from inline_snapshot import snapshot

from bot.core.buttons import Menu
from bot.errors import AccessDenied, BadRequest, NotFound
from bot.render.files import to_json
from tests.commands.advisor.small_advice import (
    BUCKETS,
    DISKS,
    EXPOSED,
    GROUPS,
    IDLE,
    KEYS,
    NO_PLAN,
    PROD,
    ROOT,
    STAGING,
    FakeAdvice,
    ask,
    flag,
    green,
    own,
    theirs,
)
from tests.commands.reading import read

DENIED = "eu-west-1: AWS refused (ec2:DescribeSecurityGroups)"
SSH = flag("sg-0a1b2c3d", why="web-prod: port 22 open to the internet; attached")


def acme(**more):
    """Without a plan: two red, one yellow, one that can't be told."""
    found = [
        *green(GROUPS, BUCKETS, DISKS),
        own(GROUPS, "error", SSH, looked_at=14),
        own(BUCKETS, "warning", flag("acme-web-assets", "warning", "everybody may read by its policy")),
        own(DISKS, "error", flag("snap-0123456789abcdef0", why="everybody may restore it"), flag("snap-1")),
    ]
    return FakeAdvice(*found, caveats=[NO_PLAN], **more)


def test_the_first_line_counts_and_the_worst_stands_first():
    assert read(ask("list", advice=acme())) == snapshot(
        [
            "2 red, 1 yellow of 12 checks in prod; 1 I can’t tell",
            "These are Noroshi’s own checks, by Trusted Advisor’s rules: the support plan has no API for Trusted Advisor.",
            "It would take AWS Business Support+ or more for exposed keys, cost, service limits and fault tolerance.",
            "colour | what | check",
            "red | sg-0a1b2c3d: web-prod: port 22 open to the internet; attached | Security Groups - Specific Ports Unrestricted",
            "red | snap-0123456789abcdef0: everybody may restore it, and 1 more | Amazon EBS Public Snapshots",
            "yellow | acme-web-assets: everybody may read by its policy | Amazon S3 Bucket Permissions",
            "can’t tell | AWS looks for keys in public code | Exposed Access Keys",
            "Green: Security Groups - Unrestricted Access, MFA on Root Account, Root User Access Key, IAM Access Key Rotation, IAM Password Policy, Amazon RDS Public Snapshots, Amazon RDS Security Group Access Risk, AWS CloudTrail Management Event Logging",
            "(no-support-plan)",
            "(check-unread)",
        ]
    )


def test_every_opinion_is_a_row_of_the_contract():
    told = json.loads(to_json(ask("list", advice=acme())))

    assert len(told["rows"]) == 12
    assert told["plan"] == "no"
    assert told["rows"][0] == snapshot(
        {
            "check": "HCP4007jGY",
            "name": "Security Groups - Specific Ports Unrestricted",
            "status": "error",
            "source": "own",
            "flagged": 1,
            "resources": ["sg-0a1b2c3d"],
            "account_id": "111122223333",
            "category": "security",
            "looked_at": 14,
            "unknown_because": [],
            "at": "2026-09-08T12:00:00Z",
            "details": [
                {
                    "resource": "sg-0a1b2c3d",
                    "region": "eu-west-1",
                    "status": "error",
                    "why": "web-prod: port 22 open to the internet; attached",
                }
            ],
        }
    )


def test_unknown_is_null_and_never_zero():
    rows = {row["check"]: row for row in ask("list", advice=acme()).rows}

    assert (rows[EXPOSED]["status"], rows[EXPOSED]["flagged"], rows[EXPOSED]["looked_at"]) == (
        "not_available",
        None,
        None,
    )
    assert (rows[ROOT]["status"], rows[ROOT]["flagged"]) == ("ok", 0)
    assert rows[EXPOSED]["unknown_because"] == ["AWS looks for keys in public code"]


def test_where_both_are_to_be_had_both_are_rows_and_the_answer_says_that_they_differ():
    advice = FakeAdvice(
        own(BUCKETS, "error", flag("a"), flag("b")),
        theirs(BUCKETS, "warning", flag("b", "warning"), flag("c", "warning")),
        plan="yes",
    )
    view = ask("list", advice=advice)

    assert [(row["check"], row["source"], row["status"]) for row in view.rows] == [
        (BUCKETS, "own", "error"),
        (BUCKETS, "trusted-advisor", "warning"),
    ]
    assert read(view)[-1] == snapshot(
        "They differ on Amazon S3 Bucket Permissions of prod: mine is red, Trusted Advisor’s yellow; only mine flags a; only Trusted Advisor flags c. Trusted Advisor’s is of 2026-09-08 06:00 UTC"
    )


def test_the_same_said_twice_is_no_difference():
    advice = FakeAdvice(own(ROOT), theirs(ROOT), plan="yes")

    assert "differ" not in " ".join(read(ask("list", advice=advice)))


def test_the_table_leaves_out_what_is_green_in_one_account_and_red_in_another():
    advice = FakeAdvice(own(ROOT), own(ROOT, "error", flag("root user"), account=STAGING))
    table, everything = (read(ask("list", *more, advice=advice)) for more in ((), ("--all",)))

    assert [line for line in table if line.startswith("green")] == []
    assert [line for line in everything if line.startswith("green")] == [
        "green | nothing | MFA on Root Account | prod"
    ]


def test_where_trusted_advisor_can_tell_the_table_does_not_say_that_we_can_t():
    dark = own(EXPOSED, "not_available", unknown=["nobody else can"])
    advice = FakeAdvice(dark, theirs(EXPOSED, "error", flag("AKIAEXAMPLEBACKUP001")), plan="yes")
    view = ask("list", advice=advice)

    assert [line for line in read(view) if "can’t tell" in line] == []
    assert len(view.rows) == 2


def test_what_is_hidden_in_trusted_advisor_is_not_counted():
    advice = FakeAdvice(
        theirs(BUCKETS, "warning", flag("a", "warning"), flag("b", suppressed=True)), plan="yes"
    )

    assert ask("list", advice=advice).rows[0]["resources"] == ["a"]


@pytest.mark.parametrize(
    ("found", "title"),
    [
        ([own(GROUPS, "error", SSH)], "1 red of 1 check in prod"),
        ([own(GROUPS, "error", SSH), own(ROOT)], "1 red of 2 checks in prod"),
        ([own(GROUPS, "warning", flag("sg-1", "warning")), own(ROOT)], "1 yellow of 2 checks in prod"),
        ([own(ROOT), own(GROUPS)], "All 2 checks are green in prod"),
        ([own(ROOT)], "The check is green in prod"),
        (
            [own(ROOT), own(GROUPS, "not_available", unknown=[DENIED])],
            "1 of 2 checks are green in prod; 1 I can’t tell",
        ),
        (
            [own(GROUPS, "not_available", unknown=[DENIED]), own(ROOT, "not_available", unknown=["no"])],
            "I can’t tell: none of 2 checks could be made in prod",
        ),
        (
            [own(ROOT), own(ROOT, "error", flag("root user"), account=STAGING)],
            "1 red of 1 check in prod, staging",
        ),
        ([own(ROOT, "not_available", unknown=["no"]), theirs(ROOT)], "The check is green in prod"),
    ],
)
def test_the_first_line_never_counts_with_the_green_what_nobody_can_tell(found, title):
    assert ask("list", advice=FakeAdvice(*found)).title == title


def test_what_could_not_be_read_is_told_once_with_its_checks_and_the_missing_action():
    other = "1iG5NDGVre"
    dark = [own(each, "not_available", unknown=[DENIED]) for each in (GROUPS, other)]
    caveats = ask("list", advice=FakeAdvice(own(ROOT), *dark)).caveats

    assert [(one.code, one.weight) for one in caveats] == [("check-unread", "note")]
    assert caveats[0].message == (
        f"Security Groups - Specific Ports Unrestricted, Security Groups - Unrestricted Access: {DENIED}"
    )


def test_where_nothing_could_be_read_the_answer_is_blind():
    view = ask("list", advice=FakeAdvice(own(GROUPS, "not_available", unknown=[DENIED])))

    assert [one.weight for one in view.caveats] == ["blind"]


def test_what_trusted_advisor_can_tell_is_no_longer_unknown():
    advice = FakeAdvice(
        own(EXPOSED, "not_available", unknown=["nobody else can"]), theirs(EXPOSED), plan="yes"
    )

    assert ask("list", advice=advice).caveats == ()


def test_a_refused_trusted_advisor_is_told_as_what_nobody_can_tell():
    said = " ".join(read(ask("list", advice=FakeAdvice(own(ROOT), plan="unknown"))))

    assert "I can’t tell whether the support plan or a right is missing" in said


def test_accounts_checks_and_categories_narrow_it():
    advice = FakeAdvice(*green(), theirs("idle", "warning"), more=[IDLE], plan="yes")
    ask("list", "--account", "prod", "--check", "root mfa", "--check", KEYS.lower(), advice=advice)
    ask("list", "--category", "cost", advice=advice)
    ask("list", advice=advice)
    ask("list", "--all", advice=advice)

    assert advice.asked[:3] == [((ROOT, KEYS), (PROD,)), ((IDLE.id,), ()), ((), ())]
    assert {*advice.asked[3][0]} >= {IDLE.id, ROOT}


@pytest.mark.parametrize(
    ("words", "error", "said"),
    [
        (("--check", "security groups"), BadRequest, "may be any of 2 checks"),
        (("--check", "moon phase"), NotFound, "There is no check"),
        (("--check", ""), NotFound, "There is no check"),
        (("--category", "weather"), BadRequest, "is no category"),
        (("--category", "fault_tolerance"), NotFound, "only Trusted Advisor has some"),
        (("--account", "nowhere"), BadRequest, "I know no account"),
    ],
)
def test_words_that_mean_nothing_are_refused(words, error, said):
    with pytest.raises(error, match=said):
        ask("list", *words, advice=acme())


def test_what_aws_refuses_altogether_is_raised():
    with pytest.raises(AccessDenied):
        ask("list", advice=FakeAdvice(fails=AccessDenied("no", action="iam:GetAccountSummary")))


def test_the_buttons_lead_to_the_checks_and_to_what_is_flagged():
    (menu,) = [
        one for one in ask("list", "--account", "prod", advice=acme()).buttons if isinstance(one, Menu)
    ]
    words = [choice.words for choice in menu.choices]

    assert words[0] == ("advisor", "show", GROUPS, "--account", PROD)
    assert ("s3", "explain", "acme-web-assets", "--account", PROD) in words
    assert any(each[:3] == ("config", "history", "sg-0a1b2c3d") for each in words)
    assert any(each[:3] == ("trail", "resource", "snap-0123456789abcdef0") for each in words)

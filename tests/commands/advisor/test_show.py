"""/advisor show and refresh: one check in full, and what comes of asking Trusted Advisor to look again."""

import pytest
from inline_snapshot import snapshot

from bot.core.advice.opinion import Refreshed
from bot.core.buttons import Ask, Menu
from bot.errors import AccessDenied, BadRequest, NotFound
from tests.commands.advisor.small_advice import (
    BUCKETS,
    EXPOSED,
    GROUPS,
    IDLE,
    KEYS,
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

SSH = flag("sg-0a1b2c3d", why="web-prod: port 22 open to the internet; attached")


def both():
    return FakeAdvice(
        *green(GROUPS),
        own(GROUPS, "error", SSH, looked_at=14),
        theirs(GROUPS, "error", flag("sg-0a1b2c3d", why="From Port: 22"), flag("sg-9", suppressed=True)),
        plan="yes",
    )


def test_one_check_says_what_it_flags_why_by_whom_and_what_to_do_first():
    assert read(ask("show", "specific", "ports", advice=both())) == snapshot(
        [
            "Red in prod: a security group opens a risky port to the internet (1 flagged)",
            "Security Groups - Specific Ports Unrestricted · security HCP4007jGY",
            "Security groups that let the whole internet in to ports that are attacked most (22, 3389, databases …).",
            " | what | why | by | where",
            "red | sg-0a1b2c3d | web-prod: port 22 open to the internet; attached | Noroshi | prod · eu-west-1",
            "red | sg-0a1b2c3d | From Port: 22 | Trusted Advisor | prod · eu-west-1",
            "Do first: See who opened it and when; then narrow the rule to the addresses that need it.",
            "computed by Noroshi: red in prod, 14 looked at, as of 2026-09-08 12:00 UTC",
            "Trusted Advisor: red in prod, 3 looked at, 1 hidden there by somebody, as of 2026-09-08 06:00 UTC",
        ]
    )


def test_without_a_plan_it_says_whose_check_it_is():
    advice = FakeAdvice(own(ROOT, "error", flag("root user", region="")))

    assert read(ask("show", ROOT, advice=advice)) == snapshot(
        [
            "Red in prod: the root user has no second factor (1 flagged)",
            "MFA on Root Account · security 7DAFEmoDos",
            "Whether the root user signs in with a second factor.",
            " | what | why | by | where",
            "red | root user | it is open | Noroshi | prod",
            "Do first: Sign in as root and add a passkey; in an organization, take members’ root credentials away altogether.",
            "computed by Noroshi: red in prod, 3 looked at, as of 2026-09-08 12:00 UTC",
            "These are Noroshi’s own checks, by Trusted Advisor’s rules: the support plan has no API for Trusted Advisor.",
            "It would take AWS Business Support+ or more for exposed keys, cost, service limits and fault tolerance.",
        ]
    )


def test_a_green_check_and_one_that_nobody_can_tell_never_look_alike():
    assert ask("show", "mfa", advice=FakeAdvice(own(ROOT))).title == "MFA on Root Account is green in prod"
    dark = FakeAdvice(own(EXPOSED, "not_available", unknown=["AWS looks for keys in public code"]))
    view = ask("show", "exposed", advice=dark)

    assert view.title == "I can’t tell in prod: Exposed Access Keys"
    assert [one.message for one in view.caveats] == ["Exposed Access Keys: AWS looks for keys in public code"]


def test_the_first_line_names_the_accounts_that_it_is_true_of():
    advice = FakeAdvice(own(ROOT), own(ROOT, "error", flag("root user"), account=STAGING))

    assert ask("show", ROOT, advice=advice).title == (
        "Red in staging: the root user has no second factor (1 flagged)"
    )


def test_what_differs_in_many_accounts_is_told_of_some_and_the_rest_is_counted():
    accounts = [f"{n:012d}" for n in range(30)]
    ours = [own(ROOT, "error", flag("root user"), account=each) for each in accounts]
    lines = read(
        ask("show", ROOT, advice=FakeAdvice(*ours, *(theirs(ROOT, account=each) for each in accounts)))
    )

    assert len([line for line in lines if line.startswith("They differ")]) == 5
    assert "… and on 25 more: see the CSV" in lines
    assert "… and 40 more in the CSV" in lines


def test_a_check_that_we_have_no_words_for_is_told_by_its_name():
    advice = FakeAdvice(theirs("idle", "warning", flag("i-1", "warning")), more=[IDLE], plan="yes")

    assert (
        ask("show", IDLE.id, advice=advice).title == "Yellow in prod: an instance is hardly used (1 flagged)"
    )


@pytest.mark.parametrize(
    ("check", "thing", "words"),
    [
        (GROUPS, "sg-0a1b2c3d", ("config", "history", "sg-0a1b2c3d")),
        (BUCKETS, "acme-web-assets", ("s3", "explain", "acme-web-assets")),
        (BUCKETS, "acme-web-assets", ("trail", "who-accessed", "acme-web-assets")),
        (KEYS, "AKIAEXAMPLEBACKUP001", ("trail", "key", "AKIAEXAMPLEBACKUP001")),
        (ROOT, "root user", ("trail", "root", "--since")),
        ("c25hn9x03v", "eu-west-1", ("trail", "coverage")),
        ("rSs93HQwa1", "orders-dump", ("trail", "resource", "orders-dump")),
        ("nNauJisYIT", "orders", ("config", "history", "orders")),
        ("ePs02jT06w", "snap-0123456789abcdef0", ("trail", "resource", "snap-0123456789abcdef0")),
    ],
)
def test_what_is_flagged_leads_to_the_next_question(check, thing, words):
    view = ask("show", check, advice=FakeAdvice(own(check, "error", flag(thing))))
    asked = [choice.words for one in view.buttons if isinstance(one, Menu) for choice in one.choices]

    assert words in [each[: len(words)] for each in asked]


@pytest.mark.parametrize("thing", ["key 1 of backup", "--help", "x'; DROP", ""])
def test_what_has_no_form_of_aws_leads_nowhere(thing):
    view = ask("show", KEYS, advice=FakeAdvice(own(KEYS, "error", flag(thing))))

    assert not [one for one in view.buttons if isinstance(one, Menu)]


def test_looking_again_is_offered_where_trusted_advisor_is():
    asks = [one.words for one in ask("show", GROUPS, advice=both()).buttons if isinstance(one, Ask)]
    alone = ask("show", ROOT, advice=FakeAdvice(own(ROOT))).buttons

    assert ("advisor", "refresh", GROUPS) in asks
    assert ("advisor", "refresh", ROOT) not in [one.words for one in alone if isinstance(one, Ask)]


def test_a_part_of_a_name_that_several_have_asks_for_more():
    with pytest.raises(BadRequest, match="any of 2 checks") as error:
        ask("show", "public snapshots", advice=both())

    assert "ePs02jT06w" in error.value.hint


def test_a_check_that_nobody_says_anything_of_is_not_found():
    with pytest.raises(NotFound, match="Nobody says anything"):
        ask("show", GROUPS, "--account", STAGING, advice=both())


@pytest.mark.parametrize(
    ("refreshed", "said"),
    [
        (Refreshed("enqueued"), "Trusted Advisor looks again: MFA on Root Account"),
        (Refreshed("processing"), "Trusted Advisor is looking already: MFA on Root Account"),
        (Refreshed("success"), "Trusted Advisor has looked again: MFA on Root Account"),
        (
            Refreshed("by-itself"),
            "Trusted Advisor refreshes MFA on Root Account by itself, and not when asked",
        ),
        (
            Refreshed("too-soon", 250),
            "Trusted Advisor looked just now, and does not look again yet: MFA on Root Account",
        ),
        (
            Refreshed("computed"),
            "Nothing to refresh: MFA on Root Account is Noroshi’s own here, made anew whenever it is asked for",
        ),
    ],
)
def test_a_refresh_says_what_came_of_it(refreshed, said):
    advice = FakeAdvice(refreshed=refreshed)
    view = ask("refresh", "mfa", advice=advice)

    assert view.title == said
    assert advice.again == [ROOT]
    assert view.rows[0]["state"] == refreshed.state


def test_a_refresh_says_when_it_can_be_asked_again():
    view = ask("refresh", "mfa", advice=FakeAdvice(refreshed=Refreshed("too-soon", 250)))

    assert read(view)[1:] == ["It can be asked again in 4 min 10 s."]
    assert view.rows[0]["again_in_seconds"] == 250


def test_a_refresh_that_aws_refuses_is_raised():
    refused = AccessDenied("no", action="support:RefreshTrustedAdvisorCheck")

    with pytest.raises(AccessDenied):
        ask("refresh", "mfa", advice=FakeAdvice(fails=refused))

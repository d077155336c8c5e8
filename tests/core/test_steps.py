"""Next steps are proposed only where they can work."""

from datetime import UTC, datetime

import pytest

from bot.core import steps
from bot.core.steps import who_accessed

SEEN = datetime(2026, 9, 8, 3, 11, tzinfo=UTC)
SESSION = "arn:aws:sts::111122223333:assumed-role/ops-runner/maintenance"
ODD = (None, "", "--help", "GeneratedFindingAccessKeyId", "AKIA<!channel>", "i-99999999\n", "999.1.1.1")
ODD += ("127.0.0.1", "fe80::1%eth0", "arn:aws:iam::1:user/x", "sg-xyz", f"{SESSION} x", f"{SESSION}/x")


@pytest.mark.parametrize(
    "name", ["acme-payroll", "arn:aws:s3:::acme-payroll", "arn:aws-cn:s3:::acme-payroll"]
)
def test_a_bucket_is_asked_about_from_six_hours_before(name):
    (step,) = who_accessed(name, SEEN)

    assert step.words == ("trail", "who-accessed", "acme-payroll", "--since", "2026-09-07T21:11:00Z")


@pytest.mark.parametrize("name", [None, "", "--help", "a b", "<bucket>", "arn:aws:s3:::acme/key", "x" * 64])
def test_what_is_no_bucket_brings_no_question(name):
    assert who_accessed(name, SEEN) == ()


@pytest.mark.parametrize("name", [None, "", "--help", "a b", "<bucket>", "arn:aws:s3:::acme/key", "x" * 64])
def test_what_is_no_bucket_is_not_asked_to_be_explained(name):
    assert steps.explained(name, "111122223333") == ()


@pytest.mark.parametrize("account", [None, "", "1111", "--help", "11112222333x"])
def test_what_is_no_account_narrows_nothing(account):
    assert steps.public(account) == ()
    assert steps.explained("acme-payroll", account)[0].words == ("s3", "explain", "acme-payroll")


def test_without_a_moment_it_is_asked_about_a_week():
    (step,) = who_accessed("acme-payroll", None)

    assert step.words[-1] == "7d"


@pytest.mark.parametrize(
    ("step", "about", "question"),
    [
        (steps.key, "AKIAEXAMPLEEXAMPLE7Q", "key"),
        (steps.behind, "ASIAEXAMPLEEXAMPLE7Q", "session"),
        (steps.behind, SESSION, "session"),
        (steps.user, SESSION, "user"),
        (steps.user, "arn:aws:iam::111122223333:user/ops/backup", "user"),
        (steps.ip, "198.51.100.7", "ip"),
        (steps.ip, "2001:db8::7", "ip"),
        (steps.resource, "sg-0a1b2c3d4e5f60718", "resource"),
        (steps.resource, "i-0a1b2c3d", "resource"),
    ],
)
def test_a_key_a_name_an_address_and_a_thing_are_asked_about_from_six_hours_before(step, about, question):
    (asked,) = step(about, SEEN)

    assert asked.words == ("trail", question, about, "--since", "2026-09-07T21:11:00Z")
    assert len(asked.label) <= 75


@pytest.mark.parametrize("step", [steps.key, steps.behind, steps.user, steps.ip, steps.resource])
@pytest.mark.parametrize("about", ODD)
def test_what_has_another_form_than_aws_gives_brings_no_question(step, about):
    assert step(about, SEEN) == ()


def test_who_made_a_users_own_key_is_looked_for_in_the_month_before():
    (asked,) = steps.behind("AKIAEXAMPLEEXAMPLE7Q", SEEN)

    assert asked.words == ("trail", "session", "AKIAEXAMPLEEXAMPLE7Q", "--since", "2026-08-09T03:11:00Z")


def test_a_long_name_does_not_burst_a_button():
    (asked,) = steps.user(f"arn:aws:iam::111122223333:user/{'x' * 200}", SEEN)

    assert len(asked.label) == 75


def test_what_changed_is_asked_where_it_is_and_from_a_day_before():
    (asked,) = steps.changed("AWS::EC2::SecurityGroup", "sg-0a1b2c3d", SEEN, "111122223333", "eu-west-1")

    assert asked.label == "What changed in sg-0a1b2c3d, and who did it"
    assert asked.words == (
        *("config", "history", "sg-0a1b2c3d", "--type", "AWS::EC2::SecurityGroup"),
        *("--account", "111122223333", "--region", "eu-west-1", "--since", "2026-09-07T03:11:00Z"),
    )


@pytest.mark.parametrize(
    ("kind", "about"), [("AWS::::Account", "111122223333"), ("AWS::S3::Bucket", "--all"), ("x", "y")]
)
def test_what_is_no_resource_brings_no_question_of_its_changes(kind, about):
    assert steps.changed(kind, about, SEEN) == ()

"""Next steps are proposed only where they can work."""

from datetime import UTC, datetime

import pytest

from bot.core.steps import who_accessed

SEEN = datetime(2026, 9, 8, 3, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    "name", ["acme-payroll", "arn:aws:s3:::acme-payroll", "arn:aws-cn:s3:::acme-payroll"]
)
def test_a_bucket_is_asked_about_from_six_hours_before(name):
    (step,) = who_accessed(name, SEEN)

    assert step.words == ("trail", "who-accessed", "acme-payroll", "--since", "2026-09-07T21:11:00Z")


@pytest.mark.parametrize("name", [None, "", "--help", "a b", "<bucket>", "arn:aws:s3:::acme/key", "x" * 64])
def test_what_is_no_bucket_brings_no_question(name):
    assert who_accessed(name, SEEN) == ()


def test_without_a_moment_it_is_asked_about_a_week():
    (step,) = who_accessed("acme-payroll", None)

    assert step.words[-1] == "7d"

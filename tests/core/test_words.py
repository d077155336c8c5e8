"""AWS's names become words."""

import pytest

from bot.core.words import spaced


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("EstimatedCharges", "Estimated charges"),
        ("CPUUtilization", "CPU utilization"),
        ("CreateDBInstance", "Create DB instance"),
        ("5XXError", "5XX error"),
        ("disk_used.percent", "disk used percent"),
        ("", ""),
    ],
)
def test_a_name_is_read_by_its_humps(name, words):
    assert spaced(name) == words

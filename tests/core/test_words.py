"""AWS's names become words."""

import pytest

from bot.core.words import spaced, without_types


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("EstimatedCharges", "Estimated charges"),
        ("CPUUtilization", "CPU utilization"),
        ("CreateDBInstance", "Create DB instance"),
        ("5XXError", "5XX error"),
        ("disk_used.percent", "disk used percent"),
        ("WinRMBruteForce", "WinRM brute force"),
        ("UnusualDoHActivity", "Unusual DoH activity"),
        ("", ""),
    ],
)
def test_a_name_is_read_by_its_humps(name, words):
    assert spaced(name) == words


def test_a_kind_is_said_without_its_type_where_its_words_are_its_own():
    scan, one, other = "Recon on EC2: Portscan (Recon:EC2/Portscan)", "Stop (a:Stop)", "Stop (b:Stop)"
    assert without_types([scan, one, other, ""]) == {
        scan: "Recon on EC2: Portscan",
        one: one,
        other: other,
        "": "",
    }

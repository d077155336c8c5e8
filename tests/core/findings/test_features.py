"""Protections have names that people know; new ones are told in their own words."""

import pytest

from bot.core.findings.features import feature


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("S3_DATA_EVENTS", "reads and writes of S3 objects"),
        ("RUNTIME_MONITORING", "programs on machines and in containers"),
        ("QUANTUM_STATE_DNS_EVENTS", "Quantum state DNS events"),
        ("NEW", "NEW"),
    ],
)
def test_a_protection_is_told_in_words(name, words):
    assert feature(name) == words

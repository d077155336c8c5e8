"""A finding's type is read by its grammar, whether anybody knows it or not."""

import pytest

from bot.core.findings.kind import kind_in_words


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("UnauthorizedAccess:IAMUser/TorIPCaller", "Unauthorized access on IAM: Tor IP caller"),
        ("Recon:EC2/PortProbeUnprotectedPort", "Recon on EC2: Port probe unprotected port"),
        ("Backdoor:EC2/C&CActivity.B!DNS", "Backdoor on EC2: C&C activity (DNS)"),
        ("no grammar", "no grammar"),
    ],
)
def test_a_type_is_read_by_its_grammar(kind, words):
    assert kind_in_words(kind) == words

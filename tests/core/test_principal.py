"""Who acted, in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.principal import describe


@pytest.mark.parametrize(
    ("principal", "words"),
    [
        ("arn:aws:iam::111122223333:user/backup", "backup (user)"),
        ("arn:aws:iam::111122223333:user/ops/night/backup", "backup (user)"),
        ("arn:aws:iam::111122223333:root", "root (account 111122223333)"),
        ("arn:aws:sts::111122223333:assumed-role/ci-deploy/GitHubActions", "GitHubActions (role ci-deploy)"),
        (
            "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/mika.sato@acme.example",
            "mika.sato@acme.example (SSO, Admin)",
        ),
        ("arn:aws-cn:sts::111122223333:federated-user/bob", "bob (federated user)"),
        ("config.amazonaws.com", "config.amazonaws.com (AWS service)"),
        ("anonymous", "anonymous (anyone, no credentials)"),
        ("444455556666:AROAEXAMPLE:session", "session (account 444455556666)"),
        ("444455556666:AIDAEXAMPLE", "AIDAEXAMPLE (account 444455556666)"),
        ("444455556666", "account 444455556666 (account 444455556666)"),
        (None, "unknown (the record names nobody)"),
    ],
)
def test_a_principal_is_named_as_people_know_it(principal, words):
    assert str(describe(principal)) == words


@given(st.text(min_size=1))
def test_any_text_gives_a_name(principal):
    assert describe(principal).name

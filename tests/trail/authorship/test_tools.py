"""With what a call was made, by agents as programs write them, and over those of public records."""

from collections import Counter
from pathlib import Path

import pytest

from bot.trail.authorship.tools import tool
from bot.trail.calls import call
from tests.trail.plain_calls import Plain
from tests.trail.plain_records import records_below

_DATA = Path(__file__).parents[4] / "shared" / "data" / "cloudtrail"
_BROWSER = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.1 Safari/605.1.15"


def by(agent, *, via=None, address="198.51.100.7", kind="AssumedRole", session=None):
    names = ("at", "event_name", "event_source", "principal", "region", "error_code", "read_only", "event_id")
    row = dict.fromkeys(names) | {
        "user_agent": agent,
        "via": via,
        "source_ip": address,
        "principal_type": kind,
        "session_name": session,
    }
    return tool(call(row))


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        ("console.amazonaws.com", "console"),
        ("console.ec2.amazonaws.com", "console"),
        ("console.aws.amazon.com", "console"),
        ("signin.amazonaws.com", "console"),
        ("AWS Internal", "console"),
        (_BROWSER, "console"),
        (f"[{_BROWSER}]", "console"),
        ("[S3Console/0.4, aws-internal/3 aws-sdk-java/1.12 Linux/5.4]", "console"),
        ("EC2ConsoleFrontend, aws-internal/3 aws-sdk-java/1.12", "console"),
        ("AWS CloudWatch Console", "console"),
        ("APN/1.0 HashiCorp/1.0 Terraform/1.1.2 (+https://www.terraform.io) aws-sdk-go/1.44", "terraform"),
        ("[APN/1.0 HashiCorp/1.0 Terraform/1.1.2 (+https://www.terraform.io)]", "terraform"),
        ("aws-sdk-go/1.44 (go1.19; darwin; amd64) APN/1.0 HashiCorp/1.0 Terraform/1.1", "terraform"),
        ("OpenTofu/1.6 aws-sdk-go-v2/1.24", "terraform"),
        ("aws-cli/2.9.1 Python/3.9.11 Linux/5.10 exe/x86_64 prompt/off command/ec2.stop-instances", "cli"),
        ("[aws-cli/1.18 Python/3.8 Darwin/20 botocore/1.16]", "cli"),
        ("aws-cli/2.9 exec-env/CloudShell exe/x86_64", "cli"),
        ("AWSPowerShell/4.1.9 .NET_Core/3.1", "cli"),
        ("Boto3/1.26.1 Python/3.9 Linux/5.4 Botocore/1.29", "sdk"),
        ("aws-sdk-java/1.11.1 Mac_OS_X/10", "sdk"),
        ("APN/1.0 Pulumi/1.0 PulumiAWS/6.0 aws-sdk-go-v2/1.24", "sdk"),
        ("Boto3/1.26 github-actions", "ci"),
        ("cloudformation.amazonaws.com", "cloudformation"),
        ("autoscaling.amazonaws.com", "service"),
        ("internal.amazonaws.com", "service"),
        ("", "unknown"),
        (None, "unknown"),
        ("curl/8.1", "unknown"),
        ("console-of-mine/1", "unknown"),
    ],
)
def test_a_programs_own_word_tells_the_tool(agent, expected):
    assert by(agent) == expected


def test_a_service_that_called_for_somebody_counts_before_what_it_called_with():
    assert by("aws-cli/2.9", via="cloudformation.amazonaws.com") == "cloudformation"
    assert by("aws-cli/2.9", via="autoscaling.amazonaws.com") == "service"
    assert by(None, kind="AWSService") == "service"
    assert by("console.amazonaws.com", via="AWS Internal") == "console"


def test_the_consoles_own_servers_call_from_peoples_addresses_and_services_from_names():
    assert by("AWS Internal", address="AWS Internal") == "service"
    assert by("aws-internal/3 aws-sdk-java/1.12", address="rds.amazonaws.com") == "service"
    assert by("aws-internal/3 aws-sdk-java/1.12", address="2001:db8::1") == "console"


def test_a_session_of_a_ci_system_is_ci_whatever_program_it_ran_but_terraform():
    assert by("aws-cli/2.9", session="GitHubActions") == "ci"
    assert by("Boto3/1.26", session="gitlab-4711") == "ci"
    assert by("APN/1.0 HashiCorp/1.0 Terraform/1.9", session="GitHubActions") == "terraform"


@pytest.mark.skipif(not _DATA.is_dir(), reason="the real records (../shared/data/cloudtrail) are not here")
def test_of_real_writes_next_to_none_are_of_an_unknown_tool():
    found = Counter()
    for record in records_below(_DATA):
        one = Plain(record)
        if one.text("readOnly") != "true" and one.text("userAgent"):
            row = one.row() | {"resource_arns": None, "at": None}
            found[tool(call(row))] += 1

    assert {"console", "cli", "sdk", "terraform", "cloudformation", "service"} <= found.keys()
    assert found["unknown"] / found.total() < 0.1, found

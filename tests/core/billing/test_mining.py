"""Machines that miners want are told by their usage types, and common ones never."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.billing.mining import suspicious


@pytest.mark.parametrize(
    ("usage", "words"),
    [
        ("USW2-BoxUsage:p4d.24xlarge", "p4d.24xlarge, a machine with GPUs"),
        ("BoxUsage:g5.xlarge", "g5.xlarge, a machine with GPUs"),
        ("APN1-SpotUsage:gr6.4xlarge", "gr6.4xlarge, a machine with GPUs"),
        ("USE2-Train:ml.p3.2xlarge", "p3.2xlarge, a machine with GPUs"),
        ("EUW1-BoxUsage:trn1.32xlarge", "trn1.32xlarge, a machine with machine-learning chips"),
        ("BoxUsage:inf2.xlarge", "inf2.xlarge, a machine with machine-learning chips"),
        ("BoxUsage:dl1.24xlarge", "dl1.24xlarge, a machine with machine-learning chips"),
        ("BoxUsage:vt1.3xlarge", "vt1.3xlarge, a machine with machine-learning chips"),
        ("BoxUsage:c5.12xlarge", "c5.12xlarge, a very large machine"),
        ("SAE1-SpotUsage:c7g.metal", "c7g.metal, a very large machine"),
        ("SAE1-SpotUsage:c6a.metal-48xl", "c6a.metal-48xl, a very large machine"),
        ("BoxUsage:x2iedn.32xlarge", "x2iedn.32xlarge, a machine with very much memory"),
        ("BoxUsage:u-6tb1.112xlarge", "u-6tb1.112xlarge, a machine with very much memory"),
        ("BoxUsage:u7i-12tb.224xlarge", "u7i-12tb.224xlarge, a machine with very much memory"),
    ],
)
def test_what_a_miner_wants_is_said_in_words(usage, words):
    assert suspicious(usage) == words


@pytest.mark.parametrize(
    "usage",
    [
        "",
        "BoxUsage",
        "BoxUsage:t3.micro",
        "USW2-BoxUsage:c5.large",
        "BoxUsage:c5.9xlarge",
        "BoxUsage:m5.24xlarge",
        "BoxUsage:c4.8xlarge",
        "BoxUsage:g2.2xlarge",
        "USW2-EBS:VolumeUsage.gp3",
        "EUC1-Fargate-vCPU-Hours:perCPU",
        "InstanceUsage:db.r5.24xlarge",
        "USW2-DataTransfer-Out-Bytes",
        "TimedStorage-ByteHrs",
        "Requests-Tier1",
    ],
)
def test_what_everybody_uses_is_nothing(usage):
    assert suspicious(usage) is None


@given(st.text(max_size=60))
def test_no_text_of_aws_breaks_it(usage):
    assert suspicious(usage) is None or ", a " in suspicious(usage)

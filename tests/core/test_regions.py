"""Regions under every name they have had."""

import pytest

from bot.core.regions import NAMES, code, console


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("US East (N. Virginia)", "us-east-1"),
        ("US (Virginia)", "us-east-1"),
        ("US - N. Virginia", "us-east-1"),
        ("EU - Ireland", "eu-west-1"),
        ("EU (London)", "eu-west-2"),
        ("Europe (London)", "eu-west-2"),
        ("Canada (Central)", "ca-central-1"),
        ("ap-southeast-9", "ap-southeast-9"),
        ("Somewhere (Central)", None),
        ("Moon", None),
        ("", None),
        (None, None),
    ],
)
def test_a_region_is_known_by_any_of_its_names(name, region):
    assert code(name) == region


def test_every_name_leads_back_to_its_region():
    assert {region: code(name) for region, name in NAMES.items()} == {region: region for region in NAMES}


@pytest.mark.parametrize(
    ("region", "host"),
    [
        ("eu-west-1", "eu-west-1.console.aws.amazon.com"),
        ("cn-north-1", "cn-north-1.console.amazonaws.cn"),
        ("us-gov-west-1", "us-gov-west-1.console.amazonaws-us-gov.com"),
    ],
)
def test_each_partition_has_its_own_console(region, host):
    assert console(region) == host

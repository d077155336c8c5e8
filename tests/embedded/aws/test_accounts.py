"""Each stand-in draws its own access keys, so no web page can know one."""

import re

from bot.embedded.aws import PROD, STAGING, AwsStandIn


def test_keys_look_like_aws_are_plainly_fake_and_differ_at_each_start():
    with AwsStandIn().serve() as aws:
        keys = {aws.environment(account)["AWS_ACCESS_KEY_ID"] for account in (PROD, STAGING)}
    with AwsStandIn().serve() as aws:
        keys |= {aws.environment(account)["AWS_ACCESS_KEY_ID"] for account in (PROD, STAGING)}

    assert len(keys) == 4
    assert all(re.fullmatch(r"AKIAEXAMPLE[A-Z]{9}", key) for key in keys)

from collections.abc import Iterator

import pytest

from bot.embedded.aws import PROD, STAGING, AwsStandIn
from tests.deploy.stack import Stack, make_stack

PLACES = {
    "home": ("eu-west-1", PROD.id),
    "bill": ("us-east-1", PROD.id),
    "away": ("ap-northeast-1", PROD.id),
    "staging": ("us-east-1", STAGING.id),
    "staging-home-region": ("eu-west-1", STAGING.id),
}


@pytest.fixture(scope="module")
def aws() -> Iterator[AwsStandIn]:
    with AwsStandIn().serve() as made:
        yield made


@pytest.fixture(scope="module")
def stacks(aws: AwsStandIn) -> dict[str, Stack]:
    """The template everywhere: the bot's account, and another that sends there."""
    del aws  # moto's state is the process's own
    return {
        place: make_stack(
            region, account, **({"HomeAccount": PROD.id} if account != PROD.id else {"Accounts": STAGING.id})
        )
        for place, (region, account) in PLACES.items()
    }

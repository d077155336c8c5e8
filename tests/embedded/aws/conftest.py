from collections.abc import Iterator

import pytest

from tests.aws_world import AwsWorld, furnished


@pytest.fixture(scope="module")
def world() -> Iterator[AwsWorld]:
    with furnished() as made:
        yield made

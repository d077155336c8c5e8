"""Which trail the table is made for."""

import pytest

from bot.errors import BadRequest, NotFound
from bot.trail.log_trail import LogTrail, choose


def trail(name="a", region="eu-west-1", **more):
    arn = f"arn:aws:cloudtrail:{region}:111122223333:trail/{name}"
    return LogTrail(name, arn, "acme", home_region=region, **({"logging": True} | more))


ORGANIZATION = trail("org", organization=True, multi_region=True)
EVERYWHERE = trail("everywhere", multi_region=True)
HERE = trail("here")
OFF = trail("off", organization=True, multi_region=True, logging=False)
UNSAID = trail("unsaid", organization=True, multi_region=True, logging=None)


@pytest.mark.parametrize(
    ("trails", "best"),
    [
        ([HERE, EVERYWHERE, ORGANIZATION], ORGANIZATION),
        ([HERE, EVERYWHERE], EVERYWHERE),
        ([OFF, HERE], HERE),
        ([UNSAID, EVERYWHERE], UNSAID),
        ([OFF], OFF),
    ],
)
def test_the_one_that_sees_the_most_is_chosen(trails, best):
    for given in (trails, trails[::-1]):
        assert choose(given)[0] == best


def test_why_it_was_chosen_is_said_with_the_others():
    assert choose([HERE])[1] == "the only one"
    assert choose([HERE, ORGANIZATION])[1] == "it sees the most of 2; --trail takes another: here"
    assert choose([HERE, trail("b")])[1].startswith("as good as any of 2")


def test_a_name_that_several_have_needs_the_arn():
    twins = [trail("twin"), trail("twin", "us-east-1")]
    with pytest.raises(BadRequest) as caught:
        choose(twins, "twin")

    assert twins[1].arn in caught.value.hint
    assert choose(twins, twins[1].arn) == (twins[1], "as asked")


def test_a_name_that_nobody_has_is_told_with_those_there_are():
    with pytest.raises(NotFound) as caught:
        choose([HERE, EVERYWHERE], "gone")

    assert caught.value.hint == "There are: here, everywhere."


def test_no_trail_at_all_is_not_found():
    with pytest.raises(NotFound, match="No trail covers this region"):
        choose([])


@pytest.mark.parametrize("prefix", ["logs", "/logs/", "logs/"])
def test_a_prefix_is_read_however_it_is_written(prefix):
    assert trail(prefix=prefix).root == "logs/AWSLogs/"
    assert trail().root == "AWSLogs/"

"""`noroshi setup billing`, word for word."""

from decimal import Decimal

import pytest
from click.testing import CliRunner

from bot.core.billing.setting_up import BillingWish
from bot.edges.setup import SetupParts, setup_group
from bot.errors import Upstream
from bot.settings import Settings
from bot.trail.setting_up import Done


class Setup:
    """Says what it is told to, and keeps what it was asked."""

    def __init__(self, *lines):
        self.lines, self.wishes = lines, []

    def make(self, wish):
        self.wishes.append(wish)
        yield from self.lines


def run(words, *lines, setup=None):
    made = Setup(*lines)
    parts = SetupParts(Settings, lambda _: made, (), setup or (lambda _: made))
    return made, CliRunner().invoke(setup_group(parts), ["billing", *words.split()])


def test_what_is_asked_for_arrives_as_exact_amounts():
    made, result = run("--limit 500.10 --budget $1,200 --topic acme-bill --print")

    assert result.exit_code == 0
    assert made.wishes == [BillingWish(Decimal("500.10"), Decimal(1200), "acme-bill", only_print=True)]


def test_nothing_said_leaves_it_to_last_month():
    assert run("")[0].wishes == [BillingWish()]


def test_each_line_is_said_with_its_next_step_and_a_failure_is_the_exit_code():
    _, result = run("", Done("topic", "made: it"), Done("queue", "refused", "do this", failed=True))

    assert result.exit_code == 4
    assert result.stdout == "  topic      made: it\n! queue      refused\n             → do this\n"


def limited(amount):
    made = Setup()
    parts = SetupParts(Settings, lambda _: made, (), lambda _: made)
    return made, CliRunner().invoke(setup_group(parts), ["billing", "--limit", amount])


@pytest.mark.parametrize("amount", ["0", "-5", "much", "1e999", ""])
def test_an_amount_that_is_none_is_refused(amount):
    made, result = limited(amount)

    assert result.exit_code == 2
    assert "no amount above zero" in result.output
    assert made.wishes == []


def test_what_can_not_be_begun_at_all_is_told_in_words():
    def refuse(_):
        raise Upstream("No AWS region is set.", "Set AWS_REGION.")

    _, result = run("", setup=refuse)

    assert result.exit_code == 4
    assert "No AWS region is set." in result.stderr

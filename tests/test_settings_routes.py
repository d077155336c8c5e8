"""Routes as an operator writes them: read into what they mean, and every mistake named by its line."""

import json
from pathlib import Path

import pytest

from bot.core.alert import Alert
from bot.core.route import Where
from bot.core.severity import Severity
from bot.errors import BadRequest
from bot.settings import read, unreachable
from bot.settings_parts import SOURCE_NAMES
from bot.sources import SOURCES

FILE = """\
[alerts]
channel = "#security"

[[alerts.routes]]
severity = "high+"
account = ["prod", "444455556666"]
channel = "#oncall"
mention = "@here"

[[alerts.routes]]
source = "billing, budgets"
channel = "#money"

[[alerts.routes]]
region = "us-*"
tag = "Team=web"
mention = "S0123ABCD"

[[accounts]]
id = "111122223333"
name = "prod"
"""


@pytest.fixture(autouse=True)
def file(monkeypatch, tmp_path):
    monkeypatch.setenv("NOROSHI_SETTINGS", str(tmp_path / "noroshi.toml"))
    return tmp_path / "noroshi.toml"


def alert(**facts):
    named = {"source": "guardduty", "severity": Severity.LOW, "account_id": None, "region": None} | facts
    return Alert(key="k", kind="k", title="t", **named)


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({"severity": Severity.CRITICAL, "account_id": "111122223333"}, Where("#oncall", "<!here>", 1)),
        ({"severity": Severity.HIGH, "account_id": "444455556666"}, Where("#oncall", "<!here>", 1)),
        ({"severity": Severity.MEDIUM, "account_id": "111122223333"}, Where("#security")),
        ({"source": "budgets"}, Where("#money", "", 2)),
        ({"region": "us-east-1", "tags": {"Team": "web"}}, Where("#security", "<!subteam^S0123ABCD>", 3)),
        ({"region": "us-east-1"}, Where("#security")),
    ],
)
def test_a_route_means_what_it_says(file, facts, where):
    file.write_text(FILE)

    assert read().routes.where(alert(**facts)) == where


def test_routes_are_set_in_the_environment_as_json(monkeypatch, file):
    file.write_text(FILE)
    monkeypatch.setenv("NOROSHI_ALERTS__ROUTES", json.dumps([{"severity": ["low"], "channel": "#low"}]))

    assert read().routes.where(alert()) == Where("#low", "", 1)
    assert len(read().routes.routes) == 1


def test_every_source_may_be_named_and_the_bot_itself():
    assert list(SOURCE_NAMES) == [*(source.name for source in SOURCES), "noroshi"]


@pytest.mark.parametrize(
    ("line", "says", "hint"),
    [
        ('source = "gaurdduty"', "there is no source “gaurdduty”", "Did you mean guardduty?"),
        ('severity = "hihg+"', "there is no severity “hihg+”", "Did you mean high?"),
        ("severity = []", "it names nothing", "Leave it out, and it takes any."),
        ('account = "prdo"', "“prdo” is no account's id, and no name under accounts", "Did you mean prod?"),
        (
            "account = 111122223333",
            "it must be a text in quotes, or a list of them",
            "Look at noroshi.toml, line",
        ),
        ("account = [111122223333]", "it must be a text, in quotes", "Look at noroshi.toml, line"),
        ('region = "useast-1"', "there is no region “useast-1”", "Did you mean us-east-1?"),
        ('tag = "=web"', "“=web” has no key", "Write Key=Value, or the Key alone for any value."),
        ('mention = "@mika"', "“@mika” is no mention", "Write @here, @channel or an id. A member's id"),
        ('channel = "Our Team"', "it is no channel's name or id", "Write a name in small letters"),
        ('chanel = "#x"', "there is no such setting", "Did you mean alerts.routes.channel?"),
    ],
)
def test_a_mistake_is_named_by_its_route_and_its_line(file, line, says, hint):
    rest = "" if line.startswith("mention") else 'mention = "@here"\n'
    file.write_text(f"{FILE}\n[[alerts.routes]]\n# why\n{line}\n{rest}")
    at = 1 + file.read_text().split("\n").index(line)

    with pytest.raises(BadRequest) as error:
        read()
    assert error.value.message == (
        f"The setting alerts.routes.{line.partition(' ')[0]} makes no sense "
        f"(route 4; noroshi.toml, line {at}): {says}."
    )
    assert error.value.hint.startswith(hint)


def test_a_route_that_leads_nowhere_is_named_by_its_header(file):
    file.write_text('[alerts]\nchannel = "#a"\n\n[[alerts.routes]]\nseverity = "high"\n')

    with pytest.raises(BadRequest) as error:
        read()
    assert error.value.message == (
        "The setting alerts.routes makes no sense (route 1; noroshi.toml, line 4): "
        "it has neither a channel nor a mention."
    )


def test_a_mention_without_any_channel_is_refused(file):
    file.write_text('[[alerts.routes]]\nmention = "@here"\n')

    with pytest.raises(
        BadRequest, match=r"\(route 1; noroshi.toml, line 1\): it has no channel, and there is"
    ):
        read()


def test_a_route_of_the_bots_own_words_may_fall_back_on_the_ops_channel(file):
    file.write_text(
        '[alerts]\nops_channel = "#ops"\n[[alerts.routes]]\nsource = "noroshi"\nmention = "@here"\n'
    )

    assert read().routes.where(alert(source="noroshi")) == Where("#ops", "<!here>", 1)


def test_single_brackets_are_pointed_at(file):
    file.write_text('[alerts.routes]\nchannel = "#a"\n')

    with pytest.raises(BadRequest) as error:
        read()
    assert error.value.message.endswith("(noroshi.toml, line 1): it is no list.")
    assert "[[…]]" in error.value.hint


@pytest.mark.parametrize(
    "value", ['{"severity": "high"}', "[1]", '[{"source": "gaurdduty"}]', "[", '"x"', "null"]
)
def test_a_mistake_in_the_environment_is_named_by_its_variable(monkeypatch, file, value):
    file.write_text(FILE)
    monkeypatch.setenv("NOROSHI_ALERTS__ROUTES", value)

    with pytest.raises(BadRequest) as error:
        read()
    route = "route 1 of " if value in {"[1]", '[{"source": "gaurdduty"}]'} else ""
    assert f"makes no sense ({route}NOROSHI_ALERTS__ROUTES): " in error.value.message


def test_a_route_behind_one_that_takes_all_of_it_is_told(file):
    file.write_text(f'{FILE}\n[[alerts.routes]]\nsource = "billing"\nseverity = "low"\nchannel = "#x"\n')

    assert unreachable(read()) == ["route 4 (noroshi.toml, line 23): route 2 takes all of it before"]


def test_routes_that_each_take_something_are_not_told(file):
    file.write_text(FILE)

    assert unreachable(read()) == []


def test_without_any_settings_there_are_no_routes(file):
    assert read().routes.where(alert()) == Where(None)
    assert not Path(file).exists()


def test_the_readme_names_every_source_of_a_route():
    readme = (Path(__file__).parents[1] / "README.md").read_text()

    assert f"A route's `source` is {', '.join(SOURCE_NAMES[:-1])}, or noroshi:" in readme

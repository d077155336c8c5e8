"""`noroshi status` prints what a running bot keeps; where none has, it looks itself and says so."""

import contextlib
import json

import pytest
from click.testing import CliRunner

from bot.app import glancing
from bot.app.glancing import status, watched
from bot.app.production import Production
from bot.core.glance import Look
from bot.edges import operator
from bot.edges.alerting import Alerting
from bot.edges.glances import Looking, Seen
from bot.edges.look_once import look_once
from bot.errors import AccessDenied, NoroshiError
from bot.settings import Settings
from tests.aws_world import furnished
from tests.counting_door import counting_door
from tests.glanced import NOW

DENIED = AccessDenied("AWS refused.", "Allow it.", action="s3:ListAllMyBuckets")


@pytest.fixture
def given(monkeypatch, tmp_path):
    with furnished() as world, counting_door(world.aws.address) as (address, came):
        for name, value in {**world.aws.environment(), "AWS_ENDPOINT_URL": address}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("NOROSHI_SETTINGS", str(tmp_path / "none.toml"))
        yield Settings(alerts={"store": f"sqlite:///{tmp_path}/noroshi.db"}), came, tmp_path / "noroshi.db"


def program(given, show=status):
    def unused(*_):
        raise AssertionError("not needed here")

    parts = dict.fromkeys(operator.Parts.__dataclass_fields__, unused)
    commands = operator.commands(
        operator.Parts(**parts | {"settings": lambda: given, "slashes": (), "status": show})
    )
    command = next(each for each in commands if each.name == "status")
    return lambda *words: CliRunner().invoke(command, words)


def test_what_is_kept_is_shown_and_aws_asked_nothing(given):
    settings, came, _ = given
    alerting = Alerting()
    watched(Production(settings), alerting)
    for loop in alerting.loops:
        with contextlib.suppress(NoroshiError):
            loop._look()
    alerting.close()
    asked = len(came)

    ran = program(settings)("--format", "json")
    told = json.loads(ran.stdout)
    assert (ran.exit_code, ran.stderr, came[asked:]) == (0, "", [])
    assert told["command"] == "status"
    assert told["as_of"]
    rows = {(row["part"], row["name"]): row for row in told["rows"]}
    assert rows["buckets", "public"]["value"] == 0
    assert rows["problems", None]["state"] == "off"
    assert "looked-now" not in ran.stdout


def test_where_nothing_is_kept_it_looks_and_says_so(given):
    settings, came, file = given
    ran = program(settings)("--format", "json")
    told = json.loads(ran.stdout)

    assert ran.exit_code == 0
    assert "Nothing is kept: looking now" in ran.stderr
    assert came
    assert "looked-now" in {each["code"] for each in told["caveats"]}
    assert {row["state"] for row in told["rows"] if row["part"] == "buckets"} <= {"seen", "partly"}
    assert file.exists() is bool(settings.billing.explorer), (
        "the answers that are paid for are kept, and no overview"
    )
    assert "Nothing is kept" in program(settings)().stderr


@pytest.mark.parametrize(("form", "holds"), [("csv", "part,name,value"), ("rich", "Public buckets")])
def test_it_is_told_in_every_form(given, form, holds):
    ran = program(given[0])("--format", form)

    assert ran.exit_code == 0
    assert holds in ran.stdout


def refusing(part):
    def refuse():
        raise DENIED

    return Looking(part, refuse, 0 * (NOW - NOW))


def test_one_that_refuses_takes_no_other_with_it():
    seen = look_once([refusing("buckets"), Looking("queues", lambda: Seen({}), NOW - NOW)], lambda: NOW)

    assert (seen.buckets, seen.queues) == (None, {})
    assert seen.looks["buckets"] == Look(
        NOW, well=False, seconds=seen.looks["buckets"].seconds, why="AWS refused. Allow it."
    )


def test_where_all_refuse_the_first_refusal_is_the_answer():
    with pytest.raises(AccessDenied):
        look_once([refusing("buckets"), refusing("queues")], lambda: NOW)


def test_a_refusal_ends_with_its_exit_code(given):
    def refuse(_given, _say):
        raise DENIED

    ran = program(given[0], refuse)("--format", "json")
    assert ran.exit_code == 4
    assert json.loads(ran.stdout)["error"]["type"] == "AccessDenied"


def test_a_bot_whose_home_is_off_and_that_nobody_scrapes_looks_at_nothing(given):
    off = Settings(**given[0].model_dump() | {"home": {"refresh_minutes": 0}})
    alerting = Alerting()

    assert glancing.watched(Production(off), alerting) is None
    assert alerting.loops == ()

"""Settings: read as people write them, named where they make no sense, and never showing a secret."""

import pytest
from pydantic import SecretStr

from bot.errors import BadRequest
from bot.settings import Settings, not_used_yet, read


def test_a_token_shows_itself_nowhere():
    given = Settings(
        slack_bot_token=SecretStr("xoxb-very-secret"), slack_signing_secret=SecretStr("sign-secret")
    )

    assert "very-secret" not in f"{given} {given!r} {given.model_dump()} {given.model_dump_json()}"
    assert "sign-secret" not in f"{given!r}"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch, tmp_path):
    monkeypatch.setenv("NOROSHI_SETTINGS", str(tmp_path / "noroshi.toml"))
    return tmp_path / "noroshi.toml"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("https://sqs/1/noroshi", ("https://sqs/1/noroshi",)),
        ("https://sqs/1/a, https://sqs/1/b", ("https://sqs/1/a", "https://sqs/1/b")),
        ('["https://sqs/1/a"]', ("https://sqs/1/a",)),
        ("", ()),
    ],
)
def test_several_values_are_read_as_people_write_them(monkeypatch, written, read_as):
    monkeypatch.setenv("NOROSHI_ALERTS__QUEUE_URL", written)

    assert read().alerts.queue_url == read_as


def test_one_value_stands_in_the_file_as_it_is(nothing_set):
    nothing_set.write_text('[alerts]\nqueue_url = "https://sqs/1/noroshi"\n[access]\nchannels = "#ops"\n')

    assert (read().alerts.queue_url, read().access.channels) == (("https://sqs/1/noroshi",), ("#ops",))


def test_a_number_is_read_from_the_environment(monkeypatch):
    monkeypatch.setenv("NOROSHI_TRAIL__TIMEOUT_SECONDS", "7.5")

    assert read().trail.timeout_seconds == 7.5


def test_a_setting_that_there_is_not_names_the_nearest(monkeypatch):
    monkeypatch.setenv("NOROSHI_TRAIL__WORKGRUOP", "x")

    with pytest.raises(BadRequest) as error:
        read()
    assert error.value.message == "The setting trail.workgruop makes no sense: there is no such setting."
    assert error.value.hint == "Did you mean trail.workgroup?"


def test_a_setting_that_makes_no_sense_names_its_variable(monkeypatch):
    monkeypatch.setenv("NOROSHI_TRAIL__ENGINE", "sqlite")

    with pytest.raises(BadRequest) as error:
        read()
    assert error.value.hint == "Look at NOROSHI_TRAIL__ENGINE, or at trail.engine in noroshi.toml."


def test_what_is_not_used_yet_is_taken_and_named(nothing_set):
    nothing_set.write_text(
        'accounts = [{id = "111122223333", name = "prod"}]\n[trail]\nask_above_usd = 1\n'
        '[alerts]\nstore = "sqlite:///x.db"\n[[alerts.routes]]\nseverity = "high"\n[access]\nchange = ["U1"]\n'
    )

    assert not_used_yet(read()) == [
        "trail.ask_above_usd",
        "alerts.routes",
        "alerts.store",
        "access.change",
        "accounts",
    ]

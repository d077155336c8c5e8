"""Settings: read as people write them, named where they make no sense, and never showing a secret."""

from datetime import time

import pytest
from pydantic import SecretStr

from bot.errors import BadRequest
from bot.settings import Settings, read
from bot.settings_parts import Alerts


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
    assert error.value.message == (
        "The setting trail.workgruop makes no sense (NOROSHI_TRAIL__WORKGRUOP): there is no such setting."
    )
    assert error.value.hint == "Did you mean trail.workgroup?"


def test_a_setting_that_makes_no_sense_names_its_variable(monkeypatch):
    monkeypatch.setenv("NOROSHI_TRAIL__ENGINE", "sqlite")

    with pytest.raises(BadRequest) as error:
        read()
    assert error.value.hint == "Look at NOROSHI_TRAIL__ENGINE, or at trail.engine in noroshi.toml."


def test_every_key_of_the_trails_bill_has_a_meaning_of_its_own(nothing_set):
    nothing_set.write_text("[trail]\nask_above_usd = 2\nrefuse_above_usd = 20\nusd_per_person_a_day = 50.5\n")
    given = read().trail

    assert (given.ask_above_usd, given.refuse_above_usd, given.usd_per_person_a_day) == (2, 20, 50.5)
    assert (given.reuse_minutes, given.compact_location, given.compact_every_hours) == (5, None, 1)


def test_every_key_of_alerts_has_a_meaning_of_its_own():
    given = Settings().alerts

    assert (given.store, given.samples, given.storm_above) == ("sqlite:///noroshi.db", "label", 8)
    assert (given.remind_after_minutes, given.mention_after_minutes, given.remind_mention) == (
        15,
        30,
        "<!here>",
    )
    assert (given.digest_at, given.quiet_days, given.lag_minutes) == (time(9), 3, 15)


@pytest.mark.parametrize(
    ("alerts", "ops", "fallback"),
    [
        ({}, None, None),
        ({"channel": "#a"}, "#a", "#a"),
        ({"channel": "#a", "ops_channel": "#ops"}, "#ops", "#ops"),
        ({"channel": "#a", "fallback_channel": "#back"}, "#a", "#back"),
    ],
)
def test_a_channel_that_nobody_named_is_the_next_best(alerts, ops, fallback):
    given = Alerts(**alerts)

    assert (given.ops, given.fallback) == (ops, fallback)


@pytest.mark.parametrize(("written", "meant"), [("07:30", time(7, 30)), ("9:05", time(9, 5)), ("", None)])
def test_the_digests_time_is_a_time_of_day_or_never(monkeypatch, written, meant):
    monkeypatch.setenv("NOROSHI_ALERTS__DIGEST_AT", written)

    assert read().alerts.digest_at == meant


def test_who_may_change_something_is_kept_by_id(monkeypatch):
    monkeypatch.setenv("NOROSHI_ACCESS__CHANGE", "U0123ABCD, <!subteam^S0123ABCD|@oncall>")

    assert read().access.change == ("U0123ABCD", "S0123ABCD")


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("NOROSHI_ALERTS__STORE", "postgres://x", "sqlite:///noroshi.db"),
        ("NOROSHI_ALERTS__STORE", "sqlite://noroshi.db", "sqlite:///noroshi.db"),
        ("NOROSHI_ALERTS__STORE", "dynamodb://", "dynamodb://"),
        ("NOROSHI_ALERTS__DIGEST_AT", "25:00", "09:00"),
        ("NOROSHI_ALERTS__CHANNEL", "#two words", "#security"),
        ("NOROSHI_ALERTS__REMIND_MENTION", "@mika", "Copy member ID"),
        ("NOROSHI_ALERTS__STORM_ABOVE", "0", "NOROSHI_ALERTS__STORM_ABOVE"),
        ("NOROSHI_ALERTS__LAG_MINUTES", "-1", "NOROSHI_ALERTS__LAG_MINUTES"),
        ("NOROSHI_ALERTS__QUIET_DAYS", "inf", "NOROSHI_ALERTS__QUIET_DAYS"),
        ("NOROSHI_ALERTS__SAMPLES", "keep", "NOROSHI_ALERTS__SAMPLES"),
        ("NOROSHI_ACCESS__CHANGE", "mika", "user group's with S"),
        ("NOROSHI_ACCOUNTS", '[{"id": "12", "name": "prod"}]', '"111122223333"'),
        ("NOROSHI_ACCOUNTS", '{"id": "111122223333"}', "[[…]]"),
    ],
)
def test_a_value_that_makes_no_sense_says_what_may_stand_there(monkeypatch, name, value, hint):
    monkeypatch.setenv(name, value)

    with pytest.raises(BadRequest) as error:
        read()
    assert error.value.message.startswith(
        f"The setting {name.removeprefix('NOROSHI_').replace('__', '.').lower()}"
    )
    assert hint in error.value.hint


def test_a_table_that_there_is_not_is_named(nothing_set):
    nothing_set.write_text('zone = "UTC"\n\n[[alert.routes]]\nchannel = "#a"\n')

    with pytest.raises(BadRequest) as error:
        read()
    assert error.value.message == (
        "The setting alert makes no sense (noroshi.toml, line 3): there is no such setting."
    )
    assert error.value.hint == "Did you mean alerts?"


def test_an_account_has_its_name_once(monkeypatch):
    monkeypatch.setenv(
        "NOROSHI_ACCOUNTS", '[{"id": "111122223333", "name": "a"}, {"id": "444455556666", "name": "a"}]'
    )

    with pytest.raises(BadRequest, match=r"account 2 of NOROSHI_ACCOUNTS\): another account has this name"):
        read()


def test_a_file_in_another_encoding_is_said_to_be_unreadable(nothing_set):
    nothing_set.write_bytes("zone = 'Ü'".encode("latin-1"))

    with pytest.raises(BadRequest, match="settings file can't be read"):
        read()


@pytest.mark.parametrize(
    ("change", "approve", "says"),
    [
        ("", "U1ABCDEFGH", "access.change"),
        ("U1ABCDEFGH", "", "access.approve"),
        ("U1ABCDEFGH", "U1ABCDEFGH", "two people"),
    ],
)
def test_fixes_are_not_on_where_two_people_could_never_press(monkeypatch, change, approve, says):
    monkeypatch.setenv("NOROSHI_S3__FIXES", "true")
    monkeypatch.setenv("NOROSHI_ACCESS__CHANGE", change)
    monkeypatch.setenv("NOROSHI_ACCESS__APPROVE", approve)

    with pytest.raises(BadRequest) as caught:
        read()

    assert says in f"{caught.value.message} {caught.value.hint}"


@pytest.mark.parametrize("approve", ["U2ABCDEFGH", "S1ABCDEFGH", "U1ABCDEFGH,U2ABCDEFGH"])
def test_fixes_are_on_where_two_people_can(monkeypatch, approve):
    monkeypatch.setenv("NOROSHI_S3__FIXES", "true")
    monkeypatch.setenv("NOROSHI_ACCESS__CHANGE", "U1ABCDEFGH")
    monkeypatch.setenv("NOROSHI_ACCESS__APPROVE", approve)

    assert read().s3.fixes


@pytest.mark.parametrize(
    ("written", "meant"),
    [("21:00, 9:00,21:00", (time(9), time(21))), ('["09:30"]', (time(9, 30),)), ("", ())],
)
def test_a_handover_comes_at_times_of_day_in_their_order(monkeypatch, written, meant):
    monkeypatch.setenv("NOROSHI_ALERTS__HANDOVER_AT", written)

    assert read().alerts.handover_at == meant


def test_what_is_no_time_of_day_is_named(monkeypatch):
    monkeypatch.setenv("NOROSHI_ALERTS__HANDOVER_AT", "9:00,noon")
    with pytest.raises(BadRequest, match="no time of day"):
        read()


@pytest.mark.parametrize("written", ["-1", "61", "nan"])
def test_the_home_tab_is_no_older_than_an_hour(monkeypatch, written):
    monkeypatch.setenv("NOROSHI_HOME__REFRESH_MINUTES", written)
    with pytest.raises(BadRequest):
        read()

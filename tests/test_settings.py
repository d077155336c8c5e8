"""Settings never show a secret."""

from pydantic import SecretStr

from bot.settings import Settings


def test_a_token_shows_itself_nowhere():
    given = Settings(
        slack_bot_token=SecretStr("xoxb-very-secret"), slack_signing_secret=SecretStr("sign-secret")
    )

    assert "very-secret" not in f"{given} {given!r} {given.model_dump()} {given.model_dump_json()}"
    assert "sign-secret" not in f"{given!r}"

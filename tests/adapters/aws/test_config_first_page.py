"""The first page of a long history, by the command: no request of AWS Config more than it shows needs."""

from dataclasses import dataclass
from typing import Any

from bot.app.production import Production
from bot.settings import Settings
from commands.config import config
from tests.adapters.aws.config_world import AT_HOME, Counted, item, open_places, put
from tests.aws_world import NOW


@dataclass(frozen=True)
class Then(Production):
    """Production at the stand-in's moment, with a session whose requests are counted."""

    session: Any = None

    def now(self):
        return NOW


def test_of_a_thousand_revisions_the_first_page_is_one_request_beside_the_recorders_state(
    world, session, tmp_path
):
    open_places(world, AT_HOME)
    ident = "sg-0123456789abcdef0"
    put(world, *(item(ident, days=hours / 24) for hours in range(1, 1001)))
    given = Settings.model_validate({"trail": {"engine": "duckdb", "location": str(tmp_path)}})
    ports = Then(given, session=session)

    with Counted(session).within() as sent:
        view = config.answer(["history", ident, "--since", "30d"], ports, asker="U1")

    assert sorted(sent) == [
        "DescribeConfigurationRecorderStatus",
        "DescribeConfigurationRecorders",
        "GetResourceConfigHistory",
    ]
    assert len(view.rows) == 20
    assert view.receipt.api_calls == 1

"""The composition root: settings -> adapters -> edges; the only place that names concrete adapters.

Adapters and edges are imported where they are made: `noroshi --help` must not load boto3.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.app.production import Production, secret
from bot.edges import operator, terminal
from bot.edges.answerable import answerable
from commands import COMMANDS

if TYPE_CHECKING:
    from bot.core.check import Check
    from bot.core.view import View
    from bot.edges.finding_commands import Changing
    from bot.edges.glancing import Glancing
    from bot.edges.running import Whole
    from bot.edges.setup import TrailSetup
    from bot.edges.setup_billing import BillingSetup
    from bot.edges.slack.acting import AlertDesk
    from bot.edges.slack.edge import SlackEdge
    from bot.pipeline import Outcome
    from bot.settings import Settings
    from bot.trail.compaction import Compactor


def slack_edge(
    production: Production,
    http: tuple[str, int] | None,
    alerts: "AlertDesk | None" = None,
    home: "Glancing | None" = None,
) -> "SlackEdge":
    """The Slack edge; raises NotConfigured for a token that is not there."""
    from bot.edges.slack.edge import SlackEdge, Tokens

    given = production.settings
    tokens = Tokens(
        bot=secret(
            given.slack_bot_token, "SLACK_BOT_TOKEN", "xoxb-…, from the app's OAuth & Permissions page"
        ),
        app=given.slack_app_token.get_secret_value() if given.slack_app_token else "",
        signing_secret=given.slack_signing_secret.get_secret_value() if given.slack_signing_secret else "",
        api_url=given.slack_api_url,
    )
    return SlackEdge(
        COMMANDS,
        production,
        tokens,
        channels=given.access.channels,
        alerts=alerts,
        http=http,
        counting=production.counting,
        home=home,
    )


def checks(given: "Settings") -> "list[Check]":
    """Everything that `noroshi doctor` looks at."""
    from bot.adapters.aws import checks as aws
    from bot.adapters.aws.billing_checks import billing_checks
    from bot.adapters.slack_checks import slack_checks
    from bot.adapters.slack_fix_checks import fix_checks
    from bot.app.alerts import store_check
    from bot.deploy.manifest import SCOPES

    ports = Production(given)
    bot_token = given.slack_bot_token.get_secret_value() if given.slack_bot_token else None
    slack = slack_checks(
        bot_token=bot_token,
        app_token=given.slack_app_token.get_secret_value() if given.slack_app_token else None,
        api_url=given.slack_api_url,
        scopes=SCOPES,
        channels=given.channels,
    )
    may = given.access
    fixes = fix_checks(
        bot_token=bot_token, api_url=given.slack_api_url, change=may.change, approve=may.approve
    )
    return [
        *slack,
        *aws.aws_checks(
            lambda: ports.session, lambda: ports.named_engine, given.trail, given.alerts.queue_url
        ),
        *billing_checks(lambda: ports.session, lambda: ports.bills),
        store_check(given),
        *(fixes if given.s3.fixes else []),
    ]


def _settings() -> "Settings":
    from bot.settings import read

    return read()


def _whole(given: "Settings", http: tuple[str, int] | None) -> "Whole":
    from bot.app.whole import whole

    return whole(given, http)


def _decide(given: "Settings") -> "Callable[[str], Outcome]":
    from bot.app.alerts import reading

    return reading(given).decide


def _presses(given: "Settings", since: str) -> "View":
    from bot.app.record import presses

    return presses(given, since)


def _status(given: "Settings", say: "Callable[[str], None]") -> "View":
    from bot.app.glancing import status

    return answerable(status(given, say), COMMANDS)


def _end_to_end(given: "Settings") -> "list[Check]":
    from bot.app.alerts import journey
    from bot.edges.end_to_end import end_to_end

    return end_to_end(journey(given))


def _trail_setup(given: "Settings") -> "TrailSetup":
    from bot.app.trail_setup import trail_setup

    return trail_setup(given)


def _billing_setup(given: "Settings") -> "BillingSetup":
    from bot.app.billing_setup import billing_setup

    return billing_setup(given)


def _compactor(given: "Settings") -> "Compactor":
    return Production(given).compactor


def _changing(given: "Settings") -> "Changing":
    from bot.app.changing import changing

    return changing(given)


def main() -> None:
    """The `noroshi` command."""
    parts = operator.Parts(
        settings=_settings,
        whole=_whole,
        decide=_decide,
        presses=_presses,
        status=_status,
        checks=checks,
        trail_setup=_trail_setup,
        billing_setup=_billing_setup,
        compactor=_compactor,
        changing=_changing,
        end_to_end=_end_to_end,
        slashes=COMMANDS,
    )
    others = operator.commands(parts)
    program = terminal.program(COMMANDS, lambda: Production(_settings()), others, operator.beside(parts))
    program.main(prog_name="noroshi")

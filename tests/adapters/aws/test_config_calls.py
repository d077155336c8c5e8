"""Who changed something is asked of files, of the table where that is next to free, of the place's event history, of the table."""

from datetime import timedelta

import pytest

from bot.adapters.aws.lookup import LookupEngine
from bot.adapters.duckdb.engine import DuckdbEngine
from bot.adapters.fallback import QuickFirst
from bot.app.production import Production
from bot.core.configuration.item import Place
from bot.embedded.aws import HOME, PROD, STAGING
from bot.settings import Settings
from bot.trail.metered import MeteredEngine

AT_HOME = Place(PROD.id, HOME)
ROLE = {"id": STAGING.id, "name": "staging", "role_arn": f"arn:aws:iam::{STAGING.id}:role/NoroshiReadOnly"}


@pytest.fixture
def production(world, session, tmp_path):
    """Settings over the stand-in, as the session's environment has it."""

    def make(**settings):
        return Production(Settings.model_validate(settings))

    return make


def calls(production, place=AT_HOME, days=30):
    return production.calls(place, "U1", None, since=production.now() - timedelta(days=days))


def test_within_ninety_days_it_is_the_table_for_cents_and_the_event_history_behind_it(production):
    engine = calls(production(), days=90)

    assert isinstance(engine, QuickFirst)
    assert isinstance(engine.history, LookupEngine)
    assert isinstance(engine.engine, MeteredEngine)
    assert engine.engine.limits.ask_above_usd == 0.05
    assert engine.engine.limits.refuse_above_usd == Settings().trail.refuse_above_usd


def test_a_places_history_is_made_once_for_all_questions_share_its_pace(production):
    made = production()

    assert calls(made).history is calls(made).history
    assert calls(made, Place(PROD.id, "us-east-1")).history is not calls(made).history


def test_what_is_longer_ago_is_in_the_table_alone(production):
    assert isinstance(calls(production(), days=91), MeteredEngine)


def test_an_account_that_no_role_leads_to_is_looked_for_in_the_table(production):
    assert isinstance(calls(production(), Place("999999999999", HOME)), MeteredEngine)


def test_another_accounts_history_is_asked_through_its_role(production):
    engine = calls(production(accounts=[ROLE]), Place(STAGING.id, HOME))

    asked = engine.history._clients(HOME)
    assert asked._request_signer._credentials.method == "assume-role"
    assert f"account staging ({STAGING.id})" in engine.history._instead.whose
    assert isinstance(engine, QuickFirst)


def test_files_on_disk_cost_nothing_however_far_back(production, tmp_path):
    made = production(trail={"engine": "duckdb", "location": str(tmp_path)})

    assert isinstance(calls(made, days=900), DuckdbEngine)


def test_duckdb_without_files_has_no_table_behind_the_history(production):
    engine = calls(production(trail={"engine": "duckdb"}))

    assert isinstance(engine, QuickFirst)
    assert engine.engine is None


def test_configurations_are_made_of_the_settings(production):
    made = production(accounts=[ROLE, {"id": PROD.id, "name": "prod", "regions": [HOME]}])

    assert made.configurations.home() == AT_HOME
    assert made.configurations is made.configurations

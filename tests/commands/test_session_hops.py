"""/trail session: which calls a hop asks for, and where hops end."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.core.span import Span
from bot.errors import Costly, Forbidden
from bot.trail.chain import HOPS
from commands.trail import trail
from tests.commands.small_trail import call, made, role, user, written

SSO = "AWSReservedSSO_Admin_0123456789abcdef"
MIKA = "mika.sato@acme.example"
A, B, C, D = (f"ASIAEXAMPLE{letter * 9}" for letter in "ABCD")
OWN, OTHER = "AKIAEXAMPLEOWNOWNOWN", "AKIAEXAMPLEOTHEROTHE"
SESSION = role("payroll-export", "X", A)
SAID = "payroll-export/X"


def ask(ports, said=SAID, *more):
    return trail.answer(["session", said, *more], ports)


def behind(view):
    return {(row["human"], row["known_by"]) for row in view.rows}


def broken(view):
    return [(one.message, one.weight) for one in view.caveats if one.code == "chain-broken"]


def test_the_hop_is_sought_only_around_the_sessions_beginning(tmp_path):
    ports = written(tmp_path, call(SESSION), made(user("ana", OWN), A))

    ask(ports)

    began = datetime(2026, 9, 8, 9, tzinfo=UTC)
    assert [query.span for query in ports.engine.queries[1:]] == [
        Span(began - timedelta(minutes=15), began + timedelta(minutes=15))
    ]


@pytest.mark.parametrize("began", ["", "nonsense", "20260908T000000Z"])
def test_without_a_beginning_that_fits_36_hours_before_are_searched(tmp_path, began):
    session = role("payroll-export", "X", A, began=began)
    ports = written(tmp_path, call(session), made(user("ana", OWN), A, "2026-09-07T01:00:00Z"))

    assert behind(ask(ports, SAID, "--since", "1d")) == {("ana", "iam-user")}


def test_credentials_older_than_any_session_lives_are_not_taken_for_its_own(tmp_path):
    ports = written(tmp_path, call(SESSION), made(user("ana", OWN), A, "2026-09-06T21:00:00Z"))

    assert behind(ask(ports)) == {(None, "unknown")}


def test_a_key_of_a_session_asks_for_what_was_done_with_it_and_who_made_it(tmp_path):
    ports = written(tmp_path, call(SESSION), call(role("payroll-export", "X", B)), made(user("ana", OWN), A))

    view = ask(ports, A)

    assert view.title.startswith(f"ana (user) is behind key {A}")
    assert len(view.rows) == 1


def test_a_key_that_did_nothing_still_has_a_maker(tmp_path):
    view = ask(written(tmp_path, made(user("ana", OWN), A)), A)

    assert view.title.startswith(f"ana (user) is behind key {A}")
    assert not view.rows


def test_the_maker_of_a_key_that_did_nothing_may_have_made_it_before_the_window(tmp_path):
    ports = written(tmp_path, made(user("ana", OWN), A, "2026-09-07T09:00:00Z"))

    assert ask(ports, A, "--since", "1h").title.startswith(f"ana (user) is behind key {A}")


def test_a_key_that_nobody_made_or_used_is_on_no_record(tmp_path):
    assert ask(written(tmp_path, call(SESSION)), D).title.startswith(f"No call by key {D} is on record")


def test_who_made_a_users_own_key_is_told_as_its_maker(tmp_path):
    thief = role(SSO, MIKA, C)
    ports = written(
        tmp_path,
        call(user("backup", OWN)),
        made(thief, OWN, "2026-09-03T09:00:00Z", "iam:CreateAccessKey"),
    )

    view = ask(ports, OWN)

    assert view.title.startswith(f"{MIKA} (SSO, Admin) made key {OWN}")
    assert behind(view) == {(MIKA, "sso")}


def test_a_users_own_key_that_is_older_than_the_records_breaks_no_chain(tmp_path):
    view = ask(written(tmp_path, call(user("backup", OWN))), OWN)

    assert view.title.startswith(f"backup (user) is behind key {OWN}")
    assert not broken(view)


def test_keys_that_made_each_other_end_the_chain(tmp_path):
    ports = written(
        tmp_path,
        call(user("backup", OWN)),
        made(user("backup", OTHER), OWN, name="iam:CreateAccessKey"),
        made(user("backup", OWN), OTHER, name="iam:CreateAccessKey"),
    )

    assert ask(ports, OWN).title.startswith("backup (user) made key")
    assert len(ports.engine.queries) == 3


def test_a_chain_is_followed_so_far_and_no_farther(tmp_path):
    keys = [f"ASIAEXAMPLE{number:09}" for number in range(9)]
    hops = [made(role("jump", f"s{n}", after), key) for n, (key, after) in enumerate(pairwise(keys))]
    ports = written(tmp_path, call(role("jump", "s", keys[0])), *hops)

    view = ask(ports, "jump/s")

    assert len(ports.engine.queries) == 1 + HOPS
    assert broken(view) == [
        ("the chain is longer than 6 calls: the call before them was not asked for", "blind")
    ]


class Refusing:
    """An engine that takes the first query alone."""

    def __init__(self, engine, error):
        self.engine, self.error, self.table = engine, error, engine.table

    def run(self, query, progress):
        if self.engine.queries:
            raise self.error
        return self.engine.run(query, progress)


def test_a_hop_that_may_not_be_asked_leaves_the_sessions_own_calls(tmp_path):
    ports = written(tmp_path, call(SESSION), made(user("ana", OWN), A))
    ports.engine = Refusing(ports.engine, Forbidden("Your day's money is spent."))

    view = ask(ports)

    assert len(view.rows) == 1
    assert broken(view)[0][0] == "who made its key was not asked: Your day's money is spent."
    assert view.title.startswith("I can’t tell who is behind")


def test_a_hop_whose_price_must_be_agreed_to_is_asked_about(tmp_path):
    ports = written(tmp_path, call(SESSION))
    ports.engine = Refusing(ports.engine, Costly("Too much.", usd=3, bytes=1))

    with pytest.raises(Costly):
        ask(ports)

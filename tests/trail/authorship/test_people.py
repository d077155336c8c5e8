"""The human behind a call, and how that is known."""

import pytest

from bot.core.span import Span
from bot.errors import Costly, Forbidden, Upstream
from bot.trail.authorship.people import KEYS, people
from bot.trail.chain import link
from tests.trail.authorship.making import ANA, AT, Engine, minutes, row

WINDOW = Span(AT - minutes(600), AT)
SESSION = "arn:aws:sts::111122223333:assumed-role/ops/on-call"


def session(key="ASIAEXAMPLE000000001", **more):
    said = {"principal_type": "AssumedRole", "access_key": key, "session_name": "on-call", "role_name": "ops"}
    return link(row(who=SESSION, **(said | more)))


def behind(one, *answers):
    return people([one], WINDOW, Engine(*answers), lambda _: None).of(one)


def test_what_the_principal_says_itself_is_not_said_again():
    assert behind(link(row(who=ANA, user_name="ana"))) == (None, None)


def test_a_source_identity_and_a_sign_in_tell_without_asking():
    engine = Engine()
    sourced = session(source_identity="nia.k")
    sso = session(role_name="AWSReservedSSO_Admin_0123456789abcdef", session_name="mika@acme.example")

    found = people([sourced, sso], WINDOW, engine, lambda _: None)

    assert found.of(sourced) == ("nia.k", "by the source identity that the session carries")
    assert found.of(sso) == ("mika@acme.example", "by the sign-in to IAM Identity Center")
    assert not engine.asked


def test_the_user_who_took_the_role_is_found_by_the_call_that_made_its_key():
    made = row("AssumeRole", 60, ANA, "sts", made_key="ASIAEXAMPLE000000001", user_name="ana")

    assert behind(session(), [made]) == ("ana", "by the IAM user at the chain's end")


def test_nobody_is_asked_after_who_is_known_by_a_sign_in_behind_the_role():
    sso = {"role_name": "AWSReservedSSO_Admin_0123456789abcdef", "session_name": "mika@acme.example"}
    made = row(
        "AssumeRole", 60, SESSION, "sts", made_key="ASIAEXAMPLE000000001", access_key="ASIAEXAMPLE000000002"
    )
    engine, one = Engine([made | sso | {"principal_type": "AssumedRole"}]), session()

    found = people([one], WINDOW, engine, lambda _: None)

    assert found.of(one) == ("mika@acme.example", "by the sign-in to IAM Identity Center")
    assert (len(engine.asked), found.caveats) == (1, ())


def test_a_sessions_name_that_is_an_address_is_the_last_resort_and_says_so():
    mailed = session(session_name="kai@acme.example")

    assert behind(mailed, []) == (
        "kai@acme.example",
        "by the session's name, which whoever took the role chose",
    )
    assert behind(session(), []) == (None, None)


def test_what_a_service_did_by_its_own_role_is_not_asked_after():
    engine = Engine()

    people([session(role_name="AWSServiceRoleForAutoScaling")], WINDOW, engine, lambda _: None)

    assert not engine.asked


@pytest.mark.parametrize(
    "error",
    [Upstream("no"), Costly("dear", usd=1, bytes=1), Forbidden("never")],
    ids=lambda one: type(one).__name__,
)
def test_a_refusal_is_a_caveat_and_no_more(error):
    one = session()

    found = people([one], WINDOW, Engine(error), lambda _: None)

    assert found.of(one) == (None, None)
    assert len(found.caveats) == 1


def test_a_broken_chain_and_keys_that_were_not_followed_are_said():
    many = [session(f"ASIAEXAMPLE{number:09}") for number in range(KEYS + 3)]

    found = people(many, WINDOW, Engine(), lambda _: None)

    assert [one.code for one in found.caveats] == ["chain-broken", "keys-not-followed"]
    assert "3 older sessions" in found.caveats[1].message

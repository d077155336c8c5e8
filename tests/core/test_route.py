"""The first route that takes an alert says where it goes; nothing else moves it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import written
from bot.core.alert import Alert
from bot.core.route import OWN, Route, Routes, Where, shadowed, within
from bot.core.severity import Severity
from bot.errors import BadRequest

ALERT = Alert(
    key="k",
    source="guardduty",
    kind="Recon:EC2/PortProbe",
    severity=Severity.HIGH,
    title="Somebody knocks",
    account_id="111122223333",
    region="eu-west-1",
    tags={"Team": "payroll", "Stage": ""},
)
TEXTS = st.sampled_from(["eu-west-1", "eu-west-2", "us-east-1", "global"])
GLOBS = st.sampled_from(["*", "eu-*", "eu-west-1", "*-1", "eu-w*", "us-east-1"])
SOURCES = st.sampled_from(["guardduty", "billing", OWN])
ACCOUNTS = st.sampled_from(["111122223333", "444455556666"])
TAGS = st.sampled_from(["Team", "Team=payroll", "Team=web", "Stage=", "Stage"])
SEVERITIES = st.sampled_from(Severity)

alerts = st.builds(
    lambda **facts: replace(ALERT, **facts),
    source=SOURCES,
    severity=SEVERITIES,
    account_id=ACCOUNTS | st.none(),
    region=TEXTS | st.none(),
    tags=st.dictionaries(st.sampled_from(["Team", "Stage"]), st.sampled_from(["payroll", "web", ""])),
)
routes = st.builds(
    Route,
    severity=st.frozensets(SEVERITIES),
    source=st.frozensets(SOURCES),
    account=st.frozensets(ACCOUNTS, max_size=2),
    region=st.lists(GLOBS, max_size=2).map(tuple),
    tag=st.lists(TAGS, max_size=2).map(tuple),
    channel=st.sampled_from([None, "#a", "#b", "#c"]),
    mention=st.sampled_from(["", "<!here>"]),
)


@given(st.lists(routes, max_size=6), alerts)
def test_the_first_route_that_takes_an_alert_says_where(many, alert):
    where = Routes(many, "#rest", "#ops").where(alert)

    taking = [n for n, route in enumerate(many, 1) if route.takes(alert)]
    assert where.route == (taking[0] if taking else None)


@given(st.lists(routes, min_size=1, max_size=6), routes, alerts)
def test_a_route_more_at_the_end_moves_nothing_that_went_somewhere(many, later, alert):
    before = Routes(many, "#rest").where(alert)

    after = Routes([*many, later], "#rest").where(alert)
    assert after == before or before.route is None


@given(SEVERITIES, alerts, SEVERITIES)
def test_who_takes_high_and_worse_takes_whatever_is_worse(least, alert, severity):
    route = Route(severity=written.severities(f"{least}+"), source=frozenset({alert.source}))

    worse = replace(alert, severity=severity)
    assert not route.takes(alert) or not severity.at_least(alert.severity) or route.takes(worse)
    assert route.takes(worse) == severity.at_least(least)


@given(st.lists(routes, max_size=5), alerts)
def test_a_route_in_a_shadow_takes_nothing(many, alert):
    assert Routes(many).where(alert).route not in {number for number, _ in shadowed(many)}


@given(routes)
def test_a_route_stands_in_the_shadow_of_its_like_and_of_nobody_when_alone(route):
    assert list(shadowed([route])) == []
    assert list(shadowed([route, route])) == [(2, 1)]


@pytest.mark.parametrize(
    ("wide", "narrow", "all_of_it"),
    [
        ({}, {}, True),
        ({}, {"account": frozenset({"1"})}, True),
        ({}, {"source": frozenset({OWN})}, False),
        ({"severity": frozenset(Severity)}, {}, True),
        ({"severity": frozenset({Severity.HIGH})}, {}, False),
        ({"source": frozenset({"billing"})}, {}, False),
        ({"account": frozenset({"1"})}, {}, False),
        ({"account": frozenset({"1", "2"})}, {"account": frozenset({"1"})}, True),
        ({"account": frozenset({"1"})}, {"account": frozenset({"1", "2"})}, False),
        ({"region": ("*",)}, {}, True),
        ({"region": ("eu-*",)}, {}, False),
        ({"region": ("eu-*",)}, {"region": ("eu-w*", "eu-west-1")}, True),
        ({"region": ("eu-*",)}, {"region": ("eu-w*", "us-*")}, False),
        ({"region": ("eu-west-1",)}, {"region": ("eu-*",)}, False),
        ({"tag": ("Team",)}, {}, False),
        ({"tag": ("Team",)}, {"tag": ("Team=web", "Team")}, True),
        ({"tag": ("Team=web",)}, {"tag": ("Team",)}, False),
        ({"tag": ("Team",)}, {"tag": ("Team=web", "Stage")}, False),
    ],
)
def test_a_route_takes_all_of_another_that_asks_for_nothing_else(wide, narrow, all_of_it):
    assert Route(**wide).takes_all_of(Route(**narrow)) is all_of_it


def test_a_catch_all_before_puts_the_rest_in_the_shadow():
    many = [
        Route(severity=frozenset({Severity.LOW}), channel="#low"),
        Route(region=("*",), channel="#all"),
        Route(source=frozenset({"billing"}), channel="#money"),
        Route(source=frozenset({OWN}), channel="#ops"),
    ]

    assert list(shadowed(many)) == [(3, 2)]


@pytest.mark.parametrize(
    ("route", "takes"),
    [
        (Route(), True),
        (Route(severity=frozenset({Severity.HIGH})), True),
        (Route(severity=frozenset({Severity.CRITICAL})), False),
        (Route(source=frozenset({"guardduty", "billing"})), True),
        (Route(source=frozenset({"billing"})), False),
        (Route(account=frozenset({"111122223333"})), True),
        (Route(account=frozenset({"444455556666"})), False),
        (Route(region=("us-*", "eu-*")), True),
        (Route(region=("us-*",)), False),
        (Route(tag=("Team=payroll",)), True),
        (Route(tag=("Team=web",)), False),
        (Route(tag=("Team",)), True),
        (Route(tag=("Stage=",)), True),
        (Route(tag=("team",)), False),
        (Route(severity=frozenset({Severity.HIGH}), region=("us-*",)), False),
    ],
)
def test_a_route_takes_what_has_one_of_each_that_it_names(route, takes):
    assert route.takes(ALERT) is takes


def test_an_alert_without_a_region_or_account_is_for_routes_that_ask_for_none():
    nowhere = replace(ALERT, region=None, account_id=None)

    assert Route(region=("*",)).takes(nowhere)
    assert not Route(region=("eu-*",)).takes(nowhere)
    assert not Route(account=frozenset({"111122223333"})).takes(nowhere)


def test_a_route_with_a_mention_alone_leaves_the_channel_as_it_was():
    assert Routes([Route(mention="<!here>")], "#rest").where(ALERT) == Where("#rest", "<!here>", 1)


def test_what_no_route_takes_goes_to_the_default_channel_and_rings_nobody():
    assert Routes([Route(region=("us-*",), channel="#us", mention="<!here>")], "#rest").where(ALERT) == (
        Where("#rest")
    )
    assert Routes().where(ALERT) == Where(None)


def test_the_bots_own_words_go_to_the_ops_channel_whatever_takes_all_of_aws():
    own = replace(ALERT, source=OWN)
    everything = Route(channel="#security", mention="<!channel>")

    assert Routes([everything], "#rest", "#ops").where(own) == Where("#ops")
    assert Routes([everything], "#rest").where(own) == Where("#rest")
    assert Routes([Route(source=frozenset({OWN}), channel="#bot")], "#rest", "#ops").where(own) == (
        Where("#bot", "", 1)
    )


@given(st.text("ab*.", max_size=6), st.text("ab.", max_size=6))
def test_a_star_stands_for_anything_and_nothing_else_is_special(glob, region):
    def fits(glob, text):
        if not glob:
            return not text
        if glob[0] == "*":
            return any(fits(glob[1:], text[n:]) for n in range(len(text) + 1))
        return text[:1] == glob[0] and fits(glob[1:], text[1:])

    assert within(region, glob) is fits(glob, region)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("@here", "<!here>"),
        ("@channel", "<!channel>"),
        ("<!here>", "<!here>"),
        ("U0123ABCD", "<@U0123ABCD>"),
        ("@W0123ABCD", "<@W0123ABCD>"),
        ("<@U0123ABCD>", "<@U0123ABCD>"),
        ("<@U0123ABCD|mika>", "<@U0123ABCD>"),
        ("S0123ABCD", "<!subteam^S0123ABCD>"),
        ("<!subteam^S0123ABCD|@oncall>", "<!subteam^S0123ABCD>"),
        ("", ""),
    ],
)
def test_a_mention_is_written_as_people_do_and_read_into_slacks_form(words, meant):
    assert written.mention(words) == meant


@pytest.mark.parametrize(
    "words",
    ["@mika", "here", "<#C0123ABCD>", "C0123ABCD", "<!here> @channel", "<!date^1>", "<@U1|x> <!here>"],
)
def test_what_is_no_mention_is_refused_with_the_way_to_find_an_id(words):
    with pytest.raises(BadRequest, match="is no mention") as error:
        written.mention(words)
    assert "Copy member ID" in error.value.hint


@given(st.text(max_size=20))
def test_a_mention_is_slacks_form_or_refused(words):
    try:
        meant = written.mention(words)
    except BadRequest:
        return
    assert meant == "" or written.mention(meant) == meant


@pytest.mark.parametrize(
    ("words", "meant"), [("U0123ABCD", "U0123ABCD"), ("<!subteam^S0123|@x>", "S0123"), ("<@W12>", "W12")]
)
def test_who_may_change_something_is_known_by_id(words, meant):
    assert written.holder(words) == meant


@pytest.mark.parametrize("words", ["#security", "security", "C0123456789", "G0123", "#警報", "#a-b_c"])
def test_a_channel_is_a_name_or_an_id(words):
    assert written.channel(words) == words


@pytest.mark.parametrize("words", ["#Security", "#two words", "@mika", "", "#", "<#C0123|x>", "#a,b"])
def test_what_is_no_channel_is_refused(words):
    with pytest.raises(BadRequest, match="no channel's name or id"):
        written.channel(words)


@pytest.mark.parametrize(
    ("words", "hint"),
    [("hihg", "Did you mean high?"), ("medum+", "Did you mean medium?"), ("7", "There is critical, high,")],
)
def test_a_severity_that_there_is_not_names_the_nearest(words, hint):
    with pytest.raises(BadRequest, match=r"there is no severity") as error:
        written.severities(words)
    assert error.value.hint.startswith(hint)


def test_a_severity_is_read_in_any_case():
    assert written.severities("HIGH+") == {Severity.HIGH, Severity.CRITICAL}
    assert written.severities("Critical") == {Severity.CRITICAL}


@pytest.mark.parametrize("words", ["eu-west-1", "eu-*", "xx-newland-1", "global", "*", "EU-WEST-1"])
def test_a_region_may_be_newer_than_the_bot(words):
    assert written.region(words) == words.lower()


@pytest.mark.parametrize(
    ("words", "hint"), [("us-east1", "Did you mean us-east-1?"), ("eu_*", "eu-*"), ("Irland", "eu-west-1")]
)
def test_a_region_that_takes_nothing_is_refused(words, hint):
    with pytest.raises(BadRequest, match="there is no region") as error:
        written.region(words)
    assert hint in error.value.hint

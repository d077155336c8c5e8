"""Who is where, by Slack's word: remembered shortly, never where it would let somebody change something."""

from types import SimpleNamespace

import pytest

from bot.edges.slack.members import Members
from bot.errors import Upstream


class FakeLine:
    """Answers calls by the method's name; counts them. An answer may be an error."""

    def __init__(self, **answers):
        self.answers = answers
        self.asked = []
        self.client = SimpleNamespace(**{name: name for name in answers})

    async def call(self, method, **arguments):
        self.asked.append((method, arguments))
        answer = self.answers[method]
        found = answer.pop(0) if isinstance(answer, list) else answer
        if isinstance(found, Exception):
            raise found
        return found


@pytest.fixture
def clock():
    return SimpleNamespace(now=0.0)


def members(clock, **answers):
    line = FakeLine(**answers)
    return Members(line, lambda: clock.now), line


async def test_who_is_in_a_channel_is_read_page_by_page_and_remembered_for_a_minute(clock):
    pages = [
        {"members": ["U1"], "response_metadata": {"next_cursor": "more"}},
        {"members": ["U2"], "response_metadata": {"next_cursor": ""}},
        {"members": []},
    ]
    known, line = members(clock, conversations_members=pages)

    assert [await known.is_in("C1", user) for user in ("U2", "U1", "U2")] == [True, True, True]
    assert [arguments["cursor"] for _, arguments in line.asked] == ["", "more"]
    clock.now = 61
    assert not await known.is_in("C1", "U2")


async def test_who_was_not_there_is_looked_up_anew(clock):
    known, _ = members(clock, conversations_members=[{"members": []}, {"members": ["U1"]}])

    assert [await known.is_in("C1", "U1") for _ in range(2)] == [False, True]


async def test_who_is_in_a_group_is_asked_every_time(clock):
    known, _ = members(clock, usergroups_users_list=[{"users": ["U1"]}, {"users": []}])

    assert [await known.of_group("S1") for _ in range(2)] == [frozenset({"U1"}), frozenset()]


@pytest.mark.parametrize("name", ["C1", "#security", "security", "#alerts-old"])
async def test_a_channel_goes_by_its_id_its_name_and_the_names_it_had(clock, name):
    told = {"channel": {"name": "security", "name_normalized": "security", "previous_names": ["alerts-old"]}}
    known, _ = members(clock, conversations_info=told)

    assert await known.is_called("C1", name)
    assert not await known.is_called("C1", "#other")
    assert not await known.is_called("C1", "C2")


async def test_a_person_goes_by_their_id_where_slack_wont_say(clock):
    known, _ = members(
        clock, users_info=[{"user": {"real_name": "Mika Sato"}}, Upstream("no"), {"user": None}]
    )

    assert [await known.name("U1") for _ in range(3)] == ["Mika Sato", "U1", "U1"]

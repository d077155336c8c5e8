"""Archive in GuardDuty: only for whom the settings name, by id, asked at the click; and the post says who did it."""

import pytest

from bot.embedded.slack import Fault
from bot.errors import AccessDenied, NotFound
from tests.edges.slack.alerts import SCOPES, alert, button, labels, open_alerts
from tests.edges.slack.conftest import BEN, MIKA, text

ARCHIVE = "Archive in GuardDuty"


@pytest.fixture
def opened(tmp_path):
    def opened(*change, **options):
        return open_alerts(tmp_path, change, **options)

    return opened


async def test_the_button_asks_first(opened):
    async with opened(MIKA) as alerts:
        post = await alerts.tell(alert())

        asked = button(post, ARCHIVE)["confirm"]

        assert "GuardDuty hides this finding" in asked["text"]["text"]


async def test_who_may_archives_and_the_post_is_over_with_their_name(opened):
    async with opened(MIKA) as alerts:
        post = await alerts.tell(alert())

        pressed = await alerts.press(post, ARCHIVE)
        await alerts.run()

        assert alerts.changes.archived == [alert().finding]
        assert pressed["result"] == "done"
        assert "OVER" in text(post)
        assert "archived in GuardDuty by mika.sato" in text(post)
        assert ARCHIVE not in labels(post)


async def test_a_member_of_a_group_that_may_is_one_who_may(opened):
    async with opened("oncall") as alerts:
        assert (await alerts.press(await alerts.tell(alert()), ARCHIVE, BEN))["result"] == "done"


async def test_nobody_may_where_the_settings_name_nobody(opened):
    async with opened() as alerts:
        pressed = await alerts.press(await alerts.tell(alert()), ARCHIVE)

        assert alerts.changes.archived == []
        assert pressed["result"] == "Forbidden: You may not change anything in AWS from here."
        assert "Nobody may: access.change in the settings names nobody." in text(await alerts.told())


async def test_a_refusal_says_who_may_by_name(opened):
    async with opened(BEN) as alerts:
        post = await alerts.tell(alert())
        await alerts.press(post, ARCHIVE)

        assert "Ask one of these: Ben Okafor." in text(await alerts.told())
        assert alerts.changes.archived == []


async def test_a_refusal_names_the_people_of_a_group_not_its_id(opened):
    async with opened("oncall") as alerts:
        world = alerts.slack.world
        group = next(iter(world.usergroups))
        world.usergroups[group] = ("oncall", [alerts.id(BEN)])
        await alerts.press(await alerts.tell(alert()), ARCHIVE)

        assert "Ask one of these: Ben Okafor." in text(await alerts.told())
        assert group not in text(await alerts.told())


async def test_who_has_left_the_group_may_not_any_more(opened):
    """Asked at the click: nothing is remembered of a group."""
    async with opened("oncall") as alerts:
        world = alerts.slack.world
        assert (await alerts.press(await alerts.tell(alert("one")), ARCHIVE))["result"] == "done"
        world.usergroups[next(iter(world.usergroups))] = ("oncall", [alerts.id(BEN)])

        pressed = await alerts.press(await alerts.tell(alert("two")), ARCHIVE)

        assert pressed["result"].startswith("Forbidden")


async def test_when_slack_wont_say_who_is_in_a_group_nobody_may_and_the_reason_is_told(opened):
    async with opened("oncall", scopes=[scope for scope in SCOPES if scope != "usergroups:read"]) as alerts:
        pressed = await alerts.press(await alerts.tell(alert()), ARCHIVE)

        assert alerts.changes.archived == []
        assert "I can't tell whether you may change anything in AWS" in text(await alerts.told())
        assert "usergroups:read" in text(await alerts.told())
        assert pressed["result"].startswith("Forbidden: I can't tell")


async def test_a_group_that_cannot_be_read_takes_nothing_from_who_is_named_alone(opened):
    async with opened("S0GONE", "oncall") as alerts:
        assert (await alerts.press(await alerts.tell(alert()), ARCHIVE))["result"] == "done"


async def test_a_group_that_is_no_more_lets_nobody_in(opened):
    async with opened("S0GONE") as alerts:
        pressed = await alerts.press(await alerts.tell(alert()), ARCHIVE)

        assert "no_such_subteam" in pressed["result"]
        assert alerts.changes.archived == []


async def test_who_may_change_must_be_a_member_of_the_channel_all_the_same(opened):
    async with opened(MIKA) as alerts:
        post = await alerts.tell(alert())
        alerts.slack.world.channel("security").members.discard(alerts.id(MIKA))

        pressed = await alerts.press(post, ARCHIVE)

        assert pressed["result"].startswith("Forbidden: Only members")
        assert alerts.changes.archived == []


@pytest.mark.parametrize(
    "error",
    [
        AccessDenied("AWS refused.", "Allow guardduty:ArchiveFindings.", action="guardduty:ArchiveFindings"),
        NotFound("GuardDuty shows this account no such finding.", "Archive it in the console."),
    ],
)
async def test_what_aws_refuses_is_told_and_the_post_stays_open(opened, error):
    async with opened(MIKA) as alerts:
        alerts.changes.error = error
        post = await alerts.tell(alert())

        pressed = await alerts.press(post, ARCHIVE)
        await alerts.run()

        assert error.message in text(await alerts.told())
        assert error.hint in text(await alerts.told())
        assert pressed["result"] == f"{error.type}: {error.message}"
        assert "OVER" not in text(post)
        assert ARCHIVE in labels(post)


async def test_what_is_over_is_not_archived_again(opened):
    async with opened(MIKA, BEN) as alerts:
        post = await alerts.tell(alert())
        await alerts.press(post, ARCHIVE)

        pressed = await alerts.press(post, ARCHIVE, BEN)

        assert pressed["result"] == "BadRequest: This is over already: archived in GuardDuty by mika.sato."
        assert len(alerts.changes.archived) == 1


async def test_what_is_no_finding_has_no_such_button(opened):
    async with opened(MIKA) as alerts:
        assert ARCHIVE not in labels(await alerts.tell(alert(finding=None)))


async def test_when_slack_tells_nobodys_name_the_refusal_still_comes(opened):
    async with opened(BEN) as alerts:
        post = await alerts.tell(alert())
        await alerts.press(post, "Acknowledge")  # Mika is known by now
        alerts.slack.world.faults.next_calls("users.info", Fault(error="internal_error"), 3)

        await alerts.press(post, ARCHIVE)

        assert f"Ask one of these: {alerts.id(BEN)}." in text(await alerts.told())

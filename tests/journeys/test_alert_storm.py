"""A storm on its way from the event bus: one digest, all of it as a file, one kind of it muted."""

import csv
import io

import pytest

from bot.embedded.aws.world import tell_finding
from tests.journeys.alert_steps import buttons, finding_of, press, said, thread
from tests.journeys.steps import MIKA, eventually

pytestmark = pytest.mark.asyncio(loop_scope="module")
SETTINGS = {"NOROSHI_ALERTS__STORM_ABOVE": "2", "NOROSHI_ALERTS__ROUTES": "[]"}
HOSTILE = '=cmd|"/C calc"!A0 <!channel> \u202egpj.exe'


def digest(journey, at_least):
    """The storm's digest, once it counts so many."""
    found = [each for each in journey.messages("security") if "one digest, nothing dropped" in said(each)]
    counted = [each for each in found if int(said(each).split(" problems")[0].split()[-1]) >= at_least]
    return counted[0] if counted else None


async def test_all_of_a_storm_is_in_the_file_and_a_kind_of_it_can_be_muted(journey):
    probes = [finding_of(journey, 2) for _ in range(12)]
    callers = [finding_of(journey, 1, title=HOSTILE, description=HOSTILE) for _ in range(6)]
    for finding in (*probes, *callers):
        tell_finding(journey.world.aws, finding)
    alone = {finding.id for finding in probes + callers}

    storm = await eventually(lambda: digest(journey, 12))
    on_their_own = {
        each for each in alone if any(each in said(message) for message in journey.messages("security"))
    }
    await eventually(lambda: digest(journey, len(alone - on_their_own)))
    await press(journey, storm, "All as CSV")
    [file] = (await eventually(lambda: thread(journey, storm)))[0].body["files"]
    content = journey.world.slack.world.files._files[file["id"]].content.decode()
    rows = list(csv.DictReader(io.StringIO(content, newline="")))

    told = {row["key"].rpartition(":")[2] for row in rows}
    assert told | on_their_own == alone
    assert "\u202e" not in content
    assert not [
        cell for row in rows for cell in row.values() if cell and cell.startswith(("=", "+", "-", "@"))
    ]

    await press(journey, storm, "Mute a kind…")
    world = journey.world.slack.world
    form = await eventually(lambda: (world.modals.stacks.get(world.user(MIKA).id) or [None])[-1])
    what = next(block for block in form.body["blocks"] if block.get("block_id") == "what")["element"][
        "options"
    ]
    kind = next(
        each
        for each in what
        if "PortProbe" in each["text"]["text"] or "probe" in each["text"]["text"].lower()
    )
    assert (
        await journey.visitor.submit(form, {"what": kind["value"], "until": "1h", "reason": "our scanner"})
    ).ok
    message = await eventually(
        lambda: next((each for each in journey.messages("security") if "Unmute" in buttons(each)), None)
    )
    assert "our scanner" in said(message)

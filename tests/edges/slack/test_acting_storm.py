"""A storm's digest: all of it as a file in its thread, and one of its kinds muted while it changes."""

import csv
import io
from datetime import timedelta

import pytest

from bot.core.severity import Severity
from bot.pipeline import Pace
from tests.edges.slack.alerts import alert, labels, open_alerts, options, submit
from tests.edges.slack.conftest import BEN, text
from tests.render.hostile import CORPUS


@pytest.fixture
async def alerts(tmp_path):
    async with open_alerts(tmp_path) as opened:
        opened.pace = Pace(step=timedelta(), storm_above=2)
        yield opened


def of(kind, count, **parts):
    return [alert(f"{kind}-{n}", kind=kind, **parts) for n in range(count)]


def rows(alerts):
    """The CSV that was uploaded last, as text and as rows."""
    file = list(alerts.slack.world.files._files.values())[-1]
    content = file.content
    return content.decode(), list(csv.DictReader(io.StringIO(content.decode(), newline="")))


async def test_all_of_it_is_a_file_in_the_thread_of_the_digest(alerts):
    digest = await alerts.tell(*of("Port probe", 150), *of("Tor caller", 30, severity=Severity.LOW))

    pressed = await alerts.press(digest, "All as CSV", BEN)
    await alerts.workspace.until(lambda: alerts.thread(digest))

    [message] = alerts.thread(digest)
    _, found = rows(alerts)
    assert message.body["files"][0]["name"] == "noroshi-storm-20261125-0300.csv"
    assert len({row["key"] for row in found}) == 180
    assert {row["severity"] for row in found} == {"high", "low"}
    assert pressed["result"] == "done"
    assert pressed["what"] == "storm of 2026-11-25 03:00"


async def test_hostile_text_in_the_file_is_harmless(alerts):
    every = [
        alert(f"{n}-{words}"[:200], title=words, kind=words[:200] or "k", resource=words, account_id=words)
        for n, words in enumerate(CORPUS.values())
    ]
    digest = await alerts.tell(*every)

    await alerts.press(digest, "All as CSV")

    written, found = rows(alerts)
    assert len(found) == len(CORPUS)
    assert "\u202e" not in written
    assert "\x1b" not in written
    cells = [cell for row in found for cell in row.values() if cell]
    assert not [cell for cell in cells if cell.lstrip()[:1] in {"=", "+", "-", "@"}]


async def test_a_kind_is_muted_while_the_storm_changes(alerts):
    """The form shows the kinds by how many they are; that order is another when it is submitted."""
    digest = await alerts.tell(*of("Port probe", 6), *of("Tor caller", 3))
    await alerts.press(digest, "Mute a kind…")
    view = alerts.modal()
    offered = options(view, "what")
    assert list(offered.values()) == ["6 × Port probe", "3 × Tor caller"]
    await alerts.tell(*of("Tor caller", 20), *of("Crypto mining", 30))

    probe = next(value for value, words in offered.items() if words.endswith("Port probe"))
    pressed = await submit(alerts, view, what=probe)

    assert pressed["result"].startswith("Port probe until ")
    assert "mika.sato muted: Port probe" in text(alerts.messages()[-1])
    before = alerts.ledger.find(
        alerts.ledger.store.read("storming:#security")["storming:#security"].body["storm"]
    )
    await alerts.tell(*(alert(f"new-{n}", kind="Port probe") for n in range(5)))
    assert alerts.ledger.find(before.thing.id).thing.problems == before.thing.problems


async def test_a_storm_of_more_kinds_than_a_list_takes_offers_the_most_frequent(alerts):
    kinds = [
        alert(f"k{n}-{m}", kind=f"kind {n:03} " + "x" * 300) for n in range(120) for m in range(1 + (n == 77))
    ]
    digest = await alerts.tell(*kinds)

    await alerts.press(digest, "Mute a kind…")

    offered = options(alerts.modal(), "what")
    assert len(offered) == 100
    assert next(iter(offered.values())).startswith("2 × kind 077")
    assert "of the 100 most frequent" in str(alerts.modal().body["blocks"][0])
    pressed = await submit(alerts, alerts.modal(), what=list(offered)[42])
    assert pressed["result"].startswith("kind ")


@pytest.mark.parametrize(
    "what", ["kind:0", "kind:-1", "kind:", "kind", "problem", "resource", "kind:" + "0" * 32]
)
async def test_a_choice_that_names_no_kind_of_the_storm_is_refused(alerts, what):
    digest = await alerts.tell(*of("Port probe", 6))
    await alerts.press(digest, "Mute a kind…")
    view = alerts.modal()
    field = next(block for block in view.body["blocks"] if block.get("block_id") == "what")
    field["element"]["options"].append({"text": {"type": "plain_text", "text": "x"}, "value": what})

    pressed = await submit(alerts, view, what=what)

    assert pressed["result"].startswith("BadRequest")
    assert alerts.ledger.store.read("mutes") == {}


async def test_the_digest_of_a_storm_that_is_over_still_gives_all_of_it(alerts):
    digest = await alerts.tell(*of("Port probe", 9))
    await alerts.run(1200)

    await alerts.press(digest, "All as CSV")

    assert labels(digest) == ["All as CSV"]
    assert len(rows(alerts)[1]) == 9


async def test_what_was_muted_or_ended_since_is_still_in_the_file(alerts):
    """Nothing is dropped: not by a mute of one of its kinds, nor by what got worse and is over now."""
    digest = await alerts.tell(*of("Port probe", 6), *of("Tor caller", 3))
    await alerts.press(digest, "Mute a kind…")
    probe = next(value for value, words in options(alerts.modal(), "what").items() if "Port probe" in words)
    await submit(alerts, alerts.modal(), what=probe)
    await alerts.tell(*(alert(f"Port probe-{n}", 2, kind="Port probe") for n in range(6)))
    await alerts.tell(alert("Tor caller-0", 2, kind="Tor caller", severity=Severity.CRITICAL))
    await alerts.tell(alert("Tor caller-0", 3, kind="Tor caller", resolved=True))
    await alerts.run(60)

    await alerts.press(digest, "All as CSV")

    assert len({row["key"] for row in rows(alerts)[1]}) == 9

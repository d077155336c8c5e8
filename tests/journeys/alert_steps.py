"""What people do with alerts in the embedded world."""

import secrets
from dataclasses import replace

from bot.embedded.aws.world import tell_finding
from bot.embedded.incident import findings
from tests.journeys.steps import MIKA, eventually, is_note, texts


def said(message):
    """Everything that a message says."""
    return " ".join(texts(message.blocks))


def finding_of(journey, which=0, **changes):
    """One more finding like one of the incident's, with an id of its own."""
    like = findings(journey.world.incident)[which]
    return replace(like, detail=like.detail | {"id": secrets.token_hex(16)} | changes)


async def found(journey, finding, channel="security"):
    """Let GuardDuty find it; gives its post."""
    tell_finding(journey.world.aws, finding)
    return await eventually(lambda: post_of(journey, finding, channel))


def post_of(journey, finding, channel="security"):
    return next((each for each in journey.messages(channel) if finding.id in said(each)), None)


async def press(journey, message, label, user=MIKA):
    """Press the button of that label."""
    button = buttons(message)[label]
    outcome = await journey.visitor.click(user, message, button["action_id"])
    assert outcome.ok, outcome
    return outcome


def buttons(message):
    """Its buttons by label."""
    elements = [each for block in message.blocks for each in block.get("elements", [])]
    return {each["text"]["text"]: each for each in elements if each.get("type") == "button"}


def thread(journey, post, channel="security"):
    """What stands in its thread, oldest first."""
    return [
        each
        for each in journey.messages(channel)
        if each.body.get("thread_ts") == post.ts and each.ts != post.ts
    ]


def answered(journey, post):
    """The first of its thread that is no note of work in progress: later ones may come while it is waited for."""
    return next((each for each in thread(journey, post) if not is_note(each)), None)


async def told(journey, user, words, channel="security", after=0):
    """The message that only this person sees, with these words in it; not one of the channel's first `after`."""
    person = journey.world.slack.world.user(user).id

    def found_it():
        mine = [each for each in journey.messages(channel)[after:] if each.only_for == person]
        return next((each for each in mine if words in said(each)), None)

    return await eventually(found_it)


def archived(journey, finding):
    """Whether it is archived in GuardDuty."""
    place = journey.world.aws.findings.of(finding.account_id, finding.region)
    return {each["id"] for each in place if each["service"]["archived"]} & {finding.id}

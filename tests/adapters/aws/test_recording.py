"""What the account's trails record, asked of CloudTrail; never an error, at worst unknown."""

import json
import shlex
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.aws.recording import TrailRecording
from bot.core.coverage.caveats import caveats
from bot.core.coverage.kinds import of_management
from bot.core.coverage.need import ANYTHING, Need
from bot.core.coverage.trails import Refused, Status, Trails
from bot.core.recording import NOTHING, UNKNOWN, Recorded, recorded
from bot.core.span import Span
from bot.core.text import Code
from bot.embedded.aws import HOME
from bot.errors import Upstream
from commands.trail.coverage import Coverage, coverage
from commands.trail.coverage_view import show
from tests.adapters.aws.trails_asked import TRAIL, Refusing, another, selecting
from tests.aws_world import LOGS, NOW
from tests.core.coverage.trails import ALL_DATA, advanced

SPAN = Span(NOW - timedelta(days=7), NOW - timedelta(days=1))


@pytest.fixture
def cloudtrail(world):
    return world.client("cloudtrail")


def asked(world, region=HOME):
    return TrailRecording(
        lambda: world.client("cloudtrail", region), lambda there: world.client("cloudtrail", there)
    )


def codes(world, need, span=SPAN, found=True):
    return {one.code: one.weight for one in caveats(found, need, span, asked(world).trails(), NOW)}


class Clock:
    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


def test_a_trail_that_is_on_records_what_its_selectors_say(world):
    assert asked(world).objects("acme-payroll") == Recorded("all", "all")


def test_a_trail_that_is_off_records_nothing_and_says_since_when(world, cloudtrail):
    cloudtrail.stop_logging(Name="acme-trail")
    try:
        recording = asked(world)
        assert recording.objects("acme-payroll") == NOTHING
        assert recording.trails().found[0].status == Status(
            logging=False,
            started_at=datetime(2024, 1, 1, tzinfo=UTC),
            stopped_at=NOW,
            delivered_at=NOW - timedelta(minutes=4),
        )
        assert codes(world, Need(), Span(NOW - timedelta(days=1), NOW + timedelta(days=1))) == {
            "logging-stopped": "note"
        }
    finally:
        cloudtrail.start_logging(Name="acme-trail")
    (trail,) = asked(world).trails().found
    assert (trail.status.logging, trail.status.started_at, trail.status.stopped_at) == (True, NOW, NOW)


def test_a_trail_is_read_with_all_that_caveats_need(world):
    trails = asked(world).trails()
    (trail,) = trails.found

    assert trails.region == HOME
    assert (trail.name, trail.arn, trail.home_region, trail.account_id) == (
        "acme-trail",
        TRAIL,
        HOME,
        "111122223333",
    )
    assert (trail.multi_region, trail.organization, trail.global_events) == (True, False, True)
    assert trail.log_bucket == LOGS
    assert trail.status.delivered_at == NOW - timedelta(minutes=4)
    assert trail.selectors["EventSelectors"][0]["DataResources"][0]["Values"] == ["arn:aws:s3"]


def test_basic_selectors_leave_out_what_they_leave_out(world, cloudtrail):
    basic = {"ReadWriteType": "WriteOnly", "ExcludeManagementEventSources": ["kms.amazonaws.com"]}
    before = cloudtrail.get_event_selectors(TrailName="acme-trail")["EventSelectors"]
    cloudtrail.put_event_selectors(TrailName="acme-trail", EventSelectors=[basic])
    try:
        found = codes(world, Need(bucket="acme-payroll"), found=False)
    finally:
        cloudtrail.put_event_selectors(TrailName="acme-trail", EventSelectors=before)

    assert found == dict.fromkeys(("management-reads-off", "data-events-off", "sources-excluded"), "blind")


def test_advanced_selectors_leave_out_what_they_leave_out(world, cloudtrail):
    kms = {"NotEquals": ["kms.amazonaws.com"]}
    objects = advanced("Data", resources__type="AWS::S3::Object", readOnly="false")
    with selecting(cloudtrail, advanced(eventSource=kms), objects):
        found = codes(world, Need(bucket="acme-payroll"))
    with selecting(cloudtrail, advanced(), *ALL_DATA):
        whole = codes(world, ANYTHING)

    assert found == dict.fromkeys(("data-events-partial", "sources-excluded"), "note")
    assert whole == {}


def test_a_trail_of_another_region_is_asked_there_for_its_selectors(world):
    with another(world, "global-trail", "us-east-1", IsMultiRegionTrail=True):
        home, far = sorted(asked(world).trails().found, key=lambda trail: trail.home_region)
        alone = TrailRecording(lambda: world.client("cloudtrail")).trails()

    assert (home.home_region, far.home_region) == (HOME, "us-east-1")
    assert far.selectors == {"EventSelectors": [], "AdvancedEventSelectors": []}
    assert [one.what for one in alone.unsaid] == ["what the trail global-trail records"]


def test_a_region_without_any_trail_says_so(world, cloudtrail):
    cloudtrail.update_trail(Name="acme-trail", IsMultiRegionTrail=False)
    try:
        far = asked(world, "us-east-1").trails()
        here = codes(world, Need(regions=("ap-northeast-1",)))
    finally:
        cloudtrail.update_trail(Name="acme-trail", IsMultiRegionTrail=True)

    assert (far.region, far.found, far.refused) == ("us-east-1", (), ())
    assert here == {"single-region-trail": "blind"}


@pytest.mark.parametrize(
    ("call", "refused"),
    [
        ("describe_trails", ("which trails there are", "cloudtrail:DescribeTrails")),
        ("get_trail_status", ("whether the trail acme-trail is on", "cloudtrail:GetTrailStatus")),
        ("get_event_selectors", ("what the trail acme-trail records", "cloudtrail:GetEventSelectors")),
    ],
)
def test_a_refusal_is_unknown_and_names_the_action(cloudtrail, call, refused):
    recording = TrailRecording(lambda: Refusing(cloudtrail, call))

    (unsaid,) = recording.trails().unsaid
    assert (unsaid.what, unsaid.action) == refused
    assert recording.objects("acme-payroll") == UNKNOWN


def test_what_is_no_refusal_names_no_action(cloudtrail):
    recording = TrailRecording(lambda: Refusing(cloudtrail, "get_trail_status", code="ThrottlingException"))

    (unsaid,) = recording.trails().unsaid
    assert (unsaid.action, unsaid.reason) == (None, "AWS is throttling cloudtrail:GetTrailStatus.")


def test_an_answer_of_another_form_is_unknown_too():
    class Odd:
        """Answers, but nothing that is documented."""

        class meta:  # noqa: N801 - as boto3 has it
            region_name = HOME

        def describe_trails(self, **_):
            return {"trailList": [{"Name": "x"}]}

    trails = TrailRecording(Odd).trails()

    assert trails.refused == (Refused("which trails there are", "AWS answered in a form that I don't know."),)


def test_without_a_region_or_credentials_it_is_unknown():
    def nowhere():
        raise Upstream("No AWS region is set.")

    recording = TrailRecording(nowhere)

    assert recording.objects("acme-payroll") == UNKNOWN
    assert recording.trails().refused == (Refused("which trails there are", "No AWS region is set."),)


def test_what_was_seen_holds_for_five_minutes_and_a_refusal_for_half_a_one(cloudtrail):
    clock, client = Clock(), Refusing(cloudtrail)
    recording = TrailRecording(lambda: client, clock=clock)
    for clock.seconds in (0, 299, 301):
        recording.trails()
    assert client.asked.count("describe_trails") == 2

    client.calls = ("get_trail_status",)
    for clock.seconds in (700, 729, 731):
        recording.trails()
    assert client.asked.count("describe_trails") == 4


def test_many_at_once_make_one_look(cloudtrail):
    client = Refusing(cloudtrail)
    recording = TrailRecording(lambda: client)

    with ThreadPoolExecutor(8) as pool:
        seen = {id(each) for each in pool.map(lambda _: recording.trails(), range(32))}

    assert (len(seen), client.asked.count("describe_trails")) == (1, 1)


def shown(world, bucket):
    request = Coverage(bucket=bucket)
    return show(request, coverage(request, asked(world)))


def pasted(world, view):
    """Do what the command lines of an answer would, by the same calls with the same words."""
    for piece in (piece for part in view.sections for line in part.lines for piece in line):
        if isinstance(piece, Code):
            _, _, call, *words = shlex.split(piece.text)
            assert words[-2:] == ["--region", HOME]
            given = dict(zip(words[0:-2:2], words[1:-2:2], strict=True))
            client = world.client("cloudtrail")
            if call == "start-logging":
                client.start_logging(Name=given["--name"])
            else:
                assert call == "put-event-selectors"
                name, (option, put) = given.pop("--trail-name"), given.popitem()
                key = {
                    "--event-selectors": "EventSelectors",
                    "--advanced-event-selectors": "AdvancedEventSelectors",
                }
                client.put_event_selectors(TrailName=name, **{key[option]: json.loads(put)})


def test_what_coverage_shows_turns_it_on(world, cloudtrail):
    some = {"ReadWriteType": "WriteOnly", "IncludeManagementEvents": True}
    some["DataResources"] = [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3:::other/"]}]
    before = cloudtrail.get_event_selectors(TrailName="acme-trail")["EventSelectors"]
    cloudtrail.put_event_selectors(TrailName="acme-trail", EventSelectors=[some])
    cloudtrail.stop_logging(Name="acme-trail")
    try:
        off = shown(world, "acme-payroll")
        pasted(world, off)
        on = shown(world, "acme-payroll")
        other = asked(world).objects("other")
    finally:
        cloudtrail.put_event_selectors(TrailName="acme-trail", EventSelectors=before)
        cloudtrail.start_logging(Name="acme-trail")

    assert off.title == "Reads and writes of objects in acme-payroll are not recorded"
    assert on.title == "Reads and writes of objects in acme-payroll are recorded"
    assert other == Recorded("none", "all")


def test_a_trail_with_no_selectors_of_its_own_keeps_its_management_events(world):
    with another(world, "plain", HOME, IsMultiRegionTrail=True):
        client = world.client("cloudtrail")
        client.start_logging(Name="plain")
        recording = TrailRecording(lambda: client)
        (plain,) = [trail for trail in recording.trails().found if trail.name == "plain"]
        request = Coverage(bucket="acme-archive")
        only = Trails(HOME, (plain,))
        pasted(world, show(request, coverage(request, Ready(only))))
        put = client.get_event_selectors(TrailName="plain")

    assert recorded(put, "acme-archive") == Recorded("all", "all")
    assert of_management(put) == Recorded("all", "all")


class Ready:
    """A port whose answer is there already."""

    def __init__(self, seen):
        self.seen = seen

    def trails(self):
        return self.seen

"""AWS is asked whether what tells us things is on; what it does not say is unknown, and nothing else is lost by it."""

from datetime import UTC, datetime, timedelta

import boto3
import pytest
from botocore.exceptions import ClientError

from bot.adapters.aws.hearing import AwsHearing, Place, covering, recorder_status, trail_status
from bot.adapters.aws.session import make_session
from bot.core.hearing.senses import AccountSense, DeadSense, Sense
from bot.embedded.aws import HOME, PROD
from bot.embedded.aws.config.recordings import Recorder
from bot.errors import Upstream
from tests.aws_world import NOW

VIRGINIA = "us-east-1"
TRAIL = f"arn:aws:cloudtrail:{HOME}:{PROD.id}:trail/acme-trail"


@pytest.fixture
def hearing(world, session):
    return listening(world, session)


def listening(world, session, *regions, queues=()):
    places = [Place(lambda: session, regions or (HOME,))]
    return AwsHearing(places, queues, lambda: session, pause=lambda _: None)


def only(hearing) -> AccountSense:
    ((sense,),) = hearing.accounts()
    return sense


def test_what_is_on_is_on(world, hearing):
    world.aws.recordings.open((PROD.id, HOME), Recorder(NOW - timedelta(days=9)))

    sense = only(hearing)

    assert (sense.account_id, sense.region) == (PROD.id, HOME)
    assert (sense.detector.state, sense.trail, sense.recorder) == (
        "on",
        Sense("on", TRAIL),
        Sense("on", "default"),
    )
    assert sense.delivery_error == ""
    assert sense.delivered_at.tzinfo is UTC


def test_a_detector_that_is_switched_off_says_its_id_and_since_when(world, hearing):
    guardduty = world.client("guardduty")
    (detector,) = guardduty.list_detectors()["DetectorIds"]
    guardduty.update_detector(DetectorId=detector, Enable=False)
    try:
        assert only(hearing).detector == Sense("off", detector, NOW)
    finally:
        guardduty.update_detector(DetectorId=detector, Enable=True)


def test_where_no_detector_is_it_is_none(world, session):
    assert only(listening(world, session, "eu-west-3")).detector == Sense("none")


def test_a_trail_of_all_regions_that_is_stopped_is_off_in_each(world, session):
    cloudtrail = world.client("cloudtrail")
    cloudtrail.stop_logging(Name="acme-trail")
    try:
        ((home, elsewhere),) = listening(world, session, HOME, VIRGINIA).accounts()
    finally:
        cloudtrail.start_logging(Name="acme-trail")

    assert (home.trail.state, home.trail.name) == ("off", TRAIL)
    assert home.trail.since.tzinfo is UTC
    assert elsewhere.trail == home.trail


def test_a_region_that_another_trail_covers_is_on(world, hearing):
    cloudtrail = world.client("cloudtrail")
    cloudtrail.create_trail(Name="second", S3BucketName="acme-trail-logs")
    cloudtrail.start_logging(Name="second")
    cloudtrail.stop_logging(Name="acme-trail")
    try:
        assert only(hearing).trail == Sense("on", f"arn:aws:cloudtrail:{HOME}:{PROD.id}:trail/second")
    finally:
        cloudtrail.start_logging(Name="acme-trail")
        cloudtrail.delete_trail(Name="second")


def test_a_recorder_that_is_stopped_says_since_when(world, hearing):
    world.aws.recordings.open((PROD.id, HOME), Recorder(NOW - timedelta(days=9)))
    world.client("config").stop_configuration_recorder(ConfigurationRecorderName="default")

    assert only(hearing).recorder == Sense("off", "default", NOW)


def test_where_nothing_records_the_recorder_is_none(world, session):
    assert only(listening(world, session, "eu-west-3")).recorder == Sense("none")


def test_dead_letters_are_counted_also_while_somebody_looks_at_them(world, session):
    sqs, dead = world.client("sqs"), world.seeded.dead_letter_url
    hearing = listening(world, session, queues=(world.seeded.queue_url,))

    assert [*hearing.dead_letters()] == [DeadSense("noroshi", Sense("on", "noroshi-dead"), 0, dead)]
    for _ in range(2):
        sqs.send_message(QueueUrl=dead, MessageBody="poison")
    sqs.receive_message(QueueUrl=dead, MaxNumberOfMessages=1)
    try:
        assert [each.waiting for each in hearing.dead_letters()] == [2]
    finally:
        sqs.purge_queue(QueueUrl=dead)


def test_a_queue_without_a_dead_letter_queue_has_none_and_one_that_is_not_there_is_unknown(world, session):
    url = world.client("sqs").create_queue(QueueName="bare")["QueueUrl"]
    gone = url.replace("bare", "gone")

    bare, missing = listening(world, session, queues=(url, gone)).dead_letters()

    assert bare == DeadSense("bare", Sense("none"))
    assert (missing.queue, missing.sense.state, missing.sense.action) == ("gone", "unknown", None)
    assert missing.sense.reason


def test_credentials_that_aws_does_not_know_make_everything_unknown_and_raise_nothing(
    world, session, monkeypatch
):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIANOBODYATALL00000")
    stranger = make_session()
    places = [Place(lambda: stranger, (HOME,), PROD.id)]

    sense = only(AwsHearing(places, (), lambda: stranger, pause=lambda _: None))

    assert {sense.detector.state, sense.trail.state, sense.recorder.state} == {"unknown"}
    assert "credentials" in sense.detector.reason


def test_an_account_that_can_not_be_entered_is_unknown(session):
    def refused():
        raise Upstream("AWS said no to sts:AssumeRole.")

    places = [Place(refused, (HOME,), "444455556666"), Place(lambda: session, (HOME,))]
    first, second = AwsHearing(places, (), lambda: session, pause=lambda _: None).accounts()

    assert first[0].trail == Sense("unknown", reason="AWS said no to sts:AssumeRole.")
    assert second[0].trail.state == "on"


def test_an_account_whose_id_nobody_can_tell_is_left_out_until_somebody_can(session):
    refusals = [Upstream("There are no AWS credentials to ask with.")]

    def later():
        if refusals:
            raise refusals.pop()
        return session

    hearing = AwsHearing([Place(later, (HOME,))], (), later, pause=lambda _: None)

    assert [*hearing.accounts()] == []
    assert only(hearing).account_id == PROD.id


class Refusing:
    """A session whose clients refuse, or answer oddly, the calls named; the rest is the stand-in's."""

    def __init__(self, session: boto3.Session, **answers):
        self._session, self._answers = session, answers

    def client(self, service, **more):
        return _Client(self._session.client(service, **more), self._answers)


class _Client:
    def __init__(self, real, answers):
        self._real, self._answers = real, answers

    def __getattr__(self, call):
        if call not in self._answers:
            return getattr(self._real, call)
        answer = self._answers[call]

        def answering(**asked):
            if isinstance(answer, str):
                raise ClientError({"Error": {"Code": answer, "Message": "no"}}, call)
            return answer

        return answering


@pytest.mark.parametrize(
    ("call", "part", "action"),
    [
        ("list_detectors", "detector", "guardduty:ListDetectors"),
        ("get_detector", "detector", "guardduty:GetDetector"),
        ("describe_trails", "trail", "cloudtrail:DescribeTrails"),
        ("get_trail_status", "trail", "cloudtrail:GetTrailStatus"),
        (
            "describe_configuration_recorder_status",
            "recorder",
            "config:DescribeConfigurationRecorderStatus",
        ),
    ],
)
def test_a_refused_call_makes_its_own_part_unknown_and_names_the_action(world, session, call, part, action):
    sense = only(listening(world, Refusing(session, **{call: "AccessDeniedException"})))

    unknown = {name: getattr(sense, name) for name in ("detector", "trail", "recorder")}
    assert [name for name, each in unknown.items() if each.state == "unknown"] == [part]
    assert unknown[part].action == action


def test_dead_letters_that_may_not_be_counted_name_the_action(world, session):
    refusing = Refusing(session, get_queue_attributes="AccessDenied")

    (dead,) = listening(world, refusing, queues=(world.seeded.queue_url,)).dead_letters()

    assert (dead.sense.state, dead.sense.action) == ("unknown", "sqs:GetQueueAttributes")


@pytest.mark.parametrize(
    ("part", "call", "answer"),
    [
        ("detector", "list_detectors", {}),
        ("detector", "get_detector", {"Status": None}),
        ("trail", "describe_trails", {"trailList": [{}]}),
        ("trail", "get_trail_status", {}),
        ("recorder", "describe_configuration_recorder_status", {"ConfigurationRecordersStatus": None}),
        ("recorder", "describe_configuration_recorder_status", {"ConfigurationRecordersStatus": [{}]}),
    ],
)
def test_an_answer_of_another_form_is_unknown(world, session, part, call, answer):
    sense = only(listening(world, Refusing(session, **{call: answer})))

    assert getattr(sense, part).state == "unknown"


def test_every_call_waits_its_turn(session):
    pauses = []
    hearing = AwsHearing([Place(lambda: session, (HOME, VIRGINIA))], (), lambda: session, pause=pauses.append)

    list(hearing.accounts())

    assert len(pauses) == 1 + 2 * 5
    assert set(pauses) == {0.1}


def test_s3s_refusal_is_the_trails_delivery_error():
    at = datetime(2026, 9, 8, 3, tzinfo=UTC)
    status = {"IsLogging": True, "LatestDeliveryError": "AccessDenied", "LatestDeliveryTime": at}

    assert trail_status(TRAIL, status) == (Sense("on", TRAIL), "AccessDenied", at)


def test_of_several_trails_one_that_delivers_is_enough_and_one_that_can_not_be_asked_leaves_it_open():
    on, broken = (
        trail_status("a", {"IsLogging": True}),
        trail_status("b", {"IsLogging": True, "LatestDeliveryError": "NoSuchBucket"}),
    )
    off = trail_status("c", {"IsLogging": False})
    unknown = covering([])._replace(sense=Sense("unknown"))

    assert covering([broken, off, on, unknown]) == on
    assert covering([off, unknown]).sense.state == "unknown"
    assert covering([off]).sense == Sense("off", "c")
    assert covering([]).sense == Sense("none")


@pytest.mark.parametrize("word", ["FAILURE", "Failure"])
def test_a_recorder_whose_last_recording_failed_says_why(word):
    status = {
        "name": "default",
        "recording": True,
        "lastStatus": word,
        "lastErrorCode": "AccessDenied",
        "lastErrorMessage": "no role",
        "lastStatusChangeTime": NOW,
    }

    assert recorder_status([status]) == Sense("off", "default", NOW, "AccessDenied: no role")


def test_a_recorder_of_another_service_is_not_ours():
    assert recorder_status([{"servicePrincipal": "securityhub.amazonaws.com", "recording": True}]) == Sense(
        "none"
    )

"""What lets AWS's news reach the bot in the stand-in, as the deployment does; and news, told there."""

import json
from typing import Any

from bot.deploy.rules import patterns, reads_too
from bot.embedded.aws import ACCOUNTS, HOME, PROD, AwsStandIn
from bot.embedded.aws.bucket_access import change_access
from bot.embedded.aws.bucket_items import record_bucket
from bot.embedded.incident.company import Company
from bot.embedded.incident.logs import delivered
from bot.embedded.incident.news import BySns, InBucket, News, OnBus, Sampled
from bot.sources import SOURCES

_BILLS = "us-east-1"
_OWN = {"source": ["aws.access-analyzer"], "detail-type": ["Access Analyzer Finding"]}
"""A rule that somebody at Acme made: it brings what no source of ours has words for."""
_READS = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"


def listen(aws: AwsStandIn, queue_url: str, regions: tuple[str, ...]) -> str:
    """Make the rules of every source in every account and region, and the topic of bills; gives the topic's ARN."""
    queue = f"arn:aws:sqs:{HOME}:{PROD.id}:{queue_url.rpartition('/')[2]}"
    for account in ACCOUNTS:
        for region in regions:
            at_home = (account, region) == (PROD, HOME)
            target = queue if at_home else f"arn:aws:events:{HOME}:{PROD.id}:event-bus/default"
            events = aws.client("events", account, region)
            for name, pattern in (*patterns(SOURCES), ("access-analyzer", _OWN)):
                state = _READS if reads_too(pattern) else "ENABLED"
                rule = f"noroshi-{name}"
                events.put_rule(Name=rule, EventPattern=json.dumps(pattern), State=state)
                events.put_targets(Rule=rule, Targets=[{"Id": "noroshi", "Arn": target}])
    sns = aws.client("sns", region=_BILLS)
    topic = str(sns.create_topic(Name="noroshi-bills")["TopicArn"])
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue)
    return topic


def tell(aws: AwsStandIn, topic: str, *news: News) -> None:
    """Let each happen: on its account's bus, or by the topic; GuardDuty, Config and CloudTrail keep it."""
    for each in news:
        match each:
            case InBucket(event, bucket, policy, closed):
                change_access(bucket, policy, closed=closed)
                place = event.event["account"], event.event["region"]
                record_bucket(aws.recordings, place, bucket, aws.clock())
                tell(aws, topic, event)
            case OnBus(event, configured, call):
                if event["detail-type"] == "GuardDuty Finding":
                    aws.findings.put(event["detail"])
                if configured:
                    aws.recordings.record(configured.place, configured.item)
                if call:
                    aws.put_logs(Company.log_bucket, [delivered(call, aws.clock())])
                aws.emit(event)
            case BySns(subject, message):
                aws.client("sns", region=_BILLS).publish(TopicArn=topic, Subject=subject, Message=message)
            case Sampled(place, kind):
                guardduty, detector = detector_of(aws, place.account_id, place.region)
                guardduty.create_sample_findings(DetectorId=detector, FindingTypes=[kind])


def detector_of(aws: AwsStandIn, account_id: str, region: str) -> tuple[Any, str]:
    """A client of GuardDuty in a place, and the id of its detector there."""
    account = next(each for each in ACCOUNTS if each.id == account_id)
    guardduty = aws.client("guardduty", account, region)
    (detector,) = guardduty.list_detectors()["DetectorIds"]
    return guardduty, detector

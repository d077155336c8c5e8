"""Buckets that changed: `acme-reports` lay open for an afternoon, and staging's assets, recorded once a day."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.embedded.incident.callers import CLI
from bot.embedded.incident.configuration.buckets import BLOCKS, bucket_item, policy_text
from bot.embedded.incident.configuration.hands import CONSOLE, Step, signed_in, terraform
from bot.embedded.incident.configuration.item import Configured, Json, workday
from bot.embedded.incident.events import bucket_event
from bot.embedded.incident.story import Incident

_OFF = {"PublicAccessBlockConfiguration": dict.fromkeys(BLOCKS, False)}
_TAGS = {"team": "finance", "service": "reports"}


def bucket_changes(incident: Incident) -> Iterator[Configured]:
    """Their items; staging's holds two changes of one day."""
    reports, (opened, closed, tagged) = incident.bucket("acme-reports"), _changed(incident)
    yield bucket_item(incident, reports, opened + timedelta(minutes=4, seconds=9), settings=_OFF)
    yield bucket_item(incident, reports, closed + timedelta(minutes=6, seconds=31))
    yield bucket_item(incident, reports, tagged + timedelta(minutes=3, seconds=55), tags=_TAGS)
    suspended, _ = _staging_changed(incident)
    assets = incident.bucket("acme-staging-assets")
    settings = {
        "BucketVersioningConfiguration": {"status": "Suspended", "isMfaDeleteEnabled": None},
        "BucketPolicy": {"policyText": policy_text(assets, _reading(incident))},
    }
    yield bucket_item(incident, assets, suspended.replace(hour=22, minute=14, second=3), settings=settings)


def bucket_changes_calls(incident: Incident) -> Iterator[Step]:
    """Elena clicks the block off, Mika turns it on again, Terraform tags; in staging, two people on one day."""
    reports, (opened, closed, tagged) = incident.bucket("acme-reports"), _changed(incident)
    elena, mika = signed_in(incident, "elena"), signed_in(incident, "mika", agent=CLI)
    api = "PutBucketPublicAccessBlock"
    yield Step(opened, bucket_event(elena, reports, api, request=_block(on=False), **CONSOLE))
    yield Step(closed, bucket_event(mika, reports, api, request=_block(on=True)))
    listed = [{"Key": key, "Value": value} for key, value in _TAGS.items()]
    tags = {"tagging": "", "Tagging": {"TagSet": {"Tag": listed}}}
    run, taken = terraform(incident, 398, tagged - timedelta(seconds=44))
    yield taken
    yield Step(tagged, bucket_event(run, reports, "PutBucketTagging", request=tags))
    yield from _staging_calls(incident)


def _staging_calls(incident: Incident) -> Iterator[Step]:
    suspended, shared = _staging_changed(incident)
    assets, account = incident.bucket("acme-staging-assets"), incident.staging
    asked: Json = {"versioning": "", "VersioningConfiguration": {"Status": "Suspended"}}
    tomas, priya = signed_in(incident, "tomas", account, CLI), signed_in(incident, "priya", account)
    yield Step(suspended, bucket_event(tomas, assets, "PutBucketVersioning", request=asked))
    asked = {"policy": "", "bucketPolicy": {"Version": "2012-10-17", "Statement": [_reading(incident)]}}
    yield Step(shared, bucket_event(priya, assets, "PutBucketPolicy", request=asked, **CONSOLE))


def _changed(incident: Incident) -> tuple[datetime, datetime, datetime]:
    opened = workday(incident, 18, "11:02:40")
    return opened, opened.replace(hour=15, minute=44, second=5), workday(incident, 14, "13:28:47")


def _staging_changed(incident: Incident) -> tuple[datetime, datetime]:
    suspended = workday(incident, 11, "09:15:26")
    return suspended, suspended.replace(hour=16, minute=40, second=58)


def _block(*, on: bool) -> Json:
    flags = {f"{name[0].upper()}{name[1:]}": on for name in BLOCKS}
    return {"publicAccessBlock": "", "PublicAccessBlockConfiguration": flags}


def _reading(incident: Incident) -> Json:
    """Prod may read them."""
    return {
        "Sid": "Prod",
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{incident.prod.id}:root"},
        "Action": "s3:GetObject",
        "Resource": f"{incident.bucket('acme-staging-assets').arn}/*",
    }

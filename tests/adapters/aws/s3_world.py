"""Public access for the adapter's tests: over the small S3, in no hurry of its own, patient with nobody."""

import json

from botocore.config import Config

from bot.adapters.aws.pace import Pace
from bot.adapters.aws.s3_asked import PATIENT
from bot.adapters.aws.s3_public import S3PublicAccess
from bot.adapters.aws.session import make_session
from bot.adapters.aws.ways import Known, Ways
from tests.adapters.aws.s3_fake import PROD, STAGING

HOME, FAR = "eu-west-1", "ap-northeast-1"
HASTY = PATIENT.merge(Config(retries={"mode": "standard", "total_max_attempts": 1}))
STAGINGS = Known(STAGING, "staging", f"arn:aws:iam::{STAGING}:role/NoroshiReadOnly")
NAMES = {PROD: "prod", STAGING: "staging"}


def silent(_):
    pass


def at_leisure():
    return Pace(clock=lambda: 0.0, sleep=silent)


def public_access(*accounts, clock=lambda: 0.0):
    session = make_session()
    ways = Ways(lambda: session, accounts)
    return S3PublicAccess(ways, NAMES, pace=at_leisure, settings=HASTY, clock=clock)


def survey(*accounts, of=(), regions=(), progress=silent):
    return public_access(*accounts).survey(of, regions, progress)


def by_name(found):
    return {one.bucket.name: one for one in found.judged}


def policy(bucket, **more):
    """One statement that lets everybody read, as one object and not a list, with anything else said of it."""
    statement = {
        "Sid": "Open",
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{bucket}/*",
    }
    return json.dumps({"Version": "2012-10-17", "Statement": statement | more})


def narrowed(bucket):
    return policy(bucket, Condition={"StringEquals": {"aws:SourceVpce": "vpce-1a2b"}})


def delegating(bucket):
    """A policy that is not public by itself, and leaves all to the account's access points."""
    return policy(bucket, Condition={"StringEquals": {"s3:DataAccessPointAccount": PROD}})

"""What an answer could not see, by some trails."""

from bot.core.coverage.need import ANYTHING, Need
from bot.core.coverage.trails import Refused
from bot.core.coverage.unseen import unseen
from tests.core.coverage.trails import (
    LAST_WEEK,
    NOW,
)

MANAGEMENT = Need()
PAYROLL = Need(bucket="acme-payroll", sources=("s3.amazonaws.com",))
NO_STATUS = Refused("whether the trail acme-trail is on", "AWS refused.", "cloudtrail:GetTrailStatus")
NO_SELECTORS = Refused("what the trail acme-trail records", "AWS refused.", "cloudtrail:GetEventSelectors")
KMS = "kms.amazonaws.com"


def told(trails, need=ANYTHING, span=LAST_WEEK):
    return {one.code: one for one in unseen(trails, need, span, NOW)}

"""An AWS on loopback that real boto3 clients and PyAthena cursors talk to.

`AwsStandIn` serves; `seed` furnishes it; `accounts` are the keys that open it. What is served is a
table (`served.py`); everything else answers 501.
"""

from bot.embedded.aws.accounts import ACCOUNTS, PROD, STAGING, Account
from bot.embedded.aws.seed import Seeded, seed
from bot.embedded.aws.stand_in import HOME, AwsStandIn

__all__ = ["ACCOUNTS", "HOME", "PROD", "STAGING", "Account", "AwsStandIn", "Seeded", "seed"]

"""The accounts of the stand-in, and the keys that open them.

moto tells accounts apart by access key, and checks no signature: the key's id is all that a caller
must know, so each stand-in draws its own. They open nothing else.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from string import ascii_uppercase

from moto.iam.models import AccessKey, iam_backends

PARTITION = "aws"
_PREFIX = "AKIAEXAMPLE"
_LENGTH = 20  # of every access key id of AWS


@dataclass(frozen=True, slots=True)
class Account:
    """An account, by its id and its name."""

    id: str
    name: str

    @property
    def secret_access_key(self) -> str:
        """Any secret is accepted: nothing is signed for."""
        return "not-a-secret-it-only-opens-the-stand-in"

    def environment(self, access_key_id: str, address: str, region: str) -> dict[str, str]:
        """What a shell exports to point every AWS SDK at this account of the stand-in."""
        return {
            "AWS_ACCESS_KEY_ID": access_key_id,
            "AWS_SECRET_ACCESS_KEY": self.secret_access_key,
            "AWS_REGION": region,
            "AWS_DEFAULT_REGION": region,
            "AWS_ENDPOINT_URL": address,
        }


PROD = Account("111122223333", "prod")
STAGING = Account("444455556666", "staging")
ACCOUNTS = (PROD, STAGING)


def open_account(account: Account, now: datetime) -> str:
    """Make moto know a new access key of the account, of a user called noroshi; gives the key's id."""
    backend = iam_backends[account.id][PARTITION]
    user = backend.create_user(region_name="us-east-1", user_name="noroshi")
    key = AccessKey("noroshi", prefix="AKIA", account_id=account.id)
    key.access_key_id = _PREFIX + "".join(
        secrets.choice(ascii_uppercase) for _ in range(_LENGTH - len(_PREFIX))
    )
    key.secret_access_key = account.secret_access_key
    key.create_date = user.create_date = now
    user.access_keys.append(key)
    backend.access_keys[key.access_key_id] = key
    return str(key.access_key_id)


def is_key(access_key_id: str) -> bool:
    """Whether the stand-in gave it out: at its start, by CreateAccessKey or by AssumeRole."""
    backends = list(iam_backends.values())  # copied at once, while others add accounts
    return any(access_key_id in backend[PARTITION].access_keys for backend in backends)

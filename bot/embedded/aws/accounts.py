"""The accounts of the stand-in, each with one access key that everybody may know.

moto tells accounts apart by access key. The keys here are made up and open nothing.
"""

from dataclasses import dataclass

from moto.iam.models import AccessKey, iam_backends

PARTITION = "aws"


@dataclass(frozen=True, slots=True)
class Account:
    """An account, and the credentials with which a client is in it."""

    id: str
    name: str
    access_key_id: str

    @property
    def secret_access_key(self) -> str:
        """Any secret is accepted: nothing is signed for."""
        return "not-a-secret-it-only-opens-the-stand-in"

    def environment(self, address: str, region: str) -> dict[str, str]:
        """What a shell exports to point every AWS SDK at this account of the stand-in."""
        return {
            "AWS_ACCESS_KEY_ID": self.access_key_id,
            "AWS_SECRET_ACCESS_KEY": self.secret_access_key,
            "AWS_REGION": region,
            "AWS_DEFAULT_REGION": region,
            "AWS_ENDPOINT_URL": address,
        }


PROD = Account("111122223333", "prod", "AKIAEXAMPLENOROSHI00")
STAGING = Account("444455556666", "staging", "AKIAEXAMPLESTAGING00")
ACCOUNTS = (PROD, STAGING)


def open_account(account: Account) -> None:
    """Make moto know the account's key, as a user called noroshi."""
    backend = iam_backends[account.id][PARTITION]
    user = backend.create_user(region_name="us-east-1", user_name="noroshi")
    key = AccessKey("noroshi", prefix="AKIA", account_id=account.id)
    key.access_key_id = account.access_key_id
    key.secret_access_key = account.secret_access_key
    user.access_keys.append(key)
    backend.access_keys[key.access_key_id] = key

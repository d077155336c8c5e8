"""Resources of several accounts and regions, and how one is looked for."""

from bot.adapters.aws.ways import Known
from bot.core.configuration.item import Place
from bot.core.configuration.meant import Meant
from bot.core.configuration.said import meant
from bot.embedded.aws import HOME, PROD, STAGING
from tests.adapters.aws.config_world import (
    FAR,
    STAGING_ROLE,
    configurations,
    silent,
)

STAGED = Place(STAGING.id, HOME)
THROUGH_ROLE = Known(STAGING.id, "staging", STAGING_ROLE, (HOME,))
OWN = Known(PROD.id, "prod", None, (HOME, FAR))
ID, GONE, FAR_ID, STAGED_ID = "sg-0abc0001", "sg-0abc0002", "sg-0abc0003", "sg-0abc0004"
LAMBDA = "AWS::Lambda::Function"


def find(session, said, *accounts, places=()):
    wanted = said if isinstance(said, Meant) else meant(said)
    return configurations(session, *accounts).find(wanted, places, silent)


def told(found):
    return [(each.type, each.id, each.place.account_id, each.place.region) for each in found.resources]


class Raw:
    def __init__(self, code="AccessDeniedException"):
        self._body = b'{"__type": "%s", "message": "no"}' % code.encode()

    def stream(self, *_, **__):
        yield self._body

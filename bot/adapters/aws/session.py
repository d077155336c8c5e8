"""The one place where boto3 clients are made.

Everything botocore reads by itself holds for each of them: profiles, `AWS_ENDPOINT_URL`,
`AWS_ENDPOINT_URL_<SERVICE>`, credentials of every kind. `AWS_REGION` is honoured too: botocore
alone reads only `AWS_DEFAULT_REGION`, unlike AWS's other SDKs
(https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html).
"""

import threading
from typing import Any

import boto3
from botocore.config import Config
from botocore.configprovider import ConfigChainFactory

from bot import __version__
from bot.adapters.aws.counted import count
from bot.adapters.aws.errors import asking
from bot.adapters.aws.service_models import new_session
from bot.ports import Counting

# boto3: making clients is not thread-safe, using them is.
# https://docs.aws.amazon.com/boto3/latest/guide/clients.html#multithreading-or-multiprocessing-with-clients
_MAKING = threading.Lock()

_LONG_POLL_SECONDS = 20

SETTINGS = Config(
    user_agent_extra=f"noroshi/{__version__}",
    retries={"mode": "standard", "total_max_attempts": 4},
    connect_timeout=5,
    read_timeout=_LONG_POLL_SECONDS + 10,
    max_pool_connections=32,
)
"""What a client of ours is made with, unless it says otherwise; sqs's long poll decides the read timeout."""


def make_session(
    profile: str | None = None, region: str | None = None, counting: Counting | None = None
) -> boto3.Session:
    """Make a session that knows `AWS_REGION`; an argument stands over the environment.

    `counting` hears of every request of its clients. Raises Upstream when there is no such profile.
    """
    core = new_session(profile)
    count(core, counting)
    chain = ConfigChainFactory(core).create_config_chain(
        instance_name="region",
        env_var_names=["AWS_REGION", "AWS_DEFAULT_REGION"],
        config_property_names="region",
    )
    core.get_component("config_store").set_config_provider("region", chain)
    with asking("sts:GetCallerIdentity"):
        return boto3.Session(botocore_session=core, region_name=region)


def client(
    service: str,
    region: str | None = None,
    session: boto3.Session | None = None,
    settings: Config = SETTINGS,
) -> Any:
    """Make a client; pass the application's own session, a new one costs tens of milliseconds.

    Raises Upstream when no region or no profile can be found.
    """
    session = session or make_session()
    # boto3-stubs types `client` by literal names only, hence the untyped door.
    make: Any = session.client
    with _MAKING, asking(f"{service}:*"):
        return make(service, region_name=region, config=settings)

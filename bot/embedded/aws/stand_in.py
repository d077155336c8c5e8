"""The AWS stand-in: a moto server on loopback, with findings, Config, event history and a true Athena beside it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import boto3
from moto.core.base_backend import BackendDict

from bot.adapters.aws.service_models import new_session
from bot.embedded.aws import bus
from bot.embedded.aws.accounts import ACCOUNTS, PROD, Account, is_key, open_account
from bot.embedded.aws.advisor.recommendations import TrustedAdvisor
from bot.embedded.aws.advisor.results import Advisor, Plan
from bot.embedded.aws.advisor.seen import Seen
from bot.embedded.aws.advisor.support import Support
from bot.embedded.aws.analyzers import Analyzers, Json
from bot.embedded.aws.athena.archive import Archive
from bot.embedded.aws.athena.execution import Executions
from bot.embedded.aws.athena.running import Runner
from bot.embedded.aws.bucket_items import record_bucket
from bot.embedded.aws.buckets import find_bucket, make_bucket, put_objects
from bot.embedded.aws.config.recordings import Place, Recordings
from bot.embedded.aws.config.responses import Config
from bot.embedded.aws.costs.billing import Billing
from bot.embedded.aws.costs.budgets import Budgets
from bot.embedded.aws.costs.cloudwatch import CloudWatch
from bot.embedded.aws.costs.estimates import Estimates
from bot.embedded.aws.costs.explorer import CostExplorer
from bot.embedded.aws.dynamodb import mount_dynamodb
from bot.embedded.aws.ec2.network import Network
from bot.embedded.aws.ec2.responses import Ec2
from bot.embedded.aws.ec2.snapshots import Snapshots
from bot.embedded.aws.glue import Glue
from bot.embedded.aws.guardduty.findings import Findings
from bot.embedded.aws.guardduty.responses import GuardDuty
from bot.embedded.aws.history import CloudTrail, trails
from bot.embedded.aws.http import serving
from bot.embedded.aws.iam.account import Access
from bot.embedded.aws.iam.responses import Iam
from bot.embedded.aws.mount import carrying, mount
from bot.embedded.aws.rds.responses import Rds
from bot.embedded.aws.rds.snapshots import Snapshots as DatabaseSnapshots
from bot.embedded.aws.s3_changes import Change, recorded
from bot.embedded.aws.s3_control import S3Control
from bot.embedded.aws.sqs import close_queues, fill, mount_sqs
from bot.embedded.aws.workgroups import Workgroups
from bot.embedded.incident.logs import delivered
from bot.embedded.incident.news.calls import told

HOME = "eu-west-1"


def _present() -> datetime:
    return datetime.now(UTC)


class AwsStandIn:
    """AWS in this process. moto keeps its state in globals: one stand-in at a time, a new one empties it.

    `clock` is the world's time for Athena, findings, Config, event history and bills. `refused` are the IAM
    actions (`ce:GetCostAndUsage`) that nobody may use. moto's environment variables
    are not used: accounts are told apart by the keys of `accounts.py`, and EC2, whose public images
    moto would load, is answered without it. What Athena read of log files is kept in `archive`, which several
    stand-ins may use one after another; without one it is gone with the stand-in.
    """

    def __init__(self, *, clock: Callable[[], datetime] = _present, archive: Archive | None = None) -> None:
        BackendDict.reset()
        self._keys = {account.id: open_account(account, clock()) for account in ACCOUNTS}
        self.clock = clock
        self.findings = Findings(clock)
        self.recordings = Recordings(clock)
        self.billing = Billing(clock)
        self.network, self.snapshots = Network(self.recordings), Snapshots()
        self.database_snapshots = DatabaseSnapshots()
        self.analyzers: dict[Place, list[Json]] = {}
        self.access = {account.id: Access(clock()) for account in ACCOUNTS}
        copies = (self.snapshots, self.database_snapshots)
        self.advisor = Advisor(Seen(clock, self.network, *copies, self.access, self.analyzers))
        self.refused: set[str] = set()
        self._runner = Runner(archive)
        self._executions = Executions(clock, self._runner.answer)
        self._address: str | None = None
        self._session = boto3.Session(botocore_session=new_session())
        self._clients: dict[tuple[str, str, str], Any] = {}
        self._beside = {
            "accessanalyzer": carrying(Analyzers, analyzers=self.analyzers),
            "ec2": carrying(Ec2, network=self.network, snapshots=self.snapshots),
            "rds": carrying(Rds, snapshots=self.database_snapshots, recordings=self.recordings),
            "support": carrying(Support, advisor=self.advisor),
            "trustedadvisor": carrying(TrustedAdvisor, advisor=self.advisor),
        }
        mount_sqs()
        mount_dynamodb()
        mount("athena", Workgroups, executions=self._executions)
        mount("budgets", Budgets, billing=self.billing)
        mount("ce", CostExplorer, billing=self.billing)
        mount("cloudwatch", CloudWatch, billing=self.billing, estimates=Estimates(self.billing))
        mount("cloudtrail", CloudTrail, clock=staticmethod(clock))
        mount("config", Config, recordings=self.recordings)
        mount("glue", Glue)
        mount("guardduty", GuardDuty, findings=self.findings, emit=staticmethod(self.emit))
        mount("iam", Iam, access=self.access, clock=staticmethod(clock))
        mount("s3control", S3Control)

    @property
    def address(self) -> str:
        """`http://127.0.0.1:PORT` while it serves; RuntimeError otherwise."""
        if self._address is None:
            raise RuntimeError("the stand-in does not serve yet")
        return self._address

    @property
    def cost_requests(self) -> int:
        """How often Cost Explorer was asked, pages and refusals counted: USD 0.01 each in AWS."""
        return len(self.billing.requests)

    @property
    def support_plan(self) -> Plan:
        """`business` has Trusted Advisor's APIs, `basic`, as accounts begin, has not."""
        return self.advisor.plan

    @support_plan.setter
    def support_plan(self, plan: Plan) -> None:
        self.advisor.plan = plan

    @contextmanager
    def serve(self, port: int = 0) -> Iterator["AwsStandIn"]:
        """Serve on loopback until the block ends; running queries are stopped then. Port 0 is any free one."""
        with serving(is_key, port, self._record, self.refused, self._beside) as address:
            self._address = address
            try:
                yield self
            finally:
                self._address = None
                close_queues()
                self._clients.clear()
                self._executions.close()
                self._runner.close()

    def environment(self, account: Account = PROD, region: str = HOME) -> dict[str, str]:
        """What a shell exports so that every AWS SDK talks to the stand-in, as `account`."""
        return account.environment(self._keys[account.id], self.address, region)

    def client(self, service: str, account: Account = PROD, region: str = HOME) -> Any:
        """A boto3 client of the stand-in, as an account, in a region; the same one for the same words."""
        key = (service, account.id, region)
        if key not in self._clients:
            make: Any = self._session.client
            self._clients[key] = make(
                service,
                region_name=region,
                endpoint_url=self.address,
                aws_access_key_id=self._keys[account.id],
                aws_secret_access_key=account.secret_access_key,
            )
        return self._clients[key]

    def make_bucket(self, name: str, account_id: str = PROD.id, region: str = HOME) -> None:
        """Make a bucket without HTTP."""
        make_bucket(account_id, region, name)

    def put_logs(self, bucket: str, files: Iterable[tuple[str, bytes]]) -> int:
        """Put (key, bytes) into a bucket without HTTP, thousands in a second; gives how many."""
        found = find_bucket(bucket)
        if found is None:
            raise KeyError(bucket)
        return put_objects(found.account_id, bucket, files)

    def wait(self, query_id: str, timeout: float = 120) -> None:
        """Wait until a query of Athena's has ended; raises TimeoutError."""
        self._executions.wait(query_id, timeout)

    def stop_next_unload(self) -> None:
        """Let Athena's next UNLOAD end as CANCELLED when its file is written: an orphan stays, as in Athena."""
        self._runner.stop_next_unload()

    def emit(self, event: Mapping[str, Any]) -> int:
        """Put an AWS service's event on the bus of its account and region; gives how many targets took it.

        A finding that a suppression rule archived is told to nobody.
        """
        return bus.emit(event) if self.findings.is_told(event) else 0

    def _record(self, change: Change) -> None:
        """A change is in every trail's files and in Config at once, where AWS takes minutes; and on its account's bus."""
        at = self.clock()
        call = recorded(change, at)
        for bucket, prefix in trails():
            file = delivered(call, at)
            self.put_logs(bucket, [(f"{prefix}{file.key}", file.body)])
        if change.bucket:
            place = (str(call["recipientAccountId"]), str(call["awsRegion"]))
            record_bucket(self.recordings, place, change.bucket, at)
        self.emit(told(call))

    def fill(self, queue_url: str, bodies: Iterable[str], region: str = HOME) -> int:
        """Send messages to a queue without HTTP, thousands in a second; gives how many."""
        return fill(queue_url, region, bodies)

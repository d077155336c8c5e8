"""The fields of a finding that Noroshi reads: camelCase outside, snake_case inside, unknown keys ignored.

Shape: botocore's GuardDuty model, by its location names (reference: guardduty §2). Everything that
may be missing is optional; identifiers that end in a link are checked.
"""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

from bot.core.moment import Moment


class Part(BaseModel):
    """Base of every part of a finding."""

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel, populate_by_name=True)


class RemoteIp(Part):
    """Where a call came from."""

    ip_address_v4: str | None = None
    ip_address_v6: str | None = None
    country: dict[str, Any] | None = None
    organization: dict[str, Any] | None = None


class ApiCall(Part):
    """AWS_API_CALL."""

    api: str | None = None
    service_name: str | None = None
    error_code: str | None = None
    remote_ip_details: RemoteIp | None = None


class Port(Part):
    """A port, its name as AWS knows it."""

    port: int | None = None
    port_name: str | None = None


class Connection(Part):
    """NETWORK_CONNECTION."""

    connection_direction: str | None = None
    protocol: str | None = None
    local_port_details: Port | None = None
    remote_port_details: Port | None = None
    remote_ip_details: RemoteIp | None = None


class Probe(Part):
    """One probed port."""

    local_port_details: Port | None = None
    remote_ip_details: RemoteIp | None = None


class Probes(Part):
    """PORT_PROBE."""

    port_probe_details: tuple[Probe, ...] = ()


class DnsRequest(Part):
    """DNS_REQUEST."""

    domain: str | None = None


class KubernetesCall(Part):
    """KUBERNETES_API_CALL."""

    verb: str | None = None
    request_uri: str | None = None
    remote_ip_details: RemoteIp | None = None


class Login(Part):
    """RDS_LOGIN_ATTEMPT."""

    remote_ip_details: RemoteIp | None = None


class Action(Part):
    """What was done; one of these, or none (malware, runtime)."""

    aws_api_call_action: ApiCall | None = None
    network_connection_action: Connection | None = None
    port_probe_action: Probes | None = None
    dns_request_action: DnsRequest | None = None
    kubernetes_api_call_action: KubernetesCall | None = None
    rds_login_attempt_action: Login | None = None


class Key(Part):
    """The credentials used."""

    access_key_id: str | None = None
    principal_id: str | None = None
    user_name: str | None = None
    user_type: str | None = None


class Bucket(Part):
    """A bucket."""

    name: str | None = None


class Instance(Part):
    """An EC2 instance."""

    instance_id: str | None = None
    instance_type: str | None = None
    tags: tuple[dict[str, Any], ...] = ()


class Resource(Part):
    """What it happened to; `resource_type` is an open set."""

    resource_type: str | None = None
    access_key_details: Key | None = None
    s3_bucket_details: Annotated[tuple[Bucket, ...], BeforeValidator(lambda value: value or ())] = ()
    instance_details: Instance | None = None
    eks_cluster_details: dict[str, Any] | None = None
    ecs_cluster_details: dict[str, Any] | None = None
    rds_db_instance_details: dict[str, Any] | None = None
    lambda_details: dict[str, Any] | None = None


class Service(Part):
    """How GuardDuty saw it."""

    count: int | None = None
    archived: bool = False
    event_first_seen: Moment = None
    event_last_seen: Moment = None
    action: Action | None = None
    additional_info: dict[str, Any] | None = None
    detection: dict[str, Any] | None = None


class Finding(Part):
    """One finding, as EventBridge carries it in `detail`."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,300}$")]
    type: str
    severity: float
    account_id: str
    region: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
    partition: str = "aws"
    title: str | None = None
    description: str | None = None
    created_at: Moment = None
    updated_at: Moment = None
    resource: Resource = Field(default_factory=Resource)
    service: Service = Field(default_factory=Service)

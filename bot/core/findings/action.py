"""What was done, as a finding says it: one of several actions, or none (malware, runtime, sequences).

Shape: botocore's GuardDuty model, by its location names (reference: guardduty §2).
"""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

Listed = BeforeValidator(lambda value: value or ())
"""A list that may be null."""


class Part(BaseModel):
    """Base of every part of a finding: camelCase outside, snake_case inside, unknown keys ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel, populate_by_name=True)


class RemoteIp(Part):
    """Where a call came from, or a connection went to."""

    ip_address_v4: str | None = None
    ip_address_v6: str | None = None
    country: dict[str, Any] | None = None
    organization: dict[str, Any] | None = None

    @property
    def address(self) -> str | None:
        """IPv4 where there are both."""
        return self.ip_address_v4 or self.ip_address_v6

    @property
    def country_name(self) -> str | None:
        """`Netherlands`, or the code where the name is not said."""
        said = self.country or {}
        return _text(said.get("countryName") or said.get("countryCode"))

    @property
    def network(self) -> str | None:
        """Whose network it is, by its number's owner."""
        return _text((self.organization or {}).get("asnOrg"))


class Remote(Part):
    """Base of what has a far end."""

    remote_ip_details: RemoteIp | None = None


class ApiCall(Remote):
    """AWS_API_CALL; `affected_resources` maps a type to an id."""

    api: str | None = None
    service_name: str | None = None
    error_code: str | None = None
    affected_resources: Annotated[dict[str, Any], BeforeValidator(lambda value: value or {})] = Field(
        default_factory=dict
    )


class Port(Part):
    """A port, its name as AWS knows it."""

    port: int | None = None
    port_name: str | None = None


class Connection(Remote):
    """NETWORK_CONNECTION."""

    connection_direction: str | None = None
    protocol: str | None = None
    local_port_details: Port | None = None
    remote_port_details: Port | None = None


class Probe(Remote):
    """One probed port."""

    local_port_details: Port | None = None


class Probes(Part):
    """PORT_PROBE."""

    port_probe_details: Annotated[tuple[Probe, ...], Listed] = ()

    @property
    def ports(self) -> tuple[int, ...]:
        """The ports that were tried."""
        near = (probe.local_port_details for probe in self.port_probe_details)
        return tuple(sorted({port.port for port in near if port and port.port}))


class DnsRequest(Part):
    """DNS_REQUEST."""

    domain: str | None = None
    blocked: bool | None = None


class KubernetesCall(Remote):
    """KUBERNETES_API_CALL."""

    verb: str | None = None
    request_uri: str | None = None
    namespace: str | None = None


class LoginAttribute(Part):
    """Who tried, and how often."""

    user: str | None = None
    application: str | None = None
    failed_login_attempts: int | None = None
    successful_login_attempts: int | None = None


class Login(Remote):
    """RDS_LOGIN_ATTEMPT; AWS writes this one list with a capital."""

    login_attributes: Annotated[tuple[LoginAttribute, ...], Listed] = Field((), alias="LoginAttributes")


class Action(Part):
    """One of these, or none."""

    aws_api_call_action: ApiCall | None = None
    network_connection_action: Connection | None = None
    port_probe_action: Probes | None = None
    dns_request_action: DnsRequest | None = None
    kubernetes_api_call_action: KubernetesCall | None = None
    rds_login_attempt_action: Login | None = None

    def remote(self) -> RemoteIp | None:
        """The far end; of several probes the first."""
        probes = self.port_probe_action.port_probe_details if self.port_probe_action else ()
        acts: tuple[Remote | None, ...] = (
            self.aws_api_call_action,
            self.network_connection_action,
            *probes[:1],
            self.kubernetes_api_call_action,
            self.rds_login_attempt_action,
        )
        return next((act.remote_ip_details for act in acts if act and act.remote_ip_details), None)

    @property
    def outbound(self) -> bool:
        """Whether the far end is where it went, not where it came from."""
        link = self.network_connection_action
        return link is not None and link.connection_direction == "OUTBOUND"


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None

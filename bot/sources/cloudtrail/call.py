"""The fields of a CloudTrail record that Noroshi reads; whatever may be missing, or be anything, is so here.

Shape: docs, CloudTrail record contents. Real records miss userIdentity, carry `requestParameters` as
null or text, and name an `errorCode` that is null.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from bot.core.moment import Moment

CONSOLE = "signin.amazonaws.com"
Parameters = Annotated[
    Mapping[str, Any], BeforeValidator(lambda value: value if isinstance(value, dict) else {})
]
"""An API's own words: any JSON, or nothing."""


class Part(BaseModel):
    """Base of every part of a record."""

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel, populate_by_name=True)


class Identity(Part):
    """Who called; every field may be missing."""

    type: str | None = None
    arn: str | None = None
    account_id: str | None = None
    principal_id: str | None = None
    user_name: str | None = None
    invoked_by: str | None = None
    access_key_id: str | None = None

    def principal(self) -> str | None:
        """What identifies who acted, as the contract says it: ARN, service, anonymous, account and id."""
        if "ANONYMOUS_PRINCIPAL" in (self.account_id, self.principal_id):
            return "anonymous"
        joined = ":".join(part for part in (self.account_id, self.principal_id) if part)
        return self.arn or self.invoked_by or joined or self.user_name


class Call(Part):
    """One call of an API, or one sign-in."""

    event_source: str
    event_name: str
    event_id: str | None = Field(None, alias="eventID")
    shared_event_id: str | None = Field(None, alias="sharedEventID")
    event_time: Moment = None
    event_type: str | None = None
    aws_region: str | None = None
    recipient_account_id: str | None = None
    source_ip_address: str | None = Field(None, alias="sourceIPAddress")
    session_credential_from_console: str | bool | None = None
    error_code: str | None = None
    error_message: str | None = None
    user_identity: Annotated[Identity, BeforeValidator(lambda value: value or {})] = Field(
        default_factory=Identity
    )
    request_parameters: Parameters = Field(default_factory=dict)
    response_elements: Parameters = Field(default_factory=dict)
    additional_event_data: Parameters = Field(default_factory=dict)

    def asked(self, path: str) -> Any:
        """The request parameter at this path (`launchPermission.add`), or None."""
        held: Any = self.request_parameters
        for name in path.split("."):
            held = held.get(name) if isinstance(held, dict) else None
        return held

    @property
    def failed(self) -> bool:
        """Whether AWS refused it; a failed sign-in has no error code, only its outcome."""
        return bool(self.error_code) or self.response_elements.get("ConsoleLogin") == "Failure"

    @property
    def hides_its_parameters(self) -> bool:
        """Whether it worked and does not show what was asked for; a sign-in asks for nothing.

        Parameters over 100 KB are left out (docs: CloudTrail record contents), so padding a request
        would hide it.
        """
        missing = not self.request_parameters or self.request_parameters.get("omitted") is True
        return missing and not self.failed and not self.event_source.startswith("signin.")

    @property
    def by_root(self) -> bool:
        """Whether the root user itself acted, not a service for it (reference: delivery §4).

        What it did in the console was once written as invoked by the sign-in.
        """
        who = self.user_identity
        itself = who.invoked_by in (None, "", CONSOLE)
        return who.type == "Root" and itself and self.event_type != "AwsServiceEvent"

    @property
    def account(self) -> str | None:
        """The account it happened in."""
        return self.recipient_account_id or self.user_identity.account_id

"""Sessions that begin outside of AWS: a workflow's token, or a sign-in to IAM Identity Center, is shown to STS.

Both calls are unsigned, so it is their answer alone that ties a session's key to whoever began it.
https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
"""

from collections.abc import Mapping

from bot.embedded.incident.callers import Caller
from bot.embedded.incident.company import Company, Person, Place
from bot.embedded.incident.events import event
from bot.embedded.incident.template import Record

_HOUR = 3600


def token_shown(by: Caller, given: Caller, place: Place, credentials: Mapping[str, str]) -> Record:
    """AssumeRoleWithWebIdentity: `by` shows its token and is given the session; `credentials`: more of its answer."""
    subject, session = by.identity["userName"], given.name.rpartition("/")[2]
    answer = {
        "credentials": {"accessKeyId": given.identity["accessKeyId"], **credentials},
        "subjectFromWebIdentityToken": subject,
        "assumedRoleUser": _session(given),
        "provider": by.identity["identityProvider"],
        "audience": "sts.amazonaws.com",
    }
    asked = {"roleArn": _role(given), "roleSessionName": session, "durationSeconds": _HOUR}
    return _given("sts:AssumeRoleWithWebIdentity", by, given, place, asked, answer)


def signed_in(company: Company, who: Person, given: Caller, place: Place) -> Record:
    """AssumeRoleWithSAML, which Identity Center makes for whoever chooses a permission set in an account."""
    number = company.hexadecimal("sso", 16)
    provider = f"arn:aws:iam::{place.account_id}:saml-provider/AWSSSO_{number}_DO_NOT_DELETE"
    issuer = f"{company.hexadecimal('sso/issuer', 27)}="
    identity = {
        "type": "SAMLUser",
        "principalId": f"{issuer}:{who.email}",
        "userName": who.email,
        "identityProvider": issuer,
    }
    asked = {
        "sAMLAssertionID": f"_{company.hexadecimal(f'assertion/{who.email}', 32)}",
        "roleSessionName": who.email,
        "principalArn": provider,
        "roleArn": _role(given),
        "durationSeconds": _HOUR * 12,
    }
    answer = {
        "subjectType": "persistent",
        "issuer": f"https://portal.sso.{company.home_region}.amazonaws.com/saml/assertion/{number}",
        "credentials": {"accessKeyId": given.identity["accessKeyId"]},
        "nameQualifier": issuer,
        "assumedRoleUser": _session(given),
        "subject": who.email,
        "audience": "https://signin.aws.amazon.com/saml",
    }
    by = Caller(identity, who.ip, given.agent)
    return _given("sts:AssumeRoleWithSAML", by, given, place, asked, answer)


def _given(
    api: str,
    by: Caller,
    given: Caller,
    place: Place,
    asked: Mapping[str, object],
    answer: Mapping[str, object],
) -> Record:
    role = {"accountId": place.account_id, "type": "AWS::IAM::Role", "ARN": _role(given)}
    return event(
        by, place, api, requestParameters=dict(asked), responseElements=dict(answer), resources=[role]
    )


def _session(given: Caller) -> dict[str, str]:
    return {"assumedRoleId": given.identity["principalId"], "arn": given.name}


def _role(given: Caller) -> str:
    return str(given.identity["sessionContext"]["sessionIssuer"]["arn"])

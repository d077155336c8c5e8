"""Protections that are switched on and off: which field says so, and what it means that it went off."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.core.configuration.change import Change, Key
from bot.core.configuration.revision import Flag

_ON = {"true", "enabled", "enabling", "required", "on", "active"}


@dataclass(frozen=True, slots=True)
class Switch:
    """A field by the end of its path (in small letters), and the flag for its going off.

    `by` says what counts as on: a value that says so, any value at all, or a number above nought.
    """

    field: str
    code: str
    words: str
    by: Literal["value", "presence", "number"] = "value"


_BLOCK = "public-access-block-off"
SWITCHES: tuple[Switch, ...] = (
    *(
        Switch(name, _BLOCK, "Block Public Access turned off")
        for name in ("blockpublicacls", "ignorepublicacls", "blockpublicpolicy", "restrictpublicbuckets")
    ),
    Switch(
        "serversideencryptionconfiguration", "encryption-off", "default encryption turned off", "presence"
    ),
    Switch("storageencrypted", "encryption-off", "encryption turned off"),
    Switch("encrypted", "encryption-off", "encryption turned off"),
    Switch("ssedescription", "encryption-off", "encryption with a KMS key turned off", "presence"),
    Switch("kmsmasterkeyid", "encryption-off", "encryption with a KMS key turned off", "presence"),
    Switch("kmskeyid", "encryption-off", "encryption with a KMS key turned off", "presence"),
    Switch("transitencryptionenabled", "encryption-off", "encryption in transit turned off"),
    Switch("atrestencryptionenabled", "encryption-off", "encryption turned off"),
    Switch("enforcehttps", "encryption-off", "HTTPS is no longer required"),
    Switch("sqsmanagedsseenabled", "encryption-off", "encryption turned off"),
    Switch("encryptionatrestoptions.enabled", "encryption-off", "encryption turned off"),
    Switch("nodetonodeencryptionoptions.enabled", "encryption-off", "encryption between nodes turned off"),
    Switch("encryptiontype", "encryption-off", "encryption turned off", "presence"),
    Switch("bucketversioningconfiguration.status", "versioning-off", "versioning turned off"),
    Switch("ismfadeleteenabled", "mfa-delete-off", "MFA delete turned off"),
    Switch(
        "bucketloggingconfiguration.destinationbucketname",
        "logging-off",
        "access logging turned off",
        "presence",
    ),
    Switch("access_logs.s3.enabled", "logging-off", "access logging turned off"),
    Switch("accesslog.enabled", "logging-off", "access logging turned off"),
    Switch("islogging", "logging-off", "the trail was stopped"),
    Switch("logfilevalidationenabled", "logging-off", "log file validation turned off"),
    Switch("enablelogfilevalidation", "logging-off", "log file validation turned off"),
    Switch("ismultiregiontrail", "logging-off", "the trail no longer covers all regions"),
    Switch("includeglobalserviceevents", "logging-off", "the trail no longer has global services' events"),
    Switch("enabledcloudwatchlogsexports", "logging-off", "a log export was turned off", "presence"),
    Switch("flowlogstatus", "logging-off", "the flow log was stopped"),
    Switch("keyrotationstatus", "rotation-off", "key rotation turned off"),
    Switch("keyrotationstatus.keyrotationenabled", "rotation-off", "key rotation turned off"),
    Switch("rotationenabled", "rotation-off", "rotation turned off"),
    Switch("deletionprotection", "deletion-protection-off", "deletion protection turned off"),
    Switch("deletionprotectionenabled", "deletion-protection-off", "deletion protection turned off"),
    Switch("deletion_protection.enabled", "deletion-protection-off", "deletion protection turned off"),
    Switch("enableterminationprotection", "deletion-protection-off", "termination protection turned off"),
    Switch("disableapitermination", "deletion-protection-off", "termination protection turned off"),
    Switch("backupretentionperiod", "backups-off", "backups turned off", "number"),
    Switch("pointintimerecoverystatus", "backups-off", "point-in-time recovery turned off"),
    Switch("backuppolicy.status", "backups-off", "backups turned off"),
    Switch("httptokens", "imds-v1", "instance metadata without a token (IMDSv1) let in again"),
    Switch("mfadevices", "mfa-off", "MFA taken away", "presence"),
    Switch("permissionsboundary", "boundary-off", "the permissions boundary was taken away", "presence"),
)


def turned_off(changes: Iterable[Change]) -> tuple[Flag, ...]:
    """A flag for each protection that was on before these changes and is not after them."""
    found: dict[tuple[str, str], list[str]] = {}
    for change in changes:
        before, after = dict(_leaves(change.before, change.path)), dict(_leaves(change.after, change.path))
        for path, value in before.items():
            for switch in SWITCHES:
                if _is_at(path, switch) and _is_on(value, switch) and not _is_on(after.get(path), switch):
                    found.setdefault((switch.code, switch.words), []).append(path[-1])
    return tuple(
        Flag(code, f"{words} ({', '.join(dict.fromkeys(names))})" if code == _BLOCK else words)
        for (code, words), names in found.items()
    )


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The value and all within it, each by its path."""
    if value is not None:
        yield path, value
    for name, inner in value.items() if isinstance(value, Mapping) else ():
        yield from _leaves(inner, (*path, name))


def _is_at(path: tuple[str, ...], switch: Switch) -> bool:
    steps = path[:-1] if switch.by == "presence" and isinstance(path[-1], Key) else path
    text = ".".join(steps).lower()
    return text == switch.field or text.endswith(f".{switch.field}")


def _is_on(value: Any, switch: Switch) -> bool:
    if switch.by == "number":
        return isinstance(value, int) and value > 0
    if switch.by == "presence":
        return bool(value) and str(value).lower() not in ("none", "null")
    return value is True or str(value).lower() in _ON

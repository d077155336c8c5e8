"""What a person types or pastes for a resource: an id, an ARN, an address, a name."""

import re
import unicodedata
from dataclasses import replace

from bot.core.configuration import addresses, arns, elsewhere, ids, names
from bot.core.configuration.meant import Candidate, Meant
from bot.errors import BadRequest

LONGEST = 768
"""The longest id that Config has."""
_LONGEST_ADDRESS = 4096
_QUOTES = "\"'`“”‘’«»„"
_NEVER = frozenset(_QUOTES + "<>\\")
_AROUND = "*_~.,;:!?()[]{}"
"""What prose and Slack's formatting put around an id, and no id begins or ends with."""
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"
"""What web pages leave at the ends of what is copied from them."""
_ESCAPED = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
"""All that Slack escapes (https://docs.slack.dev/messaging/formatting-message-text); `&region=` is none of it."""
_HINT = "Paste an id (sg-…, i-…), an ARN, the address of a console page, or a name."
_LINK = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
_TAIL = re.compile(r"(role/|user/|group/|policy/|table/|function:|db:|cluster:)(.+)")
_TAILS = {
    "role/": "AWS::IAM::Role",
    "user/": "AWS::IAM::User",
    "group/": "AWS::IAM::Group",
    "policy/": "AWS::IAM::Policy",
    "table/": "AWS::DynamoDB::Table",
    "function:": "AWS::Lambda::Function",
    "db:": "AWS::RDS::DBInstance",
    "cluster:": "AWS::RDS::DBCluster",
}
"""How ARNs end that people cut short."""


def meant(said: str) -> Meant:
    """What the words may mean; raises BadRequest, with what would have been understood, for what can be no resource."""
    words = _clean(said)
    if instead := elsewhere.instead(words):
        return Meant(words, elsewhere=instead)
    if "://" in words:
        return _address(words)
    if words.startswith("arn:"):
        return _arn(words)
    if known := ids.of(words):
        return Meant(known.id, (known,), "" if ids.is_certain(words) else words)
    return _named(words)


def narrowed(wanted: Meant, resource_type: str) -> Meant:
    """The same where the person said of which type it is; raises BadRequest for what is no type's name."""
    kind = _type(resource_type)
    exact = tuple(each for each in wanted.exact if each.type == kind)
    if not exact:
        exact = (Candidate(kind, wanted.said),)
    name = wanted.name if wanted.name or wanted.elsewhere else wanted.said
    return replace(wanted, exact=exact, name=name, types=(kind,), elsewhere="")


def _clean(said: str) -> str:
    words = _bare(said)
    if link := _LINK.fullmatch(words):
        words = _linked(link[1], link[2] or "")
    for escaped, letter in _ESCAPED:
        words = words.replace(escaped, letter)
    words = _bare(words)
    if not words:
        raise BadRequest("Which resource?", _HINT)
    _check(words)
    inner = words.strip(_AROUND).translate(_DASHES)
    return inner if ids.of(inner) and ids.is_certain(inner) else words


def _bare(said: str) -> str:
    """Without quotes and what is not to be seen around it."""
    return said.strip().strip(_QUOTES + _UNSEEN).strip()


def _check(words: str) -> None:
    """Raise BadRequest for a text that is in no resource's name."""
    if any(unicodedata.category(letter)[0] == "C" for letter in words) or set(words) & _NEVER:
        raise BadRequest("No resource has quotes, brackets or control characters in its name.", _HINT)
    if len(words) > (_LONGEST_ADDRESS if "://" in words else LONGEST):
        raise BadRequest(
            f"That is {len(words):,} characters long; no resource’s id has more than {LONGEST}.", _HINT
        )


def _linked(target: str, label: str) -> str:
    """What was typed of a link that Slack made: it turns host-like names into addresses, and shows what was typed."""
    if target[0] in "@#!":
        raise BadRequest("A person or a channel of Slack is no resource of AWS.", _HINT)
    bare = target.partition("://")[2] or target.removeprefix("mailto:")
    return label if label and label.rstrip("/") == bare.rstrip("/") else target.removeprefix("mailto:")


def _address(words: str) -> Meant:
    found = addresses.read(words)
    if found is None:
        raise BadRequest("I can’t tell which resource this address is of.", _HINT)
    # What was encoded in it is read as if it had been typed.
    for text in (found.said, found.name, *(each.id for each in found.exact)):
        _check(text)
    if instead := elsewhere.instead(found.said):
        return replace(found, exact=(), elsewhere=instead)
    return found


def _arn(words: str) -> Meant:
    if found := arns.read(words):
        return found
    if known := ids.within(words):
        return Meant(known.id, (known,))
    raise BadRequest("This ARN is not whole.", "One has six parts: arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE.")


def _named(words: str) -> Meant:
    if tail := _TAIL.fullmatch(words):
        kind, name = _TAILS[tail[1]], tail[2].rpartition("/")[2]
        exact = tuple(each for each in names.as_ids(name) if each.type == kind)
        return Meant(name, exact, name, (kind,))
    return Meant(words, names.as_ids(words), words)


def _type(said: str) -> str:
    words = said.strip().strip(_QUOTES).strip()
    if re.fullmatch(r"AWS::\w{1,60}::\w{1,60}", words, re.ASCII):
        return words
    raise BadRequest(
        f"{words[:60]} is no type of resource.", "Say it as AWS writes it, such as AWS::EC2::SecurityGroup."
    )

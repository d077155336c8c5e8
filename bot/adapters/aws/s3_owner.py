"""Whose bucket it is: of all accounts that may be asked, the one whose list has it."""

from collections.abc import Callable, Sequence
from functools import partial

from botocore.exceptions import ParamValidationError

from bot.adapters.aws.errors import code
from bot.adapters.aws.s3_asked import Asked
from bot.adapters.aws.s3_calls import HEAD
from bot.adapters.aws.s3_survey import listed
from bot.adapters.aws.together import Refusals, together
from bot.core.public.bucket import Bucket
from bot.core.spoken import some
from bot.errors import AccessDenied, NoroshiError, NotFound, Upstream

To = Callable[[str], Asked]
_NOWHERE, _NAMELESS = frozenset({"404", "NoSuchBucket"}), frozenset({"400", "InvalidBucketName"})


def owned(name: str, accounts: Sequence[str], to: To, words: Callable[[str], str]) -> tuple[Asked, Bucket]:
    """The bucket and who may ask about it, the first account tried first.

    Raises NotFound where there is none, or it is somebody else's, and what S3 refused where nobody could look.
    """
    refusals = Refusals("s3-refused")
    for group in (accounts[:1], accounts[1:]):
        tries = [(words(each), partial(_listed, to, each, name)) for each in group]
        for found in together(tries, refusals):
            if found:
                return found
    return _by_head(name, to(accounts[0]), refusals, looked=len(refusals.said) < len(accounts))


def _listed(to: To, account_id: str, name: str) -> tuple[Asked, Bucket] | None:
    asked = to(account_id)
    return next(((asked, one) for one in listed(asked, name) if one.name == name), None)


def _by_head(name: str, asked: Asked, refusals: Refusals, *, looked: bool) -> tuple[Asked, Bucket]:
    """Where no list has it: whether it is there at all, and ours all the same where ours could not be listed.

    `looked`: at least one account could be looked into.
    """
    owner = {"ExpectedBucketOwner": asked.account_id} if asked.account_id else {}
    try:
        answer = asked.ask(HEAD, Bucket=name, **owner)
    except Upstream as error:
        raise _elsewhere(name, error, refusals, looked=looked) from error
    if not (owner or refusals.said):
        raise NotFound(*_somebodys(name))
    return asked, Bucket(name, asked.account_id, str(answer.get("BucketRegion") or ""))


def _elsewhere(name: str, error: Upstream, refusals: Refusals, *, looked: bool) -> NoroshiError:
    if code(error) in _NOWHERE:
        hint = f"If it was deleted, AWS Config may know it: /config history {name}"
        return NotFound(f"There is no bucket {name}, in no account of anybody's.", hint)
    if code(error) in _NAMELESS or isinstance(error.__cause__, ParamValidationError):
        return NotFound(f"No bucket can have the name {name[:80]!r}.")
    if refusals.said:
        return _unseen(name, refusals, looked=looked)
    return NotFound(*_somebodys(name)) if isinstance(error, AccessDenied) else error


def _unseen(name: str, refusals: Refusals, *, looked: bool) -> NoroshiError:
    """Where some account could not be looked into, nobody can say that it is nowhere; where none could, nothing at all."""
    first = refusals.said[0][1]
    where = some([where for where, _ in refusals.said], 2)
    why = f"{where} could not be looked into: {first.message.rstrip('.')}."
    if looked:
        said = f"None of the accounts that I could look into has {name}; {why}"
        return NotFound(said, first.hint)
    said = f"Whether {name} is there, and whose it is, I can’t tell: {why}"
    if isinstance(first, AccessDenied):
        return AccessDenied(said, first.hint, action=first.action)
    return Upstream(said, first.hint)


def _somebodys(name: str) -> tuple[str, str]:
    return (
        f"{name} is somebody else's: none of the accounts that I may look into has it.",
        "If it is yours, add its account to the settings: accounts, with its id and a role_arn.",
    )

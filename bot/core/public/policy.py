"""What a resource policy lets everybody do, statement by statement.

A policy is presumed public; it is not only where every Allow grants to fixed values. What a Deny takes away is
not counted: AWS doesn't say that it does. So the order of statements never matters, and to add an Allow never
makes a public policy non-public.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.public import actions, document
from bot.core.public.conditions import Condition, conditions
from bot.core.public.meaning import EVERY_ACCESS, Access, Judgement, Opening, written
from bot.core.public.principals import Named, principal


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement's own verdict: what it is, to whom it grants what, why it is (not) public, in words.

    `number` counts from 1 as the policy has them; `effect` is "" where the statement can't be read at all.
    """

    number: int
    sid: str
    effect: str
    who: str
    access: tuple[Access, ...]
    judgement: Judgement
    why: str
    conditions: tuple[Condition, ...] = ()


def openings(said: object, *, through_access_point: bool = False) -> tuple[Opening, ...]:
    """All statements of a policy (opened or a text; None is none) that are public or may be; () is not public.

    `through_access_point` for an access point's policy, and for a bucket's as its access points see it.
    Nothing is raised, whatever the policy is. The meaning is S3's: it fits other resources' policies too, but no
    role's trust policy, which names federated identities as it should.
    """
    read = document.read(said)
    if read.unread:
        return (Opening("", EVERY_ACCESS, read.unread, who="nobody that can be read", is_certain=False),)
    return tuple(
        Opening(one.sid, one.access, one.why, one.who, one.judgement == "public", one.number)
        for one in statements(said, through_access_point=through_access_point)
        if one.judgement != "not-public"
    )


def statements(said: object, *, through_access_point: bool = False) -> tuple[Statement, ...]:
    """Each statement's verdict, in the policy's order; () where the policy can't be read or is none."""
    return tuple(
        _judged(number, one, through_access_point=through_access_point)
        for number, one in enumerate(document.read(said).statements, 1)
    )


def _judged(number: int, said: object, *, through_access_point: bool) -> Statement:
    if not isinstance(said, Mapping):
        why = "the statement can't be read"
        return Statement(number, "", "", "nobody that can be read", EVERY_ACCESS, "unknown", why)
    sid, effect, who = written(said.get("Sid") or ""), written(said.get("Effect")), principal(said)
    tests = conditions(said.get("Condition"), through_access_point=through_access_point)
    found, why = _verdict(effect, who, tests)
    return Statement(number, sid, effect, who.who, actions.access(said), found, why, tests)


def _verdict(effect: str, who: Named, tests: tuple[Condition, ...]) -> tuple[Judgement, str]:
    if effect == "Deny":
        return "not-public", "a Deny grants nothing; what it takes away is not counted"
    if effect != "Allow":
        return "unknown", "its Effect is neither Allow nor Deny"
    if who.judgement == "not-public":
        return "not-public", f"it names {who.who}, and nobody else"
    return _narrowed(tests) or (who.judgement, _open(who.who, tests))


def _narrowed(tests: tuple[Condition, ...]) -> tuple[Judgement, str] | None:
    saving = next((one for one in tests if one.saves), None)
    if saving:
        return "not-public", f"{_test(saving)} saves it: {saving.why}"
    doubtful = next((one for one in tests if one.saves is None), None)
    if doubtful:
        return "unknown", f"{_test(doubtful)} may save it: {doubtful.why}"
    return None


def _open(who: str, tests: tuple[Condition, ...]) -> str:
    if not tests:
        return f"it lets in {who}, without any condition"
    return f"it lets in {who}: " + "; ".join(f"{_test(one)} doesn't save it, {one.why}" for one in tests)


def _test(one: Condition) -> str:
    return f"{one.operator} {one.key}".strip() or "its Condition"

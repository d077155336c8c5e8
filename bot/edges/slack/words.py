"""Whether words make sense, found out without asking anybody: the command is run up to its first port."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any, NoReturn

from bot.command import Slash
from bot.core.buttons import Form
from bot.core.view import View
from bot.errors import BadRequest
from bot.ports import Buckets, Ports, TrailEngine
from bot.render.actions import answered
from bot.render.safe import clean

_LONGEST = 300


class _ReachedError(Exception):
    """The words made sense: the command wanted to reach out."""


class _NoFurther:
    """Ports behind which nothing is; only the clock and the zone are real."""

    def __init__(self, real: Ports) -> None:
        self._real = real

    @property
    def zone(self) -> tzinfo:
        return self._real.zone

    @property
    def accounts(self) -> Mapping[str, str]:
        return self._real.accounts

    def now(self) -> datetime:
        return self._real.now()

    @property
    def trail(self) -> TrailEngine:
        raise _ReachedError

    @property
    def buckets(self) -> Buckets:
        raise _ReachedError

    def __getattr__(self, _name: str) -> NoReturn:
        raise _ReachedError


def understand(slash: Slash, said: tuple[str, ...], ports: Ports) -> View | None:
    """None when the words make sense, or the answer itself where it needs no port.

    Raises HelpWanted and BadRequest.
    """
    try:
        return slash.answer(said, _NoFurther(ports))
    except _ReachedError:
        return None


def problems(slash: Slash, form: Form, state: dict[str, Any], ports: Ports) -> dict[str, str]:
    """What is wrong with a filled-in form, by field (option); empty when nothing is.

    Each field has its own problem. Where only several together make no sense, the one is at fault
    without which the rest does; else the first one.
    """
    wrong = _wrong(slash, form, state, ports)
    if wrong is None:
        return {}
    return _each(slash, form, state, ports) or _together(slash, form, state, ports, wrong)


def _each(slash: Slash, form: Form, state: dict[str, Any], ports: Ports) -> dict[str, str]:
    """The problem of every field that makes no sense even beside fields that do.

    Beside both the present values and none: a time may only be too late for the other one's present value.
    """
    present: dict[str, Any] = {option: {"value": {"value": value}} for option, _, value in form.fields}
    bases = [base for base in (present, {}) if _wrong(slash, form, base, ports) is None]
    found: dict[str, str] = {}
    for option in (option for option in present if option in state):
        alone = [_wrong(slash, form, {**base, option: state[option]}, ports) for base in bases]
        problems = [problem for problem in alone if problem]
        if problems and len(problems) == len(alone):
            found[option] = _said(problems[0])
    return found


def _together(
    slash: Slash, form: Form, state: dict[str, Any], ports: Ports, wrong: BadRequest
) -> dict[str, str]:
    options = [option for option, _, _ in form.fields]
    for option in options:
        others = {name: block for name, block in state.items() if name != option}
        if option in state and _wrong(slash, form, others, ports) is None:
            return {option: _said(wrong)}
    if not options:
        raise wrong
    return {options[0]: _said(wrong)}


def _wrong(slash: Slash, form: Form, state: dict[str, Any], ports: Ports) -> BadRequest | None:
    try:
        understand(slash, answered(form, state)[1:], ports)
    except BadRequest as error:
        return error
    return None


def _said(wrong: BadRequest) -> str:
    return clean(f"{wrong.message} {wrong.hint}".strip(), _LONGEST)

"""The next questions that an answer's rows suggest: who, from where, with which key, on what."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from bot.core.buttons import Choice, Menu
from bot.core.principal import describe
from bot.trail.calls import Call

_EACH = 5
_MOST = 24
_SESSION = ":assumed-role/"


def menu(
    calls: Sequence[Call], window: tuple[str, ...], about: Collection[str], subject: str
) -> tuple[Menu, ...]:
    """One menu with the most frequent of each kind, in the same window; none where there is nothing to pivot to.

    `about` are the kinds that the question itself is about: what would only ask it again is no choice.
    """
    found = [
        choice
        for group, values, words, said in _kinds(calls)
        for choice in _choices(group, values, words, said, window)
        if group not in about or _leads_on(choice, values, subject)
    ]
    return (Menu("Look closer…", tuple(found[:_MOST])),) if found else ()


_Kind = tuple[str, Iterable[str | None], Callable[[str], tuple[str, ...]], Callable[[str], str]]


def _kinds(calls: Sequence[Call]) -> Iterator[_Kind]:
    principals = [one.principal for one in calls]
    sessions = [name for name in principals if name and _SESSION in name]
    yield "Who", principals, lambda who: ("user", who), lambda who: f"What {describe(who).name} did"
    yield (
        "Session",
        sessions,
        lambda arn: ("session", arn),
        lambda arn: f"Who is behind {describe(arn).name}",
    )
    yield "Key", [one.access_key for one in calls], lambda key: ("key", key), lambda key: f"Key {key}"
    yield (
        "Address",
        [one.source_ip for one in calls if _is_address(one.source_ip)],
        lambda ip: ("ip", ip),
        lambda ip: f"From {ip}",
    )
    yield (
        "Thing",
        [one.target for one in calls],
        lambda name: ("resource", name),
        lambda name: f"Who touched {name}",
    )
    yield (
        "Call",
        [one.action for one in calls],
        lambda name: ("who-did", name),
        lambda name: f"Who called {name}",
    )


def _choices(
    group: str,
    values: Iterable[str | None],
    words: Callable[[str], tuple[str, ...]],
    said: Callable[[str], str],
    window: tuple[str, ...],
) -> Iterator[Choice]:
    counted = Counter(filter(None, values))
    # What begins with a dash would be read as an option.
    for value, _ in [one for one in counted.most_common() if not one[0].startswith("-")][:_EACH]:
        yield Choice(said(value), ("trail", *words(value), *window), group)


def _leads_on(choice: Choice, values: Iterable[str | None], subject: str) -> bool:
    """Not where it is what was asked about, or all that was found: then its calls are the same."""
    return len(set(values)) > 1 and choice.words[2].lower() != subject.lower()


def _is_address(text: str | None) -> bool:
    return bool(text) and (text or "")[:1].isdigit() | (":" in (text or ""))

"""What stands in Slack, in the store and on the queues in the end, against what was told."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.core.problem import Problem, problem_id
from bot.core.storm import Storm
from bot.core.told import Patience
from bot.embedded.slack import Message
from bot.pipeline import Ledger
from bot.pipeline.filing import recall
from bot.pipeline.rows import all_rows
from bot.ports import Record, Store
from tests.chaos.stage import CHANNELS, OPS, Stage, told
from tests.chaos.story import Told


@dataclass
class Verdict:
    """`faults` says what is wrong, a line each; nothing where every promise held. `final`: waiting mends none."""

    posts: int = 0
    replies: int = 0
    digests: int = 0
    in_digests: int = 0
    faults: list[str] = field(default_factory=list)
    final: bool = False

    def blame(self, what: str, names: Iterable[str], *, final: bool = False) -> None:
        if found := sorted(names):
            self.faults.append(f"{len(found)} {what}: {', '.join(found[:3])}")
            self.final |= final


def judge(stage: Stage, findings: list[Told], store: Store) -> Verdict:
    """Everything once: as a post of its own, or in a digest."""
    verdict = Verdict()
    posts, replies = _split(stage.messages())
    keys = Counter(told(post).get("key", "") for post in posts)
    verdict.posts, verdict.replies = len(posts), len(replies)
    verdict.blame("posted more than once", _twice(keys), final=True)
    _judge_digests(verdict, store, findings, posts)
    _judge_replies(verdict, replies, posts)
    _judge_record(verdict, store, findings)
    for name, url in (("the queue", stage.queue_url), ("the dead-letter queue", stage.dead_url)):
        verdict.blame(f"are the messages left on {name}", [str(left)] if (left := stage.left(url)) else [])
    return verdict


def _judge_digests(verdict: Verdict, store: Store, findings: list[Told], posts: list[Message]) -> None:
    """What has no post of its own is in exactly one digest's rows, and each digest says how many it has."""
    keys, rows = {told(post).get("key", "") for post in posts}, Counter[str]()
    for post in posts:
        if storm := _storm(store, told(post).get("key", "")):
            held = [problem.key for problem in all_rows(_ledger(store), storm)]
            verdict.digests, verdict.in_digests = verdict.digests + 1, verdict.in_digests + len(held)
            rows.update(held)
            said = f"{storm.problems:,} problems"
            verdict.blame(f"digests that do not say {said}", [] if said in post.body["text"] else [post.ts])
            verdict.blame(
                f"rows in a digest of {said}", [] if len(held) == storm.problems else [str(len(held))]
            )
    wanted = {each.key for each in findings}
    verdict.blame("told nowhere", wanted - keys - set(rows))
    verdict.blame("in two digests", _twice(rows))
    verdict.blame("posted and in a digest", wanted & keys & set(rows))
    verdict.blame("told by nobody", {key for key in keys | set(rows) if key.startswith("guard")} - wanted)


def _judge_replies(verdict: Verdict, replies: list[Message], posts: list[Message]) -> None:
    """Each said once: by its token, and by its words in its thread, for a second try has another token."""
    tokens = Counter(told(message).get("token", message.ts) for message in (*posts, *replies))
    verdict.blame("tokens twice", _twice(tokens), final=True)
    said = Counter(f"{reply.body['thread_ts']} {reply.body['text']}" for reply in replies)
    verdict.blame("said twice in a thread", _twice(said), final=True)


def _judge_record(verdict: Verdict, store: Store, findings: list[Told]) -> None:
    """Every telling is counted once, however often its message came; what ended is over; nothing waits."""
    records = dict(_records(store, [problem_id(each.key) for each in findings]))
    problems: dict[str, Problem] = {name: recall(record.body["it"]) for name, record in records.items()}
    known = [(each, problems[name]) for each in findings if (name := problem_id(each.key)) in problems]
    wrong = {each.key for each in findings} - {
        each.key for each, problem in known if problem.tellings == each.tellings
    }
    verdict.blame("counted wrongly", wrong)
    verdict.blame("not over", (each.key for each, problem in known if each.archived and not problem.over))
    waiting = (each.id for channel in (*CHANNELS, OPS) for each in store.lane(f"now:#{channel}", 100))
    verdict.blame("still to be told", waiting)


def _records(store: Store, ids: list[str]) -> Iterator[tuple[str, Record]]:
    for begin in range(0, len(ids), 100):
        yield from store.read(*ids[begin : begin + 100]).items()


def _split(messages: list[Message]) -> tuple[list[Message], list[Message]]:
    def answers(message: Message) -> bool:
        return bool(message.body.get("thread_ts", message.ts) != message.ts)

    return [each for each in messages if not answers(each)], [each for each in messages if answers(each)]


def _twice(counted: Counter[str]) -> list[str]:
    return [f"{name} ({count})" for name, count in counted.items() if count > 1]


def _storm(store: Store, name: str) -> Storm | None:
    record = store.read(name).get(name) if name.startswith("storm-") else None
    thing: Any = recall(record.body["it"]) if record else None
    return thing if isinstance(thing, Storm) else None


def _ledger(store: Store) -> Ledger:
    return Ledger(store, Patience(), lambda: datetime.now(UTC))

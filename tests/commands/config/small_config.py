"""A handful of configuration items, and the ports over them and over a few calls."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.core.configuration.evaluation import Evaluation
from bot.core.configuration.item import Item, Place, Resource
from bot.core.configuration.recorder import Recorder
from bot.errors import NotFound
from bot.ports import Evaluations, Found, History

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
HOME = Place("111122223333", "eu-west-1")
ELSEWHERE = Place("444455556666", "us-east-1")
GROUP = Resource(
    "AWS::EC2::SecurityGroup",
    "sg-0a1b2c3d",
    HOME,
    "web-prod",
    "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0a1b2c3d",
)
RECORDS = Recorder(HOME, recording=True, all_types=True, started_at=NOW - timedelta(days=400))


def rule(port, source="203.0.113.0/24"):
    """A rule of a security group, as Config has it."""
    return {
        "ipProtocol": "tcp",
        "fromPort": port,
        "toPort": port,
        "ipv4Ranges": [{"cidrIp": source}],
        "ipRanges": [source],
        "ipv6Ranges": [],
        "userIdGroupPairs": [],
        "prefixListIds": [],
    }


def group(captured, *rules, status="OK", resource=GROUP, **more):
    """A security group as it was then; `captured` is an ISO time in UTC."""
    at = datetime.fromisoformat(captured).replace(tzinfo=UTC)
    configuration = {"groupId": resource.id, "groupName": resource.name, "ipPermissions": list(rules)}
    gone = status.startswith("ResourceDeleted")
    return Item(
        resource,
        at,
        status,
        int(at.timestamp() * 1000),
        configuration=None if gone else configuration,
        **more,
    )


@dataclass
class FakeConfigurations:
    """Satisfies `bot.ports.Configurations`; `asked` is each call by its name and what it was about."""

    items: Sequence[Item] = ()
    recorders: Sequence[Recorder] = (RECORDS,)
    evaluated: Sequence[Evaluation] = ()
    caveats: tuple = ()
    asked: list = field(default_factory=list)

    def home(self):
        return HOME

    def regions(self, account_id):
        return (HOME.region,) if account_id == HOME.account_id else (ELSEWHERE.region,)

    def find(self, meant, places, progress):
        self.asked.append(("find", meant.said))
        wanted = {one.id for one in meant.exact} | {meant.name}
        every = {(item.resource.type, item.resource.id, item.resource.place): item for item in self.items}
        found = tuple(
            replace(item.resource, deleted_at=item.captured_at if item.is_deleted else None)
            for item in every.values()
            if wanted & set(item.resource.names)
            and (not places or item.resource.place in places)
            and (not meant.types or item.resource.type in meant.types)
        )
        return Found(found, ("its name in eu-west-1",), self.caveats, api_calls=1)

    def history(self, resource, span, wanted, progress):
        self.asked.append(("history", resource.id))
        known = self._known(resource)
        inside = [item for item in known if span.since <= item.captured_at < span.until]
        before = [item for item in known if item.captured_at < span.since]
        listed = inside[:wanted]
        older = (inside[wanted:] + before)[:1]
        return History(
            known[0].resource,
            tuple(listed),
            older[0] if older else None,
            from_the_start=not older,
            more=len(inside) > wanted,
            api_calls=1,
        )

    def at(self, resource, moment):
        self.asked.append(("at", resource.id))
        return next((item for item in self._known(resource) if item.captured_at <= moment), None)

    def recorder(self, place):
        return next((one for one in self.recorders if one.place == place), Recorder(place, there=False))

    def evaluations(self, places, resource, rule, progress):
        found = tuple(
            one
            for one in self.evaluated
            if (resource is None or resource.id == one.resource_id) and rule in {"", one.rule.name}
        )
        if rule and not found:
            raise NotFound(f"There is no rule {rule}.")
        return Evaluations(found, tuple(one.rule for one in found), self.caveats, api_calls=1)

    def _known(self, resource):
        known = [
            item
            for item in self.items
            if (item.resource.type, item.resource.id) == (resource.type, resource.id)
            and resource.place.region == item.resource.place.region
        ]
        if not known:
            raise NotFound(f"{resource.id} is unknown.")
        return sorted(known, key=lambda item: (item.captured_at, item.state_id), reverse=True)


class Ports:
    """The ports over some items and a trail engine; `costly` is raised where the engine is asked for."""

    zone, accounts = UTC, {HOME.account_id: "prod", ELSEWHERE.account_id: "staging"}

    def __init__(self, configurations, engine, now=NOW):
        self.configurations, self.engine, self._now = configurations, engine, now
        self.engines = []

    def calls(self, place, asker, up_to, *, since):
        self.engines.append((place, asker, up_to, since))
        return self.engine

    def now(self):
        return self._now

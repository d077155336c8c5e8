"""Whether a bucket is public: the one answer, out of all ways into it.

A way that is public makes the bucket so, whatever else is not known. Of what is not known, only that counts on
which the answer hangs: a block that closes a way spares asking what would be behind it.
"""

from dataclasses import dataclass

from bot.core.public.access_points import by_access_points
from bot.core.public.facts import Facts
from bot.core.public.meaning import Access, Judgement, ordered, widest
from bot.core.public.way import Missing, Way
from bot.core.public.ways import acl_stop, by_acl, by_policy


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer and every way that it comes from; `ways` may be public, unknown or not.

    `objects_may_be_public`: ACLs count here, so that single objects may be public, which a bucket doesn't tell;
    None where it is not known whether they count.
    """

    judgement: Judgement
    ways: tuple[Way, ...]
    objects_may_be_public: bool | None

    @property
    def via(self) -> tuple[Way, ...]:
        """The ways that are public."""
        return tuple(one for one in self.ways if one.judgement == "public")

    @property
    def access(self) -> tuple[Access, ...]:
        """What everybody may do through them, the most dangerous first."""
        return ordered(access for one in self.via for access in one.access)

    @property
    def reasons(self) -> tuple[str, ...]:
        """In words, why the answer is what it is: of the ways that decide it."""
        return tuple(one.why for one in self.ways if one.judgement == self.judgement)

    @property
    def unknown_because(self) -> tuple[Missing, ...]:
        """What would have to be known to judge the ways that are unknown; each once."""
        return tuple(dict.fromkeys(missing for one in self.ways for missing in one.missing))


def verdict(facts: Facts) -> Verdict:
    """By AWS's documented meaning of public; parts of the facts may be unknown."""
    if facts.is_directory:
        why = "a directory bucket is always private: its block is on and can't be taken off"
        return Verdict("not-public", (Way("policy", "not-public", why),), objects_may_be_public=False)
    ways = (by_policy(facts), by_acl(facts), *by_access_points(facts))
    closed = acl_stop(facts).closes
    return Verdict(widest(one.judgement for one in ways), ways, None if closed is None else not closed)

"""Who may ask, and where: a decision over plain facts, without Slack.

The floor: members of the workspace (or, for an organisation's token, of the Enterprise Grid) that the
bot's token belongs to; no guests, no bots, no people of other workspaces; only the channels that are
named, if any are.
"""

from collections.abc import Collection
from dataclasses import dataclass

# What Slack calls every private conversation: no name to go by, such a channel is named by its id.
_NAMELESS = frozenset({"", "directmessage", "privategroup"})
_LISTED = 5


@dataclass(frozen=True, slots=True)
class Workspace:
    """Whom the bot's token belongs to; `enterprise_id` only for a token of a whole Enterprise Grid."""

    team_id: str
    name: str
    enterprise_id: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks, as Slack knows them; `teams` are the workspaces they are a member of."""

    user_id: str
    name: str
    teams: frozenset[str]
    enterprise_id: str | None = None
    is_guest: bool = False
    is_stranger: bool = False
    is_bot: bool = False
    is_deactivated: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A conversation: its id ("" where Slack names none), and its name without `#` where Slack tells it."""

    channel_id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not: a stable word for the log, and what the person is told."""

    reason: str
    message: str
    hint: str


def refusal(
    person: Person, spot: Spot | None, workspace: Workspace, channels: Collection[str]
) -> Refusal | None:
    """Why this person may not ask here, or None; `spot` None is the opened Home tab, which tells no answers.

    `channels` are ids (`C0123`) or names (`#security`); empty leaves it open. Direct messages, and
    what comes from no conversation, are never among the named.
    """
    ask_a_member = f"Ask a member of {workspace.name} to ask for you."
    if person.is_bot or person.is_deactivated:
        return Refusal("bot" if person.is_bot else "deactivated", "I answer people, not bots.", ask_a_member)
    if person.is_stranger or not _belongs(person, workspace):
        return Refusal("other-workspace", f"I answer members of {workspace.name} only.", ask_a_member)
    if person.is_guest:
        return Refusal("guest", "I don't answer guests: what I tell is about AWS accounts.", ask_a_member)
    if spot and channels and not _named(spot, channels):
        where = ", ".join(sorted(channels)[:_LISTED])
        return Refusal("channel", "I don't answer in this conversation.", f"Ask me in {where}.")
    return None


def _belongs(person: Person, workspace: Workspace) -> bool:
    if workspace.enterprise_id:
        return person.enterprise_id == workspace.enterprise_id
    return workspace.team_id in person.teams


def _named(spot: Spot, channels: Collection[str]) -> bool:
    if not spot.channel_id:
        return False
    if spot.channel_id in channels:
        return True
    # A group message's name (mpdm-…) and a direct message's are no names that anybody chose.
    nameless = spot.name in _NAMELESS or spot.name.startswith("mpdm-") or spot.channel_id.startswith("D")
    return not nameless and not {spot.name, f"#{spot.name}"}.isdisjoint(channels)

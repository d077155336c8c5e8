"""Which resource is meant? Ids are tried where they would be, names are looked for, several are asked back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.core.configuration.item import Place, Resource
from bot.core.configuration.meant import Meant
from bot.core.configuration.said import meant, narrowed
from bot.core.view import Caveat
from bot.errors import NotFound
from bot.ports import Configurations, Found, Progress
from commands.config.unknown import elsewhere, unknown

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Where:
    """What narrows the search: Config's name of a type, accounts by id, regions."""

    type: str = ""
    accounts: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()

    def places(self, configurations: Configurations) -> tuple[Place, ...]:
        """The places that are named, of an account alone its regions; none where nothing is named."""
        if not (self.accounts or self.regions):
            return ()
        accounts = self.accounts or (configurations.home().account_id,)
        return tuple(
            Place(account, region)
            for account in accounts
            for region in self.regions or configurations.regions(account)
        )


@dataclass(frozen=True, slots=True)
class Several:
    """More than one resource may be meant: the person says which."""

    said: str
    found: Found


@dataclass(frozen=True, slots=True)
class Located(Generic[Answer]):
    """The one resource that is meant, and what was answered of it."""

    resource: Resource
    answer: Answer
    caveats: tuple[Caveat, ...] = ()
    api_calls: int = 0


def located(
    said: str,
    where: Where,
    configurations: Configurations,
    progress: Progress,
    ask: Callable[[Resource], Answer],
) -> Several | Located[Answer]:
    """Ask of the resource that is meant; `ask` raises NotFound where Config has no such resource.

    An id that says its type is asked about at once, where it would be; only what is not there is looked for.
    Raises NotFound with what was tried, BadRequest for what can be no resource, and what `ask` raises.
    """
    wanted = narrowed(meant(said), where.type) if where.type else meant(said)
    if wanted.elsewhere and not wanted.exact:
        raise elsewhere(wanted)
    home = configurations.home()
    places = where.places(configurations)
    guess = _likely(wanted, home, places)
    if guess:
        try:
            return Located(guess, ask(guess))
        except NotFound:
            progress(f"Looking for {wanted.said} in other places…")
    found = configurations.find(wanted, places, progress)
    if len(found.resources) > 1:
        return Several(wanted.said, found)
    if not found.resources:
        raise unknown(wanted, guess, found, configurations)
    [one] = found.resources
    return Located(one, ask(one), found.caveats, found.api_calls)


def _likely(wanted: Meant, home: Place, places: tuple[Place, ...]) -> Resource | None:
    """The one place to ask first: where the address says, or at home."""
    if len(wanted.exact) != 1 or len(places) > 1:
        return None
    [one] = wanted.exact
    place = places[0] if places else Place(wanted.account_id or home.account_id, wanted.region or home.region)
    return Resource(one.type, one.id, place)

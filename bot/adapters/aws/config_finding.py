"""Finding what a person means: where it should be, then by an aggregator, then everywhere that may be asked."""

from collections.abc import Iterator, Sequence
from functools import partial

from bot.adapters.aws.config_aggregators import Aggregators
from bot.adapters.aws.config_looking import Looking
from bot.adapters.aws.config_pages import Pages
from bot.adapters.aws.config_ways import ConfigWays
from bot.adapters.aws.together import together
from bot.core.configuration.item import Place, Resource
from bot.core.configuration.meant import Meant
from bot.core.view import Caveat
from bot.ports import Found, Progress

_GLOBAL = ("AWS::IAM::", "AWS::Route53::", "AWS::CloudFront::")
_MOST_LISTINGS = 60


class Finding:
    """One search; what it finds first ends it."""

    def __init__(self, ways: ConfigWays, pages: Pages, progress: Progress, meant: Meant) -> None:
        self._ways, self._progress, self._meant = ways, progress, meant
        self._looking = Looking(ways, pages, meant)
        self._tried: list[str] = []
        self._asked: set[Place] = set()
        self._caveats: list[Caveat] = []

    def find(self, places: Sequence[Place]) -> Found:
        """Look in the given places alone, else step by step; raises the refusal where nobody answered."""
        found: list[Resource] = []
        for number, step in enumerate([self._in(places, "")] if places else self._steps()):
            if found := list({(each.type, each.id, each.place): each for each in step}.values()):
                self._differs(found if number else [])
                break
            self._looking.refusals.raise_if_hopeless(self._looking.tally)
        refusals = self._looking.refusals
        if not found:
            refusals.raise_if_alone(self._looking.tally)
        caveats = (*refusals.caveats("note" if found else "blind"), *self._caveats, *self._unreachable(found))
        return Found(tuple(found), tuple(self._tried), caveats, self._looking.tally.calls)

    def _steps(self) -> Iterator[list[Resource]]:
        home = self._ways.home()
        yield self._in(self._near(home), "")
        yield self._in([home], "")
        aggregators = Aggregators(self._ways, self._looking)
        for name in aggregators.names():
            self._tried.append(f"the aggregator {name}")
            yield aggregators.find(name)
        if self._ways.leads_to(self._meant.account_id):
            whose = self._meant.account_id or home.account_id or "the account"
            yield self._in(self._far(home), f"other regions of {whose}", sweeping=True)
            yield self._in(self._ways.others(), "other accounts", sweeping=True)

    def _in(self, places: Sequence[Place], together_called: str, *, sweeping: bool = False) -> list[Resource]:
        """What several places have, those that were asked before left out."""
        new = [place for place in dict.fromkeys(places) if place not in self._asked]
        if not new:
            return []
        self._asked.update(new)
        where = f"{len(new)} {together_called}" if len(new) > 1 and together_called else self._words(new)
        self._tried.append(f"{self._what()} in {where}" if not self._tried else where)
        self._progress(f"Looking for {self._meant.name or self._meant.said} in {where}…")
        return self._ask(new, sweeping=sweeping)

    def _ask(self, places: Sequence[Place], *, sweeping: bool) -> list[Resource]:
        looking, words = self._looking, self._ways.words
        looking.hasty = sweeping
        asked = [(words(place), partial(looking.current, place)) for place in places]
        answers = together(asked, looking.refusals, sweeping=sweeping)
        found = [each for answer in answers for each in answer]
        if found or not looking.types():
            return found
        if len(places) * len(looking.types()) > _MOST_LISTINGS:
            self._caveats.append(
                Caveat(
                    "deleted-not-looked-for",
                    f"deleted resources called {self._meant.name} were not looked for in {len(places)} places: "
                    "say --type, or --region",
                )
            )
            return []
        asked = [(words(place), partial(looking.deleted, place)) for place in places]
        answers = together(asked, looking.refusals, sweeping=sweeping)
        return [each for answer in answers for each in answer]

    def _near(self, home: Place) -> tuple[Place, ...]:
        account = self._meant.account_id or home.account_id
        if self._meant.region:
            return (Place(account, self._meant.region),)
        kinds = {*self._meant.types, *(each.type for each in self._meant.exact)}
        everywhere = bool(kinds) and all(kind.startswith(_GLOBAL) for kind in kinds)
        regions = self._ways.global_regions() if everywhere else self._ways.regions_near(account)
        return tuple(Place(account, region) for region in regions)

    def _far(self, home: Place) -> tuple[Place, ...]:
        """The other regions of the account: those that the settings name, else all."""
        account = self._meant.account_id or home.account_id
        named = self._ways.regions(account)
        regions = (*named, *self._ways.global_regions()) if named else self._ways.every_region()
        return tuple(Place(account, region) for region in regions)

    def _differs(self, found: list[Resource]) -> None:
        """What is found elsewhere than an ARN or an address says is told so."""
        meant = self._meant
        said = " of ".join(each for each in (meant.region, meant.account_id) if each)
        for each in found:
            if said:
                where = self._ways.words(each.place)
                self._caveats.append(
                    Caveat("found-elsewhere", f"what you pasted names {said}; Config has it in {where}")
                )

    def _unreachable(self, found: list[Resource]) -> Iterator[Caveat]:
        for account_id in dict.fromkeys(each.place.account_id for each in found):
            if not self._ways.leads_to(account_id):
                yield Caveat(
                    "account-unreachable",
                    f"account {account_id} can’t be asked for the history: give its role_arn in the settings’ accounts",
                    "blind",
                )

    def _words(self, places: Sequence[Place]) -> str:
        return "; ".join(self._ways.words(place) for place in places)

    def _what(self) -> str:
        exact = [f"{each.type} {each.id}" for each in self._meant.exact]
        name = [f"the name {self._meant.name}"] if self._meant.name else []
        return " or ".join(name or exact)

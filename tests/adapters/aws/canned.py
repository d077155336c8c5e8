"""AWS that answers from a table, under boto3's own clients: nothing goes out, and what is asked is checked by botocore."""

import threading
from types import SimpleNamespace

import boto3

from bot.adapters.aws.own_checks_asked import Places
from bot.adapters.aws.service_models import new_session
from bot.core.configuration.item import Place
from bot.core.public.bucket import Survey

PROD, STAGING = "111122223333", "444455556666"
HOME = "eu-west-1"


class Refusal(Exception):
    """What AWS refuses with: its code and message."""

    def __init__(self, code, message="no"):
        super().__init__(code, message)
        self.parsed = {
            "Error": {"Code": code, "Message": message},
            "ResponseMetadata": {"HTTPStatusCode": 400},
        }


def denied(code="AccessDenied"):
    return Refusal(code, "You may not.")


class Canned:
    """`answers` maps (service, operation, …) to an answer, a Refusal, or a function of the parameters.

    The key may go on with a region or an account, of which the answer is; the most exact one is taken. Whatever is
    in no table is refused as denied.
    """

    def __init__(self, answers):
        self.answers, self.asked = answers, []
        self._session = boto3.Session(botocore_session=new_session(), region_name=HOME)
        self._lock = threading.Lock()

    def client(self, service, place):
        with self._lock:
            made = self._session.client(
                service,
                region_name=place.region,
                aws_access_key_id="AKIAEXAMPLEUSER00001",
                aws_secret_access_key="x",
            )
        events = made.meta.events

        def keep(params, context, **_):
            context["asked"] = params

        def answer(model, context, **_):
            return self._answer(service, model.name, place, context["asked"])

        events.register("before-parameter-build.*.*", keep)
        events.register("before-call.*.*", answer)
        return made

    def count(self, operation):
        """How often it was asked."""
        return sum(asked[1] == operation for asked in self.asked)

    def _answer(self, service, operation, place, params):
        self.asked.append((service, operation, place, params))
        exact = [place.account_id + place.region, place.region, place.account_id, None]
        keys = [(service, operation, each) if each else (service, operation) for each in exact]
        found = next((self.answers[key] for key in keys if key in self.answers), denied())
        try:
            parsed = found(params) if callable(found) else found
            if isinstance(parsed, Refusal):
                raise parsed
        except Refusal as refusal:
            return SimpleNamespace(status_code=400, headers={}), refusal.parsed
        return SimpleNamespace(status_code=200, headers={}), dict(parsed)


class FakeWays:
    """The ways to these accounts, ours first; `regions` are those that the settings name."""

    region = HOME

    def __init__(self, *others, regions=None, here=("eu-west-1", "us-east-1")):
        self._others, self._regions, self._here = others, regions or {}, here

    def home(self):
        return Place(PROD, HOME)

    def others(self):
        return tuple(Place(each, HOME) for each in self._others)

    def regions(self, account_id):
        return self._regions.get(account_id, ())

    def every_region(self, service):
        return self._here

    def leads_to(self, account_id):
        return account_id in {PROD, *self._others}


class FakeBuckets:
    """Satisfies `bot.ports.PublicAccess.survey`."""

    def __init__(self, *judged, fails=None):
        self.judged, self.fails = judged, fails

    def survey(self, accounts, regions, progress):
        if self.fails:
            raise self.fails
        return Survey(tuple(one for one in self.judged if one.bucket.account_id in accounts), api_calls=5)


def places(canned, *others, **ways):
    return Places(FakeWays(*others, **ways), canned.client)

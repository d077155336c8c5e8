"""Cost Explorer as botocore checks it: what is asked must have the form of AWS's model, and so must the answers."""

import json
from datetime import UTC, datetime

import boto3
from botocore.stub import Stubber

NOW = datetime(2026, 9, 8, 14, 20, tzinfo=UTC)


def group(*keys, amount, unit="USD"):
    return {"Keys": list(keys), "Metrics": {"UnblendedCost": {"Amount": amount, "Unit": unit}}}


def day(start, *groups, estimated=False):
    end = f"{start[:8]}{int(start[8:]) + 1:02}"
    period = {"Start": start, "End": end}
    return {"TimePeriod": period, "Total": {}, "Groups": list(groups), "Estimated": estimated}


def page(*days, following=None, names=()):
    more = {"NextPageToken": following} if following else {}
    attributes = [{"Value": key, "Attributes": {"description": name}} for key, name in names]
    return {"ResultsByTime": list(days), "DimensionValueAttributes": attributes, **more}


class StubbedCe:
    """ce's client, answering in order; `asked` are the words of each request."""

    def __init__(self):
        self.client = boto3.client(
            "ce", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="s"
        )
        self._stub = Stubber(self.client)
        self._stub.activate()
        self.client.meta.events.register("before-parameter-build.ce", self._note)
        self.asked = []
        self.booked = 0

    def _note(self, params, **_):
        self.asked.append(json.loads(json.dumps(params)))

    def answers(self, operation, *answers):
        for answer in answers:
            self._stub.add_response(operation, answer)

    def refuses(self, operation, code, message=""):
        self._stub.add_client_error(operation, code, message)

    def book(self):
        self.booked += 1

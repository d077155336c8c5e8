"""Open findings are counted by severity, with one request for however many there are."""

import pytest

from bot.adapters.aws.guardduty_open import open_findings
from bot.adapters.aws.session import client, make_session
from bot.core.severity import Severity
from bot.embedded.aws import HOME, PROD
from bot.errors import AccessDenied
from tests.counts import Counts

EMPTY = {Severity.CRITICAL: 0, Severity.HIGH: 0, Severity.MEDIUM: 0, Severity.LOW: 0}


def found(world, finding_id, severity, *, archived=False):
    world.aws.findings.put(
        {
            "accountId": PROD.id,
            "region": HOME,
            "id": finding_id,
            "severity": severity,
            "updatedAt": "2026-09-08T01:00:00.000Z",
            "service": {"archived": archived},
        }
    )


def test_what_nobody_archived_is_counted_in_guarddutys_own_bands(world, session):
    counts = Counts()
    guardduty = client("guardduty", HOME, make_session(counting=counts))
    assert open_findings(guardduty) == EMPTY

    for n, severity in enumerate([2, 3.9, 4, 6.9, 7, 8.5, 9, 10]):
        found(world, f"open-{n}", severity)
        found(world, f"old-{n}", severity, archived=True)
    counts.aws_calls.clear()

    assert open_findings(guardduty) == dict.fromkeys(EMPTY, 2)
    assert [operation for _, operation, _ in counts.aws_calls] == ["ListDetectors", "GetFindingsStatistics"]


def test_without_a_detector_nothing_is_known(session):
    assert open_findings(client("guardduty", "eu-north-1", session)) is None


def test_a_refusal_names_the_missing_action(world, session):
    class Refusing:
        meta = session.client("sts").meta

        def list_detectors(self):
            return {"DetectorIds": ["d"]}

        def get_findings_statistics(self, **_):
            raise session.client("sts").exceptions.ClientError(
                {"Error": {"Code": "AccessDeniedException", "Message": "no"}}, "GetFindingsStatistics"
            )

    with pytest.raises(AccessDenied) as refused:
        open_findings(Refusing())

    assert refused.value.action == "guardduty:GetFindingsStatistics"

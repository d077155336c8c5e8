"""What is noise is named field by field, with a reason."""

import pytest

from bot.core.configuration.diff import differ
from bot.core.configuration.noise import NOISE
from tests.core.configuration.items import FUNCTION, item

ALL = [(kind, one) for kind, named in NOISE.items() for one in named]


@pytest.mark.parametrize(("kind", "one"), ALL)
def test_each_noise_has_a_reason_and_stands_within_the_item(kind, one):
    assert one.why
    assert kind.startswith("AWS::")
    assert one.steps[0] in ("configuration", "supplementaryconfiguration")
    assert "*" not in (one.steps[0], one.steps[-1])


def test_a_field_is_noise_only_for_the_types_that_name_it():
    old, new = {"lastModified": "1"}, {"lastModified": "2"}

    assert differ(item(FUNCTION, old), item(FUNCTION, new)).changes == ()
    assert len(differ(item("AWS::X::Y", old), item("AWS::X::Y", new)).changes) == 1


def test_a_field_is_noise_whatever_its_case():
    old, new = {"RunningCount": 1, "runningCount": 1}, {"RunningCount": 2, "runningCount": 2}

    assert len(differ(item("AWS::ECS::Service", old), item("AWS::ECS::Service", new)).noise) == 2


def test_noise_in_any_element_of_a_set_is_noise_and_the_element_itself_is_not():
    def service(*deployments):
        return item("AWS::ECS::Service", {"deployments": list(deployments)})

    first, later, other = (
        {"id": "1", "updatedAt": "1"},
        {"id": "1", "updatedAt": "2"},
        {"id": "2", "updatedAt": "2"},
    )

    assert differ(service(first), service(later)).changes == ()
    assert [one.path[-1] for one in differ(service(first), service(first, other)).changes] == ["2"]


def test_a_failure_is_told_though_its_field_is_noise():
    def updated(status):
        return item(FUNCTION, {"lastUpdateStatus": status})

    assert differ(updated("InProgress"), updated("Successful")).changes == ()
    assert len(differ(updated("InProgress"), updated("Failed")).changes) == 1
    assert len(differ(updated("Failed"), updated("Successful")).changes) == 1

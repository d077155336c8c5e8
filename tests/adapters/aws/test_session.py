"""Clients are made in one place, and everything an operator sets reaches each of them."""

import pytest

from bot.adapters.aws.session import client, make_session
from bot.errors import Upstream


def test_aws_region_is_honoured_though_botocore_reads_only_its_own_name(environment):
    environment.setenv("AWS_REGION", "eu-north-1")

    assert make_session().region_name == "eu-north-1"


def test_aws_region_stands_over_aws_default_region(environment):
    environment.setenv("AWS_REGION", "eu-north-1")
    environment.setenv("AWS_DEFAULT_REGION", "us-east-2")

    assert make_session().region_name == "eu-north-1"


def test_an_argument_stands_over_the_environment(environment):
    environment.setenv("AWS_REGION", "eu-north-1")

    assert make_session(region="ap-south-1").region_name == "ap-south-1"


def test_the_region_of_the_profile_is_honoured(environment, tmp_path):
    file = tmp_path / "config"
    file.write_text("[profile ops]\nregion = sa-east-1\n")
    environment.setenv("AWS_CONFIG_FILE", str(file))
    environment.setenv("AWS_PROFILE", "ops")

    assert make_session().region_name == "sa-east-1"


def test_the_endpoint_of_one_service_is_honoured(environment):
    environment.setenv("AWS_REGION", "eu-west-1")
    environment.setenv("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:1")

    session = make_session()

    assert client("sqs", session=session).meta.endpoint_url == "http://127.0.0.1:1"
    assert "amazonaws.com" in client("athena", session=session).meta.endpoint_url


def test_every_client_says_who_asks_and_retries_in_the_standard_mode(environment):
    environment.setenv("AWS_REGION", "eu-west-1")

    config = client("glue").meta.config

    assert "noroshi/" in config.user_agent
    assert config.retries["mode"] == "standard"


def test_sessions_read_each_model_once_together(environment):
    environment.setenv("AWS_REGION", "eu-west-1")

    first, second = (client("sqs", session=make_session()).meta.service_model for _ in range(2))

    assert first.metadata is second.metadata


def test_sessions_that_share_their_models_leave_their_paths_alone(environment):
    def paths():
        return tuple(make_session()._session.get_component("data_loader").search_paths)

    assert paths() == paths()


def test_the_models_of_a_folder_of_ones_own_are_those_of_its_sessions_alone(environment, tmp_path):
    (tmp_path / "acme" / "2026-09-08").mkdir(parents=True)
    (tmp_path / "acme" / "2026-09-08" / "service-2.json").write_text("{}")
    before = make_session()
    environment.setenv("AWS_DATA_PATH", str(tmp_path))

    assert "acme" in make_session().get_available_services()
    assert "acme" not in before.get_available_services()


def test_a_missing_region_names_the_setting(environment):
    with pytest.raises(Upstream) as caught:
        client("athena")

    assert "AWS_REGION" in caught.value.hint


def test_a_missing_profile_names_the_setting(environment):
    environment.setenv("AWS_PROFILE", "nobody")

    with pytest.raises(Upstream) as caught:
        client("athena", region="eu-west-1")

    assert "nobody" in caught.value.message
    assert "AWS_PROFILE" in caught.value.hint

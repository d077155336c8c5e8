"""AWS's models of its services, read once for all sessions: megabytes of JSON, which botocore reads anew for each."""

import threading
from functools import cache
from typing import Any

import botocore.session
from botocore.loaders import Loader, create_loader


class _Shared(Loader):
    """A loader that many sessions use at once.

    boto3 adds its own folder to the paths with each session: the paths here are copies. It is the one of
    `Session.resource`, which nobody asks for.
    """

    def __init__(self, paths: list[str]) -> None:
        super().__init__(extra_search_paths=paths, include_default_search_paths=False)
        self._merging = threading.Lock()

    @property
    def search_paths(self) -> list[str]:
        return [*super().search_paths]

    def load_service_model(self, service_name: str, type_name: str, api_version: Any | None = None) -> Any:
        # What a service has besides its model is merged into it, and nobody may read it half merged.
        with self._merging:
            return super().load_service_model(service_name, type_name, api_version)


@cache
def _shared(data_path: str | None) -> _Shared:
    return _Shared(create_loader(data_path).search_paths)


def new_session(profile: str | None = None) -> botocore.session.Session:
    """A session of botocore's own whose models are shared with every other of the same `AWS_DATA_PATH`.

    https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
    """
    session = botocore.session.Session(profile=profile)
    session.lazy_register_component("data_loader", lambda: _shared(session.get_config_variable("data_path")))
    return session

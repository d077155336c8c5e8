"""The Web API over HTTP: token, faults, scope, rate limit, then the method's handler."""

import json

from aiohttp import web

from .faults import BrokenAnswer, suffer
from .methods import METHODS, Call, Method, decoded
from .refusal import SlackError
from .shapes import Json
from .world import World


class WebApi:
    """Serves `/api/{method}` for one world."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one call, as Slack does: almost always 200, `ok` says how it went."""
        name = request.match_info["method"]
        try:
            answer: Json = {"ok": True} | await self._answer(name, request)
            status = 200
        except SlackError as error:
            answer, status = error.to_json(), error.status
        except BrokenAnswer as end:
            return end.to_response(request)
        headers = {"x-oauth-scopes": ",".join(sorted(self._world.manifest.scopes))}
        if "retry_after" in answer:
            headers["Retry-After"] = str(answer.pop("retry_after"))
        return web.json_response(answer, status=status, headers=headers)

    async def _answer(self, name: str, request: web.Request) -> Json:
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        params = await read_params(request, form_only=method.form_only)
        token = bearer(request) or str(params.pop("token", ""))
        call = Call(self._world, decoded(params))
        self._world.calls.append((name, call.params))
        self._admit(method, token)
        fault = self._world.faults.take(name)
        if fault and not fault.done:
            await suffer(fault)
        self._world.rates.count(name, method.tier)
        answer = method.handler(call)
        if fault and fault.done:
            await suffer(fault)
        return answer

    def _admit(self, method: Method, token: str) -> None:
        if method.token == "none":  # noqa: S105 - a kind of token
            return
        kinds = {self._world.bot_token: "bot", self._world.app_token: "app"}
        if not token:
            raise SlackError("not_authed")
        if token not in kinds:
            raise SlackError("invalid_auth")
        if method.token not in ("any", kinds[token]):
            raise SlackError("not_allowed_token_type")
        granted = self._world.manifest.scopes
        if method.scopes and not granted.intersection(method.scopes):
            raise SlackError("missing_scope", needed=method.scopes[0], provided=",".join(sorted(granted)))


def bearer(request: web.Request) -> str:
    """The token of the Authorization header."""
    return request.headers.get("Authorization", "").removeprefix("Bearer").strip()


async def read_params(request: web.Request, *, form_only: bool) -> Json:
    """The parameters of the query, the form or the JSON body, later ones over earlier.

    Raises:
        SlackError: invalid_json, json_not_object.
    """
    params: Json = dict(request.query)
    if request.content_type != "application/json":
        return params | dict(await request.post())
    if form_only:
        # Slack does not read JSON bodies for these: the arguments are simply missing.
        return params
    try:
        body = json.loads(await request.text() or "{}")
    except ValueError as error:
        raise SlackError("invalid_json") from error
    if not isinstance(body, dict):
        raise SlackError("json_not_object")
    return params | body

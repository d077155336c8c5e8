"""`/metrics` and `/health` over HTTP, on the port that is set; whatever is wrong there is said in words."""

import asyncio
import gzip
import socket
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from bot.core.hearing.senses import QueueSense
from bot.edges.alerting import Alerting
from bot.edges.health import Health
from bot.edges.running import serve
from bot.edges.web import MISSING, Web
from bot.errors import BadRequest
from tests.patience import LONGEST

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)


def page(accept):
    return f"asked for {accept} ".encode() * 40, "text/plain; version=0.0.4; charset=utf-8"


@pytest.fixture
async def serving():
    opened = []

    async def made(page=page, faults=lambda: ()):
        web = Web("127.0.0.1", 0, page, faults)
        await web.open()
        opened.append(web)
        return web

    yield made
    for web in opened:
        await web.close()


async def fetched(web, path, **headers):
    where = f"http://127.0.0.1:{web.port}{path}"
    async with (
        aiohttp.ClientSession(auto_decompress=False) as session,
        session.get(where, headers=headers) as answer,
    ):
        return answer.status, await answer.read(), answer.headers


async def test_the_page_is_made_for_what_was_asked_for(serving):
    status, body, headers = await fetched(
        await serving(), "/metrics", **{"Accept": "x/y", "Accept-Encoding": "identity"}
    )

    assert (status, body) == (200, page("x/y")[0])
    assert headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"


async def test_the_page_is_packed_for_who_can_unpack_it(serving):
    web = await serving()
    _, body, headers = await fetched(web, "/metrics", **{"Accept": "x", "Accept-Encoding": "gzip"})

    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == page("x")[0]


async def test_nothing_else_is_served(serving):
    assert (await fetched(await serving(), "/"))[0] == 404


async def test_without_the_library_the_way_to_it_is_said_and_health_goes_on(serving):
    web = await serving(page=None)

    assert (await fetched(web, "/metrics"))[:2] == (501, f"{MISSING}\n".encode())
    assert (await fetched(web, "/health"))[0] == 200


async def test_health_is_200_or_says_what_is_wrong(serving):
    assert (await fetched(await serving(), "/health"))[:2] == (200, b"All is well.\n")
    ill = await serving(faults=lambda: ["One thing.", "Another."])

    assert (await fetched(ill, "/health"))[:2] == (503, b"One thing.\nAnother.\n")


async def test_a_page_in_the_making_holds_up_nothing_on_the_loop(serving):
    loop, asked = asyncio.get_running_loop(), asyncio.Event()
    free = asyncio.Event()

    def slow(accept):
        loop.call_soon_threadsafe(asked.set)
        asyncio.run_coroutine_threadsafe(free.wait(), loop).result(LONGEST)
        return page(accept)

    web = await serving(page=slow)
    scrape = asyncio.create_task(fetched(web, "/metrics"))
    await asked.wait()
    assert (await fetched(web, "/health"))[0] == 200
    free.set()
    assert (await scrape)[0] == 200


async def test_a_taken_port_is_said_in_words():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(BadRequest) as refused:
            await Web("127.0.0.1", port, page, lambda: ()).open()

    assert refused.value.message == f"Port {port} for metrics is taken."
    assert "NOROSHI_METRICS__PORT" in refused.value.hint


async def test_a_host_that_is_not_ours_is_said_in_words():
    with pytest.raises(BadRequest) as refused:
        await Web("192.0.2.1", 0, page, lambda: ()).open()

    assert "192.0.2.1" in refused.value.message


async def test_where_the_port_is_taken_the_bot_does_not_begin():
    happened = []

    class Edge:
        async def start(self):
            happened.append("answers")

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        web = Web("127.0.0.1", taken.getsockname()[1], page, lambda: ())
        with pytest.raises(BadRequest):
            await serve(Edge, Alerting(), web=web)

    assert happened == []


class Queue:
    """An intake that says this of its queue."""

    def __init__(self, failing_for=None):
        since = NOW - failing_for if failing_for is not None else None
        self.sense = QueueSense("noroshi", since, "AWS said no to arn:aws:secret" if since else "")


@pytest.mark.parametrize(
    ("failing_for", "words"),
    [
        (None, []),
        (timedelta(minutes=4), []),
        (
            timedelta(minutes=12),
            ["The queue noroshi has not been reached for 12 minutes; the log says why."],
        ),
    ],
)
def test_a_queue_that_was_not_reached_for_long_is_no_health(failing_for, words):
    health = Health(Alerting(intakes=[Queue(failing_for)]), lambda: NOW)

    assert list(health.faults()) == words


class Ending:
    """A loop that ends by itself."""

    def run(self):
        pass

    def stop(self):
        pass


def test_a_loop_that_has_ended_is_no_health_until_the_bot_ends():
    alerting = Alerting(loops=[Ending()])
    alerting.start()
    for thread in alerting._threads:
        thread.join(LONGEST)
    health = Health(alerting, lambda: NOW)

    assert list(health.faults()) == ["The ending has ended, and should run."]
    alerting.stop()
    assert list(health.faults()) == []

"""What passing a request on costs: ``python bench/forwarding.py``.

One process serves an upstream and a front that forwards to it, as `looma up` does; another one asks over 8 kept
connections. Processor time is that of the serving process alone, so that the cost of the client is not in it.
"""

import asyncio
import json
import multiprocessing
import socket
import time
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from multiprocessing.queues import Queue
from types import SimpleNamespace
from typing import Any

import uvloop
from sanic import HTTPResponse, Request, Sanic

from looma.platform.listening import listening
from looma.platform.proxy import Forwarder
from looma.platform.signing import CallerSeal
from machine import describe, spread

CONNECTIONS, EACH = 8, 500
SIZES = {"1 KB": 1_000, "100 KB": 100_000, "4 MB": 4_000_000}
OP: Any = SimpleNamespace(service="upstream")


async def serve(ports: "Queue[dict[str, int]]") -> None:
    """An upstream that answers as many bytes as the path says, a front before it, and the time that both took."""
    bodies = {f"/{size}": b"x" * size for size in SIZES.values()}
    at = {name: socket.create_server(("127.0.0.1", 0)) for name in ("direct", "forwarded", "time")}
    told = {name: one.getsockname()[1] for name, one in at.items()}
    forwarder = Forwarder(lambda _: f"http://127.0.0.1:{told['direct']}", CallerSeal(b"k" * 32))

    async def direct(request: Request, path: str) -> HTTPResponse:
        return HTTPResponse(bodies["/" + path], 200, {"x-request-id": "1"}, "application/json")

    async def forwarded(request: Request, path: str) -> HTTPResponse | None:
        return await forwarder.forward(request, OP)

    async def spent(request: Request, path: str) -> HTTPResponse:
        return HTTPResponse(json.dumps(time.process_time()).encode())

    async with AsyncExitStack() as stack:
        for name, handler in (("direct", direct), ("forwarded", forwarded), ("time", spent)):
            await stack.enter_async_context(listening(application(name, handler), at[name]))
        ports.put(told)
        await asyncio.Event().wait()


def application(name: str, handler: Callable[..., Coroutine[Any, Any, Any]]) -> Any:
    """A bare application that gives every path to `handler`."""
    app: Any = Sanic(name, configure_logging=False)
    app.config.TOUCHUP = app.config.ACCESS_LOG = False
    app.add_route(handler, "/<path:path>", methods=["GET"])
    return app


async def ask(port: int, path: str, times: int) -> tuple[list[float], bytes]:
    """Seconds of each request on one connection, and the last body."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    took, body = [], b""
    for _ in range(times):
        began = time.perf_counter()
        writer.write(b"GET %b HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer x\r\n\r\n" % path.encode())
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = head.index(b"content-length: ") + 16
        body = await reader.readexactly(int(head[length : head.index(b"\r", length)]))
        took.append(time.perf_counter() - began)
    writer.close()
    return took, body


async def measure(ports: dict[str, int]) -> None:
    """Print one line a size and way."""
    for label, size in SIZES.items():
        each = max(5, EACH if size < 1_000_000 else 10)
        for way in ("direct", "forwarded"):
            await ask(ports[way], f"/{size}", 5)
            before, began = float((await ask(ports["time"], "/", 1))[1]), time.perf_counter()
            answers = await asyncio.gather(*(ask(ports[way], f"/{size}", each) for _ in range(CONNECTIONS)))
            wall, spent = time.perf_counter() - began, float((await ask(ports["time"], "/", 1))[1]) - before
            count = CONNECTIONS * each
            seconds = [one for took, _ in answers for one in took]
            rate, processor = count / wall, spent / count * 1e6
            print(f"{label:>6} {way:9} {rate:6.0f}/s, {processor:6.0f} µs of processor, {spread(seconds)}")


def main() -> None:
    """Start both sides."""
    print(describe())
    context = multiprocessing.get_context("spawn")
    ports: Queue[dict[str, int]] = context.Queue()
    server = context.Process(target=_run, args=(ports,), daemon=True)
    server.start()
    uvloop.run(measure(ports.get(timeout=60)))
    server.terminate()


def _run(ports: "Queue[dict[str, int]]") -> None:
    uvloop.run(serve(ports))


if __name__ == "__main__":
    main()

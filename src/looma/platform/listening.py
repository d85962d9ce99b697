"""An application on its port: from the first connection to the last answer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from socket import socket
from typing import Any

from .edge import App

GRACE_S = 10.0
_LOOK_S = 0.02


@asynccontextmanager
async def listening(app: App, at: socket, *, hurry: asyncio.Event | None = None) -> AsyncIterator[None]:
    """Serve `app` on a bound socket around the block; then let requests in flight finish, until `hurry` is set and for
    `GRACE_S` at most. A request whose head has not arrived is not in flight."""
    server: Any = await app.create_server(
        sock=at, return_asyncio_server=True, access_log=False, asyncio_server_kwargs={"start_serving": False}
    )
    if server is None:
        raise RuntimeError("Sanic gave no server")
    await server.startup()
    await server.start_serving()
    try:
        yield
    finally:
        server.server.close()
        try:
            await _answered(server, hurry or asyncio.Event())
        finally:
            for connection in list(server.connections):
                _cut(connection)
            await server.server.wait_closed()
            app.shutdown_tasks(1)
            app.unregister_app(app)


async def _answered(server: Any, hurry: asyncio.Event) -> None:
    """Until no request is in flight, or nobody wants to wait any longer."""
    try:
        async with asyncio.timeout(GRACE_S):
            while not hurry.is_set():
                for connection in list(server.connections):
                    if not connection.close_if_idle() and connection.http.request is None:
                        _cut(connection)
                if not server.connections:
                    return
                await asyncio.sleep(_LOOK_S)
    except TimeoutError:
        return


def _cut(connection: Any) -> None:
    # Its own `abort` forgets the transport first, and Sanic's task then fails on that.
    if connection.transport is not None:
        connection.transport.abort()

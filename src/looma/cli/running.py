"""Commands about the Looma that is running on a data folder: what it does, and its end."""

import asyncio
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import click

from looma.platform.settings import Settings
from looma.platform.stores.folder import Running, running

from .commands import Command
from .options import as_json as json_option
from .options import data as data_option
from .options import lang
from .outcome import Exit, logs, say, settings, stop
from .words import t

ASK_S = 6.0
STOP_S = 30.0


def found_running(found: Settings) -> Running:
    """The Looma that holds the data folder; the command ends in words where there is none that answers."""
    here = running(found.stores.data)
    if here is None:
        stop(t("not_running", folder=found.stores.data), Exit.UNAVAILABLE)
    return here


@click.command(cls=Command, help=t("status_help"))
@json_option
@data_option
@lang
def status(as_json: bool, data: Path | None) -> None:
    """Tell whether Looma runs, and how its services are."""
    found = settings(data)
    logs(found)
    here = found_running(found)
    if not here.addresses:
        stop(t("still_starting", pid=here.pid), Exit.UNAVAILABLE)
    told = asyncio.run(_health(here.addresses))
    if as_json:
        click.echo(json.dumps({"pid": here.pid, "services": told}, ensure_ascii=False, indent=1))
    else:
        say(t("running", pid=here.pid, folder=found.stores.data))
        for name, one in told.items():
            click.echo(f"{name:17} {one['address']:28} {t('health_' + one['status'])}")
    sys.exit(Exit.DONE if all(one["status"] == "healthy" for one in told.values()) else Exit.UNAVAILABLE)


async def _health(addresses: dict[str, str]) -> dict[str, dict[str, Any]]:
    import aiohttp

    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ASK_S), trust_env=False) as session:

        async def one(address: str) -> dict[str, Any]:
            try:
                async with session.get(f"{address}/health") as answer:
                    told = await answer.json(content_type=None)
                    return {"address": address, "status": told["status"], "dependencies": told["dependencies"]}
            except (aiohttp.ClientError, TimeoutError, ValueError, KeyError):
                return {"address": address, "status": "silent", "dependencies": {}}

        answers = await asyncio.gather(*(one(address) for address in addresses.values()))
    return dict(zip(addresses, answers, strict=True))


@click.command("stop", cls=Command, help=t("stop_help"))
@data_option
@lang
def stop_running(data: Path | None) -> None:
    """End the Looma that runs on the data folder."""
    found = settings(data)
    here = found_running(found)
    try:
        os.kill(here.pid, signal.SIGTERM)
    except (OSError, OverflowError) as why:
        stop(t("cannot_stop", pid=here.pid, why=why), Exit.UNAVAILABLE)
    late = time.monotonic() + STOP_S
    while running(found.stores.data) is not None:
        if time.monotonic() > late:
            stop(t("still_stopping", pid=here.pid), Exit.UNAVAILABLE)
        time.sleep(0.05)
    say(t("stopped", pid=here.pid))

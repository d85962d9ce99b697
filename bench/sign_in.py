"""Signing in and being believed: what a password costs, what a token costs, and how much of it there is in a second.

Run: ``python bench/sign_in.py [--rounds 60]``. In one process, over a database in a temporary folder. A password is
meant to cost: two are checked at a time, each 19 MiB and two passes of Argon2id.
"""

import argparse
import asyncio
import logging
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from looma.compose import Composition
from looma.contracts.auth import MAINTAIN, AuthAPI, Credentials, WrongCredentials
from looma.platform import context
from looma.platform.ai.off import NoEmbedder
from looma.platform.context import LOCAL_ORG, Caller
from looma.platform.settings import Settings, StoreSettings
from looma.platform.tokens import PublicKey, Tokens
from machine import describe, spread

SERVICE = Caller(org=LOCAL_ORG, user="bench", kind="service", scopes=frozenset({MAINTAIN}))
AT_ONCE = 32
REMEMBERED = 20_000


async def times(ask: Callable[[int], Awaitable[object]], rounds: int) -> list[float]:
    """How long each of `rounds` questions took, one after another."""
    found = []
    for number in range(rounds):
        began = time.perf_counter()
        await ask(number)
        found.append(time.perf_counter() - began)
    return found


async def measure(folder: Path, rounds: int) -> None:
    """Print the figures."""
    settings = Settings(stores=StoreSettings(LOOMA_DATA=folder))
    async with Composition(settings, here=frozenset({AuthAPI.service}), embedder=NoEmbedder()) as composition:
        auth = composition.peer(AuthAPI)
        with context.acting(SERVICE):
            made = await auth.first_administrator()
        known = Credentials(username=made.username, password=made.password or "")

        async def refused(number: int) -> None:
            with suppress(WrongCredentials):
                await auth.login(Credentials(username=f"nobody{number}", password="a wrong password"))  # noqa: S106

        print(f"sign-in: {spread(await times(lambda _: auth.login(known), rounds))}")
        print(f"refusal of an unknown name: {spread(await times(refused, rounds))}")
        began = time.perf_counter()
        tokens = [
            one.access_token.get_secret_value()
            for _ in range(rounds // AT_ONCE + 1)
            for one in await asyncio.gather(*(auth.login(known) for _ in range(AT_ONCE)))
        ]
        print(f"sign-ins, {AT_ONCE} at once: {len(tokens) / (time.perf_counter() - began):.0f} a second")

        async def keys() -> list[PublicKey]:
            return [PublicKey(key.kid, key.x) for key in (await auth.keys()).keys]

        verifier = Tokens(keys, composition.platform.clock)
        await verifier.verify(made_token := tokens.pop())
        fresh = await times(lambda number: verifier.verify(tokens[number]), len(tokens))
        print(f"a token seen for the first time: {spread(fresh)}")
        began = time.perf_counter()
        for _ in range(REMEMBERED):
            await verifier.verify(made_token)
        print(f"a token seen before: {(time.perf_counter() - began) / REMEMBERED * 1e6:.1f} µs")


def main() -> None:
    """Measure in a folder of its own."""
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=60)
    logging.disable()  # each refusal is logged
    print(describe())
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder), options.parse_args().rounds))


if __name__ == "__main__":
    main()

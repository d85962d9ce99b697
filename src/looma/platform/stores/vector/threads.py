"""The threads of the driver, by what they do."""

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from errno import EDQUOT, EFBIG, ENOSPC
from typing import TypeVar

from ..errors import StoreBroken, StoreFull

T = TypeVar("T")

READERS = 2


class Threads:
    """One for files and for putting arrays in order, one of low priority for graphs, and a few for long looks."""

    def __init__(self) -> None:
        self._reading = ThreadPoolExecutor(READERS, "vector-reading")
        self._keeping = ThreadPoolExecutor(1, "vector-keeping")
        self._growing = ThreadPoolExecutor(1, "vector-growing", initializer=_yield_to_others)

    async def read(self, act: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._reading, act)

    async def grow(self, act: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._growing, act)

    async def keep(self, act: Callable[[], T]) -> T:
        """Errors of the disk come in our words: theirs hold paths."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._keeping, act)
        except OSError as error:
            kind = StoreFull if error.errno in (ENOSPC, EDQUOT, EFBIG) else StoreBroken
            raise kind(what=error.strerror or "the folder of vectors") from error

    async def end(self) -> None:
        """When what they do is done."""
        for threads in (self._reading, self._growing, self._keeping):
            await asyncio.to_thread(threads.shutdown)


def _yield_to_others() -> None:
    if sys.platform == "linux":  # elsewhere a priority belongs to the whole process
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)

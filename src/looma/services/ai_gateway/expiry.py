"""Letting go of uploads that nobody came back for."""

import logging
from datetime import timedelta

from looma.platform.clock import Clock
from looma.platform.errors import LoomaError
from looma.platform.runs import Revision, Runs

from .files import KIND, ResumeMatch
from .uploads import Uploads

KEPT_FOR = timedelta(days=7)
"""How long after the end of a run the bytes of files that were not done stay."""
AT_MOST = 10
"""Runs that are gone through at once."""
STEP = "uploads-gone"
log = logging.getLogger("looma.gateway")


class Expiry:
    """Whenever a workflow begins, goes through a few old ones of the same organisation."""

    def __init__(self, engine: Runs, uploads: Uploads, clock: Clock) -> None:
        self._engine, self._uploads, self._clock = engine, uploads, clock

    async def let_go(self) -> None:
        """Remove what is left of old runs, oldest first. What cannot be removed now is another time."""
        before = self._clock() - KEPT_FOR
        try:
            for run in await self._engine.ended(KIND, before=before, without=STEP, most=AT_MOST):
                await self._uploads.remove(*(file.key for file in ResumeMatch.model_validate(run.args).files))
                await self._engine.revise(run.id, lambda _run, _steps: Revision(remember={STEP: True}))
        except (LoomaError, OSError) as error:
            log.warning("uploads of old runs could not be removed: %s", error)

"""Asking for a run: the files first, then the run, so that no run waits for a file that was never kept."""

import hashlib

from looma.contracts.ai_gateway import KeyReused
from looma.platform import context, runs
from looma.platform.contract import Upload
from looma.platform.runs import Runs
from looma.platform.stores.sql import Sql, Transaction

from .files import KIND, ResumeMatch, SentFile
from .resume_match import ATTEMPTS
from .uploads import Uploads


class Starting:
    """Turns requests into runs of the caller's organisation."""

    def __init__(self, sql: Sql, engine: Runs, uploads: Uploads) -> None:
        self._sql, self._engine, self._uploads = sql, engine, uploads

    async def resume_match(self, files: list[Upload], limit: int) -> str:
        """The id of the run; under an idempotency key that was used before, of the run that was asked for then."""
        asked = ResumeMatch(files=await self._kept(files), limit=limit)
        key = context.current().idempotency_key
        spec = runs.RunSpec(kind=KIND, args=asked, key=key, max_attempts=ATTEMPTS)

        async def change(tx: Transaction) -> str:
            return await self._engine.enqueue(tx, spec)

        try:
            run_id = await self._sql.write(change)  # also when the client is gone by now: then the uploads are needed
        except Exception:
            await self._let_go(asked)
            raise
        if key is not None:
            await self._compare(asked, run_id, key)
        return run_id

    async def _compare(self, asked: ResumeMatch, run_id: str, key: str) -> None:
        """Let go of what was kept for a run that was there already; `KeyReused` when that was asked for other files."""
        before = ResumeMatch.model_validate((await self._engine.get(run_id)).args)
        if before == asked:
            return
        await self._let_go(asked)
        if _content(before) != _content(asked):
            raise KeyReused(key=key)

    async def _kept(self, files: list[Upload]) -> list[SentFile]:
        kept: list[SentFile] = []
        try:
            for file in files:
                digest, at = hashlib.sha256(file.data).hexdigest(), await self._uploads.put(file.data)
                told = {"filename": file.filename, "media_type": file.media_type, "size": len(file.data)}
                kept.append(SentFile(**told, digest=digest, key=at))
        except BaseException:
            await self._uploads.remove(*(file.key for file in kept))
            raise
        return kept

    async def _let_go(self, asked: ResumeMatch) -> None:
        await self._uploads.remove(*(file.key for file in asked.files))


def _content(asked: ResumeMatch) -> tuple[int, list[tuple[str, str]]]:
    return asked.limit, [(file.filename, file.digest) for file in asked.files]

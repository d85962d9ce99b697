"""Files that a run needs until it has used them."""

from looma.platform import context
from looma.platform.clock import NewId
from looma.platform.stores.files import Files


class Uploads:
    """Keeps each upload under a key of its own.

    Keys of the file store follow from the content, and the same résumé may be a talent's already, or another run's.
    An id before the content keeps them apart, so that an upload can be removed without asking who else has it.
    Those of files that are not done stay for a while (`Expiry`): they can be asked for again.
    """

    def __init__(self, files: Files, new_id: NewId) -> None:
        self._files, self._new_id = files, new_id

    async def put(self, data: bytes) -> str:
        """The key of an upload of the caller's organisation, once it is durable."""
        mark = self._new_id().encode()
        return await self._files.put(context.caller().org, bytes([len(mark)]) + mark + data)

    async def get(self, key: str) -> bytes | None:
        """The upload; None when it was removed."""
        kept = await self._files.get(key)
        return None if kept is None else kept[1 + kept[0] :]

    async def has(self, key: str) -> bool:
        """Whether the upload is still there."""
        return await self._files.exists(key)

    async def remove(self, *keys: str) -> None:
        """Let go of uploads; those that are gone already are no matter."""
        for key in keys:
            await self._files.delete(key)

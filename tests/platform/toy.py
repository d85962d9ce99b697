"""A small contract that uses every part of the mechanism, and a service that keeps it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Self

from looma.platform import context
from looma.platform.contract import Contract, Notice, Record, Upload, delete, get, patch, post, put
from looma.platform.errors import NotFound, TooLarge
from looma.platform.service import Platform, Service


class Thing(Record):
    id: str
    name: str
    version: int = 1
    warnings: list[Notice] = []


class ThingChange(Record):
    name: str | None = None


class Seen(Record):
    """What arrived."""

    org: str
    user: str
    request_id: str
    trace: str | None
    has_deadline: bool
    language: str
    if_match: int | None
    idempotency_key: str | None


class Sizes(Record):
    sizes: dict[str, int]
    note: str | None = None


class ThingNotFound(NotFound):
    """No such thing."""

    code = "request.toy_not_found"


class ThingTooLarge(TooLarge):
    """Too large for a thing."""

    code = "request.toy_too_large"


class ToyAPI(Contract):
    """Toys."""

    service = "toy-service"
    port = 8999

    @get("/api/v1/toys/{toy_id}", scope="crm:read")
    async def read(self, toy_id: str) -> Thing:
        """One toy."""

    @get("/api/v1/toys", scope="crm:read")
    async def find(self, q: str | None = None, tag: list[str] = [], big: bool = False, limit: int = 20) -> list[str]:  # noqa: B006
        """Echo the parameters."""

    @post("/api/v1/toys", status=201, scope="crm:write", too_large=ThingTooLarge)
    async def make(self, thing: Thing) -> Thing:
        """Make one."""

    @put("/api/v1/toys/{toy_id}", scope="crm:write")
    async def replace(self, toy_id: str, thing: Thing) -> Thing:
        """Replace one."""

    @patch("/api/v1/toys/{toy_id}", scope="crm:write")
    async def change(self, toy_id: str, change: ThingChange) -> Thing:
        """Change one."""

    @delete("/api/v1/toys/{toy_id}", scope="crm:write")
    async def remove(self, toy_id: str) -> Thing:
        """Remove one."""

    @post("/api/v1/toy-files")
    async def take(self, files: list[Upload], cover: Upload | None = None, note: ThingChange | None = None) -> Sizes:
        """Several uploads, one more, and a record in one call."""

    @post("/api/v1/toy-either")
    async def either(self, file: Upload | None = None, thing: Thing | None = None) -> Thing:
        """A file or a record."""

    @get("/api/v1/toy-context")
    async def seen(self) -> Seen:
        """What the service knows of the request."""

    @get("/api/v1/toy-relayed")
    async def relayed(self, key: str | None = None) -> Seen:
        """What a peer that the service asks knows of the request; asked under `key` where there is one."""

    @get("/api/v1/toy-slow")
    async def slow(self) -> Thing:
        """Answers when the gate opens."""

    @get("/api/v1/toy-broken")
    async def broken(self) -> Thing:
        """Fails in a way that nobody foresaw."""

    @get("/api/v1/toy-stream")
    def count(self, to: int, fail_at: int | None = None, size: int = 3, hold: bool = False) -> AsyncIterator[Thing]:
        """Things, one by one; with `hold`, the stream does not end."""


class ToyService(Service, ToyAPI):
    """Keeps nothing but its answers, and tells the test what happens to it."""

    def __init__(self, peer: ToyAPI | None = None) -> None:
        self.peer = peer
        self.asked, self.gate, self.let_go = asyncio.Event(), asyncio.Event(), asyncio.Event()

    @classmethod
    def build(cls, platform: Platform) -> Self:
        return cls()

    async def read(self, toy_id: str) -> Thing:
        if toy_id == "none":
            raise ThingNotFound(toy_id=toy_id)
        return Thing(id=toy_id, name=f"玩具 {toy_id}", version=3)

    async def find(self, q: str | None = None, tag: list[str] = [], big: bool = False, limit: int = 20) -> list[str]:  # noqa: B006
        return [str(q), *tag, str(big), str(limit)]

    async def make(self, thing: Thing) -> Thing:
        return thing.model_copy(update={"warnings": [Notice(code="request.not_found")]})

    async def replace(self, toy_id: str, thing: Thing) -> Thing:
        return thing

    async def change(self, toy_id: str, change: ThingChange) -> Thing:
        return Thing(id=toy_id, name=f"{change.name} {sorted(change.model_fields_set)}")

    async def remove(self, toy_id: str) -> Thing:
        return Thing(id=toy_id, name="gone")

    async def take(self, files: list[Upload], cover: Upload | None = None, note: ThingChange | None = None) -> Sizes:
        sizes = {f"{f.filename}:{f.media_type}": len(f.data) for f in [*files, *([cover] if cover else [])]}
        return Sizes(sizes=sizes, note=note.name if note else None)

    async def either(self, file: Upload | None = None, thing: Thing | None = None) -> Thing:
        return thing or Thing(id="file", name=file.filename if file else "")

    async def seen(self) -> Seen:
        here, who = context.current(), context.caller()
        return Seen(
            org=who.org,
            user=who.user,
            request_id=here.request_id,
            trace=here.traceparent,
            has_deadline=here.deadline is not None,
            language=here.language,
            if_match=here.if_match,
            idempotency_key=here.idempotency_key,
        )

    async def relayed(self, key: str | None = None) -> Seen:
        if key is None:
            return await self.peer.seen()
        with context.acting(context.caller(), idempotency_key=key):
            return await self.peer.seen()

    async def slow(self) -> Thing:
        self.asked.set()
        await self.gate.wait()
        return Thing(id="slow", name="at last")

    async def broken(self) -> Thing:
        raise ZeroDivisionError("secret detail")

    async def count(
        self, to: int, fail_at: int | None = None, size: int = 3, hold: bool = False
    ) -> AsyncIterator[Thing]:
        try:
            for n in range(to):
                if n == fail_at:
                    raise ThingNotFound(toy_id=str(n))
                yield Thing(id=str(n), name="one".ljust(size, "."))
            if hold:
                await self.gate.wait()
        finally:
            self.let_go.set()

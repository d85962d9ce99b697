"""Idempotency keys: what was asked under a key is done once, however often it is asked within a week."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from looma.contracts.crm import KeyReused
from looma.platform import context
from looma.platform.clock import Clock
from looma.platform.contract import Record
from looma.platform.stores.sql import Transaction
from looma.platform.stores.sql.types import TIMESTAMP

from .refusals import check_text
from .tables import IDEMPOTENCY

_FIND = select(IDEMPOTENCY).where(IDEMPOTENCY.c.org == bindparam("of_org"), IDEMPOTENCY.c.key == bindparam("of_key"))
_KEEP = insert(IDEMPOTENCY)
REMEMBERED = timedelta(days=7)
"""How long a key is remembered at least."""
FORGOTTEN_AT_ONCE = 20
"""Older keys that are forgotten when a new one is kept; more than one, so that they become fewer."""
_OLD = (
    select(IDEMPOTENCY.c.key)
    .where(IDEMPOTENCY.c.org == bindparam("of_org"), IDEMPOTENCY.c.at < bindparam("before", type_=TIMESTAMP))
    .order_by(IDEMPOTENCY.c.at)
    .limit(FORGOTTEN_AT_ONCE)
).scalar_subquery()
_FORGET = delete(IDEMPOTENCY).where(IDEMPOTENCY.c.org == bindparam("of_org"), IDEMPOTENCY.c.key.in_(_OLD))


@dataclass(frozen=True)
class Asked:
    """A create that the present request asks for; without a key nothing is remembered."""

    key: str | None
    fingerprint: str

    @classmethod
    def now(cls, operation: str, body: Record | str) -> "Asked":
        """`operation` with `body`, under the key of the present request. Defaults count as if they had been sent."""
        key = context.current().idempotency_key
        check_text(key, "Idempotency-Key")
        told = body.model_dump_json() if isinstance(body, Record) else body
        return cls(key, hashlib.sha256(f"{operation}\n{told}".encode()).hexdigest())


@dataclass(frozen=True)
class Made:
    """What was made under a key: ids, and what else the answer said."""

    record_id: str
    outcome: dict[str, Any] | None = None


class Keys:
    """The keys of the caller's organisation, in an open transaction."""

    def __init__(self, tx: Transaction, clock: Clock) -> None:
        self._tx, self._clock, self._org = tx, clock, context.caller().org

    async def made(self, asked: Asked) -> Made | None:
        """What was made under the key already; `KeyReused` when it was for something else."""
        if asked.key is None:
            return None
        row = await self._tx.fetch_one(_FIND, {"of_org": self._org, "of_key": asked.key})
        if row is None:
            return None
        if row["fingerprint"] != asked.fingerprint:
            raise KeyReused(key=asked.key)
        return Made(row["record_id"], row["outcome"])

    async def keep(self, asked: Asked, made: Made) -> None:
        """Remember what was made, in the transaction that made it, and forget some of what is too old.

        Raises `Duplicate` when somebody else is just making something under the key, which only a server allows.
        """
        if asked.key is None:
            return
        now = self._clock()
        row = {"org": self._org, "key": asked.key, "fingerprint": asked.fingerprint, "at": now}
        await self._tx.execute(_KEEP, {**row, "record_id": made.record_id, "outcome": made.outcome})
        await self._tx.execute(_FORGET, {"of_org": self._org, "before": now - REMEMBERED})

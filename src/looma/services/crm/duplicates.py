"""People of the organisation who are probably the same; they are named, never merged."""

from collections.abc import Iterable
from typing import Literal

from sqlalchemy import select

from looma.contracts.crm import ContactValue, Duplicate
from looma.platform import context
from looma.platform.stores.sql import Transaction
from looma.platform.stores.sql.records import FACTS, RESUMES

AT_MOST = 20
"""How many are named: an address that everyone shares, such as an agency's, says little."""

Why = Literal["same_file", "same_email", "same_phone"]


class Duplicates:
    """Looks among the résumés of the caller's organisation, in an open transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._tx, self._org = tx, context.caller().org

    async def of(self, content_hash: str, contacts: Iterable[ContactValue]) -> list[Duplicate]:
        """Who shares the file, an e-mail address or a phone, the surest sign of each first; at most `AT_MOST`."""
        known = list(contacts)
        found: dict[str, Why] = {}
        for talent_id in await self._with_file(content_hash):
            found.setdefault(talent_id, "same_file")
        for talent_id in await self._with_fact("email", known):
            found.setdefault(talent_id, "same_email")
        for talent_id in await self._with_fact("phone", known):
            found.setdefault(talent_id, "same_phone")
        return [Duplicate(talent_id=talent_id, why=why) for talent_id, why in list(found.items())[:AT_MOST]]

    async def _with_file(self, content_hash: str) -> list[str]:
        same = select(RESUMES.c.talent_id).where(RESUMES.c.org == self._org, RESUMES.c.content_hash == content_hash)
        rows = await self._tx.fetch_all(same.distinct().order_by(RESUMES.c.talent_id).limit(AT_MOST))
        return [row["talent_id"] for row in rows]

    async def _with_fact(self, kind: Literal["email", "phone"], contacts: list[ContactValue]) -> list[str]:
        values = [contact.value for contact in contacts if contact.kind == kind]
        if not values:
            return []
        same = select(FACTS.c.talent_id).where(
            FACTS.c.org == self._org, FACTS.c.kind == kind, FACTS.c.value.in_(values)
        )
        rows = await self._tx.fetch_all(same.distinct().order_by(FACTS.c.talent_id).limit(AT_MOST))
        return [row["talent_id"] for row in rows]

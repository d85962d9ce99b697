"""Users as signing in looks at them: by name, before anybody knows which organisation they belong to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, literal, select, type_coerce, update

from looma.contracts.auth import Profile
from looma.platform.stores.sql import Transaction
from looma.platform.stores.sql.types import TEXT

from .passwords import username_key
from .refusals import UNSTORABLE
from .tables import ORGANIZATIONS, USERS

_C = USERS.c
OWNS = type_coerce(_C.roles, TEXT).contains('"owner"')
"""Whether a user is an owner; roles are JSON, a text in every database."""
_ACCOUNTS = select(*(_C[name] for name in Profile.model_fields), _C.disabled, _C.password_hash)
_BY_NAME = _ACCOUNTS.where(_C.username_key == bindparam("of_key"))
_BY_ID = _ACCOUNTS.where(_C.org == bindparam("of_org"), _C.id == bindparam("of_id"))
_ANYBODY = select(literal(1).label("one")).select_from(USERS).limit(1)
_FIRST_OWNER = select(_C.username).where(OWNS, _C.disabled.is_(False)).order_by(_C.id).limit(1)
_ORGANIZATION = select(ORGANIZATIONS.c.id).where(ORGANIZATIONS.c.id == bindparam("of_id"))
_CAME_IN = update(USERS).where(_C.id == bindparam("of_id")).values(last_login_at=bindparam("at"))
_REHASHED = (
    update(USERS)
    .where(_C.id == bindparam("of_id"), _C.password_hash == bindparam("before"))
    .values(password_hash=bindparam("after"))
)


@dataclass(frozen=True)
class Account:
    """A user with the hash of the password."""

    profile: Profile
    disabled: bool
    password_hash: str = field(repr=False)


def account_of(row: Mapping[str, Any]) -> Account:
    """The account in a row."""
    profile = Profile.model_validate({name: row[name] for name in Profile.model_fields})
    return Account(profile, row["disabled"], row["password_hash"])


class Accounts:
    """Every user of the installation, in an open transaction. Never commits."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def named(self, username: str) -> Account | None:
        """The user of this name."""
        known = None if UNSTORABLE.search(username) else {"of_key": username_key(username)}
        row = await self._tx.fetch_one(_BY_NAME, known) if known else None
        return account_of(row) if row else None

    async def identified(self, org: str, user_id: str) -> Account | None:
        """The user of this organisation with this id."""
        row = await self._tx.fetch_one(_BY_ID, {"of_org": org, "of_id": user_id})
        return account_of(row) if row else None

    async def first_owner(self) -> str | None:
        """The name of the owner who has been here longest and may come in; None when there is no user at all."""
        if await self._tx.fetch_one(_ANYBODY) is None:
            return None
        row = await self._tx.fetch_one(_FIRST_OWNER)
        return row["username"] if row else ""

    async def found(self, org: str, now: datetime) -> None:
        """See that the organisation is there."""
        if await self._tx.fetch_one(_ORGANIZATION, {"of_id": org}) is None:
            await self._tx.execute(insert(ORGANIZATIONS), {"id": org, "created_at": now})

    async def came_in(self, user_id: str, at: datetime) -> None:
        """Remember when a user signed in last; that is no change of the user, and no new version."""
        await self._tx.execute(_CAME_IN, {"of_id": user_id, "at": at})

    async def rehashed(self, user_id: str, before: str, after: str) -> None:
        """Keep the same password with today's parameters, unless it has been changed meanwhile."""
        await self._tx.execute(_REHASHED, {"of_id": user_id, "before": before, "after": after})

"""Users of one organisation, as its owner keeps them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update

from looma.contracts.auth import LastOwner, NewUser, User, UserChange, UsernameTaken, UserNotFound, UserVersionConflict
from looma.platform import context
from looma.platform.clock import Clock, NewId
from looma.platform.contract import Page
from looma.platform.stores.errors import Duplicate
from looma.platform.stores.sql import Transaction

from .accounts import OWNS
from .passwords import username_key
from .refusals import UNSTORABLE, check_text, invalid
from .tables import ORGANIZATIONS, USERS

_C = USERS.c
_SELECTED = select(*(_C[name] for name in User.model_fields))
_ONE = _SELECTED.where(_C.org == bindparam("of_org"), _C.id == bindparam("of_id"))
_NEWEST = _SELECTED.where(_C.org == bindparam("of_org")).order_by(_C.id.desc()).limit(bindparam("most"))
_OLDER = _NEWEST.where(_C.id < bindparam("than"))
_OTHER_OWNER = (
    select(_C.id)
    .where(_C.org == bindparam("of_org"), _C.id != bindparam("besides"), _C.disabled.is_(False), OWNS)
    .limit(1)
)
_ALONE = select(ORGANIZATIONS.c.id).where(ORGANIZATIONS.c.id == bindparam("of_org")).with_for_update()
"""On a server, two owners who demote each other at once have to come one after the other; SQLite knows no other way."""


class Users:
    """Users of the caller's organisation, in an open transaction. Never commits."""

    def __init__(self, tx: Transaction, clock: Clock, new_id: NewId, org: str | None = None) -> None:
        self._tx, self._clock, self._new_id = tx, clock, new_id
        self._org = org or context.caller().org

    async def get(self, user_id: str) -> User:
        """One user; `UserNotFound` otherwise."""
        known = None if UNSTORABLE.search(user_id) else {"of_org": self._org, "of_id": user_id}
        row = await self._tx.fetch_one(_ONE, known) if known else None
        if row is None:
            raise UserNotFound(user_id=user_id)
        return User.model_validate(row)

    async def page(self, cursor: str | None, limit: int) -> Page[User]:
        """Users, newest first; new ones never move into a later page."""
        asked = {"of_org": self._org, "most": limit + 1}
        if cursor is None:
            rows = await self._tx.fetch_all(_NEWEST, asked)
        else:
            rows = await self._tx.fetch_all(_OLDER, {**asked, "than": _id_in(cursor)})
        users = [User.model_validate(row) for row in rows[:limit]]
        return Page(items=users, next_cursor=users[-1].id if len(rows) > limit else None)

    async def create(self, request: NewUser, password_hash: str) -> User:
        """A new user; `UsernameTaken` when somebody has the name, in whatever organisation."""
        check_text(request.display_name, "display_name")
        user_id, now = self._new_id(), self._clock()
        row = {
            "id": user_id,
            "org": self._org,
            "username": request.username,
            "username_key": username_key(request.username),
            "display_name": request.display_name,
            "roles": sorted(set(request.roles)),
            "password_hash": password_hash,
            "disabled": False,
            "version": 1,
            "created_at": now,
            "updated_at": now,
        }
        try:
            await self._tx.execute(insert(USERS), row)
        except Duplicate as taken:
            raise UsernameTaken(username=request.username) from taken
        return await self.get(user_id)

    async def change(self, user_id: str, request: UserChange) -> User:
        """The changed user; `LastOwner` when nobody who may come in would own the organisation."""
        for name in ("roles", "disabled"):
            if name in request.model_fields_set and getattr(request, name) is None:
                raise invalid("cannot_be_empty", name)
        check_text(request.display_name, "display_name")
        user = await self._as_expected(user_id)
        wanted = request.model_dump(exclude_unset=True)
        if request.roles is not None:
            wanted["roles"] = sorted(set(request.roles))
        changed = {name: value for name, value in wanted.items() if getattr(user, name) != value}
        if not changed:
            return user
        if not _owns(user.model_copy(update=changed)) and _owns(user):
            await self._see_to_another_owner(user_id)
        return await self._keep(user, changed)

    async def set_password(self, user_id: str, password_hash: str) -> User:
        """The user, with another password."""
        return await self._keep(await self._as_expected(user_id), {"password_hash": password_hash})

    async def _see_to_another_owner(self, besides: str) -> None:
        await self._tx.fetch_one(_ALONE, {"of_org": self._org})
        if await self._tx.fetch_one(_OTHER_OWNER, {"of_org": self._org, "besides": besides}) is None:
            raise LastOwner

    async def _as_expected(self, user_id: str) -> User:
        user = await self.get(user_id)
        if_match = context.current().if_match
        if if_match is not None and if_match != user.version:
            raise UserVersionConflict(expected=if_match, found=user.version)
        return user

    async def _keep(self, user: User, changed: Mapping[str, Any]) -> User:
        touched = await self._tx.execute(
            update(USERS)
            .where(_C.org == self._org, _C.id == user.id, _C.version == user.version)
            .values(**changed, version=user.version + 1, updated_at=self._clock())
        )
        if touched != 1:  # on a server somebody else was faster
            raise UserVersionConflict(expected=user.version, found=(await self.get(user.id)).version)
        return await self.get(user.id)


def _owns(user: User) -> bool:
    return "owner" in user.roles and not user.disabled


def _id_in(cursor: str) -> str:
    """A cursor is the id of the last user of a page."""
    try:
        if str(UUID(cursor)) == cursor:
            return cursor
    except ValueError:
        pass
    raise invalid("cursor", "cursor")

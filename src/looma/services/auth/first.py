"""The organisation and the owner that an installation begins with."""

from typing import ClassVar

from pydantic import SecretStr

from looma.contracts.auth import FirstAdministrator, NewUser, UsernameTaken
from looma.platform.clock import Clock, NewId
from looma.platform.context import LOCAL_ORG
from looma.platform.stores.sql import Sql, Transaction

from .accounts import Accounts
from .users import Users


class FirstOwner:
    """Made when there is no user at all, and never again."""

    NAME: ClassVar[str] = "admin"

    def __init__(self, sql: Sql, clock: Clock, new_id: NewId) -> None:
        self._sql, self._clock, self._new_id = sql, clock, new_id

    async def found(self) -> FirstAdministrator | None:
        """Who has been the owner longest; None when there is nobody yet."""
        return _known(await self._sql.read(lambda tx: Accounts(tx).first_owner()))

    async def made(self, password_hash: str, told: SecretStr | None) -> FirstAdministrator:
        """The new owner, or whoever was made while the password was hashed."""

        async def change(tx: Transaction) -> FirstAdministrator:
            accounts = Accounts(tx)
            if (there := _known(await accounts.first_owner())) is not None:
                return there
            await accounts.found(LOCAL_ORG, self._clock())
            owner = NewUser(username=self.NAME, roles=["owner"])
            await Users(tx, self._clock, self._new_id, LOCAL_ORG).create(owner, password_hash)
            return FirstAdministrator(username=self.NAME, created=True, password=told)

        try:
            return await self._sql.write(change)
        except UsernameTaken:  # on a server somebody else was faster
            return FirstAdministrator(username=self.NAME, created=False)


def _known(username: str | None) -> FirstAdministrator | None:
    return None if username is None else FirstAdministrator(username=username or FirstOwner.NAME, created=False)

"""Keeps the sign-in contract: one short story per operation."""

import logging
from contextlib import suppress
from functools import cached_property
from typing import Any, Self

from pydantic import SecretStr

from looma.contracts.auth import (
    MAINTAIN,
    AuthAPI,
    CreatedUser,
    Credentials,
    FirstAdministrator,
    NewPassword,
    NewUser,
    PasswordChange,
    PasswordReset,
    PasswordSet,
    Profile,
    SignedIn,
    SignedOut,
    User,
    UserChange,
    UserNotFound,
    VerifyingKey,
    VerifyingKeys,
    WrongCredentials,
    WrongPassword,
)
from looma.platform import context
from looma.platform.contract import Page
from looma.platform.errors import Forbidden, Unauthenticated, Unavailable
from looma.platform.service import Platform, Service
from looma.platform.stores.sql import Transaction
from looma.platform.tokens import AUDIENCE, ISSUER

from .accounts import Account, Accounts
from .first import FirstOwner
from .hashing import Hashing
from .passwords import checked, generated, hashable, username_key
from .signing import SigningKey, kept_signing_key
from .throttle import Throttle
from .users import Users

log = logging.getLogger("looma.auth")


class AuthService(Service, AuthAPI):
    """Knows who may come in."""

    def __init__(self, platform: Platform, hashing: Hashing | None = None) -> None:
        self._sql, self._clock, self._new_id = platform.data.sql, platform.clock, platform.new_id
        self._settings, self._folder = platform.settings.sign_in, platform.settings.stores.data
        self._hashing = hashing or Hashing()
        self._throttle = Throttle(platform.clock)

    @classmethod
    def build(cls, platform: Platform) -> Self:
        """Sign-in on the platform's stores, its key in the data folder."""
        return cls(platform)

    async def start(self) -> None:
        """Have the key, or say why there is none."""
        _ = self._key

    async def stop(self) -> None:
        """Let the threads go."""
        self._hashing.close()

    async def health(self) -> dict[str, Any]:
        """The truth has to answer."""
        await self._sql.check()
        return {"sql": "healthy"}

    # -- oneself ------------------------------------------------------------------------------------------------------

    async def login(self, request: Credentials) -> SignedIn:
        """A token for whoever knows the password; every refusal costs the same and says the same."""
        name, password = username_key(request.username), hashable(request.password.get_secret_value())
        self._throttle.admit(name)
        account = await self._sql.read(lambda tx: Accounts(tx).named(request.username))
        fits = await self._hashing.fits(account.password_hash if account else None, password)
        self._throttle.admit(name)  # of many guesses at once, those that are late are not told whether they fit
        if account is None or account.disabled or not fits or password is None:
            self._throttle.failed(name)
            log.warning("a sign-in was refused", extra={"user_id": account.profile.id if account else None})
            raise WrongCredentials
        self._throttle.succeeded(name)
        await self._came_in(account, password)
        return self._signed_in(account.profile)

    async def logout(self) -> SignedOut:
        """Nothing is kept of a sign-in here: the edge makes the browser forget it."""
        return SignedOut()

    async def me(self) -> Profile:
        """The user that the token names, as they are now."""
        return (await self._oneself()).profile

    async def change_password(self, request: PasswordChange) -> Profile:
        """One's own new password, for whoever knows the one before; guesses are counted as those of a sign-in."""
        account = await self._oneself()
        own = account.profile
        guesses = f"{own.id}/password"  # a count of its own; no user name has a slash
        self._throttle.admit(guesses)
        fits = await self._hashing.fits(account.password_hash, hashable(request.current.get_secret_value()))
        self._throttle.admit(guesses)
        if not fits:
            self._throttle.failed(guesses)
            raise WrongPassword
        self._throttle.succeeded(guesses)
        new = await self._hashing.hashed(checked(request.new.get_secret_value(), own.username, "new"))
        await self._sql.write(lambda tx: self._users(tx).set_password(own.id, new))
        return own

    async def keys(self) -> VerifyingKeys:
        """The one key."""
        public = self._key.public
        return VerifyingKeys(keys=[VerifyingKey(kid=public.kid, x=public.x)])

    # -- users --------------------------------------------------------------------------------------------------------

    async def list_users(self, cursor: str | None = None, limit: int = 20) -> Page[User]:
        """Users, newest first."""
        return await self._sql.read(lambda tx: self._users(tx).page(cursor, limit))

    async def create_user(self, request: NewUser) -> CreatedUser:
        """A new user, whose generated password is in this answer and nowhere else."""
        password, told = _chosen(request.password)
        made = await self._hashing.hashed(checked(password, request.username, "password"))
        user = await self._sql.write(lambda tx: self._users(tx).create(request, made))
        return CreatedUser(**user.model_dump(), password=told)

    async def get_user(self, user_id: str) -> User:
        """One user."""
        return await self._sql.read(lambda tx: self._users(tx).get(user_id))

    async def change_user(self, user_id: str, request: UserChange) -> User:
        """The changed user."""
        return await self._sql.write(lambda tx: self._users(tx).change(user_id, request))

    async def set_password(self, user_id: str, request: NewPassword) -> PasswordSet:
        """Another password for a user of the organisation."""
        user = await self.get_user(user_id)
        return await self._reset(user, request.password)

    # -- the installation ---------------------------------------------------------------------------------------------

    async def first_administrator(self) -> FirstAdministrator:
        """The first owner, made once however often and by how many it is asked for."""
        _only_for_services()
        first = FirstOwner(self._sql, self._clock, self._new_id)
        if (there := await first.found()) is not None:
            return there
        password, told = _chosen(self._settings.admin_password)
        made = await self._hashing.hashed(checked(password, FirstOwner.NAME, "LOOMA_ADMIN_PASSWORD"))
        return await first.made(made, told)

    async def reset_password(self, request: PasswordReset) -> PasswordSet:
        """Another password for the user of this name, in whatever organisation."""
        _only_for_services()
        account = await self._sql.read(lambda tx: Accounts(tx).named(request.username))
        if account is None:
            raise UserNotFound(username=request.username)
        return await self._reset(account.profile, request.password)

    # -- what they share ----------------------------------------------------------------------------------------------

    @cached_property
    def _key(self) -> SigningKey:
        return kept_signing_key(self._folder)

    def _users(self, tx: Transaction, org: str | None = None) -> Users:
        return Users(tx, self._clock, self._new_id, org)

    async def _oneself(self) -> Account:
        """The caller's own account; `Unauthenticated` for whoever is no user, or may not come in any more."""
        caller = context.current().caller
        if caller is None or caller.kind != "user":
            raise Unauthenticated
        account = await self._sql.read(lambda tx: Accounts(tx).identified(caller.org, caller.user))
        if account is None or account.disabled:
            raise Unauthenticated
        return account

    async def _reset(self, user: Profile, wanted: SecretStr | None) -> PasswordSet:
        password, told = _chosen(wanted)
        made = await self._hashing.hashed(checked(password, user.username, "password"))
        await self._sql.write(lambda tx: self._users(tx, user.org).set_password(user.id, made))
        self._throttle.succeeded(username_key(user.username))
        return PasswordSet(username=user.username, password=told)

    async def _came_in(self, account: Account, password: str) -> None:
        """What is remembered of a sign-in; where nothing can be written it succeeds without, and people can read."""
        user_id, before, now = account.profile.id, account.password_hash, self._clock()
        with suppress(Unavailable):
            after = await self._hashing.hashed(password) if self._hashing.outdated(before) else None

            async def change(tx: Transaction) -> None:
                await Accounts(tx).came_in(user_id, now)
                if after is not None:
                    await Accounts(tx).rehashed(user_id, before, after)

            await self._sql.write(change)

    def _signed_in(self, user: Profile) -> SignedIn:
        now, lasts = int(self._clock().timestamp()), self._settings.token_s
        token = self._key.signed(
            {
                "iss": ISSUER,
                "aud": AUDIENCE,
                "iat": now,
                "nbf": now,
                "exp": now + lasts,
                "sub": user.id,
                "org": user.org,
                "roles": user.roles,
                "jti": self._new_id(),
            }
        )
        log.info("signed in", extra={"user_id": user.id})
        return SignedIn(access_token=SecretStr(token), expires_in=lasts, user=user)


def _chosen(wanted: SecretStr | None) -> tuple[str, SecretStr | None]:
    """The password, and what is told of it: a generated one, this once."""
    if wanted is not None:
        return wanted.get_secret_value(), None
    made = generated()
    return made, SecretStr(made)


def _only_for_services() -> None:
    if context.caller().kind != "service":
        raise Forbidden(scope=MAINTAIN)

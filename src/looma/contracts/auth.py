"""What auth-service offers: signing in, users with their roles, and the keys that tokens are verified with."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, PlainSerializer, SecretStr
from pydantic_core import PydanticCustomError

from looma.platform.contract import Contract, Limit, Page, Record, Timestamp, get, patch, post
from looma.platform.errors import Conflict, Forbidden, NotFound, TooMany, Unauthenticated, Unavailable

MAINTAIN = "system:maintain"
"""The scope of work on the installation itself. No role has it, the owner's neither: only a service's own scopes."""


def _revealed(secret: SecretStr) -> str:
    return secret.get_secret_value()


def _username(told: str) -> str:
    if not re.fullmatch(r"[\w.@+-]+", told):  # Python's \w, which has no joiners and marks: what looks alike is alike
        raise PydanticCustomError("username", "letters, digits and . @ + - _ only")
    return told


Secret = Annotated[SecretStr, PlainSerializer(_revealed, return_type=str, when_used="json")]
"""Said on the wire and nowhere else: its text and `repr` are stars."""
Username = Annotated[str, Field(min_length=1, max_length=64), AfterValidator(_username)]
AskedName = Annotated[str, Field(max_length=64)]
"""A name that is only looked for: what no user name can be is nobody's."""
DisplayName = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
Role = Literal["owner", "recruiter", "viewer"]
Roles = Annotated[list[Role], Field(min_length=1, max_length=3)]


class Credentials(Record):
    """Who wants to come in; the username without regard to case."""

    username: AskedName
    password: Secret


class Profile(Record):
    """A user as everybody in the organisation may know them."""

    id: str
    org: str
    username: str
    display_name: str | None = None
    roles: list[Role]


class SignedIn(Record):
    """A sign-in: send the token as ``Authorization: Bearer …`` until it ends."""

    access_token: Secret
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105
    expires_in: int
    """Seconds that the token lasts."""
    user: Profile


class SignedOut(Record):
    """The browser has forgotten the sign-in; a token that somebody kept lasts until it ends."""


class User(Profile):
    """A user as the owner sees them. `version` rises by one with every change and is the ETag."""

    disabled: bool
    version: int
    created_at: Timestamp
    updated_at: Timestamp
    last_login_at: Timestamp | None = None


class NewUser(Record):
    """A user to create; without a password one is generated."""

    username: Username
    password: Secret | None = None
    display_name: DisplayName | None = None
    roles: Roles = ["viewer"]


class CreatedUser(User):
    """A new user."""

    password: Secret | None = None
    """The generated password, said this once; null when one was sent."""


class UserChange(Record):
    """What changes; a field that is absent stays, a null empties the display name and is refused elsewhere."""

    display_name: DisplayName | None = None
    roles: Roles | None = None
    disabled: bool | None = None


class PasswordChange(Record):
    """A new password for oneself."""

    current: Secret
    new: Secret


class NewPassword(Record):
    """A new password for somebody; without one it is generated."""

    password: Secret | None = None


class PasswordReset(Record):
    """A new password for the user of this name; without one it is generated."""

    username: AskedName
    password: Secret | None = None


class PasswordSet(Record):
    """Whose password was set."""

    username: str
    password: Secret | None = None
    """The generated password, said this once; null when one was sent."""


class FirstAdministrator(Record):
    """The user that a new installation begins with."""

    username: str
    created: bool
    password: Secret | None = None
    """The generated password, said this once; null when it was set by the settings, or there was a user before."""


class VerifyingKey(Record):
    """A public key as a JSON Web Key (RFC 7517, RFC 8037)."""

    kid: str
    x: str
    kty: Literal["OKP"] = "OKP"
    crv: Literal["Ed25519"] = "Ed25519"
    alg: Literal["EdDSA"] = "EdDSA"
    use: Literal["sig"] = "sig"


class VerifyingKeys(Record):
    """A JSON Web Key Set."""

    keys: list[VerifyingKey]


class WrongCredentials(Unauthenticated):
    """No user of this name, another password, or a user who may not come in: it is not said which."""

    code = "auth.wrong_credentials"


class TooManyAttempts(TooMany):
    """Too many failures in a short time. Details: `retry_after_s`."""

    code = "auth.too_many_attempts"


class SignInBusy(Unavailable):
    """More passwords wait to be checked than is taken on. Details: `retry_after_s`."""

    code = "auth.busy"


class WrongPassword(Forbidden):
    """The current password is another one."""

    code = "auth.wrong_password"


class UserNotFound(NotFound):
    """No such user in this organisation."""

    code = "auth.user_not_found"


class UsernameTaken(Conflict):
    """Somebody has this name already. Details: `username`."""

    code = "auth.username_taken"


class LastOwner(Conflict):
    """Nobody could look after the organisation any more."""

    code = "auth.last_owner"


class UserVersionConflict(Conflict):
    """The user has changed since the caller looked. Details: `expected`, `found`."""

    code = "auth.version_conflict"


class AuthAPI(Contract):
    """Knows who may come in."""

    service = "auth-service"
    port = 8211

    @post("/api/v1/auth/login", signs="in")
    async def login(self, request: Credentials) -> SignedIn:
        """Sign in. After some failures the same name has to wait, longer each time, also with the right password."""

    @post("/api/v1/auth/logout", signs="out")
    async def logout(self) -> SignedOut:
        """Sign out."""

    @get("/api/v1/auth/me")
    async def me(self) -> Profile:
        """Who is signed in."""

    @post("/api/v1/auth/password")
    async def change_password(self, request: PasswordChange) -> Profile:
        """Change one's own password."""

    @get("/api/v1/auth/keys", envelope=False)
    async def keys(self) -> VerifyingKeys:
        """The keys that tokens are verified with, as a JSON Web Key Set."""

    @get("/api/v1/users", scope="auth:read")
    async def list_users(self, cursor: str | None = None, limit: Limit = 20) -> Page[User]:
        """Users of the organisation, newest first."""

    @post("/api/v1/users", status=201, scope="auth:write")
    async def create_user(self, request: NewUser) -> CreatedUser:
        """Create a user; names are told apart without regard to case, in the whole installation."""

    @get("/api/v1/users/{user_id}", scope="auth:read")
    async def get_user(self, user_id: str) -> User:
        """One user."""

    @patch("/api/v1/users/{user_id}", scope="auth:write")
    async def change_user(self, user_id: str, request: UserChange) -> User:
        """Change a user. The last owner who may come in stays one."""

    @post("/api/v1/users/{user_id}/password", scope="auth:write")
    async def set_password(self, user_id: str, request: NewPassword) -> PasswordSet:
        """Give a user another password."""

    @post("/api/v1/internal/auth/first-administrator", scope=MAINTAIN, public=False)
    async def first_administrator(self) -> FirstAdministrator:
        """Make the organisation and its first owner, unless there is a user already."""

    @post("/api/v1/internal/auth/reset-password", scope=MAINTAIN, public=False)
    async def reset_password(self, request: PasswordReset) -> PasswordSet:
        """Give the user of this name another password, for an operator who cannot sign in."""

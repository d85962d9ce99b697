"""Who may do what. The one place that turns roles into scopes; later also the one that decides rows and fields."""

from . import context
from .context import Caller
from .errors import Forbidden, Unauthenticated

READING = frozenset({"crm:read", "resume:read", "matching:read", "search:read", "gateway:read"})
ROLE_SCOPES: dict[str, frozenset[str]] = {
    "owner": frozenset({"*"}),
    "recruiter": READING | {"crm:write", "resume:write", "matching:write", "search:write", "gateway:write"},
    "viewer": READING,
}
SYSTEM = "system:"
"""Scopes that begin so are for work on the installation itself; no role holds them, not even one that holds all."""


def permits(caller: Caller, scope: str | None) -> bool:
    """Whether a caller holds a scope, by itself or through a role; `None` asks for nothing."""
    if scope is None or scope in caller.scopes:
        return True
    if scope.startswith(SYSTEM):
        return False
    held = [ROLE_SCOPES.get(role, frozenset()) for role in caller.roles]
    return any("*" in scopes or scope in scopes for scopes in held)


def require(scope: str | None) -> None:
    """Return when the present caller holds the scope; `Unauthenticated` or `Forbidden` otherwise."""
    if scope is None:
        return
    if (caller := context.current().caller) is None:
        raise Unauthenticated
    if not permits(caller, scope):
        raise Forbidden(scope=scope)

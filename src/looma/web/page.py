"""The one HTML page: what it may load and do is told anew with each answer."""

import hashlib
import secrets

PLACEHOLDER = "__CSP_NONCE__"
"""Stands in the built page wherever the nonce belongs."""
_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'nonce-__CSP_NONCE__'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
_UNUSED = "accelerometer camera display-capture geolocation gyroscope magnetometer microphone midi payment usb".split()
_GUARDS = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": ", ".join(f"{feature}=()" for feature in _UNUSED),
    "referrer-policy": "same-origin",
}


class Page:
    """A page with places for a nonce.

    It is sent as it is, never compressed: a packet or two, which would have to be packed anew for each nonce.
    """

    def __init__(self, template: str) -> None:
        self._parts = template.split(PLACEHOLDER)
        told = "\n".join([template, _POLICY, *_GUARDS.values()])
        self.etag = f'W/"{hashlib.sha256(told.encode()).hexdigest()[:24]}"'
        """Of the template and all that is said beside it: pages of one ETag differ in nothing but the nonce."""

    def with_nonce(self) -> tuple[bytes, dict[str, str]]:
        """The page with a fresh nonce, and the headers that hold a browser to it.

        They belong to this answer alone. “Not modified” has to go without: the browser would put a new nonce beside the
        page that it kept, whose own nonce is another.
        """
        nonce = secrets.token_urlsafe(18)
        policy = _POLICY.replace(PLACEHOLDER, nonce)
        return nonce.join(self._parts).encode(), {"content-security-policy": policy, **_GUARDS}

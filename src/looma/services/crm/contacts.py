"""Ways to reach someone, each kept once and in one form."""

import re
from collections.abc import Iterable

from looma.contracts.crm import ContactValue

from .refusals import invalid

_SPACING = str.maketrans("", "", " \t\u00a0\u3000-‐‑–().（）/")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_CHINESE_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")


def typed_contacts(contacts: Iterable[ContactValue]) -> list[ContactValue]:
    """Contacts as somebody typed them, normalised, each once; `Invalid` for what is none or is masked.

    A masked value that came out of Looma must not come back in as if it were the contact.
    """
    kept: list[ContactValue] = []
    for index, contact in enumerate(contacts):
        if contact.masked:
            raise invalid("masked", f"contacts.{index}.value")
        value = _NORMAL[contact.kind](contact.value)
        if value is None:
            raise invalid(f"not_{contact.kind}", f"contacts.{index}.value")
        kept.append(ContactValue(kind=contact.kind, value=value))
    return each_once(kept)


def each_once(contacts: Iterable[ContactValue]) -> list[ContactValue]:
    """The contacts in their order without repetitions; case does not tell two apart."""
    kept: dict[tuple[str, str], ContactValue] = {}
    for contact in contacts:
        kept.setdefault((contact.kind, contact.value.casefold()), contact)
    return list(kept.values())


def e164(typed: str) -> str | None:
    """``+8613800138000``; a number without country code is taken for a Chinese mobile or not at all."""
    digits = typed.strip().translate(_SPACING)
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if _CHINESE_MOBILE.fullmatch(digits):
        digits = "+86" + digits
    return digits if _E164.fullmatch(digits) else None


def _email(typed: str) -> str | None:
    address = typed.strip().lower()
    return address if _EMAIL.fullmatch(address) else None


def _link(typed: str) -> str | None:
    return typed.strip() or None


_NORMAL = {"email": _email, "phone": e164, "link": _link}

"""The CRM for planting: as in its own tests, with a reader that takes the first line of a résumé for the name."""

import pytest

from looma.contracts.resume import Fact, FactKind, Parsed
from looma.platform.errors import Unavailable
from tests.services.crm.conftest import crm, data, desk, service

__all__ = ["crm", "data", "desk", "service"]


class FirstLineReader:
    """Reads the first line as a name; stops answering after `lasts` documents."""

    def __init__(self, lasts=10_000):
        self.lasts = lasts

    async def parse(self, file):
        if self.lasts == 0:
            raise Unavailable(what="resume-service")
        self.lasts -= 1
        text = file.data.decode()
        name = text.splitlines()[0]
        fact = Fact(kind=FactKind.NAME, value=name, start=0, end=len(name), method="rule:first", confidence=0.9)
        return Parsed(text=text, language="zh", source="text", facts=[fact])


@pytest.fixture
def reader():
    """The fake résumé service."""
    return FirstLineReader()

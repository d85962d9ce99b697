"""Generated pages are up to date, contracts do not overlap, links lead somewhere."""

import re
from collections import Counter
from pathlib import Path

import pytest
from tools.reference import ROOT, stale

from looma.compose import CONTRACTS, service_named


def test_generated_pages_are_up_to_date():
    assert [str(file.relative_to(ROOT)) for file in stale()] == []  # tools/reference.py writes them


def test_no_operation_stands_in_two_contracts():
    places = Counter((op.verb, op.path) for contract in CONTRACTS.values() for op in contract.operations())
    assert [place for place, count in places.items() if count > 1] == []


def test_paths_have_one_owner():
    owners: dict[str, set[str]] = {}
    for name, contract in CONTRACTS.items():
        for op in contract.operations():
            if op.public:
                owners.setdefault(op.path.split("/")[3], set()).add(name)
    assert {path: names for path, names in owners.items() if len(names) > 1} == {}


def test_every_operation_asks_for_a_scope():
    """But signing in and out, what concerns nobody but whoever asks, public keys, and what asks for another's scope."""
    open_to_all = {"login", "logout", "me", "change_password", "keys", "ask"}
    found = {op.name for contract in CONTRACTS.values() for op in contract.operations() if op.scope is None}
    assert found == open_to_all


def test_services_have_long_and_short_names():
    assert service_named("resume") == service_named("resume-service") == "resume-service"
    assert service_named("crm") == "looma-crm"
    with pytest.raises(KeyError):
        service_named("nobody")


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/**/*.md")), ids=lambda p: p.name)
def test_links_in_pages_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


def test_files_are_short():
    sizes = {f: len(f.read_text(encoding="utf-8").splitlines()) for f in Path(ROOT / "src").rglob("*.py")}
    assert {str(f.relative_to(ROOT)): lines for f, lines in sizes.items() if lines > 400} == {}


def test_locks_name_no_registry():
    for lock in (ROOT / "requirements").glob("*.txt"):
        assert re.findall(r"https?://|--index-url|--extra-index-url", lock.read_text(encoding="utf-8")) == []

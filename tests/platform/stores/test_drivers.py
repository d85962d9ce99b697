"""The scheme of an address picks the driver; what cannot be picked is told in words."""

import subprocess
import sys

import pytest

from looma.platform.stores.cache import open_cache
from looma.platform.stores.errors import NoDriver, NoPackage, UnknownScheme
from looma.platform.stores.files import open_files
from looma.platform.stores.graph import open_graph
from looma.platform.stores.sql import open_sql


@pytest.mark.parametrize(
    ("opening", "url", "error", "known"),
    [
        (open_sql, "mysql://looma:secret@db/looma", UnknownScheme, "postgres, postgresql, sqlite"),
        (open_sql, "looma.db", UnknownScheme, "postgres, postgresql, sqlite"),
        (open_sql, "", UnknownScheme, "postgres, postgresql, sqlite"),
        (open_files, "s3://bucket", NoDriver, "file, memory"),
        (open_files, "ftp://secret", UnknownScheme, "file, memory"),
        (open_cache, "redis://:secret@cache", NoDriver, "memory"),
        (open_cache, "memcached://secret", UnknownScheme, "memory"),
        (open_graph, "neo4j+s://:secret@graph", NoDriver, "sqlite"),
        (open_graph, "gremlin://secret", UnknownScheme, "sqlite"),
    ],
)
def test_an_address_without_a_driver(opening, url, error, known):
    with pytest.raises(error) as refused:
        opening(url)
    assert refused.value.status == 422
    for language in ("en", "zh-CN"):
        message = refused.value.message(language)
        assert known in message
        assert "secret" not in message
        assert "{" not in message


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_a_package_that_is_not_installed_is_told_in_words(monkeypatch, scheme):
    driver = "looma.platform.stores.sql.postgres"
    for name in [name for name in sys.modules if name.startswith(driver)]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    with pytest.raises(NoPackage) as missing:
        open_sql(f"{scheme}://looma:secret@db/looma")
    for language in ("en", "zh-CN"):
        message = missing.value.message(language)
        assert "pip install 'looma[postgres]'" in message
        assert "secret" not in message


def test_a_driver_is_imported_when_it_is_asked_for():
    program = (
        "import sys, looma.platform.stores as s\n"
        "driver = 'looma.platform.stores.sql.sqlite'\n"
        "assert driver not in sys.modules\n"
        "s.open_sql('sqlite://')\n"
        "assert driver in sys.modules and 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603 - our own program

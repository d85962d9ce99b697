"""How statements of SQLAlchemy Core are written for PostgreSQL, so that they mean what they mean on SQLite."""

from typing import Any

from sqlalchemy import Float, Integer, Numeric, String, Text
from sqlalchemy.dialects.postgresql.asyncpg import PGCompiler_asyncpg, PGDialect_asyncpg
from sqlalchemy.dialects.postgresql.base import PGTypeCompiler
from sqlalchemy.sql.functions import Function


class _Compiler(PGCompiler_asyncpg):
    """Functions that the house uses under SQLite's names."""

    def visit_sum_func(self, fn: Function[Any], **kw: Any) -> str:
        """The sum of whole numbers is a whole number; PostgreSQL makes a decimal of it."""
        told = f"sum{self.function_argspec(fn, **kw)}"
        return f"CAST({told} AS BIGINT)" if isinstance(fn.type.dialect_impl(self.dialect), Integer) else told

    def visit_json_each_func(self, fn: Function[Any], **kw: Any) -> str:
        """The members of a list of texts, in a column `value`."""
        return f"jsonb_array_elements_text(CAST{self._as_jsonb(fn, **kw)})"

    def visit_json_remove_func(self, fn: Function[Any], **kw: Any) -> str:
        """An object without these of its members, each named by the path ``$."name"``."""
        value, *paths = fn.clauses
        told = f"CAST({self.process(value, **kw)} AS JSONB)"
        for path in paths:
            told += f" - substr(CAST({self.process(path, **kw)} AS TEXT), 4, length({self.process(path, **kw)}) - 4)"
        return f"CAST({told} AS TEXT)"

    def _as_jsonb(self, fn: Function[Any], **kw: Any) -> str:
        (value,) = fn.clauses
        return f"({self.process(value, **kw)} AS JSONB)"


class _Text(Text):
    render_bind_cast = True


class Dialect(PGDialect_asyncpg):
    """What statements are compiled with: ``$1`` for a value, and its type with it."""

    statement_compiler = _Compiler
    colspecs = {
        **{told: how for told, how in PGDialect_asyncpg.colspecs.items() if not issubclass(told, Numeric | Float)},
        **dict.fromkeys((String, Text), _Text),
    }
    """Texts are of one type, as the columns are. Without the decimals: asyncpg gives numbers as what they are."""
    supports_statement_cache = True


class Columns(PGTypeCompiler):
    """Types as the schema creates them: text compares by code point, whatever the database was made with."""

    def visit_TEXT(self, type_: Any, **kw: Any) -> str:  # noqa: N802 - SQLAlchemy's name
        """Text."""
        return 'TEXT COLLATE "C"'

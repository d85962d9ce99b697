"""SQLAlchemy Core statements, compiled once and cached, for drivers that speak to their database directly.

The key of the cache is SQLAlchemy's own: it describes the structure of a statement without its values, so that a
statement that is built anew for every call still compiles once. A statement that is kept (at module level, with
`bindparam` for what varies) remembers its key, which makes it five times cheaper to run than one built per call. The
cache is an LRU of bounded size.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Dialect
from sqlalchemy.sql import Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import BindParameter
from sqlalchemy.util import LRUCache

CACHED_PLANS = 512

Processor = Callable[[Any], Any]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Bind:
    """One place of a statement that takes a value."""

    key: str
    literal: int | None
    """Index among the values that the statement itself carries; None when the caller has to give it."""
    fixed: BindParameter[Any]
    process: Processor | None


class _Described(Protocol):
    """A cursor of PEP 249."""

    @property
    def description(self) -> Any: ...


class Plan:
    """A compiled statement: from parameters to what the driver takes, from the driver's tuples to rows."""

    __slots__ = ("_compiled", "_expands", "_names", "_order", "_processors", "returns_rows", "sql")

    def __init__(self, compiled: SQLCompiler, dialect: Dialect) -> None:
        if compiled.insert_prefetch or compiled.update_prefetch:
            raise TypeError("a column with a default made in Python is not supported: give the value")
        self.sql = str(compiled)
        self._compiled = compiled
        self._expands = bool(compiled.post_compile_params or compiled.literal_execute_params)
        self._order = _binds(compiled)
        columns = compiled._result_columns or []
        self._names = tuple(column.keyname for column in columns)
        processors = ((c.keyname, c.type._cached_result_processor(dialect, None)) for c in columns)
        self._processors = tuple((name, process) for name, process in processors if process is not None)
        self.returns_rows = bool(columns)

    def bind(self, literals: Sequence[BindParameter[Any]], given: Mapping[str, Any]) -> tuple[str, tuple[Any, ...]]:
        """The text and the values in its order, from the statement's own values and those that were given."""
        if self._expands:
            return self._expanded(literals, given)
        values = []
        for bind in self._order:
            key, process = bind.key, bind.process
            value = given[key] if key in given else _own(bind, literals)
            values.append(value if process is None else process(value))
        return self.sql, tuple(values)

    def _expanded(
        self, literals: Sequence[BindParameter[Any]], given: Mapping[str, Any]
    ) -> tuple[str, tuple[Any, ...]]:
        parameters = {b.key: given[b.key] if b.key in given else _own(b, literals) for b in self._order}
        state = self._compiled.construct_expanded_state(parameters)
        processors = {**self._compiled._bind_processors, **state.processors}
        values = []
        for name in state.positiontup or ():
            value, process = state.parameters[name], processors.get(name)
            values.append(process(value) if callable(process) else value)
        return state.statement, tuple(values)

    def rows(self, found: Sequence[tuple[Any, ...]], cursor: _Described) -> list[Row]:
        """Rows from the tuples that `cursor` gave; it is asked for the names when the statement is plain text."""
        names = self._names or tuple(column[0] for column in cursor.description or ())
        rows = [dict(zip(names, values, strict=True)) for values in found]
        for name, process in self._processors:
            for row in rows:
                row[name] = process(row[name])
        return rows


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan with the values that one statement carries."""

    plan: Plan
    literals: Sequence[BindParameter[Any]]

    def bind(self, given: Mapping[str, Any] | None) -> tuple[str, tuple[Any, ...]]:
        """The text and the values for the driver."""
        return self.plan.bind(self.literals, given or {})


class Statements:
    """The compiled statements of one database. Safe to use from several threads."""

    def __init__(self, dialect: Dialect, size: int = CACHED_PLANS) -> None:
        self._dialect = dialect
        self._plans: LRUCache[Any, Plan] = LRUCache(size)

    def __len__(self) -> int:
        return len(self._plans)

    def prepare(self, statement: Executable, given: Mapping[str, Any] | None) -> Prepared:
        """The plan for `statement`; the names in `given` tell an INSERT or UPDATE its columns."""
        names = tuple(sorted(given)) if given and getattr(statement, "is_dml", False) else ()
        found = statement._generate_cache_key()  # type: ignore[attr-defined]
        if found is None:
            return Prepared(self._compile(statement, names, None), ())
        key = (found.key, names)
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = self._compile(statement, names, found)
        return Prepared(plan, found.bindparams)

    def _compile(self, statement: Executable, names: Sequence[str], cache_key: Any) -> Plan:
        compiled = statement.compile(  # type: ignore[attr-defined]
            dialect=self._dialect, cache_key=cache_key, column_keys=list(names) or None
        )
        return Plan(compiled, self._dialect)


def _binds(compiled: SQLCompiler) -> tuple[_Bind, ...]:
    literals = {bind.key: index for index, bind in enumerate(compiled.cache_key[1] if compiled.cache_key else ())}
    found = []
    for name in compiled.positiontup or ():
        bind = compiled.binds[name]
        process = compiled._bind_processors.get(name)
        found.append(_Bind(bind.key, literals.get(bind.key), bind, process if callable(process) else None))
    return tuple(found)


def _own(bind: _Bind, literals: Sequence[BindParameter[Any]]) -> Any:
    """The value that the statement itself carries."""
    if bind.fixed.required:
        raise TypeError(f"the statement needs a value for {bind.key!r}")
    return (bind.fixed if bind.literal is None or not literals else literals[bind.literal]).effective_value

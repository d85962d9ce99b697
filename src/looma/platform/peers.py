"""How one service reaches another, here or over HTTP: with scope check, deadline and error translation."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from typing import Any, TypeVar, cast

from . import context, policy
from .contract import Contract, Operation
from .errors import LoomaError, TimedOut

C = TypeVar("C", bound=Contract)
T = TypeVar("T")
Reach = Callable[[Operation], Callable[..., Any]]
"""From an operation to the function that carries it out: a bound method, or a call over HTTP."""

log = logging.getLogger("looma.peers")


def local(contract: type[C], target: Callable[[], C]) -> C:
    """`contract` as `target` keeps it in this process; `target` is asked at each call, so that circles can be built."""
    return stand_in(contract, lambda op: lambda **arguments: getattr(target(), op.name)(**arguments))


def stand_in(contract: type[C], reach: Reach) -> C:
    """An object that keeps `contract` by passing each call on, guarded."""
    methods = {op.name: (_stream if op.streams else _call)(op, reach(op)) for op in contract.operations()}
    return cast("C", type(f"Guarded{contract.__name__}", (contract,), methods)())


def _call(op: Operation, carry_out: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    names = tuple(p.name for p in op.parameters)

    async def call(_self: object, *args: Any, **kwargs: Any) -> Any:
        policy.require(op.scope)
        given = dict(zip(names, args, strict=False)) | kwargs
        with context.entered(context.called()):
            return await _in_time(_translated(op, carry_out(**given)))

    return call


async def _in_time(answer: Awaitable[T]) -> T:
    """The answer, unless the deadline of the request passes before."""
    if (left := context.seconds_left()) is None:
        return await answer
    try:
        async with asyncio.timeout(left) as limit:
            return await answer
    except TimeoutError as late:
        if limit.expired():
            raise TimedOut(seconds=round(left, 1)) from late
        raise


async def _translated(op: Operation, answer: Awaitable[Any]) -> Any:
    """The answer; an exception that nobody raised on purpose becomes the one error `internal`, and is logged once."""
    try:
        return await answer
    except (LoomaError, TimeoutError, asyncio.CancelledError):
        raise
    except Exception as unexpected:
        log.exception("%s.%s failed", op.service, op.name)
        raise LoomaError from unexpected


def _stream(op: Operation, carry_out: Callable[..., AsyncIterator[Any]]) -> Callable[..., AsyncIterator[Any]]:
    names = tuple(p.name for p in op.parameters)

    async def stream(_self: object, *args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        policy.require(op.scope)
        given = dict(zip(names, args, strict=False)) | kwargs
        try:
            async with aclosing(cast("AsyncGenerator[Any, None]", carry_out(**given))) as items:
                try:
                    yield await _in_time(anext(items))  # the deadline is for the answer; more items come when they come
                except StopAsyncIteration:
                    return
                async for item in items:
                    yield item
        except (LoomaError, asyncio.CancelledError, GeneratorExit):
            raise
        except Exception as unexpected:
            log.exception("%s.%s failed while streaming", op.service, op.name)
            raise LoomaError from unexpected

    return stream

"""Progress on standard error: a bar at a terminal, a line now and then elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from .outcome import say
from .words import t

Counted = Callable[[int, int], None]
"""How many are done, of how many."""


@contextmanager
def counting(what: str) -> Iterator[Counted]:
    """Show how far the work in the block has come."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines(what).count
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


class _Lines:
    """One line for every quarter."""

    def __init__(self, what: str) -> None:
        self._what, self._told = what, 0

    def count(self, done: int, total: int) -> None:
        quarter = 4 * done // total if total else 4
        if quarter > self._told:
            self._told = quarter
            say(t("counted", what=self._what, done=done, total=total))

"""Hatch's hook: a wheel without the page is refused, since nobody could build it where the wheel is installed."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PageInside(BuildHookInterface):  # type: ignore[type-arg]
    """Looks whether the page is built. An installation in place of a checkout can do without it."""

    def initialize(self, version: str, _build_data: dict[str, Any]) -> None:
        """Return when it is."""
        if version != "editable" and not Path(self.root, "src/looma/web/built/index.html").is_file():
            raise RuntimeError("The page is not built; tools/build_web.sh builds it. A wheel without it is no use.")

"""The build hook that writes the man pages for the wheel from the commands of the program."""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ManPages(BuildHookInterface[Any]):
    """Adds share/man/man1 to a wheel; an editable installation goes without."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the pages into a temporary folder, from which the wheel takes them."""
        if version == "editable":
            return
        for folder in ("src", "scripts"):
            sys.path.insert(0, str(Path(self.root, folder)))
        import manpages  # Deferred: it imports every command.

        self._folder = tempfile.mkdtemp()
        for path in manpages.write(Path(self._folder)):
            build_data["shared_data"][str(path)] = f"share/man/man1/{path.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder."""
        if version != "editable":
            shutil.rmtree(self._folder)

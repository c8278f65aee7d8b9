"""The file of the settings, in the home of a test."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from countdown import paths

OLD = 1_600_000_000  # POSIX time in s
Config = Callable[..., Path]


@pytest.fixture
def config() -> Config:
    """A function that writes a config.toml with an old time stamp; returns its path."""

    def write(text: str | bytes = "") -> Path:
        path = Path(str(paths.config_file()))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        os.utime(path, (OLD, OLD))
        return path

    return write

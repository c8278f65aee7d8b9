"""The fixtures of the command line."""

from tests.cli.conftest import catalogue, countdown, shipped, world
from tests.cli.shelf import mine, shelf

__all__ = ["catalogue", "countdown", "mine", "shelf", "shipped", "world"]

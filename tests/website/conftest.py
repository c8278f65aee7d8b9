"""Fixtures for tests of sites."""

from collections.abc import Iterator

import pytest
from jinja2 import Environment


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Compile each template once for all the small sites that are built: that takes most time.

    All environments are alike: those of the program.
    """
    compile = Environment.compile
    made: dict[str, object] = {}

    def compiled(environment: Environment, source: str, name: str, filename: str) -> object:
        if source not in made:
            made[source] = compile(environment, source, name, filename)
        return made[source]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", compiled)
        yield

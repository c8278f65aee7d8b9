"""TOML texts parsed: once, while that is wanted."""

from typing import Any

import pytest
import tomli

from countdown.errors import CatalogueError, ConfigError
from countdown.toml import parse


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that the parser has parsed."""
    texts_parsed: list[str] = []

    def loads(text: str, loads: Any = tomli.loads) -> dict[str, Any]:
        texts_parsed.append(text)
        tables: dict[str, Any] = loads(text)
        return tables

    monkeypatch.setattr(tomli, "loads", loads)
    return texts_parsed


def test_text_is_parsed_once_while_that_is_wanted(texts: list[str]) -> None:
    """Whatever file it is from; not before and not afterwards, when it would only take memory."""
    for number in range(2):
        assert parse.parse_toml(f"{number}.toml", "a = 1") == {"a": 1}
    with parse.parse_cache():
        for number in range(2):
            assert parse.parse_toml(f"{number}.toml", "a = 1") == {"a": 1}
            with parse.parse_cache():
                assert parse.parse_toml("b.toml", "b = 1") == {"b": 1}
            assert parse.parse_toml("b.toml", "b = 1") == {"b": 1}
    assert parse.parse_toml("0.toml", "a = 1") == {"a": 1}
    assert texts == ["a = 1", "a = 1", "a = 1", "b = 1", "a = 1"]


def test_invalid_toml_is_reported_for_each_file() -> None:
    """As the error that is wanted."""
    with parse.parse_cache():
        with pytest.raises(CatalogueError, match=r"^0\.toml:1:1: "):
            parse.parse_toml("0.toml", "a = ")
        with pytest.raises(ConfigError, match=r"^1\.toml:1:1: "):
            parse.parse_toml("1.toml", "a = ", ConfigError)

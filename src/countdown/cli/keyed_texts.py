"""Texts of options with a key before an equals sign: `imdb=tt1375666`, `de=Tyler Rake`."""

from countdown.catalogue.schema import IDS
from countdown.core.languages import parse_language


def number(text: str) -> int | str:
    """*text* as a whole number; itself if it is none, for the checker to refuse."""
    return int(text) if _is_number(text) else text


def _is_number(text: str) -> bool:
    """True for digits, and not too many for TOML; the checker knows its largest number."""
    return text.isascii() and text.isdecimal() and len(text) < 20


def external_id(text: str) -> tuple[str, str | int]:
    """`imdb=tt1375666` as provider and id. Raises ValueError."""
    name, equals, value = text.partition("=")
    provider = name.strip().casefold()
    if not equals or provider not in IDS:
        raise ValueError(f"Write one like imdb=tt1375666, with {', '.join(IDS)}.")
    is_same = _is_number(value) and str(int(value)) == value  # without zeros before it
    return provider, int(value) if is_same else value


def title_in(text: str) -> tuple[str, str]:
    """`pt=Resgate` as language and title. Raises ValueError."""
    language, equals, title = text.partition("=")
    if not equals or not language.strip():
        raise ValueError("Write one like pt=TITLE or pt-BR=TITLE.")
    try:
        return parse_language(language), title.strip()
    except ValueError:
        return language.strip(), title.strip()  # The checker says why not.

"""Texts of options with a key before an equals sign: `imdb=tt1375666`, `de=Tyler Rake`."""

from countdown.catalogue import external_ids
from countdown.catalogue.schema import IDS
from countdown.core.languages import parse_language

_MAX_DIGITS = 30  # of a number that is read: the checker refuses one of so many


def number(text: str) -> int | str:
    """*text* as a whole number; *text* itself if it isn't one, which the checker refuses."""
    digits = text.strip().removeprefix("-")
    if not (digits.isascii() and digits.isdecimal()):
        return text
    size = int(digits.lstrip("0")[:_MAX_DIGITS] or "0")
    return size if digits == text.strip() else -size


def external_id(text: str) -> tuple[str, str | int]:
    """`imdb=tt1375666`, or the address of a page, as provider and id. Raises ValueError.

    An id in another form stays as it is: the checker says what's wrong with it.
    """
    name, equals, value = text.partition("=")
    provider = name.strip().casefold()
    if page := external_ids.provider_of(text.strip()):
        provider, value = page, text.strip()
    elif not equals or provider not in IDS:
        raise ValueError(f"Write one like imdb=tt1375666, with {', '.join(IDS)}.")
    try:
        return provider, external_ids.normalise(provider, value.strip())
    except external_ids.InvalidIdError:
        return provider, value


def title_in(text: str) -> tuple[str, str]:
    """`pt=Resgate` as language and title. Raises ValueError."""
    language, equals, title = text.partition("=")
    if not equals or not language.strip():
        raise ValueError("Write one like pt=TITLE or pt-BR=TITLE.")
    try:
        return parse_language(language), title.strip()
    except ValueError:
        return language.strip(), title.strip()  # The checker reports why.


def credit(text: str) -> str | dict[str, str]:
    """`Chris Hemsworth as Tyler Rake`, or a name alone."""
    from countdown.core.name_lists import split_credit  # Deferred: few changes are of the cast.

    name, role = split_credit(text)
    return {"name": name, "role": role} if role else name

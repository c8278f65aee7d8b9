"""Write catalogues of any size that look like real ones, the same every time."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final

_WORDS: Final = (
    *("Night", "Day", "Iron", "Glass", "River", "Shadow", "Crown", "Star", "Last", "First"),
    *("Silent", "Golden", "Broken", "Hidden", "Winter", "Summer", "Storm", "Ocean", "Dragon"),
    *("Mirror", "Garden", "City", "Road", "Empire", "Light", "Stone", "Fire", "Bridge", "Song"),
)
_FIRST: Final = (
    *("Ana", "Ben", "Carla", "Dev", "Eva", "Finn", "Gita", "Hugo"),
    *("Iris", "Jon", "Kim", "Lea", "Max", "Nora", "Omar", "Pia"),
)
_LAST: Final = (
    *("Adler", "Brand", "Costa", "Diaz", "Engel", "Frost", "Grant"),
    *("Holm", "Ito", "Jansen", "Klein", "Lopes", "Mora"),
)
_PLATFORMS: Final = ("Netflix", "Disney+", "Prime Video", "HBO Max", "Apple TV")
_STAGES: Final = ("announced", "development", "pre-production", "filming", "wrapped")
_REGIONS: Final = ("US", "BR", "DE", "FR", "GB")


def catalogue(size: int, *, today: date = date(2026, 11, 22)) -> Iterator[str]:
    """The text of a catalogue of *size* releases, in parts: dated, windowed and undated ones.

    The actor "Star Person" is in the first twelve, whatever the size.
    """
    random = Random(size)  # the same catalogue every time, no secret
    yield "format = 1\nchecked = 2026-11-01\n"
    for number in range(size):
        yield _release(number, size, random, today)


def write_matching(path: Path, size: int) -> Path:
    """Write *size* releases to *path*, on Netflix, each with a different Chris; returns *path*."""
    with path.open("w", encoding="utf-8") as file:
        file.write("format = 1\n")
        for number in range(size):
            day = date(2027, 1, 1) + timedelta(days=number % 10_000)
            file.write(
                f'[[release]]\nid = "r{number}"\ntitle = "Film {number}"\nkind = "film"\n'
                f'platform = ["Netflix"]\ncast = ["Chris {number}"]\ndate = {day}\n'
            )
    return path


def write(path: Path, size: int) -> Path:
    """Write a catalogue of *size* releases to *path*; returns *path*."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(catalogue(size))
    return path


def _release(number: int, size: int, random: Random, today: date) -> str:
    title = " ".join(random.sample(_WORDS, 3))
    # The number of people grows with the catalogue, so that the films of an actor do not.
    people = [_person(random.randrange(size * 2)) for _ in range(5)]
    if number < 12:
        people[0] = "Star Person"
    lines = [
        "\n[[release]]",
        f'id = "release-{number}"',
        f'title = "{title} {number}"',
        f'aliases = ["Alias {number}"]',
        f'kind = "{random.choice(("film", "film", "series"))}"',
        f'franchise = ["{random.choice(_WORDS)} Saga"]',
        f'platform = ["{random.choice(_PLATFORMS)}"]',
        f'director = ["{_person(random.randrange(size))}"]',
        f"cast = [{', '.join(_quoted(name) for name in people)}]",
        f'synopsis = "A {random.choice(_WORDS)} and a {random.choice(_WORDS)} meet."',
        f'stage = "{random.choice(_STAGES)}"',
        f'sources = [{{ url = "https://example.org/{number}", date = 2026-10-01 }}]',
    ]
    return "\n".join(lines + _dates(number, random, today)) + "\n"


def _dates(number: int, random: Random, today: date) -> list[str]:
    day = today + timedelta(days=random.randrange(-2000, 2000))
    if number % 10 == 0:
        return []
    if number % 10 == 1:
        return [f'date = "{max(day.year, today.year + 1)}"']
    lines = []
    for region in random.sample(_REGIONS, 2 if number % 3 == 0 else 1):
        day += timedelta(days=1)
        lines += [
            "[[release.dates]]",
            f'region = "{region}"',
            f"date = {day}",
            'type = "theatrical"',
        ]
    return lines


def _person(number: int) -> str:
    return f"{_FIRST[number % 16]} {_LAST[number // 16 % 13]} {number // 208}"


def _quoted(name: str) -> str:
    return f'"{name}"'

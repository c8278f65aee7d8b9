"""Releases as a catalogue in the format of this program, which `check` accepts."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from countdown.core.dates import ReleaseDate
from countdown.core.release import AnnouncedDate, Move, Release, Source
from countdown.core.text import escape_hostile
from countdown.toml.parse import Table

_FORMAT: Final = 2
# In the order of the format's reference, but for what TOML writes as tables of their own.
_NAMES: Final = ("aliases", "franchise", "platform", "distributor", "studio", "country")
_MAKERS: Final = ("director", "writer", "creator")


def write(releases: Iterable[Release], *, credits: Sequence[str] = ()) -> str:
    """A catalogue of *releases* in TOML; *credits* stand above it, as comments."""
    from countdown.toml.dump import dump  # Deferred: 30 ms.

    every = [*releases]
    known = {id for release in every for id in (release.id, *release.was)}
    tables = [table(each, follows_known=each.sequel_to in known) for each in every]
    above = "".join(f"# {escape_hostile(credit)}\n" for credit in credits)
    text = above + dump(_stated({"format": _FORMAT, "release": tables})).decode()
    return "\n".join(map(escape_hostile, text.split("\n")))


def table(release: Release, *, follows_known: bool = True) -> Table:
    """*release* by the keys of the format, without those that say nothing.

    Unless the catalogue has it, the release that it is a sequel to isn't named.
    """
    return _stated(
        {
            **{key: getattr(release, key) for key in ("id", "title", "kind", "season")},
            "sequel_to": release.sequel_to if follows_known else None,
            **{key: [*getattr(release, key)] for key in ("was", *_NAMES, *_MAKERS)},
            "cast": [{"name": name, "role": role} if role else name for name, role in release.cast],
            "synopsis": release.synopsis,
            "stage": release.stage,
            "stage_since": _date(release.stage_since),
            "stage_note": release.stage_note,
            "expected": _date(release.expected),
            "complete": _date(release.complete),
            "cadence": release.cadence,
            "unverified": _unverified(release),
            "checked": _date(release.checked),
            "sources": [*map(_source, release.sources)],
            "ids": dict(release.ids),
            "titles": dict(release.titles),
            "dates": [*map(_dated, release.dates)],
            "moves": [*map(_move, release.moves)],
        }
    )


def _unverified(release: Release) -> list[str]:
    """The keys of *release* that aren't confirmed; `date` without one would mean all dates."""
    is_doubtful = all(dated.unverified for dated in release.dates)
    return [key for key in release.unverified if key != "date" or is_doubtful]


def _dated(dated: AnnouncedDate) -> Table:
    return _stated(
        {
            "date": _date(dated.date),
            "region": dated.region,
            "type": dated.type,
            "place": dated.place,
            "unverified": dated.unverified,
            "source": dated.source,
            "checked": _date(dated.checked),
        }
    )


def _move(move: Move) -> Table:
    return _stated(
        {
            "announced": _date(move.announced),
            "from": _date(move.before),
            "to": _date(move.after),
            "source": move.source,
        }
    )


def _source(source: Source) -> object:
    return {"url": source.url, "date": _date(source.date)} if source.date else source.url


def _date(date: ReleaseDate | None) -> object:
    """*date* as TOML has it: a day, a moment, or text in EDTF."""
    if date is None:
        return None
    if date.instant is not None:
        return date.instant
    return date.earliest if date.precision == "day" and not date.qualifier else date.edtf


def _stated(values: dict[str, Any]) -> Table:
    """*values* without those that are empty; a season can be number 0."""
    return {key: value for key, value in values.items() if value or type(value) is int}

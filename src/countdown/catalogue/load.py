"""Catalogue files → releases: each file is read and checked, then laid over the one before it."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

import tomli

from countdown.catalogue import readers, release_reader, schema
from countdown.catalogue.readers import Path, Problem, Problems
from countdown.core.dates import ReleaseDate
from countdown.core.release import Release
from countdown.errors import CatalogueError
from countdown.stamps import Stamp
from countdown.toml import parse

MAX_FILE_SIZE: Final = 256 * 1024 * 1024  # bytes; a hundred thousand releases take about 60 MB
_HINT: Final = "name a catalogue file that exists and that you may read"
_HINTED: Final = 20  # sequels of no known release for which it is looked what was meant
_EITHER: Final = ("date", "dates")  # Two ways to say the same thing: one replaces the other.

MAX_PROBLEMS: Final = parse.MOST_PROBLEMS

Table = parse.Table
Progress = Callable[[int, int], None]


class Layer(NamedTuple):
    """One catalogue file, as read. *tables* is emptied as releases are made of it."""

    path: str
    content: bytes
    tables: list[Table | None]
    checked: ReleaseDate | None
    problems: Problems


class _Placed(NamedTuple):
    """A table, perhaps merged from several layers, and where its lowest part stands."""

    layer: Layer
    number: int
    table: Table


def content(path: str, *, pipe: bool = True) -> bytes:
    """The bytes of the catalogue file *path*. Raises CatalogueError if it can't be read whole.

    Without *pipe* it must be a file: whoever named no pipe must not wait for one.
    """
    return parse.content(path, most=MAX_FILE_SIZE, hint=_HINT, pipe=pipe)


def state(path: str) -> Stamp | None:
    """The stamp of the catalogue file *path*; None if it is missing.

    Raises CatalogueError if that can't be told.
    """
    return parse.state(path, hint=_HINT)


def read_all(paths: Sequence[str], optional: Sequence[str] = ()) -> list[Layer]:
    """The layers of the files *paths*; *optional* ones may be missing, but must be files.

    Raises CatalogueError.
    """
    there = [path for path in paths if path not in optional or state(path)]
    return [read(path, content(path, pipe=path not in optional)) for path in there]


def read(path: str, data: bytes) -> Layer:
    """The layer that *data*, the bytes of the file *path*, holds; its problems so far are in it.

    Raises CatalogueError if it is no TOML at all, or of a format that this program does not know.
    """
    return layer(path, data, parse.parsed(path, parse.decoded(path, data)))


def layer(path: str, data: bytes, top: Table) -> Layer:
    """The same of *top*, the tables that *data* has been parsed to."""
    problems = readers.CappedProblems()
    _check_format(path, data, top.get("format"))
    found = _top(top, problems)
    tables = _tables(top.get("release", []), problems)
    made = Layer(path, data, tables, found, problems)
    _check_unique(made)
    return made


def releases(layers: Sequence[Layer], *, progress: Progress | None = None) -> Iterator[Release]:
    """The releases of *layers*, each layer laid over those before it.

    Raises CatalogueError with every problem of every layer once all is read. *progress* is told
    now and then how many releases of how many are done.
    """
    _check_sequels(layers)
    merged = _merge(layers)
    total = len(merged)
    merged.reverse()
    while merged:
        layer, number, table = merged.pop()  # Let go of each: parsed TOML takes ten times its text.
        layer.tables[number] = None
        at = ("release", number)
        if progress is not None and len(merged) % 1000 == 0:
            progress(total - len(merged), total)
        if table.get("hidden") is True:
            release_reader.keys(table, at, layer.problems)
            continue
        release = release_reader.release(table, at, layer.problems, checked=layer.checked)
        if release is not None:
            yield release
    raise_problems(layers)


def count(layers: Sequence[Layer]) -> int:
    """How many releases *layers* have, all checked. Raises CatalogueError as *releases* does."""
    return sum(1 for _ in releases(layers))


def check(layers: Sequence[Layer], sound: dict[int, Table]) -> None:
    """Raise CatalogueError with every problem of *layers*.

    Tables are not checked again that are in *sound*, by the number that Python gives the object;
    those that turn out to be sound come there.
    """
    _check_sequels(layers)
    for layer, number, table in _merge(layers):
        if id(table) not in sound:
            at, before = ("release", number), len(layer.problems)
            if table.get("hidden") is True:
                release_reader.keys(table, at, layer.problems)
            else:
                release_reader.release(table, at, layer.problems)
            if len(layer.problems) == before:
                sound[id(table)] = table
    raise_problems(layers)


def checked(path: str, below: Sequence[str]) -> list[Table]:
    """The releases of the catalogue *path* alone, as plain tables, if it checks over *below*.

    Raises CatalogueError with every problem.
    """
    layers = [read(one, content(one, pipe=one != path)) for one in (*below, path)]
    own = [table for table in layers[-1].tables if table]
    count(layers)
    return own


def tables(layers: Sequence[Layer]) -> list[Table]:
    """The releases of *layers* merged, as plain tables; also those that are hidden."""
    return [placed.table for placed in _merge(layers)]


def raise_problems(layers: Sequence[Layer]) -> None:
    """Raise CatalogueError, with a line for each problem, if any of *layers* has one."""
    lines = [line for layer in layers for line in _lines(layer)]
    if lines:
        raise CatalogueError(*lines)


def _check_format(path: str, data: bytes, version: object) -> None:
    if type(version) is int and schema.FORMAT < version <= readers.MAX_NUMBER:
        hint = "update the program: pip install --upgrade release-countdown"
        newer = Problem(("format",), f"format {version} is newer than this program", hint)
        raise_problems([Layer(path, data, [], None, [newer])])


def _top(top: Table, problems: Problems) -> ReleaseDate | None:
    """What the top of the file says of `checked`; everything but `release` is checked here."""
    known = ("format", "checked", "release")
    for key in top:
        if key not in known:
            problems.append(Problem((key,), "unknown key", readers.hint(key, known, problems)))
    version = top.get("format")
    if version is None:
        problems.append(Problem((), "format is missing", f"write format = {schema.FORMAT} on top"))
    elif type(version) is not int or version != schema.FORMAT:
        problems.append(Problem(("format",), "no such format", f"write format = {schema.FORMAT}"))
    if "checked" not in top:
        return None
    return readers.date(top["checked"], ("checked",), problems)


def _tables(found: object, problems: Problems) -> list[Table | None]:
    """The [[release]] tables; everything else that stands in their place is a problem."""
    if not isinstance(found, list):
        what = f"tables are wanted, not {readers.kind_of(found)}"
        problems.append(Problem(("release",), what, "write [[release]], in two brackets"))
        return []
    for index, table in enumerate(found):
        if not isinstance(table, dict):
            what = f"a table is wanted, not {readers.kind_of(table)}"
            problems.append(Problem(("release", index), what, "write [[release]] and its keys"))
    return [table if isinstance(table, dict) else None for table in found]


def _check_unique(layer: Layer) -> None:
    seen: dict[str | tuple[object, ...], int] = {}
    for index, table in enumerate(layer.tables):
        for identity in identities(table) if table else ():
            first = seen.setdefault(identity, index)
            if first != index:
                key = ("id",) if isinstance(identity, str) else ("ids", identity[0])
                what = f"is the same as that of release[{first}]"
                hint = "choose another" if key == ("id",) else "one release has one entry"
                layer.problems.append(Problem(("release", index, *key), what, hint))


def identities(table: Table) -> "list[str | tuple[object, ...]]":
    """The id of *table*, and what else tells which release it is."""
    own = table.get("id")
    return [*([own] if isinstance(own, str) else []), *release_reader.identities(table)]


def _check_sequels(layers: Sequence[Layer]) -> None:
    ids = (table.get("id") for layer in layers for table in layer.tables if table)
    known = dict.fromkeys(own for own in ids if isinstance(own, str))
    first = tuple(own for own in known if len(own) <= readers.MAX_SUGGESTION_LENGTH)[:5000]
    hinted = 0
    for layer in layers:
        for index, table in enumerate(layer.tables):
            target = table.get("sequel_to") if table else None
            if isinstance(target, str) and target not in known:
                near = first if hinted < _HINTED else ()  # Likeness is slow to tell.
                hinted += 1
                hint = readers.suggestion(target, near, otherwise="write the id of another release")
                problem = Problem(("release", index, "sequel_to"), f'no release "{target}"', hint)
                layer.problems.append(problem)


def _merge(layers: Sequence[Layer]) -> list[_Placed]:
    merged = [
        _Placed(lowest, index, table)
        for lowest in layers[:1]
        for index, table in enumerate(lowest.tables)
        if table is not None
    ]
    positions: dict[object, int] = {}
    for number, placed in enumerate(merged if len(layers) > 1 else ()):
        for name in identities(placed.table):
            positions.setdefault(name, number)
    for layer in layers[1:]:
        for index, table in enumerate(layer.tables):
            if table is None:
                continue
            known = identities(table)
            position = next((positions[name] for name in known if name in positions), None)
            if position is None or merged[position].layer is layer:
                position = len(merged)
                merged.append(_Placed(layer, index, table))
            elif _sound(table, layer, index):
                below = merged[position]
                merged[position] = below._replace(table=overlay(below.table, table))
            for name in known:
                positions.setdefault(name, position)
    return merged


def _sound(table: Table, layer: Layer, index: int) -> bool:
    before = len(layer.problems)
    release_reader.keys(table, ("release", index), layer.problems)
    return len(layer.problems) == before


def overlay(below: Table, above: Table) -> Table:
    """*below* with every key that *above* has; its id stays, so that others still find it."""
    replaced = _EITHER if any(key in above for key in _EITHER) else ()
    kept = {key: value for key, value in below.items() if key not in replaced}
    own = {key: below[key] for key in ("id",) if key in below}
    return {**kept, **above, **own}


def _lines(layer: Layer) -> list[str]:
    """The problems of *layer* as people read them, in the order of the file."""
    if not layer.problems:
        return []
    document = layer.content.decode("utf-8-sig")
    titles = tomli.loads(document).get("release")
    return parse.told(layer.path, document, layer.problems, lambda path: _name(path, titles))


def _name(path: Path, titles: object) -> str:
    """`release[3] "Title": dates[0].region: `, for a problem at *path*."""
    if len(path) < 2 or path[0] != "release" or not isinstance(titles, list):
        return parse.dotted(path)
    table = titles[path[1]] if isinstance(path[1], int) else None
    title = table.get("title", table.get("id")) if isinstance(table, dict) else None
    named = f' "{parse.short(title)}"' if isinstance(title, str) else ""
    return parse.dotted(path[:2]).removesuffix(": ") + f"{named}: " + parse.dotted(path[2:])

"""Catalogue files → releases: each file is read, checked and applied over the one before it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, cast

from countdown.catalogue import incomplete_entries, readers, release_reader, schema
from countdown.catalogue.former_ids import check_claims, find_present_ids
from countdown.catalogue.identity import identities
from countdown.catalogue.known_releases import File
from countdown.catalogue.layer import Layer as Layer
from countdown.catalogue.layer import Table as Table
from countdown.catalogue.merge_layers import MergedTable, merge, without_orphans
from countdown.catalogue.messages import describe_problems
from countdown.catalogue.readers import Problem, Problems
from countdown.catalogue.sequels import check_sequels
from countdown.catalogue.strict_tables import read_file
from countdown.core.dates import ReleaseDate
from countdown.core.release import Release
from countdown.errors import CatalogueError
from countdown.stamps import Stamp
from countdown.toml import parse

MAX_FILE_SIZE: Final = 256 * 1024 * 1024  # bytes; a hundred thousand releases take about 60 MB
_HINT: Final = "check that the file exists and that you can read it"
MAX_PROBLEMS: Final = parse.MAX_PROBLEMS
Progress = Callable[[int, int], None]


class NewerFormatError(CatalogueError):
    """A catalogue has a format that is newer than this program."""


def content(path: str, *, allow_pipe: bool = True) -> bytes:
    """The bytes of the catalogue file *path*. Raises CatalogueError if it can't be read whole.

    Without *allow_pipe* it must be a regular file: reading a pipe could wait forever.
    """
    return parse.content(path, max_size=MAX_FILE_SIZE, hint=_HINT, allow_pipe=allow_pipe)


def file_stamp(path: str) -> Stamp | None:
    """The stamp of the catalogue file *path*; None if it is missing.

    Raises CatalogueError if its state can't be read.
    """
    return parse.file_stamp(path, hint=_HINT)


def read_layers(
    paths: Sequence[str], optional: Sequence[str] = (), sources: Sequence[Layer] = ()
) -> list[Layer]:
    """The layers of the files *paths*; *optional* ones may be missing, but must be files.

    Those of *sources* lie over the first one. Raises CatalogueError.
    """
    present = [path for path in paths if path not in optional or file_stamp(path)]
    read = [read_layer(path, content(path, allow_pipe=path not in optional)) for path in present]
    return [*read[:1], *sources, *read[1:]]


def read_layer(path: str, data: bytes) -> Layer:
    """The layer of *data*, the bytes of the file *path*, with the problems of its top level.

    Raises CatalogueError if it is not TOML, or of a format newer than this program.
    """
    return make_layer(path, data, parse.parse_toml(path, parse.decode(path, data)))


def make_layer(path: str, data: bytes, top: Table) -> Layer:
    """The layer of *top*, the parsed tables of *data*. Raises CatalogueError as `read_layer`.

    A source's layer has no problems: what can't be used of it is only counted.
    """
    problems = readers.CappedProblems()
    _check_format(path, data, top.get("format"))
    if "origin" in top:
        from countdown.catalogue import source_layers  # Deferred: most files are people's own.

        return source_layers.make(path, data, top)
    file = read_file(top, problems)
    checked = _check_top(file.top, problems)
    layer = Layer(path, data, file.tables, checked, problems, None, file.origins, file.kinds)
    if file.top["format"] in schema.FORMATS:
        layer = layer._replace(format=cast("int", file.top["format"]))
    _check_unique(layer)
    check_claims(file.tables, problems)
    return layer


def complete(layers: Sequence[Layer]) -> None:
    """Add missing ids and kinds to the tables of *layers*.

    A second call does nothing.
    """
    incomplete_entries.complete(
        [File(layer.path, layer.tables, layer.kinds, layer.problems) for layer in layers]
    )


def releases(layers: Sequence[Layer], *, progress: Progress | None = None) -> Iterator[Release]:
    """The releases of *layers*, each layer applied over those before it.

    Raises CatalogueError with every problem of every layer after the last release. *progress* is
    called now and then with the numbers of finished and of all releases.
    """
    complete(layers)
    merged = without_orphans(merge(layers), layers)
    present_ids = find_present_ids(each.table for each in merged)
    check_sequels([(layer.tables, layer.problems) for layer in layers], present_ids)
    total = len(merged)
    merged.reverse()
    while merged:
        layer, index, table, *_ = each = (
            merged.pop()
        )  # Free each: parsed TOML takes ten times its text.
        layer.tables[index] = None
        path, problems = ("release", index), _problems_of(layer)
        if progress is not None and len(merged) % 1000 == 0:
            progress(total - len(merged), total)
        if table.get("hidden") is True:
            release_reader.read_keys(table, path, problems)
            continue
        release = release_reader.release(table, path, problems, checked=layer.checked)
        if release is not None and release.sequel_to in present_ids:
            release = release._replace(sequel_to=present_ids[release.sequel_to])
        if release is not None:
            yield _with_origins(release, each)
    raise_problems(layers)


def _with_origins(release: Release, merged: MergedTable) -> Release:
    if not merged.providers:
        return release
    from countdown.catalogue import origins  # Deferred: only sources need it.

    return origins.with_origins(release, merged)


def count_releases(layers: Sequence[Layer]) -> int:
    """The number of releases of *layers*, all checked. Raises CatalogueError as `releases` does."""
    return sum(1 for _ in releases(layers))


def check(layers: Sequence[Layer]) -> None:
    """Raise CatalogueError with every problem of *layers*, found as `find_problems` does.

    So do those of a source's layer, which are no problems elsewhere.
    """
    find_problems(layers)
    for layer in layers:
        if layer.source is not None:
            layer.problems.extend(layer.source.problems)
    raise_problems(layers)


def find_problems(
    layers: Sequence[Layer], skipped: Sequence[Layer] = (), unchanged: Iterable[Table] = ()
) -> None:
    """Add the problems of *layers* to them.

    Three sorts of tables aren't checked by themselves: those of *skipped* layers, *unchanged* ones,
    and those found valid before within the same `parse.parse_cache`.
    """
    complete(layers)
    merged = without_orphans(merge(layers), layers)
    present_ids = find_present_ids(each.table for each in merged)
    check_sequels([(layer.tables, layer.problems) for layer in layers], present_ids)
    valid_tables = parse.valid_tables()
    skipped_ids = {id(table) for layer in skipped for table in layer.tables}
    skipped_ids |= {*map(id, unchanged)}
    for layer, index, table, *_ in merged:
        if id(table) not in valid_tables and id(table) not in skipped_ids:
            path, problems = ("release", index), _problems_of(layer)
            before = len(problems)
            if table.get("hidden") is True:
                release_reader.read_keys(table, path, problems)
            else:
                release_reader.release(table, path, problems)
            if len(problems) == before:
                valid_tables[id(table)] = table


def merge_tables(layers: Sequence[Layer]) -> list[Table]:
    """The releases of *layers* merged, as plain tables; hidden ones included."""
    complete(layers)
    return [merged.table for merged in merge(layers)]


def _problems_of(layer: Layer) -> Problems:
    """The problems of *layer*; a list that nobody reads if it is a source's: it stops nothing."""
    return layer.problems if layer.source is None else readers.CappedProblems()


def raise_problems(layers: Sequence[Layer]) -> None:
    """Raise CatalogueError, with a line for each problem, if any of *layers* has one."""
    lines = [
        line
        for layer in layers
        for line in describe_problems(layer.path, layer.content, layer.problems, layer.origins)
    ]
    if lines:
        raise CatalogueError(*lines)


def _check_format(path: str, data: bytes, version: object) -> None:
    if type(version) is int and schema.FORMAT < version <= readers.MAX_NUMBER:
        hint = "update countdown"
        newer = Problem(("format",), f"format {version} needs a newer countdown", hint)
        raise NewerFormatError(*describe_problems(path, data, [newer]))


def _check_top(top: Table, problems: Problems) -> ReleaseDate | None:
    """Check every top-level key except `release`; returns the date of `checked`, if any."""
    allowed = ("format", "checked", "release")
    for key in top:
        if key not in allowed:
            near = readers.hint(key, allowed, problems)
            problems.append(Problem((key,), "unknown key", near, keeps_entry=True))
    version = top["format"]
    if type(version) is not int or version not in schema.FORMATS:
        problems.append(Problem(("format",), "unknown format", f"write format = {schema.FORMAT}"))
    if "checked" not in top:
        return None
    return readers.closed_date(top["checked"], ("checked",), problems)


def _check_unique(layer: Layer) -> None:
    first_indices: dict[str | tuple[object, ...], int] = {}
    for index, table in enumerate(layer.tables):
        for identity in identities(table) if table else ():
            first = first_indices.setdefault(identity, index)
            if first != index:
                key = ("id",) if isinstance(identity, str) else ("ids", identity[0])
                what = f"is already used by release[{first}]"
                hint = "choose another" if key == ("id",) else release_reader.shared_id_hint(table)
                layer.problems.append(Problem(("release", index, *key), what, hint))

"""A release as a line of text in the index, and back: nothing is lost, and damage is noticed."""

import os
import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import countdown
from countdown import paths
from countdown.catalogue import load
from countdown.core import dates
from countdown.core.dates import GROUPINGS, ReleaseDate
from countdown.core.release import (
    KINDS,
    STAGES,
    TYPES,
    AnnouncedDate,
    Credit,
    DisputedDate,
    Move,
    Provider,
    Release,
    Source,
)
from countdown.index.record import pack, unpack
from countdown.index.summary import SUMMARY_FIELDS, Summary

JULY = Path(__file__).parents[1] / "data" / "july-2022.toml"

years = st.integers(2, 9998)
qualifiers = st.sampled_from(["", "?", "~", "%"])
days = st.builds(dates.day, st.dates(), qualifiers)
instants = st.builds(
    dates.instant,
    st.datetimes(
        min_value=datetime(1, 1, 2),  # hypothesis adds the zone
        max_value=datetime(9999, 12, 30),  # hypothesis adds the zone
        timezones=st.builds(lambda h: timezone(timedelta(hours=h)), st.integers(-12, 14)),
    ),
)
windows = st.one_of(
    days,
    st.builds(dates.month, years, st.integers(1, 12), qualifiers),
    st.builds(dates.grouping, years, st.sampled_from(sorted(GROUPINGS)), qualifiers),
    st.builds(dates.year, years, qualifiers),
    st.builds(dates.decade, st.integers(1, 998), qualifiers),
    st.builds(
        lambda one, other: dates.interval(*sorted((one, other), key=lambda end: end.earliest)),
        days,
        days,
    ),
)
moments: st.SearchStrategy[ReleaseDate] = st.one_of(windows, instants)
# What a catalogue can hold: no control characters, and never the empty text.
texts = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=8)
names = st.lists(texts, max_size=3).map(tuple)
maybe_texts = st.none() | texts
maybe_moments = st.none() | moments


def some(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    """Up to three of *strategy*."""
    return st.lists(strategy, max_size=3).map(tuple)


places = st.sampled_from([(None, None), ("US", None), (None, "unstated")])
dated = st.builds(
    lambda on, place, form, *basis: AnnouncedDate(on, place[0], form, place[1], *basis),
    moments,
    places,
    st.sampled_from([None, *TYPES]),
    st.booleans(),
    maybe_texts,
    maybe_moments,
    maybe_texts,
    maybe_moments,
    some(st.builds(DisputedDate, moments, maybe_texts, maybe_moments, maybe_texts)),
)
providers = st.builds(
    Provider, texts, maybe_texts, maybe_texts, maybe_texts, maybe_moments, facts=names
)
releases = st.builds(
    Release,
    id=texts,
    title=texts,
    kind=st.sampled_from(KINDS),
    season=st.none() | st.integers(0, 2**40),
    was=names,
    aliases=names,
    titles=some(st.tuples(texts, texts)),
    franchise=names,
    platform=names,
    distributor=names,
    studio=names,
    country=names,
    director=names,
    writer=names,
    creator=names,
    cast=some(st.builds(Credit, texts, maybe_texts)),
    synopsis=maybe_texts,
    sequel_to=maybe_texts,
    stage=st.sampled_from([None, *STAGES]),
    stage_since=maybe_moments,
    stage_note=maybe_texts,
    expected=maybe_moments,
    dates=some(dated),
    complete=maybe_moments,
    cadence=st.sampled_from([None, "weekly", "all at once"]),
    moves=some(st.builds(Move, maybe_moments, maybe_moments, maybe_moments, maybe_texts)),
    unverified=names,
    checked=maybe_moments,
    sources=some(st.builds(Source, texts, maybe_moments)),
    ids=some(st.tuples(texts, texts | st.integers(0, 2**70))),
    providers=some(providers),
)


def typed(value: object) -> object:
    """*value* with the type of everything in it, for 1, True and "1" are not the same fact."""
    if isinstance(value, tuple):
        return (type(value), *map(typed, value))
    return (type(value), value)


@given(releases)
def test_release_comes_back_as_it_was(release: Release) -> None:
    """Every field, of every type, whatever is absent."""
    assert typed(unpack(pack(release))) == typed(release)


@given(releases, st.lists(texts, max_size=2).map(tuple))
def test_prompts_name_a_release_as_lists_do(release: Release, languages: tuple[str, ...]) -> None:
    """In the first language that it has a title in, else by the original one."""
    known = tuple(language for language, _ in release.titles)
    for wanted in ((), languages, (*languages, *known[::-1])):
        assert Summary(pack(release)).name_in(wanted) == release.name_in(wanted)


@pytest.mark.parametrize("path", [paths.shipped("releases.toml"), str(JULY)], ids=["now", "2022"])
def test_shipped_catalogue_comes_back_as_it_was(path: str) -> None:
    """The facts that most people ask for."""
    read = load.read_layer(path, load.content(path))
    every = list(load.releases([read]))
    assert len(every) > 10
    assert [unpack(pack(release)) for release in every] == every


def test_every_field_has_a_value_in_some_release() -> None:
    """A field that the strategy above forgot would come back by luck."""
    full = Release(
        id="a",
        title="b",
        kind="film",
        season=1,
        was=("x", "y"),
        aliases=("c", "d"),
        titles=(("pt-BR", "c"), ("de", "d")),
        franchise=("e",),
        platform=("f",),
        distributor=("g",),
        studio=("h",),
        country=("US", "GB"),
        director=("i",),
        writer=("j",),
        creator=("k",),
        cast=(Credit("l", "m"), Credit("n")),
        synopsis="o",
        sequel_to="p",
        stage="wrapped",
        stage_since=dates.month(2022, 4),
        stage_note="q",
        expected=dates.year(2023, "?"),
        dates=(
            AnnouncedDate(dates.instant(datetime(2022, 7, 8, 7, tzinfo=UTC)), "US", "tv"),
            AnnouncedDate(
                *(dates.month(2022, 7), None, "tv", "unstated"),
                origin="tvmaze",
                read=dates.day(date(2022, 7, 4)),
                disputed=(
                    DisputedDate(dates.year(2022), "own"),
                    DisputedDate(dates.year(2023), None, dates.year(2021), "https://x.y"),
                ),
            ),
        ),
        complete=dates.month(2022, 9),
        cadence="weekly",
        moves=(Move(dates.day(date(2022, 5, 6)), None, dates.day(date(2021, 10, 18)), "r"),),
        unverified=("stage",),
        checked=dates.day(date(2022, 7, 4)),
        sources=(Source("s", dates.day(date(2022, 7, 5))), Source("t")),
        providers=(
            Provider("tvmaze", "TVmaze", "CC", "Data", dates.year(2022), ("title", "dates")),
            Provider("https://x.y"),
        ),
        ids=(("wikidata", "Q1"), ("tmdb", 2)),
    )
    empty = Release(*full[:3])
    fields = Release._fields[3:]
    assert [name for name in fields if getattr(full, name) == getattr(empty, name)] == []
    assert typed(unpack(pack(full))) == typed(full)
    assert typed(unpack(pack(empty))) == typed(empty)


FULL = pack(
    Release(
        *("a", "b", "film", 1),
        dates=(AnnouncedDate(dates.instant(datetime(2022, 7, 8, 7, tzinfo=UTC))),),
        moves=(Move(dates.year(2022), None),),
        sources=(Source("s"),),
        ids=(("tmdb", 2),),
    )
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        FULL[: len(FULL) // 2],
        FULL.rpartition("\x1f")[0],
        FULL + "\x1f",
        FULL.replace("\x1f1\x1f", "\x1fone\x1f"),
        FULL.replace("\x1c", "\x1d"),
        FULL.replace("738344", "0"),
        FULL.replace("738344", "99999999"),
        FULL.replace("1657263600", "9" * 12),
        FULL.replace("1657263600", "9" * 30),
        FULL.replace("tmdb\x1dint\x1d2", "tmdb"),
        FULL.replace("tmdb\x1dint\x1d2", "tmdb\x1dint\x1dtwo"),
    ],
)
def test_damaged_record_is_a_damaged_database(text: str) -> None:
    """So that the index is built anew, as for damage that SQLite itself notices."""
    assert text != FULL
    with pytest.raises(sqlite3.DatabaseError, match="damaged record"):
        unpack(text)


@pytest.mark.parametrize("before", ["aliases", "stage", "ids"])
def test_field_added_to_release_needs_no_change_elsewhere(before: str, tmp_path: Path) -> None:
    """Lists, prompts and the journal read a release's fields by name, wherever a new one is."""
    copy = shutil.copytree(Path(countdown.__file__).parent, tmp_path / "package" / "countdown")
    source = copy / "core" / "release.py"
    text, field = source.read_text("utf-8"), f"    {before}: "
    head, _, rest = text.rpartition(field)
    source.write_text(f"{head}    rating: str | None = 'R'\n{field}{rest}", "utf-8")
    catalogue = tmp_path / "releases.toml"
    script = f"""
import sys
from countdown.core.release import Release
from countdown.entry import main

def run(*words):
    sys.argv = ["countdown", *words]
    assert main() == 0

for year in (2998, 2999):
    with open({str(catalogue)!r}, "w") as file:
        file.write(f'format = 1\\n[[release]]\\nid = "dune"\\ntitle = "Dune"\\nkind = "season"\\n'
                   f'season = 3\\nstage = "filming"\\nplatform = ["HBO"]\\ndate = {{year}}-02-01')
    run("list", "--format", "tsv")
    run("prompt", "--format", "{{title}} {{date}} {{stage}} {{platform}}")
run("news", "--format", "plain")
print(Release._fields.index("rating") < Release._fields.index({before!r}))
"""
    uncounted = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    run = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env={
            **uncounted,  # Coverage would look for the copy, which is gone by then.
            "PYTHONPATH": str(tmp_path / "package"),
            "COUNTDOWN_CATALOGUE": str(catalogue),
        },
    )
    assert run.stderr == ""
    lines = run.stdout.splitlines()
    assert "Dune, season 3 1 Feb 2998 filming HBO" in lines
    assert "Dune, season 3 1 Feb 2999 filming HBO" in lines
    _, *moved = lines[-2].split("\t")
    assert moved == ["Dune, season 3", "delayed", "1 Feb 2998", "1 Feb 2999", "+12 months", ""]
    assert lines[-1] == "True"


@pytest.mark.parametrize(
    "text",
    [
        "",
        FULL.split("\x1e")[0][:20],
        FULL.replace("\x1c", "\x1d"),
        FULL.replace("2022-07-08T07:00:00Z", "\x1d"),
        FULL.replace("\x1cinstant\x1c", ""),
    ],
)
def test_damage_in_the_first_fields_is_a_damaged_database(text: str) -> None:
    """A prompt and the journal read no more than these; they also have to build the index anew."""
    assert text != FULL
    with pytest.raises(sqlite3.DatabaseError, match="damaged record"):
        Summary(text).announced_dates()


def test_damage_in_the_day_of_the_last_episode_is_a_damaged_database() -> None:
    """It is read by the journal alone."""
    fields = FULL.split("\x1f")
    fields[SUMMARY_FIELDS.index("complete")] = "738344"
    with pytest.raises(sqlite3.DatabaseError, match="damaged record"):
        _ = Summary("\x1f".join(fields)).complete

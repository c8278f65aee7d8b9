"""What several layers say about one release, merged fact by fact."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countdown.catalogue import load, user_layer
from countdown.catalogue.merge_layers import MergedTable, group, merge
from countdown.core.release import Release
from countdown.errors import CatalogueError
from countdown.toml.parse import Table

SHIPPED = 'format = 1\nchecked = 2026-11-20\n[[release]]\nid = "film"\ntitle = "Film"\n'
FILM = f'{SHIPPED}kind = "film"\nids = {{ imdb = "tt1190080" }}\n'
IDS = 'ids = { imdb = "tt1190080" }\n'


def source(name: str, *entries: str, read: str = "2026-11-25", top: str = "") -> str:
    """The layer of the source *name*."""
    start = f'format = 1\norigin = "{name}"\nread = {read}T20:41:00Z\n{top}'
    prefix = "feed" if "://" in name else name
    ids = (f'[[release]]\nid = "{prefix}-{at}"\n{entry}' for at, entry in enumerate(entries))
    return start + "".join(ids)


def read(*texts: str, own: str | None = None) -> list[load.Layer]:
    """The layers of *texts*, and one's *own* catalogue above them."""
    layers = [load.read_layer(f"{at}.toml", text.encode()) for at, text in enumerate(texts)]
    if own is not None:
        layer = load.read_layer("own.toml", f"format = 1\n{own}".encode())
        layers.append(layer._replace(ids={}))
    return layers


def merged(*texts: str, own: str | None = None) -> list[Release]:
    """The releases of *texts*."""
    return [*load.releases(read(*texts, own=own))]


def only(*texts: str, own: str | None = None) -> MergedTable:
    """The one release of *texts*, with its slots."""
    layers = read(*texts, own=own)
    load.complete(layers)
    (release,) = merge(layers)
    assert [table.id for table in load.releases(layers)] == [release.table["id"]]
    return release


def dates(release: Release) -> list[str]:
    """The dates of *release*."""
    return [f"{each.market} {each.type} {each.date.edtf}" for each in release.dates]


def rows(*rows: str) -> str:
    """The *rows* of `dates`."""
    return "".join(f"[[release.dates]]\n{row}\n" for row in rows)


US, BR = 'region = "US"\ndate = 2026-12-18', 'region = "BR"\ndate = 2026-12-17'


def test_layer_that_knows_less_takes_nothing_away() -> None:
    """Dates, ids, and the day of each check stay."""
    first = f"{FILM}{rows(US, BR)}".replace(
        'imdb = "tt1190080"', 'imdb = "tt1190080", tmdb = 14161'
    )
    second = source(
        "wikidata",
        'ids = { imdb = "tt1190080", wikidata = "Q184605" }\n'
        + rows('region = "US"\ndate = "2026"', 'place = "unstated"\ndate = 2026-12-19'),
    )
    (release,) = merged(first, second)
    assert dates(release) == [
        "US None 2026-12-18",
        "BR None 2026-12-17",
        "unstated None 2026-12-19",
    ]
    assert dict(release.ids) == {"imdb": "tt1190080", "tmdb": 14161, "wikidata": "Q184605"}
    days = [each.checked.edtf for each in release.dates if each.checked]
    assert days == ["2026-11-20", "2026-11-20", "2026-11-25"]
    assert release.checked is not None
    assert release.checked.edtf == "2026-11-20"
    slot = only(first, second).slots[1]
    assert slot.shown is not None
    assert (slot.shown.layer.name, [each.layer.name for each in slot.support]) == ("", ["wikidata"])


def test_entry_with_the_ids_of_both_makes_two_releases_one() -> None:
    """Whichever layer it is in; the other's id becomes a former one, and its facts stay."""
    two = (
        f'{SHIPPED}kind = "film"\n{IDS}date = 2027-02-01\n'
        '[[release]]\nid = "same"\ntitle = "Film"\nkind = "film"\nids = { tmdb = 550 }\n'
        'cast = ["Ana"]\nwas = ["old"]\ndates = [{ date = 2027-03-01, region = "BR" }]\n'
        '[[release]]\nid = "next"\ntitle = "Film 2"\nkind = "film"\nsequel_to = "same"\n'
    )
    bridge = 'ids = { imdb = "tt1190080", tmdb = "550" }\n'
    for layers in (
        {"texts": (two, source("wikidata", bridge))},
        {"texts": (two,), "own": f'[[release]]\nid = "mine"\n{bridge}'},
    ):
        release, following = merged(*layers["texts"], own=layers.get("own"))  # type: ignore[arg-type]
        assert release.id == "film"
        assert {"old", "same"} <= {*release.was}
        assert dates(release) == ["None None 2027-02-01", "BR None 2027-03-01"]
        assert release.cast[0].name == "Ana"
        assert following.sequel_to == "film"


def test_joined_release_is_found_by_every_id() -> None:
    """In the layers above, whichever of the two had it; joined again, too."""
    shipped = "".join(
        f'[[release]]\nid = "{id}"\ntitle = "F"\nkind = "film"\n{more}\n'
        for id, more in (
            ("a", "ids = { imdb = 1 }"),
            ("b", 'ids = { tmdb = 2 }\nwas = ["old"]'),
            ("c", "ids = { tvmaze = 3 }"),
        )
    )
    first = source("x", "ids = { tmdb = 2, tvmaze = 3 }\n")
    second = source("y", "ids = { tmdb = 2, imdb = 1 }\n")
    for entry in ('id = "c"', 'id = "old"', 'id = "z"\nids = { tvmaze = 3 }', 'id = "b"'):
        own = f"[[release]]\n{entry}\nstudio = ['S']\n"
        (release,) = merged(f"format = 1\n{shipped}", first, second, own=own)
        assert (release.id, release.studio) == ("a", ("S",))
        assert {"b", "c", "old"} <= {*release.was}


def test_source_may_have_the_id_of_a_release() -> None:
    """Then it is about that one, even if it has another id elsewhere."""
    named = source("wikidata", "ids = { imdb = 1190080, tmdb = 6 }\nstudio = ['S']\n")
    shipped = FILM.replace('"tt1190080"', '"tt1190080", tmdb = 5')
    (release,) = merged(shipped, named.replace("wikidata-0", "film"))
    assert (dict(release.ids)["tmdb"], release.studio) == (5, ("S",))


@pytest.mark.parametrize(
    "more", ['kind = "series"', 'kind = "film"\nsequel_to = "film"', 'kind = "film"\nseason = 2']
)
def test_different_releases_are_not_joined(more: str) -> None:
    """Of another kind or season, or a sequel of the other: the conflict is told."""
    two = f'{FILM}[[release]]\nid = "b"\ntitle = "B"\nids = {{ tvmaze = 5 }}\n{more}\n'
    bridge = '[[release]]\nid = "film"\nids = { tvmaze = 5 }\n'
    layers = read(two, own=bridge + ("season = 2\n" if "season" in more else ""))
    assert len(merge(layers)) == 2
    (conflict,) = group(layers).conflicts
    assert conflict.site is None
    (line,) = user_layer.describe_conflicts(layers)
    assert line == (
        'own.toml:4:1: release[0] "film": ids: one of them is that of "B", which is another kind '
        "of release; leave out the wrong one"
    )


def test_two_films_of_one_site_are_not_joined() -> None:
    """A source that has an id of both is wrong about one."""
    two = f'{FILM}[[release]]\nid = "b"\ntitle = "B"\nkind = "film"\n'
    two += 'ids = { imdb = "tt0000002", tmdb = 7 }\n'
    layers = read(
        two, source("wikidata", 'ids = { imdb = "tt1190080", tmdb = 7 }\nkind = "film"\n')
    )
    assert [each.table["id"] for each in merge(layers)] == ["film", "b"]
    (conflict,) = group(layers).conflicts
    assert (conflict.release.table["id"], conflict.site) == ("b", "imdb")


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("title = 'B'", 2),
        ("title = 'B'\naliases = ['FILM']", 1),
        ("title = 'B'\ntitles = { de = 'Film' }", 1),
    ],
)
def test_source_does_not_join_two_films_with_other_titles(title: str, count: int) -> None:
    """One of the ids that it has is wrong; an entry of one's own would mean it."""
    two = f'{FILM}[[release]]\nid = "b"\n{title}\nkind = "film"\nids = {{ tmdb = 7 }}\n'
    bridge = 'ids = { imdb = "tt1190080", tmdb = 7 }\n'
    layers = read(two, source("wikidata", f'kind = "film"\n{bridge}'))
    assert len(merge(layers)) == count
    assert len(group(layers).conflicts) == count - 1
    assert len(merge(read(two, own=f'[[release]]\nid = "film"\n{bridge}'))) == 1


def test_source_joins_what_other_sources_call_otherwise() -> None:
    """Wikidata has a film by its English name, another source by its own: none keeps them apart."""
    other = source("x", "title = 'Filme'\nids = { tmdb = 7 }\n")
    both = source("y", 'ids = { imdb = "tt1190080", tmdb = 7 }\n')
    assert len(merge(read(FILM, other, both))) == 1


def test_source_with_another_id_on_a_site_is_about_another_release() -> None:
    """It shares one id and differs in another one: both stay, and the conflict is told."""
    shipped = FILM.replace('"tt1190080"', '"tt1190080", tmdb = 14161')
    other = source(
        "wikidata",
        'title = "Film (1997)"\nkind = "film"\nids = { imdb = "tt1190080", tmdb = 7 }\n',
    )
    first, second = merged(shipped, other)
    assert (first.id, second.id) == ("film", "wikidata-0")
    layers = read(shipped, other)
    (conflict,) = group(layers).conflicts
    assert (conflict.entry.table["id"], conflict.release.table["id"]) == ("wikidata-0", "film")
    assert conflict.site == "tmdb"


def test_own_entry_may_correct_an_id() -> None:
    """As it could before: it is about the release with its id, or with the first that it shares."""
    for entry in (
        'id = "film"\nids = { imdb = "tt7" }',
        'id = "x"\nids = { tmdb = 1, imdb = "tt7" }',
    ):
        shipped = FILM.replace('"tt1190080"', '"tt1190080", tmdb = 1')
        (release,) = merged(shipped, own=f"[[release]]\n{entry}\n")
        assert dict(release.ids)["imdb"] == "tt0000007"


def test_ids_are_compared_in_their_normal_form() -> None:
    """`550` is `"550"`, and an address is an id."""
    shipped = f'{SHIPPED}kind = "film"\nids = {{ tmdb = "550", imdb = "1190080" }}\n'
    for id in ("tmdb = 550", 'imdb = "https://www.imdb.com/title/tt1190080/"'):
        (release,) = merged(shipped, source("wikidata", f"ids = {{ {id} }}\n"))
        assert release.id == "film"


def test_own_catalogue_names_what_only_sources_know() -> None:
    """Its id counts, that of the source still finds it; its keys are what it says."""
    tracked = (
        '[[release]]\nid = "film"\ntitle = "My Film"\nkind = "film"\nids = { wikidata = "Q5" }\n'
    )
    known = source(
        "wikidata", f'title = "Film"\nkind = "film"\nids = {{ wikidata = "Q5" }}\n{rows(US)}'
    )
    layers = read(known, own=tracked)
    (release,) = load.releases(layers)
    assert (release.id, release.title, release.was) == ("film", "My Film", ("wikidata-0",))
    assert dates(release) == ["US None 2026-12-18"]
    assert layers[1].ids == {0: "film"}


def test_own_dates_stand_beside_what_sources_say() -> None:
    """Nothing is lost: what disputes them is known, and so is what they hide."""
    own = f'[[release]]\nid = "film"\nchecked = 2026-11-21\n{rows(US)}'
    said = rows('region = "US"\ndate = 2026-12-11', BR)
    release = only(FILM, source("tmdb", IDS + said), own=own)
    assert release.table["dates"] == [
        {"date": date(2026, 12, 18), "region": "US", "checked": date(2026, 11, 21)}
    ]
    hidden, mine = release.slots
    assert hidden.shown is None
    assert [each.market for each in hidden.unused] == ["BR"]
    assert mine.shown is not None
    assert mine.shown.layer.is_own
    assert [each.date.edtf for each in mine.disputed] == ["2026-12-11"]


@pytest.mark.parametrize(
    ("shipped", "provided", "expected"),
    [
        ("", 'stage = "filming"\nupdated = 2026-11-02\n', ("filming", "2026-11-02")),
        ("", 'stage = "filming"\nstage_since = "2026-10"\n', ("filming", "2026-10")),
        # Except You: in development since 2024, as it was read today.
        ("", 'stage = "development"\n', (None, None)),
        (
            'stage = "filming"\nstage_since = "2026-03"\n',
            'stage = "development"\nupdated = 2024-05-21\n',
            ("filming", "2026-03"),
        ),
        (
            'stage = "filming"\n',
            'stage = "wrapped"\nupdated = 2026-11-21\n',
            ("wrapped", "2026-11-21"),
        ),
        ('stage = "filming"\n', 'stage = "wrapped"\nupdated = 2026-11-20\n', ("filming", None)),
    ],
)
def test_stage_comes_with_its_age(
    shipped: str, provided: str, expected: tuple[str | None, str | None]
) -> None:
    """The later one counts: not when a source was read, but when it last changed."""
    (release,) = merged(FILM + shipped, source("tvmaze", IDS + provided))
    since = release.stage_since.edtf if release.stage_since else None
    assert (release.stage, since) == expected


def test_stage_of_wikidata_counts_if_nobody_else_has_one() -> None:
    """An item changes for many reasons, and a film project that is filmed stays one for long."""
    project = source("wikidata", IDS + 'stage = "announced"\nupdated = 2026-11-24\n')
    filmed = 'stage = "filming"\nstage_since = "2026-10"\n'
    assert merged(FILM + filmed, project)[0].stage == "filming"
    assert merged(FILM, project)[0].stage == "announced"


def test_source_that_means_another_kind_is_another_release() -> None:
    """With the same id elsewhere, one of them is wrong: that is told, and nothing is merged."""
    series = 'title = "Film: the series"\nkind = "series"\n'
    layers = read(FILM, source("wikidata", IDS + series + rows("date = 2027-05-01")))
    assert [len(each) for each in group(layers).groups()] == [1, 1]
    (conflict,) = group(layers).conflicts
    assert (conflict.site, conflict.release.table["id"]) == (None, "film")
    for kind in ("film", "special", "short"):  # Sources differ on these.
        assert len(merged(FILM, source("wikidata", IDS + f'kind = "{kind}"\n'))) == 1


def test_stage_of_a_catalogue_without_a_day_is_older_than_any() -> None:
    """Nobody knows how old it is; alone, it counts."""
    undated = FILM.replace("checked = 2026-11-20\n", "") + 'stage = "filming"\n'
    provided = source("tvmaze", IDS + 'stage = "wrapped"\nupdated = 2020-01-01\n')
    assert merged(undated, provided)[0].stage == "wrapped"
    assert merged(undated, source("tvmaze", IDS))[0].stage == "filming"


def test_stage_of_a_source_alone_needs_an_age_too() -> None:
    """Of what only it knows."""
    entry = 'title = "Film"\nkind = "film"\nstage = "filming"\n'
    assert merged(FILM, source("tvmaze", entry))[1].stage is None
    dated = merged(FILM, source("tvmaze", f"{entry}updated = 2026-11-02\n"))[1]
    assert (dated.stage, dated.stage_since and dated.stage_since.edtf) == ("filming", "2026-11-02")


def test_disappearance_is_no_cancellation() -> None:
    """What is no longer there keeps its dates and its stage."""
    gone = source("tmdb", f"{IDS}gone = 2026-11-20\n{rows(US)}")
    (release,) = merged(f'{FILM}stage = "filming"\n', gone)
    assert (release.stage, dates(release)) == ("filming", ["US None 2026-12-18"])


def test_withdrawn_date_shows_no_more() -> None:
    """Also of a release that only that source knows."""
    row = f'{US}\nwithdrawn = 2026-11-24\nref = "Q1$x"'
    entry = f'title = "Film"\nkind = "film"\n{rows(row, BR)}'
    (_, release) = merged(FILM, source("wikidata", entry))
    assert dates(release) == ["BR None 2026-12-17"]
    release = merged(FILM, source("wikidata", IDS + rows(row)))[0]
    assert dates(release) == []


def test_placeholder_and_premiere_of_a_source_alone() -> None:
    """Isle of Dogs and TRON: Legacy, although nobody else knows these."""
    entry = 'title = "Film"\nkind = "film"\n'
    day = 'region = "FR"\ndate = 2018-12-31\ntype = "theatrical"'
    premiere = 'region = "US"\ndate = 2010-12-10\ntype = "theatrical"\nnote = "World Premiere"'
    assert dates(merged(FILM, source("tmdb", entry + rows(day)))[1]) == ["FR theatrical 2018?"]
    assert dates(merged(FILM, source("wikidata", entry + rows(premiere)))[1]) == [
        "US premiere 2010-12-10"
    ]


def test_past_day_that_was_read_again_is_not_checked() -> None:
    """A reading after it doesn't say that it was kept, so it doesn't make it overdue."""
    past = rows('region = "US"\ndate = 2026-11-01', BR)
    (release,) = merged(FILM, source("wikidata", IDS + past))
    assert {each.region: each.checked is None for each in release.dates} == {
        "US": True,
        "BR": False,
    }


def test_rows_keep_all_that_they_say() -> None:
    """A moment, a doubt, an address, and a place that isn't stated."""
    shipped = rows(
        'date = 2027-06-11T00:00:00-07:00\ntype = "streaming"\nsource = "https://a.example/"\n'
        "checked = 2026-11-18",
        'date = "2027-07?"\nplace = "unstated"\nunverified = true',
    )
    (alone,) = merged(FILM + shipped)
    (release,) = merged(FILM + shipped, source("wikidata", IDS))
    first, second = release.dates
    assert first == alone.dates[0]
    assert second._replace(checked=None) == alone.dates[1]


def test_facts_of_a_subscription_count_before_the_built_in_ones() -> None:
    """A provider only adds; lists of names and addresses add up; a source hides nothing."""
    shipped = (
        f'{FILM}synopsis = "Shipped."\naliases = ["A"]\ntitles = {{ pt = "Filme" }}\n'
        'sources = ["https://a.example/"]\nunverified = ["synopsis", "dates"]\n'
        f"hidden = false\n{rows(US)}"
    )
    feed = source(
        "https://feed.example/c.toml",
        f'{IDS}synopsis = "Feed."\naliases = ["B"]\nhidden = true\n',
    )
    provider = source(
        "wikidata",
        f'{IDS}synopsis = "Wikidata."\nstudio = ["S"]\naliases = ["A", "C"]\n'
        'titles = { PT = "O Filme", de = "Der Film" }\nunverified = ["studio"]\n'
        'sources = [{ url = "https://a.example/", date = 2026-01-01 }, "https://w.example/"]\n',
    )
    for texts in ((shipped, feed, provider), (shipped, provider, feed)):
        (release,) = merged(*texts)
        assert (release.title, release.synopsis, release.studio) == ("Film", "Feed.", ("S",))
        assert {*release.aliases} == {"A", "B", "C"}
        assert dict(release.titles) == {"pt": "Filme", "de": "Der Film"}
        assert [page.url for page in release.sources] == [
            "https://a.example/",
            "https://w.example/",
        ]
        assert release.unverified == ()
        assert [each.unverified for each in release.dates] == [True]
    (alone,) = merged(shipped, provider)
    assert (alone.synopsis, alone.unverified) == ("Shipped.", ("synopsis",))


@pytest.mark.parametrize(
    ("own", "doubted", "names"),
    [
        ("", True, ()),
        ("unverified = []\n", False, ()),
        ('unverified = ["date", "studio"]\n', True, ("date", "studio")),
        (f'unverified = ["dates", "studio"]\n{rows(BR)}', True, ("studio",)),
        (rows(BR), False, ()),
    ],
)
def test_own_doubts_replace_those_below(own: str, doubted: bool, names: Sequence[str]) -> None:
    """As in every overlay."""
    shipped = f'{FILM}unverified = ["dates"]\n{rows(US)}'
    provided = source("wikidata", f'{IDS}studio = ["S"]\n')
    (release,) = merged(shipped, provided, own=f'[[release]]\nid = "film"\n{own}')
    assert [each.unverified for each in release.dates] == [doubted]
    assert release.unverified == tuple(names)


def test_contradiction_between_layers_drops_the_key() -> None:
    """`complete` before the first date."""
    season = f'{SHIPPED}kind = "season"\nseason = 2\n{IDS}complete = 2026-01-01\n'
    provided = source("tvmaze", f"{IDS}season = 2\n{rows(US)}")
    (release,) = merged(season, provided)
    assert (release.complete, dates(release)) == (None, ["US None 2026-12-18"])


def test_mistake_in_a_catalogue_is_reported_as_if_it_were_alone() -> None:
    """And one's own wrong entry is left out, whatever sources say."""
    wrong = f"{FILM}date = 5\n"
    lines = [*_lines(wrong), *_lines(wrong, source("wikidata", IDS + rows(US)))]
    assert len(lines) == 2
    assert len({*lines}) == 1
    layers = read(
        FILM, source("wikidata", IDS + rows(US)), own='[[release]]\nid = "film"\nstage = 5\n'
    )
    (release,) = merge(layers)
    assert "stage" not in release.table
    assert layers[-1].problems
    (release,) = merge(
        read(wrong, source("wikidata", IDS), own='[[release]]\nid = "film"\nstudio = []\n')
    )
    assert release.table["studio"] == []


def _lines(*texts: str) -> tuple[str, ...]:
    with pytest.raises(CatalogueError) as caught:
        merged(*texts)
    return caught.value.lines


def test_source_that_knows_only_a_date_makes_no_release() -> None:
    """There is nothing to show; one's own orphan is reported all the same."""
    assert [each.id for each in merged(FILM, source("wikidata", rows(US)))] == ["film"]
    assert [each.id for each in merged(source("wikidata", rows(US)))] == []
    layers = read(
        FILM, source("wikidata", rows(US)), own='[[release]]\nid = "gone"\nstage = "filming"\n'
    )
    load.find_problems(layers)
    assert [problem.message for problem in layers[2].problems] == [
        'there\'s no release "gone" to change'
    ]
    assert not layers[1].problems


TABLES = st.fixed_dictionaries(
    {},
    optional={
        "stage": st.sampled_from(['stage = "filming"\nupdated = 2026-11-02\n', ""]),
        "studio": st.sampled_from(['studio = ["S"]\n', 'studio = ["T"]\n']),
        "ids": st.sampled_from(["tmdb = 5", "tvmaze = 7"]),
        "US": st.sampled_from(["2026-12-18", "2026-12-11", '"2026"', '"2027"', "2026-12-31"]),
        "BR": st.sampled_from(["2026-12-17", '"2026-12"']),
    },
)
NAMES = ("tmdb", "wikidata", "tvmaze", "https://b.example/")


def _text(name: str, values: Table) -> str:
    ids = f"ids = {{ {', '.join(['imdb = 1190080', *filter(None, [values.get('ids')])])} }}\n"
    regions = [at for at in ("US", "BR") if at in values]
    more = rows(*(f'region = "{at}"\ndate = {values[at]}' for at in regions))
    entry = ids + values.get("stage", "") + values.get("studio", "") + more
    return source(name, entry).replace(f'id = "{name}-0"', 'id = "x"')


@given(st.lists(TABLES, min_size=4, max_size=4), st.permutations(range(4)), st.booleans())
def test_order_of_sources_does_not_matter(
    tables: list[Table], order: list[int], has_own: bool
) -> None:
    """Above a catalogue and below one's own: no source's place decides."""
    texts = [_text(name, table) for name, table in zip(NAMES, tables, strict=True)]
    own = f'[[release]]\nid = "film"\nstudio = ["Mine"]\n{rows(US)}' if has_own else None
    first = only(f"{FILM}{rows(BR)}", *texts, own=own)
    second = only(f"{FILM}{rows(BR)}", *(texts[at] for at in order), own=own)
    assert first.table == second.table
    if has_own:
        assert first.table["studio"] == ["Mine"]
        assert [(row["region"], row["date"]) for row in first.table["dates"]] == [
            ("US", date(2026, 12, 18))
        ]


def test_conflicts_are_described() -> None:
    """With the place of one's own entry; those of sources are theirs to mend."""
    two = f'{FILM}[[release]]\nid = "b"\ntitle = "B"\nkind = "film"\n'
    two += 'ids = { imdb = "tt0000002", tmdb = 7 }\n'
    own = '[[release]]\nid = "film"\nids = { tmdb = 7 }\n'
    lines = user_layer.describe_conflicts(read(two, own=own))
    assert lines == [
        'own.toml:4:1: release[0] "film": ids: one of them is that of "B", which has another IMDb '
        "id; leave out the wrong one"
    ]
    both = 'ids = { imdb = "tt1190080", tmdb = 7 }\n'
    assert user_layer.describe_conflicts(read(two, source("wikidata", both))) == []

"""Finds the release of a catalogue that a film or series of a provider is."""

from collections.abc import Sequence

from countdown.catalogue.identity import differing_site, external_identities
from countdown.catalogue.new_releases import namesakes
from countdown.core.candidate import Candidate
from countdown.core.release import Release
from countdown.toml.parse import Table


def find_same(table: Table, tables: Sequence[Table]) -> str | None:
    """The id of the release of *tables* that *table* is about; None if it is none of them.

    It has an external id of *table*; else its title, kind and season, may have come out in the same
    year, and has no other id at a site. *tables* can have several entries for a release.
    """
    ids = {*external_identities(table)}
    for other in tables:
        if "id" in other and not ids.isdisjoint(external_identities(other)):
            return str(other["id"])
    for namesake in namesakes(table, tables):
        entries = [other for other in tables if other.get("id") == namesake.id]
        if namesake.is_same and not any(differing_site(table, other) for other in entries):
            return namesake.id
    return None


def candidate_table(candidate: Candidate) -> Table:
    """*candidate* as a table of the format, to compare it with releases; its year is its date."""
    table: Table = {
        "title": candidate.title,
        "kind": candidate.kind,
        "ids": dict(candidate.ids),
    }
    if candidate.season is not None:
        table["season"] = candidate.season
    if candidate.year is not None:
        table["date"] = f"{candidate.year:04}"
    return table


def release_table(release: Release) -> Table:
    """*release* as a table of the format, with the keys that `find_same` compares."""
    table: Table = {
        "id": release.id,
        "title": release.title,
        "aliases": release.aliases,
        "titles": dict(release.titles),
        "kind": release.kind,
        "ids": dict(release.ids),
        "dates": [{"date": dated.date.edtf} for dated in release.dates],
        "moves": [
            {"from": move.before.edtf, "to": move.after.edtf}
            for move in release.moves
            if move.before and move.after
        ],
    }
    return table if release.season is None else {**table, "season": release.season}

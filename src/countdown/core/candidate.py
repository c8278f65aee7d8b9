"""Films and series that providers of live facts know, for a user to choose from."""

from collections.abc import Sequence
from typing import NamedTuple


class Candidate(NamedTuple):
    """A film, series or season at Wikidata, TVmaze or TMDB.

    *ids* are its ids there and elsewhere, by site. *people* are who directed or created it, else
    the first of its cast. *release* is the id of the release of the catalogue that it is.
    """

    title: str
    kind: str
    ids: tuple[tuple[str, str | int], ...]
    season: int | None = None
    year: int | None = None
    titles: tuple[tuple[str, str], ...] = ()  # by language
    people: tuple[str, ...] = ()
    platform: tuple[str, ...] = ()
    release: str | None = None

    @property
    def track_id(self) -> str:
        """What `countdown track` takes: `Q83495`, `tvmaze:82` or `tmdb:movie:550`."""
        known = dict(self.ids)
        if "wikidata" in known:
            return str(known["wikidata"])
        if "tvmaze" in known:
            return f"tvmaze:{known['tvmaze']}"
        return f"tmdb:{'movie' if self.kind == 'film' else 'tv'}:{known['tmdb']}"

    @property
    def name(self) -> str:
        """The title, with the season if it has one."""
        return self.name_in(())

    def name_in(self, languages: Sequence[str]) -> str:
        """The title in the first of *languages* that it has, with the season if it has one."""
        titles = dict(self.titles)
        title = next((titles[tag] for tag in languages if tag in titles), self.title)
        return title if self.season is None else f"{title}, season {self.season}"

    @property
    def names(self) -> tuple[str, ...]:
        """Its titles in all languages, each once."""
        return tuple(dict.fromkeys([self.title, *(title for _, title in self.titles)]))

"""Releases: who, what, where, and every date with its region and type. No I/O.

They are named tuples, not frozen dataclasses: as immutable, and a class of 25 fields costs 0.2 ms
at each start instead of 1.5 ms.
"""

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple, get_args

from countdown.core.dates import ReleaseDate
from countdown.core.regions import UNSTATED

Kind = Literal["film", "series", "season", "special", "short"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

Stage = Literal[
    "rumoured",
    "announced",
    "development",
    "pre-production",
    "filming",
    "wrapped",
    "post-production",
    "completed",
    "released",
    "on-hold",
    "cancelled",
]
STAGES: Final[tuple[Stage, ...]] = get_args(Stage)
TRACK: Final = STAGES[1:8]  # the stages that `status` draws: announced to completed
SHELVED: Final = ("on-hold", "cancelled")  # Nobody works towards a date.

# In order of preference; core/effective_date.py says which of them are equal.
Type = Literal[
    "theatrical", "streaming", "tv", "digital", "physical", "re-release", "limited", "premiere"
]
TYPES: Final[tuple[Type, ...]] = get_args(Type)

Cadence = Literal["weekly", "all at once"]  # in which episodes come out
CADENCES: Final[tuple[Cadence, ...]] = get_args(Cadence)

Job = Literal["cast", "director", "writer", "creator"]
JOBS: Final[tuple[Job, ...]] = get_args(Job)


class Credit(NamedTuple):
    """A member of the cast and, if it is known, the role."""

    name: str
    role: str | None = None


OWN_ORIGIN: Final = "own"  # of a date that the user's own catalogue has, if sources have others


class DisputedDate(NamedTuple):
    """Another *date* that was claimed for the same region and type.

    *origin* is a provider, the address of a catalogue, or `own`; None is the built-in catalogue.
    """

    date: ReleaseDate
    origin: str | None = None
    read: ReleaseDate | None = None
    source: str | None = None


class AnnouncedDate(NamedTuple):
    """An announced date: in which region, and in which form the release comes out there.

    With neither region nor *place* it is worldwide; *place* is `unstated` if the source doesn't say
    where. *source* and *checked* are those of this date alone. *origin* and *read* are those of
    `DisputedDate`, if sources know the release.
    """

    date: ReleaseDate
    region: str | None = None
    type: str | None = None  # None: unknown
    place: str | None = None
    unverified: bool = False
    source: str | None = None  # the address of the page that says so
    checked: ReleaseDate | None = None
    origin: str | None = None
    read: ReleaseDate | None = None
    disputed: tuple[DisputedDate, ...] = ()

    @property
    def market(self) -> str | None:
        """The region or `unstated`; None is worldwide."""
        return self.region or self.place

    @property
    def is_doubtful(self) -> bool:
        """True if it isn't confirmed: by its announcement, or in the catalogue."""
        return self.unverified or self.date.qualifier in ("?", "%")

    @classmethod
    def of(cls, date: ReleaseDate, market: str | None, type: str | None) -> "AnnouncedDate":
        """The *date* of a *market*, as the index and the journal keep it."""
        if market == UNSTATED:
            return cls(date, None, type or None, UNSTATED)
        return cls(date, market or None, type or None)


class Move(NamedTuple):
    """A change of a release's date."""

    before: ReleaseDate | None
    after: ReleaseDate | None  # None if the date was withdrawn
    announced: ReleaseDate | None = None
    source: str | None = None

    @property
    def days(self) -> int | None:
        """Days by which the latest day moved; negative is earlier, None without one of the two."""
        if self.before is None or self.after is None:
            return None
        if self.before.is_open or self.after.is_open:
            return None
        return (self.after.latest - self.before.latest).days


class Source(NamedTuple):
    """A page where facts can be read, and its day."""

    url: str
    date: ReleaseDate | None = None


_NO_CONDITIONS: Final = "CC0-1.0"  # a licence that asks for nothing


class Provider(NamedTuple):
    """A source that knows a release: who it is, and which *facts*, keys of the format, it gave.

    *read* is when it was read, and *credit* what its licence asks to show.
    """

    origin: str
    title: str | None = None
    licence: str | None = None
    credit: str | None = None
    read: ReleaseDate | None = None
    facts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its title, else its address or short name."""
        return self.title or self.origin

    @property
    def attribution(self) -> str | None:
        """Whom to name, and the licence, where its facts are shown; None if nobody asks for it."""
        if not self.facts or (self.credit is None and self.licence in (None, _NO_CONDITIONS)):
            return None
        text, licence = self.credit or self.name, self.licence or _NO_CONDITIONS
        is_named = licence.replace("-", " ") in text.replace("-", " ")
        return text if is_named or licence == _NO_CONDITIONS else f"{text} ({licence})"


class Release(NamedTuple):
    """A film, series, season, special or short, merged from one or more catalogues."""

    id: str
    title: str
    kind: str
    season: int | None = None
    aliases: tuple[str, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()  # by language, in BCP 47
    franchise: tuple[str, ...] = ()
    platform: tuple[str, ...] = ()
    distributor: tuple[str, ...] = ()
    studio: tuple[str, ...] = ()
    country: tuple[str, ...] = ()  # ISO 3166-1 alpha-2; the first is the home market
    director: tuple[str, ...] = ()
    writer: tuple[str, ...] = ()
    creator: tuple[str, ...] = ()
    cast: tuple[Credit, ...] = ()
    synopsis: str | None = None
    sequel_to: str | None = None
    stage: str | None = None
    stage_since: ReleaseDate | None = None
    stage_note: str | None = None
    expected: ReleaseDate | None = None
    dates: tuple[AnnouncedDate, ...] = ()
    complete: ReleaseDate | None = None  # when the last episode is out
    cadence: str | None = None
    moves: tuple[Move, ...] = ()
    unverified: tuple[str, ...] = ()
    checked: ReleaseDate | None = None
    sources: tuple[Source, ...] = ()
    ids: tuple[tuple[str, str | int], ...] = ()
    was: tuple[str, ...] = ()  # former ids
    providers: tuple[Provider, ...] = ()  # sources, that with the most facts first

    @property
    def is_released(self) -> bool:
        """True if the stage is a confirmed `released`."""
        return self.stage == "released" and "stage" not in self.unverified

    @property
    def name(self) -> str:
        """The title, with the season if it has one."""
        return self._with_season(self.title)

    def title_in(self, languages: Sequence[str]) -> str:
        """The title in the first of *languages* for which it has one, else the original."""
        titles = dict(self.titles)
        known = (titles[language] for language in languages if language in titles)
        return next(known, self.title)

    def name_in(self, languages: Sequence[str]) -> str:
        """The title as `title_in` has it, with the season if it has one."""
        return self._with_season(self.title_in(languages))

    @property
    def names(self) -> tuple[str, ...]:
        """All its names: the original one, aliases, and those in other languages."""
        translated = [title for _, title in self.titles]
        names = [self.title, *self.aliases, self.name, *translated]
        return tuple(dict.fromkeys([*names, *map(self._with_season, translated)]))

    def _with_season(self, title: str) -> str:
        return title if self.season is None else f"{title}, season {self.season}"

    @property
    def all_sources(self) -> tuple[Source, ...]:
        """Its sources and those of its dates, each address once."""
        of_dates = (Source(dated.source) for dated in self.dates if dated.source)
        known: dict[str, Source] = {}
        for source in (*self.sources, *of_dates):
            known.setdefault(source.url, source)
        return (*known.values(),)

    def credits(self) -> list[tuple[str, str, str | None]]:
        """Everyone credited, as (job, name, role)."""
        makers = [(job, name, None) for job in JOBS[1:] for name in getattr(self, job)]
        return [*(("cast", credit.name, credit.role) for credit in self.cast), *makers]

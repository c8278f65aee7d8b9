"""Puts films and series of providers into the user's own catalogue, and takes them out."""

import sys
from collections.abc import Collection, Sequence
from typing import Final

from countdown.catalogue.external_ids import Page, read_page
from countdown.catalogue.new_ids import make_id
from countdown.catalogue.overlays import UserCatalogue
from countdown.catalogue.same_release import candidate_table, find_same
from countdown.cli import online, questions, refreshing, user_catalogue
from countdown.cli.filters import build_query
from countdown.cli.messages import warn
from countdown.cli.session import Session
from countdown.cli.shell_words import shell_argument
from countdown.core.candidate import Candidate
from countdown.core.outlook import STATES, Outlook
from countdown.core.text import is_web_address
from countdown.core.web_links import PROVIDERS
from countdown.errors import CountdownError, NothingFound, SourceError, UsageError
from countdown.index.names import by_name
from countdown.index.query import outlooks_of
from countdown.refresh import lookup
from countdown.refresh.network import Fetch
from countdown.toml.parse import Table

KEYS: Final = ("id", "title", "kind", "season", "ids")  # of an entry that `track` writes
_MAX_CHOICES: Final = 9
_CANCELLED: Final = "Nothing was tracked."
_PAGES: Final = "the page of a film or series at IMDb, TMDB, TVmaze or Wikidata"


def find(text: str, current: Session, fetch: Fetch, *, is_sure: bool) -> Candidate:
    """The film or series that *text* means: an id, an address or a title, of which one is chosen.

    If it *is_sure*, nobody is asked whether a single one is right. Raises NothingFound,
    SourceError, UsageError, and CountdownError if the user wants none.
    """
    page = read_page(text)
    sites = online.sites(current)
    if page is None and _looks_like_address(text):
        raise UsageError(f"That isn't {_PAGES}. Copy the address of its page there.")
    if page is not None:
        with online.asking(current):
            found = lookup.look_up(page, fetch, sites=sites)
        if not found.is_answered:
            raise SourceError(*found.failures)
        if not found.candidates:
            raise NothingFound(*_unknown(page))
    else:
        chosen = _choose(text, online.search(text, current, fetch), current, is_sure=is_sure)
        with online.asking(current):
            found = lookup.complete(chosen, fetch, sites=sites)
    warn(*found.failures)
    return found.candidates[0]


def _looks_like_address(text: str) -> bool:
    return is_web_address(text.strip()) or text.strip().lower().startswith("www.")


def _unknown(page: Page) -> tuple[str, ...]:
    """Sentences on what neither provider knows."""
    name = PROVIDERS[page.provider]
    what = f"{page.provider}:{page.id}" if page.provider == "tvmaze" else str(page.id)
    if page.provider == "wikidata":
        return (f"{what} isn't a film or series at Wikidata.",)
    if page.section == "seasons":
        return ("TVmaze doesn't say whose season that is. Copy the address of its series.",)
    if page.provider == "tvmaze":
        return (f"TVmaze has no series {what}.",)
    hint = "Try its title: countdown search --online TITLE"
    return (f"Neither Wikidata nor TVmaze knows the {name} id {what}. {hint}",)


def _choose(text: str, found: Sequence[Candidate], current: Session, *, is_sure: bool) -> Candidate:
    """The one of *found* for *text* that the user wants."""
    if not found:
        raise NothingFound(
            f'No film or series called "{text}" at {online.provider_names(current, "or")}. '
            "Try its original title.",
            f"To add it yourself: countdown add {shell_argument(text)}",
        )
    if len(found) == 1 and is_sure:
        return found[0]
    names = [_described(each, current) for each in found[:_MAX_CHOICES]]
    more = len(found) - len(names)
    rest = f"… and {more} more: countdown search --online {shell_argument(text)}" if more else ""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        calls = [f"countdown track {each.track_id}" for each in found[:_MAX_CHOICES]]
        width = max(map(len, calls))
        lines = [f"  {call:<{width}}  {name}" for call, name in zip(calls, names, strict=True)]
        raise UsageError(f'"{text}" can be:', *lines, *([f"  {rest}"] if rest else []))
    if len(found) == 1:
        is_right = questions.confirm(f"Track {names[0]}?", cancelled=_CANCELLED, default=False)
        chosen = 1 if is_right else None
    else:
        warn(*(f"{at}  {name}" for at, name in enumerate(names, 1)), *([rest] if rest else []))
        question = f"Which one? 1 to {len(names)}, or Enter for none"
        chosen = questions.choose(question, len(names), cancelled=_CANCELLED)
    if chosen is None:
        raise CountdownError(_CANCELLED)
    return found[chosen - 1]


def _described(candidate: Candidate, current: Session) -> str:
    """`Dune (film, 1984, David Lynch)`."""
    facts = [
        candidate.kind,
        str(candidate.year or ""),
        ", ".join(candidate.people or candidate.platform),
        "in your list" if candidate.release else "",
    ]
    return f"{candidate.name_in(current.languages)} ({', '.join(filter(None, facts))})"


class Tracking:
    """The change of the user's catalogue that tracks a *candidate*; *built_in* are ids of releases.

    *id* is the id of its release, and *lacking* are the ids elsewhere that a catalogue lacks.
    """

    def __init__(self, candidate: Candidate, built_in: Collection[str]) -> None:
        self._candidate = candidate
        self._built_in = built_in
        self.id = ""
        self._is_known = False  # to a catalogue or a source
        self._is_kept = False  # A source can drop what no catalogue has.
        self._lacking: Table = {}

    def is_made(self, catalogue: UserCatalogue) -> bool:
        """True if *catalogue* has its release with all ids. Raises UsageError if it hides it."""
        table = candidate_table(self._candidate)
        same = find_same(table, catalogue.tables)
        release: Table = {} if same is None else catalogue.find(same)
        entries = [] if same is None else catalogue.entries(same)
        self.id = str([release, *entries][-1].get("id") or make_id(table, catalogue.ids))
        self._is_known = same is not None
        self._is_kept = self.id in self._built_in or bool(entries)
        if release.get("hidden"):
            hint = f"To see it: countdown unhide {self.id}"
            raise UsageError(f'"{self._candidate.title}" is hidden in your catalogue. {hint}')
        known: Table = release.get("ids", {})
        self._lacking = {site: id for site, id in self._candidate.ids if site not in known}
        return self._is_kept and not self._lacking

    def alter(self, catalogue: UserCatalogue) -> None:
        """Write the entry, or the ids that the release lacks. Raises UsageError if it is hidden."""
        self.is_made(catalogue)  # Another command may have changed the catalogue.
        table = candidate_table(self._candidate)
        entry: Table = {key: table[key] for key in KEYS if key in table}
        if not self._is_known:
            catalogue.add({"id": self.id, **entry}, is_another=True)
            return
        ids = {"ids": {**catalogue.find(self.id).get("ids", {}), **self._lacking}}
        catalogue.edit(self.id, ids if self._is_kept else {**entry, **ids})

    def confirmation(self, current: Session, fetch: Fetch) -> str:
        """What was done, once its facts are read, which may fail.

        `Tracking Dune: Prophecy (dune-prophecy): 17 Nov 2027, in 11 months`.
        """
        is_read = _read_facts(self._candidate, current, fetch)
        text = f"Tracking {self._candidate.name_in(current.languages)} ({self.id})"
        if self._is_kept:
            sites = [PROVIDERS[site] for site in self._lacking]
            text = f"{text}, now with its id{'s' * (len(sites) > 1)} at {', '.join(sites)}"
        outlook = _outlook_of(self.id, current)
        if outlook is None or (outlook.date is None and not is_read):
            return f"{text}. Its dates come with the next: countdown refresh"
        return f"{text}: {user_catalogue.time_left(outlook, current.date_style)}"

    def made(self, current: Session) -> str:
        """A sentence on a release that is tracked already."""
        return f"{self._candidate.name_in(current.languages)} ({self.id}) is tracked already."


def _read_facts(candidate: Candidate, current: Session, fetch: Fetch) -> bool:
    """Have sources say at once what they know of *candidate*; False if none could.

    What fails has a line on stderr: the next refresh reads it.
    """
    try:
        results = refreshing.refresh_one(current, candidate.kind, dict(candidate.ids), fetch)
    except CountdownError as error:
        warn(*error.lines)
        return False
    except OSError as error:  # A full disk, or another refresh that takes long.
        warn(f"Its facts can't be kept: {error.strerror or error}.")
        return False
    failed = [each for each in results if not each.is_success and each.outcome != "skipped"]
    warn(*(f"{each.title}: {each.why}" for each in failed))
    return any(each.is_success for each in results)


def _outlook_of(id: str, current: Session) -> Outlook | None:
    """The release with that *id* after the change; None if it can't be found."""
    files = user_catalogue.with_files(current, user_catalogue.location())
    query = build_query(current)._replace(states=STATES)
    found = files.ask(lambda index: outlooks_of(index, [*by_name(index, "id", id)], query))
    return found[0] if found else None

"""A person with their releases, and what they are credited with in each."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from countdown.core import day_style, wording
from countdown.core.outlook import UPCOMING_STATES, Outlook
from countdown.views import cells
from countdown.views.view import FOLLOWED_SIGN, Cell, ViewContext


class PersonCredit(NamedTuple):
    """One thing that a person does in a release; the role can be empty."""

    job: str
    role: str
    is_doubtful: bool


Credits = Sequence[PersonCredit]
_AHEAD: Final = (*UPCOMING_STATES, "undated", "on-hold")


class Person(NamedTuple):
    """A person with *every* release, by date, and those that are *shown*."""

    name: str
    every: Sequence[Outlook]
    shown: Sequence[Outlook]
    is_followed: bool = False

    @property
    def ahead(self) -> int:
        """The number of releases that are still to come."""
        return sum(outlook.state in _AHEAD for outlook in self.every)

    @property
    def out(self) -> int:
        """The number of those that are out."""
        return sum(outlook.state == "released" for outlook in self.every)

    @property
    def next(self) -> Outlook | None:
        """The first with a date that is not past; None if there is none."""
        return next((each for each in self.every if each.state in ("upcoming", "open")), None)

    @property
    def latest(self) -> Outlook | None:
        """The latest one that is out, unless it is *shown*."""
        out = [each for each in self.every if each.state == "released" and each.date]
        return out[-1] if out and all(each is not out[-1] for each in self.shown) else None


def credits_by_person(
    people: Sequence[Person], every: Sequence[Outlook]
) -> dict[int, dict[str, list[PersonCredit]]]:
    """The credits of each of *people* in each of *every* release, by its identity and their name.

    Made once per release, not per person: a cast can be long.
    """
    names = {each.name for each in people}
    credits: dict[int, dict[str, list[PersonCredit]]] = {}
    for outlook in every:
        own = credits[id(outlook)] = {}
        unverified = outlook.release.unverified
        for job, person, role in outlook.release.credits():
            if person in names:
                credit = PersonCredit(job, role or "", job in unverified)
                own.setdefault(person, []).append(credit)
    return credits


def credits_text(credits: Credits, before_role: str = "") -> str:
    """*credits* as a text: `Gorr`, `director?, writer`; empty for an actor without a role."""
    if list(credits) == [PersonCredit("cast", "", is_doubtful=False)]:
        return ""
    texts = (
        cells.signed_if(
            f"{before_role}{role}" if role else "actor" if job == "cast" else job,
            is_doubtful=is_doubtful,
        )
        for job, role, is_doubtful in credits
    )
    return ", ".join(texts)


def name_cells(person: Person) -> tuple[Cell, ...]:
    """The name, with a heart if the person is followed."""
    text = Cell(person.name, "heading")
    return (text, Cell(f" {FOLLOWED_SIGN}", "today")) if person.is_followed else (text,)


def prospects(person: Person, context: ViewContext) -> tuple[Cell, ...]:
    """`next: Avengers: Doomsday in 22 days · 6 ahead · 14 out`."""
    counts = [f"{person.ahead:,} ahead" if person.ahead else "nothing ahead"]
    counts += [f"{person.out:,} out"] if person.out else []
    numbers = " · ".join(counts)
    if person.next is None:
        return (Cell(numbers, "muted"),)
    return (
        Cell("next: ", "muted"),
        Cell(f"{context.name(person.next.release)} "),
        cells.time_left_cell(person.next, context),
        Cell(f" · {numbers}", "muted"),
    )


def last_seen(person: Person, context: ViewContext) -> tuple[Cell, ...]:
    """`Last seen in Crime 101 (Feb 2026)`; for someone behind the camera, `Latest: …`."""
    outlook = person.latest
    if outlook is None or outlook.date is None:
        return ()
    release, style = outlook.release, context.date_style
    is_actor = any(credit.name == person.name for credit in release.cast)
    when = wording.format_date(outlook.date, style)
    if outlook.date.precision in ("day", "instant"):
        when = day_style.format_month(outlook.date.latest, style)
    return (
        Cell("Last seen in " if is_actor else "Latest: ", "muted"),
        Cell(context.name(release)),
        Cell(f" ({when})", "muted"),
    )

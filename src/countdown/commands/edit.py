"""`countdown edit`: change a release in the user's own catalogue, or open it in an editor."""

from datetime import date
from typing import Final, Literal

import click

from countdown import paths
from countdown.catalogue import date_edits, entry_keys, store
from countdown.catalogue.date_edits import DateChange, DateEdit
from countdown.catalogue.load import Table
from countdown.catalogue.overlays import UserCatalogue
from countdown.catalogue.schema import FORMAT, RELEASE
from countdown.cli import list_values, options, release_options, user_catalogue
from countdown.cli.choices import Word
from countdown.cli.messages import echo
from countdown.cli.release_options import FactTexts
from countdown.cli.session import Session, session
from countdown.core import edtf
from countdown.errors import UsageError

_WITHDRAWN: Final = "none"
_ANY_DATE: Final = "2000"  # replaces `none`, so that its region and type are checked
_BLANK = f"""\
# Your own catalogue. It overrides the built-in one, fact by fact.

format = {FORMAT}

# [[release]]
# id = "my-cousins-short"
# title = "My Cousin's Short"
# kind = "short"
# date = "June 2027"
"""


@options.command(
    "edit",
    'countdown edit "Extraction 3" --stage filming --stage-note "In Sydney."',
    "countdown edit extraction-3 --date 2027-06-11",
    "countdown edit extraction-3 --date BR=2027-06-17 --announced 2026-11-20",
    "countdown edit extraction-4 --date none            the date was withdrawn",
    'countdown edit extraction-3 --cast "+Idris Elba"   adds one to the list',
    "countdown edit extraction-3 --unset stage_note     back to the built-in fact",
    "countdown edit                                     everything, in your editor",
    exclude=user_catalogue.EXCLUDED_OPTIONS,
)
@click.argument("release", nargs=-1, metavar="[ID]")
@release_options.options(
    helps={
        "dates": "New date, BR=DATE for Brazil, or none.",
        "sources": "Source URL; it never replaces others.",
    }
)
@click.option(
    "--announced", metavar="DATE", help="When the new date was announced. [default: today]"
)
@click.option("--correction", is_flag=True, help="Fix a wrong date without recording a delay.")
@click.option(
    "--unset",
    type=Word([key for key in RELEASE if key != "id"]),
    metavar="KEY",
    multiple=True,
    help="Drop your value and use the built-in one.",
)
@user_catalogue.dry_run
def command(
    ctx: click.Context,
    /,
    release: tuple[str, ...],
    unset: tuple[str, ...],
    announced: str | None,
    correction: bool,
    dry_run: bool,
    facts: FactTexts,
) -> None:
    """Change a release, by id or title; without ID, edit your whole catalogue.

    A list replaces the old list; start each value with + to add to it. Only sources are always
    added. Built-in releases keep every fact that you don't change.

    --date changes the date in your region; BR=DATE the one in Brazil, BR/tv=DATE its TV date,
    worldwide=DATE all dates, unstated=DATE one without a place; none withdraws it. countdown
    records that it moved, and --source says where you read that.
    """
    current = session(ctx)
    if not release:
        if facts or unset:
            raise UsageError("Name the release to change, by its id or title.")
        _edit_file(current, dry_run=dry_run)
        return
    if not (facts or unset):
        raise UsageError(
            "Say what to change, like --stage filming. To edit everything: countdown edit"
        )
    announced_on = _announced_on(facts, announced, current, correction=correction)
    location = user_catalogue.location()
    identifier = user_catalogue.identifier(" ".join(release), current, location)
    facts, added = list_values.strip_plus(facts)
    table, rows = _read_table(facts, current)
    both = [key for key in unset if key in table]
    if both:
        raise UsageError(f"--unset: {both[0]} is set as well. Choose one.")
    if "sources" in table:
        added.add("sources")  # A page about what's new must not replace those about the rest.
    is_recorded = not correction and {"date", "dates"}.isdisjoint(unset)
    dates = DateEdit(
        rows,
        _replaces(facts, added, rows),
        current.region,
        announced_on if is_recorded else None,
        table["sources"][0] if "sources" in table else None,
    )
    changed: list[DateChange] = []
    dropped: dict[str, str] = {}
    edited: Table = {}
    dates_key = ["dates" if len(rows) > 1 else "date"] if rows else []

    def alter(catalogue: UserCatalogue) -> None:
        before = catalogue.find(identifier)
        spelled = catalogue.spelled(table)
        lists = added - {"ids", "dates", "titles"}  # These are merged anyway.
        merged = {key: list_values.merge(key, before.get(key, []), spelled[key]) for key in lists}
        ids = {"ids": {**before.get("ids", {}), **table["ids"]}} if "ids" in table else {}
        changes = {**spelled, **merged, **ids}
        dropped.update(
            (key, list_values.dropped(key, before.get(key, []), value))
            for key, value in changes.items()
            if isinstance(value, list)
        )
        changed[:] = catalogue.edit(identifier, changes, unset=unset, dates=dates if rows else None)
        edited.update(catalogue.find(identifier))
        if announced is not None and not changed:
            what = "No date changes. It has that date already."
            if date_edits.has_unreadable_date(before):
                what = "The old date can't be read, so no change is recorded. Leave it out."
            raise UsageError(f"--announced: {what}")

    def confirmation() -> tuple[str, ...]:
        style = current.date_style
        moves = [
            _describe(identifier, change, style, is_correction=not is_recorded)
            for change in changed
        ]
        facts = [key + dropped.get(key, "") for key in table]
        gone = [
            f"{key} (built-in again)" if entry_keys.names_in(edited, key) else f"no {key}"
            for key in unset
            if not (rows and key in ("date", "dates"))  # They are set again.
        ]
        keys = [*([] if moves else dates_key), *facts, *gone]
        return (*moves, *([f"Changed {identifier}: {', '.join(keys)}"] if keys else []))

    keys = [*dates_key, *table, *unset]
    option = " --correction" if correction else ""  # `undo` looks for it.
    files = user_catalogue.with_files(current, location)
    if correction and not dry_run:
        from countdown.cli import corrections  # Deferred, with the journal.

        corrections.record_earlier_changes(files)
    user_catalogue.change(
        current,
        alter,
        command=f"edit {identifier}{option} ({', '.join(dict.fromkeys(keys))})",
        dry_run=dry_run,
        confirmation=confirmation,
    )
    if correction and not dry_run:
        corrections.accept_dates(files, edited)


def _announced_on(
    facts: FactTexts, announced: str | None, current: Session, *, correction: bool
) -> date | str:
    """The day on which a new date was announced. Raises UsageError for options without effect."""
    for option, is_given in (("--announced", announced is not None), ("--correction", correction)):
        if is_given and "dates" not in facts:
            raise UsageError(f"{option} needs a new date. Add --date.")
    if announced is None:
        return current.now.today
    if correction:
        raise UsageError("--correction records no change of date. Leave out --announced.")
    context = release_options.InputContext(current.now.today, current.region)
    return release_options.checked_date(announced, context, option="--announced")


def _is_withdrawn(day: str) -> bool:
    """True if *day* says that there is no date any more: `none`, TBA."""
    from countdown.core.date_words import is_undated  # Deferred: most edits don't change dates.

    return day.strip().casefold() == _WITHDRAWN or is_undated(day)


def _read_table(facts: FactTexts, current: Session) -> tuple[Table, list[Table]]:
    """The TOML table of *facts* without dates, and the dates as rows, None for one to withdraw.

    Raises UsageError.
    """
    texts = facts.get("dates", ())
    places = [text.rpartition("=") for text in texts]
    is_withdrawn = [_is_withdrawn(day) for _, _, day in places]
    valid = tuple(
        f"{place}{equals}{_ANY_DATE}" if withdrawn else text
        for text, (place, equals, _), withdrawn in zip(texts, places, is_withdrawn, strict=True)
    )
    table = release_options.read_table(
        {**facts, **({"dates": valid} if valid else {})},
        today=current.now.today,
        region=current.region,
    )
    lone = [{"date": table.pop("date")}] if "date" in table else []
    rows = zip(table.pop("dates", lone), is_withdrawn, strict=True)
    return table, [{**row, "date": None} if withdrawn else row for row, withdrawn in rows]


def _replaces(
    facts: FactTexts, added: set[str], rows: list[Table]
) -> Literal["effective", "same", "all"]:
    """Which dates the *rows*, read from *facts*, replace.

    A single date without a place replaces the effective date, even if that is for a region.
    """
    if "dates" in added or not rows:
        return "same"
    if len(rows) == 1 and "=" not in facts["dates"][0]:
        return "effective"
    return "all" if {"date"} in [{*row} for row in rows] else "same"


def _describe(identifier: str, change: DateChange, style: str, *, is_correction: bool) -> str:
    """`Moved extraction-3: 11 Jun 2027 → 9 Jul 2027, delayed by 4 weeks`.

    A date within the other hasn't moved: `Changed extraction-3: 2027 → Q4 2027, more exact`. Nor
    has one that is corrected: `Corrected extraction-3: 11 Jun 2027 → 9 Jul 2027`.
    """
    from countdown.core import wording  # Deferred, with the next: most edits change no date.
    from countdown.core.history import HistoryStep

    before, after = (
        None if value is None else edtf.from_toml(value) for value in (change.before, change.after)
    )
    step = HistoryStep(before, after)
    days, by = step.days, step.exactness and f", {step.exactness}"
    if before and after and days and not by and not is_correction:
        size = wording.size(before.latest, after.latest)
        by = f", {'delayed' if days > 0 else 'brought forward'} by {size}"
    old = wording.format_date(before, style) if before else "undated"
    new = wording.format_date(after, style) if after else "withdrawn"
    stated = {**change.place, **({"region": "place not stated"} if "place" in change.place else {})}
    place = " ".join(stated[key] for key in ("region", "type") if key in stated)
    verb = "Corrected" if is_correction else "Changed" if step.exactness else "Moved"
    return f"{verb} {identifier}{place and f', {place}'}: {old} → {new}{by}"


def _edit_file(current: Session, *, dry_run: bool) -> None:
    """Open the whole catalogue in the editor. Raises CountdownError."""
    from countdown.cli import editor  # Deferred: 6 ms that no other change needs.

    location = user_catalogue.location()
    before = store.content(location)
    with editor.edit(
        before or _BLANK.encode(),
        file_name="releases.toml",
        check=lambda data: store.check(location, data),
        keep=dry_run,
    ) as after:
        if after is None:
            echo("Nothing was changed.")
            return
        change = store.Change(before, after)
        if not dry_run:
            store.replace(location, after, expected=before, command="edit")
    user_catalogue.report(
        current,
        location,
        change,
        dry_run=dry_run,
        confirmation=lambda: (f"Changed {paths.shorten(location.path)}",),
    )

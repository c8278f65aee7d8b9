"""`countdown edit`: change a release in the user's own catalogue, or open it in an editor."""

from typing import Any

import click

from countdown.catalogue import store
from countdown.catalogue.document import row_identity
from countdown.catalogue.overlays import UserCatalogue
from countdown.catalogue.schema import FORMAT, RELEASE
from countdown.cli import options, release_options, user_catalogue
from countdown.cli.messages import echo
from countdown.cli.release_options import FactTexts
from countdown.cli.session import Session, session
from countdown.errors import UsageError

_BLANK = f"""\
# Your own catalogue. What stands here lies over the shipped one, key by key.

format = {FORMAT}

# [[release]]
# id = "my-cousins-short"
# title = "My Cousin's Short"
# kind = "short"
# date = "June 2027"
"""


@options.command(
    "edit",
    'countdown edit "Extraction 3" --stage post-production --date "Q4 2027"',
    'countdown edit extraction-3 --cast "+Idris Elba"      one more of a list',
    "countdown edit extraction-3 --unset stage_note        back to the shipped catalogue's word",
    "countdown edit                                        all of it, in your editor",
    exclude=user_catalogue.EXCLUDED_OPTIONS,
)
@click.argument("release", nargs=-1, metavar="[ID]")
@release_options.options()
@click.option(
    "--unset",
    type=click.Choice([key for key in RELEASE if key != "id"]),
    multiple=True,
    help="Say no more of this; what a lower layer says then counts.",
)
@user_catalogue.dry_run
def command(
    ctx: click.Context,
    /,
    release: tuple[str, ...],
    unset: tuple[str, ...],
    dry_run: bool,
    facts: FactTexts,
) -> None:
    """Change what your catalogue says of a release, named by id or title; or all, in an editor.

    A list replaces the list, unless each value begins with +, which adds it. A date for a region
    replaces that of the region alone; one for the whole world replaces them all. Of shipped
    releases, only what you say is laid over them.
    """
    current = session(ctx)
    if not release:
        if facts or unset:
            raise UsageError("name the release to change, by its id or a title")
        _edit_file(current, dry_run=dry_run)
        return
    if not (facts or unset):
        raise UsageError("say what to change, like --stage filming; or all: countdown edit")
    location = user_catalogue.location()
    identifier = user_catalogue.identifier(" ".join(release), current, location)
    facts, added = _strip_plus(facts)
    table = release_options.read_table(facts, today=current.now.today, region=current.region)
    if "dates" in added and "date" in table:  # A date with + is one more, not the only one.
        table["dates"] = [{"date": table.pop("date")}]
    both = [key for key in unset if key in table and key not in ("date", "dates")]
    if both:
        raise UsageError(f"--unset: {both[0]} is set, too; say one or the other")
    # A worldwide date replaces all dates, also where a date of a region stands beside it.
    replaces_dates = "dates" not in added and {"date"} in [{*row} for row in table.get("dates", ())]

    def alter(catalogue: UserCatalogue) -> None:
        before = catalogue.find(identifier)
        lists = added - {"ids", "dates"}  # The catalogue merges these two by itself.
        merged = {key: _merge(key, before.get(key, []), table[key]) for key in lists}
        ids = {"ids": {**before.get("ids", {}), **table["ids"]}} if "ids" in table else {}
        changes = {**table, **merged, **ids}
        catalogue.edit(identifier, changes, unset=unset, replace_dates=replaces_dates)

    keys = ", ".join([*table, *(f"no {key}" for key in unset)])
    user_catalogue.change(
        current, alter, dry_run=dry_run, confirmation=lambda: f"Changed {identifier}: {keys}"
    )


def _strip_plus(facts: FactTexts) -> tuple[FactTexts, set[str]]:
    """*facts* without + before values, and the keys of lists to which values are added.

    Raises UsageError if only some values of a key have a +.
    """
    stripped, added = dict(facts), set[str]()
    for key, values in facts.items():
        if isinstance(values, tuple) and any(value.startswith("+") for value in values):
            if not all(value.startswith("+") for value in values):
                what = "write + before every value to add them, or before none"
                raise UsageError(f"{release_options.FACTS[key].option}: {what}")
            stripped[key] = tuple(dict.fromkeys(value[1:].strip() for value in values))
            added.add(key)
    return stripped, added


def _merge(key: str, before: list[Any], more: list[Any]) -> list[Any]:
    """The rows *before* and those of *more* with a new name."""
    names = {row_identity(key, row) for row in before}
    return [*before, *(row for row in more if row_identity(key, row) not in names)]


def _edit_file(current: Session, *, dry_run: bool) -> None:
    """Open the whole catalogue in the editor. Raises CountdownError."""
    from countdown.cli import editor  # Deferred: 6 ms that no other change needs.

    location = user_catalogue.location()
    before = store.content(location)
    with editor.edit(
        _BLANK.encode() if before is None else before,
        file_name="releases.toml",
        check=lambda data: store.check(location, data),
        keep=dry_run,
    ) as after:
        if after is None:
            echo("nothing was changed")
            return
        change = store.Change(before, after)
        if not dry_run:
            store.replace(location, after, expected=before)
    user_catalogue.report(
        current, location, change, dry_run=dry_run, confirmation=lambda: f"Changed {location.path}"
    )

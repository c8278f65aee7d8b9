"""`countdown edit`: what the user's own catalogue says of a release, or all of it in an editor."""

from typing import Any

import click

from countdown.catalogue import store
from countdown.catalogue.document import row_name
from countdown.catalogue.overlays import UserCatalogue
from countdown.catalogue.schema import FORMAT, RELEASE
from countdown.cli import editor, options, release_options, user_catalogue
from countdown.cli.messages import echo
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
    without=user_catalogue.WITHOUT,
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
    **given: Any,
) -> None:
    """Change what your catalogue says of a release, named by id or title; or all, in an editor.

    A list replaces the list, unless each value begins with +, which adds it. A date for a region
    replaces that of the region alone; one for the whole world replaces them all. Of shipped
    releases, only what you say is laid over them.
    """
    current = session(ctx)
    said = {key: value for key, value in given.items() if value not in (None, ())}
    if not release:
        if said or unset:
            raise UsageError("name the release to change, by its id or a title")
        _in_editor(current, dry_run=dry_run)
        return
    if not (said or unset):
        raise UsageError("say what to change, like --stage filming; or all: countdown edit")
    mine = user_catalogue.location()
    identifier = user_catalogue.identifier(" ".join(release), current, mine)
    more = {key for key, value in said.items() if isinstance(value, tuple) and _adds(key, value)}
    stripped = {
        key: tuple(dict.fromkeys(one[1:].strip() for one in value)) if key in more else value
        for key, value in said.items()
    }
    table = release_options.table(stripped, today=current.now.today)
    if "dates" in more and "date" in table:  # It is one more, not the only one.
        table["dates"] = [{"date": table.pop("date")}]
    both = [key for key in unset if key in table and key not in ("date", "dates")]
    if both:
        raise UsageError(f"--unset: {both[0]} is set, too; say one or the other")
    # A date for the whole world replaces them all, also where another one stands beside it.
    anew = "dates" not in more and {"date"} in [{*one} for one in table.get("dates", ())]

    def alter(book: UserCatalogue) -> None:
        known = book.find(identifier)
        lists = more - {"ids", "dates"}  # Of these two, what is not said again stays anyway.
        longer = {key: _longer(key, known.get(key, []), table[key]) for key in lists}
        joined = {"ids": {**known.get("ids", {}), **table["ids"]}} if "ids" in table else {}
        book.edit(identifier, {**table, **longer, **joined}, unset=unset, anew=anew)

    keys = ", ".join([*table, *(f"no {key}" for key in unset)])
    user_catalogue.change(
        current, alter, dry_run=dry_run, told=lambda: f"Changed {identifier}: {keys}"
    )


def _longer(key: str, known: list[Any], more: list[Any]) -> list[Any]:
    names = {row_name(key, row) for row in known}
    return [*known, *(one for one in more if row_name(key, one) not in names)]


def _adds(key: str, values: tuple[str, ...]) -> bool:
    """Whether *values* are to be added to a list, not to replace it."""
    adding = [value.startswith("+") for value in values]
    if any(adding) and not all(adding):
        option = release_options.FACTS[key].option
        raise UsageError(f"{option}: write + before every value to add them, or before none")
    return all(adding)


def _in_editor(current: Session, *, dry_run: bool) -> None:
    mine = user_catalogue.location()
    before = store.content(mine)
    shown = _BLANK.encode() if before is None else before
    with editor.edit(
        shown,
        of="releases.toml",
        check=lambda data: store.check(mine, data),
        keep=dry_run,
    ) as after:
        if after is None:
            echo("nothing was changed")
            return
        made = store.Change(before, after)
        if not dry_run:
            store.replace(mine, after, known=before)
    user_catalogue.report(current, mine, made, dry_run=dry_run, told=lambda: f"Changed {mine.path}")

"""`countdown untrack`: take out what `countdown track` put into the user's own catalogue."""

import click

from countdown.catalogue import store
from countdown.catalogue.external_ids import read_page
from countdown.catalogue.overlays import UserCatalogue
from countdown.cli import options, user_catalogue
from countdown.cli.session import session
from countdown.errors import UsageError

_KEYS = ("id", "title", "kind", "season", "ids")  # of an entry that `track` writes


@options.command(
    "untrack",
    "countdown untrack dune prophecy",
    "countdown untrack dune-prophecy --dry-run",
    "countdown untrack Q104686073          what countdown track takes",
    exclude=user_catalogue.EXCLUDED_OPTIONS,
)
@click.argument("release", nargs=-1, required=True, metavar="TITLE|ID|ADDRESS")
@user_catalogue.dry_run
def command(ctx: click.Context, /, release: tuple[str, ...], dry_run: bool) -> None:
    """Stop tracking a film or series, by its title, or what you tracked it by.

    Removes what countdown track wrote. An entry with other facts of yours stays.
    """
    current, location = session(ctx), user_catalogue.location()
    text = " ".join(release)
    identifier = _find(text, store.read(location))
    if identifier is None:
        identifier = user_catalogue.identifier(text, current, location)
    is_overlay, built_in = False, store.built_in_ids(location)

    def alter(catalogue: UserCatalogue) -> None:
        nonlocal is_overlay
        _check(catalogue, identifier)
        is_overlay = catalogue.remove(identifier).is_overlay

    def confirmation() -> tuple[str]:
        rest = ""
        if identifier in built_in:
            rest = ". The built-in catalogue still has it."
        elif is_overlay:
            rest = ". It stays in the list until the next: countdown refresh"
        return (f"No longer tracking {identifier}{rest}",)

    user_catalogue.change(
        current,
        alter,
        command=f"untrack {identifier}",
        dry_run=dry_run,
        confirmation=confirmation,
    )


def _find(text: str, catalogue: UserCatalogue) -> str | None:
    """The id of the release whose page *text* is the address or the id of; None if there is none.

    It is that of the user's own entry, if there is one.
    """
    page = read_page(text)
    if page is None:
        return None
    for table in catalogue.tables:
        ids = table.get("ids")
        has_id = isinstance(ids, dict) and ids.get(page.provider) == page.id
        if has_id and "id" in table and page.is_for(table.get("kind")):
            entries = catalogue.entries(table["id"])
            return str(next((each["id"] for each in entries if "id" in each), table["id"]))
    return None


def _check(catalogue: UserCatalogue, identifier: str) -> None:
    """Raise UsageError unless the user's entry for the release is as `track` writes it."""
    entries = catalogue.entries(identifier)
    if not any("ids" in entry for entry in entries):
        hint = f"To hide it: countdown hide {identifier}"
        if entries:
            hint = f"To delete your entry: countdown remove {identifier}"
        raise UsageError(f'"{identifier}" isn\'t tracked. {hint}')
    others = dict.fromkeys(key for entry in entries for key in entry if key not in _KEYS)
    if others:
        raise UsageError(
            f'Your entry "{identifier}" has more than what is tracked: {", ".join(others)}.',
            f"To change it: countdown edit {identifier}",
            f"To delete it: countdown remove {identifier}",
        )

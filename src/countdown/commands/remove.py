"""`countdown remove`: delete a release from the user's own catalogue."""

import click

from countdown.catalogue.overlays import Removal, UserCatalogue
from countdown.cli import options, user_catalogue
from countdown.cli.session import session


@options.command(
    "remove",
    "countdown remove extraction-4",
    "countdown remove extraction-4 --dry-run",
    exclude=user_catalogue.EXCLUDED_OPTIONS,
)
@click.argument("release", nargs=-1, required=True, metavar="ID")
@user_catalogue.dry_run
def command(ctx: click.Context, /, release: tuple[str, ...], dry_run: bool) -> None:
    """Delete one of your releases, by id or title.

    Built-in releases go back to their original facts. countdown rm does the same.
    """
    current = session(ctx)
    identifier = user_catalogue.identifier(" ".join(release), current, user_catalogue.location())
    removals: list[Removal] = []

    def alter(catalogue: UserCatalogue) -> None:
        removals.append(catalogue.remove(identifier))

    def confirmation() -> tuple[str]:
        is_overlay, others = removals[-1]
        if others:
            verb = "changes" if len(others) == 1 else "change"
            return (f"Removed {identifier}. {' and '.join(others)} still {verb} it.",)
        rest = ". The built-in facts are back." if is_overlay else ""
        return (f"Removed {identifier}{rest}",)

    user_catalogue.change(
        current,
        alter,
        command=f"remove {identifier}",
        dry_run=dry_run,
        confirmation=confirmation,
    )

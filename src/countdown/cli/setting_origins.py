"""Who says what the region and the zone of a session are, for `doctor` and `config`."""

import os

import click

from countdown.cli.session import Session

CONFIG = "config.toml"


def region(ctx: click.Context, current: Session) -> str:
    """Who says what the region is: `COUNTDOWN_REGION`, `LANG`; empty if nobody does."""
    named = _named(ctx, "region", "COUNTDOWN_REGION", current.settings.region)
    locale = next((n for n in ("LC_ALL", "LC_TIME", "LANG") if os.environ.get(n)), "")
    return named or (locale if current.region else "")


def timezone(ctx: click.Context, current: Session) -> str:
    """Who says what the zone is: `config.toml`, `TZ`, `the system`."""
    named = _named(ctx, "timezone", "COUNTDOWN_TIMEZONE", current.settings.timezone)
    return named or ("TZ" if os.environ.get("TZ") else "the system")


def _named(ctx: click.Context, option: str, variable: str, configured: str | None) -> str:
    if option in ctx.find_root().ensure_object(dict):
        return f"--{option}"
    if os.environ.get(variable):
        return variable
    return CONFIG if configured else ""

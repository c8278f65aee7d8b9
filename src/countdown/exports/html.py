"""Releases as one web page: no script, nothing from elsewhere, readable in every browser.

It says of which day it is, and names dates, not the time left: it isn't made again each day.
"""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from typing import Final

from countdown.core import wording
from countdown.core.outlook import Moment, Outlook
from countdown.core.text import escape_hostile

_STYLE: Final = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 0.25rem; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; }
td { padding: 0.15rem 1rem 0.15rem 0; vertical-align: top; overflow-wrap: anywhere; }
td:first-child { width: 11rem; }
td:last-child { width: 35%; }
p, td + td + td { opacity: 0.75; }
@media (max-width: 40rem) {
  td, td:first-child, td:last-child { display: block; width: auto; }
  td:last-child { margin-bottom: 0.5rem; }
}
"""
_UNDATED: Final = "No date announced"
_LATER: Final = "Later"


def write(
    outlooks: Sequence[Outlook],
    now: Moment,
    *,
    name: str,
    region: str | None = None,
    credits: Sequence[str] = (),
) -> str:
    """The page *name* with *outlooks*, by month; *credits* stand at its end."""
    where = f" · dates for {region}" if region else ""
    return "\n".join(
        (
            "<!doctype html>",
            '<html lang="en">',
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_policy()}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{_text(name)}</title>",
            f"<style>{_STYLE}</style>",
            f"<h1>{_text(name)}</h1>",
            f"<p>As of {wording.day_label(now.today)}{_text(where)}</p>",
            *_sections(outlooks),
            *(f"<p>{_text(credit)}</p>" for credit in credits),
            "</html>",
            "",
        )
    )


def _text(text: str) -> str:
    return escape(escape_hostile(text))


def _policy() -> str:
    """The Content Security Policy (CSP 3): nothing is loaded but the page's style, by its hash."""
    return f"default-src 'none'; style-src {hash_source(_STYLE)}"


def hash_source(text: str) -> str:
    """The source of CSP 3 that allows the style or script *text* of a page, and no other."""
    from base64 import b64encode  # Deferred, here: few want a page.
    from hashlib import sha256

    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _sections(outlooks: Sequence[Outlook]) -> Iterable[str]:
    ordered = sorted(outlooks, key=lambda each: each.order)
    for heading, group in groupby(ordered, _heading):
        yield f"<h2>{heading}</h2>"
        yield "<table>"
        yield from map(_row, group)
        yield "</table>"


def _heading(outlook: Outlook) -> str:
    if outlook.is_shelved:
        return wording.stage_name(outlook.stage).capitalize()
    if outlook.date is None:
        return _UNDATED
    latest = outlook.date.latest
    return _LATER if outlook.date.is_open else f"{latest:%B} {latest.year}"


def _row(outlook: Outlook) -> str:
    release, effective = outlook.release, outlook.effective_date
    when = wording.stage_name(outlook.stage)
    when += "?" if when and "stage" in release.unverified else ""
    if outlook.date is not None and effective is not None and not outlook.is_shelved:
        market = effective.dated.market if effective.fallback else None
        doubt = "?" if wording.is_doubtful(outlook) and not outlook.date.qualifier else ""
        when = f"{wording.format_date(outlook.date)}{doubt}"
        when = f"{when} {wording.place(market)}" if market else when
        when += " (passed)" if outlook.state == "overdue" else ""
    about = ", ".join(filter(None, (release.kind, *(release.platform or release.distributor))))
    cells = "".join(f"<td>{_text(text)}</td>" for text in (when, release.name, about))
    return f"<tr>{cells}</tr>"

"""Releases as rows of CSV (RFC 4180): what a spreadsheet or another program needs to know them."""

from collections.abc import Iterable
from typing import Final

from countdown.core import wording
from countdown.core.outlook import Outlook
from countdown.core.web_links import PROVIDERS
from countdown.formats import csv

HEADINGS: Final = (
    *("title", "kind", "season", "date", "earliest", "latest", "region", "type"),
    *("unverified", "stage"),
    *("platform", "id", *PROVIDERS),
)


def write(outlooks: Iterable[Outlook]) -> str:
    """*outlooks* as CSV, in their order; nothing in it is a formula."""
    rows = [_row(each) for each in outlooks]
    return csv.written(rows) if rows else f"{','.join(HEADINGS)}\n"


def _row(outlook: Outlook) -> csv.Row:
    release, effective, date = outlook.release, outlook.effective_date, outlook.date
    dated = effective.dated if effective else None
    ids = dict(release.ids)
    values = (
        *(release.title, release.kind, release.season),
        date.edtf if date else None,
        date.earliest.isoformat() if date else None,
        date.latest.isoformat() if date and not date.is_open else None,
        dated.market if dated else None,
        dated.type if dated else None,
        "yes" if wording.is_doubtful(outlook) else None,
        *(outlook.stage, "; ".join(release.platform), release.id),
        *(ids.get(provider) for provider in PROVIDERS),
    )
    return dict(zip(HEADINGS, values, strict=True))

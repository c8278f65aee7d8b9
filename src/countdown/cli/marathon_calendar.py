"""Writes a marathon as a calendar, without what may not be passed on."""

from typing import Final

from countdown.cli.messages import warn
from countdown.cli.options import Filters
from countdown.cli.session import Session
from countdown.cli.sharing import find_shareable
from countdown.cli.written_files import old_content, write_out
from countdown.core import wording
from countdown.core.marathon import first_date
from countdown.core.marathon_wording import Marathon, notes, pace
from countdown.core.text import escape_hostile
from countdown.errors import NothingFound
from countdown.exports import ics
from countdown.exports.events import in_words
from countdown.exports.marathon import watch_events
from countdown.views import origins

_OPTION: Final = "--ics"


def write_calendar(found: Marathon, current: Session, path: str) -> None:
    """Write the days of the marathon *found* into the file *path*, and say so; `-` is stdout.

    Raises NothingFound if there are none, UsageError if the file can't be written, and
    NoLibraryError.
    """
    context = current.view_context
    target = found.target.release
    said = pace(found, current.now.today, context.date_style)
    if not found.plan.days:
        raise NothingFound(*said, "Nothing was written.")
    shared = find_shareable(current, Filters(everything=True), with_own=True)
    by_id = {each.release.id: each for each in shared.outlooks}
    public = by_id.get(target.id)
    entries = [
        each._replace(outlook=outlook, first=first_date(outlook.release))
        if (outlook := by_id.get(each.release.id))
        else each
        for each in found.entries
    ]
    events = watch_events(found._replace(entries=tuple(entries)), by_id, current.now.today)
    if not events or public is None or public.date != found.target.date:
        raise NothingFound("Its sources don't allow to pass this on, so nothing was written.")
    given = [public, *(each.outlook for each in entries if each.release.id in by_id)]
    credits = origins.credits_of(given)
    name = escape_hostile(f"Before {target.name}")
    data = ics.write(events, name=name, credits=credits, before=old_content(path))
    done = f"Wrote {in_words(len(events))} to"
    write_out(path, data, current, option=_OPTION, done=done)
    left_out = len(found.entries) - len(events)
    more = [f"Left out, since its source doesn't allow it: {wording.titles(left_out)}."]
    warn(*(more if left_out else []), *said, *notes(found, context.name))

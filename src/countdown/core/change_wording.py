"""English words for changes of a release, in a sentence, behind its title or in a table. No I/O."""

from collections.abc import Callable

from countdown.core import day_style, width, wording
from countdown.core.changes import EPISODE_KINDS, STAGE_KINDS, Change, kind_of
from countdown.core.dates import ReleaseDate
from countdown.core.regions import place_mark


def describe(change: Change, *, exact_days: bool = False) -> str:
    """The change and its size in words: `delayed by 7 weeks`, `now filming (was wrapped)`.

    *exact_days* counts in days, not in weeks and months.
    """
    was, now = change.stages
    if change.kind in STAGE_KINDS:
        words = f"now {_stage(now)}" if now else "stage no longer known"
        words = "cancelled" if change.kind == "cancelled" else words
        return f"{words} (was {_stage(was)})" if was else words
    if change.kind == "moved":
        verb = ("moved", "delayed", "brought forward")[change.direction]
        size = describe_size(change, exact_days=exact_days)
        return f"{verb} by {size}" if size else verb
    if change.kind in EPISODE_KINDS:
        return _describe_episodes(change, exact_days=exact_days)
    return {"withdrawn": "date withdrawn"}.get(change.kind, change.kind)


def _describe_episodes(change: Change, *, exact_days: bool) -> str:
    was, now = change.cadences
    if change.kind == "cadence":
        words = f"now {now}" if now else "cadence no longer known"
        return f"{words} (was {was})" if was else words
    if change.after is None:
        return "day of the last episode withdrawn"
    shift = describe_shift(change, exact_days=exact_days)
    return f"complete {shift}" if shift else "complete"


def episode_phrase(
    change: Change, style: str = day_style.DEFAULT, *, exact_days: bool = False
) -> str:
    """A changed day of a season's last episode, behind the title.

    Like `is complete 7 days later: 10 Mar 2027 → 17 Mar 2027`, so that nobody takes it for the
    date of the season. *exact_days* counts in days, not in weeks and months.
    """
    before, after = before_and_after(change, style)
    if not after:
        return phrase(change, style)
    if not before:
        return f"has a date for its last episode: {after}"
    if change.is_move:
        return f"is {describe(change, exact_days=exact_days)}: {before} → {after}"
    is_better = kind_of(change.before, change.after) == "narrowed"
    if _is_confirmation(change):
        article = "a confirmed" if is_better else "an unconfirmed"
        return f"has {article} date for its last episode: {after}"
    how = "more" if is_better else "less"
    return f"has a {how} exact date for its last episode: {after} (was {before})"


def phrase(
    change: Change,
    style: str = day_style.DEFAULT,
    *,
    place: Callable[[str], str] = wording.place,
    unbroken: bool = False,
) -> str:
    """The change as a person says it behind the title: `moved from 1 May 2026 to 18 Dec 2026`.

    The size of a move is left to `describe_shift`. *place* returns words for a date's place. With
    *unbroken*, no line break falls within a date.
    """
    before, after = before_and_after(change, style, place=place)
    if unbroken:
        before, after = width.unbroken(before), width.unbroken(after)
    was = f" (was {before})" if before else ""
    match change.kind:
        case "moved":
            return f"moved from {before} to {after}"
        case "narrowed" | "widened" if _is_confirmation(change):
            return f"is {'' if change.kind == 'narrowed' else 'no longer '}confirmed: {after}"
        case "narrowed" | "widened":
            return (
                f"has a {'more' if change.kind == 'narrowed' else 'less'} exact date: {after}{was}"
            )
        case "dated":
            return f"has a date: {after}"
        case "withdrawn":
            return f"has no date any more{was}"
        case "complete" if before and after:
            return f"complete {before} → {after}"
        case "complete":
            return f"complete {after}" if after else f"has no day of the last episode any more{was}"
        case "cadence":
            return f"comes out {after}{was}" if after else f"has no known cadence any more{was}"
        case "cancelled":
            return f"is cancelled{was}"
        case "stage":
            return f"is now {after}{was}" if after else f"has no known stage any more{was}"
        case "new":
            return f"is new{f': {after}' if after else ''}"
        case _:
            return f"is no longer in the catalogue{was}"


def _is_confirmation(change: Change) -> bool:
    """True if both dates are the same days, but only one of them is confirmed."""
    before, after = change.before, change.after
    if before is None or after is None or before.qualifier == after.qualifier:
        return False
    return (before.earliest, before.latest) == (after.earliest, after.latest)


def describe_shift(change: Change, *, exact_days: bool = False) -> str:
    """The size of a move with its direction: `7 weeks later`, `2 h earlier`; else empty.

    *exact_days* counts in days, not in weeks and months.
    """
    size = describe_size(change, exact_days=exact_days)
    return f"{size} {'earlier' if change.direction < 0 else 'later'}" if size else ""


def describe_size(change: Change, *, exact_days: bool = False) -> str:
    """The size of a move, without direction: `7 weeks`, `2 h 30 min`; empty for other changes.

    *exact_days* counts in days, not in weeks and months.
    """
    before, after = change.before, change.after
    if before is None or after is None or not change.is_move:
        return ""
    if before.is_open or after.is_open:
        return ""
    if change.days:
        return wording.size(before.latest, after.latest, exact=exact_days)
    hours, minutes = divmod(abs(change.seconds or 0) // 60, 60)
    parts = [f"{hours} h"] if hours else []
    return " ".join([*parts, *([f"{minutes} min"] if minutes or not hours else [])])


def before_and_after(
    change: Change, style: str = day_style.DEFAULT, *, place: Callable[[str], str] = place_mark
) -> tuple[str, str]:
    """The dates, stages or cadences before and after *change*, in words; empty for none.

    *place* returns words for a date's place: by default short ones, as in a table.
    """
    if change.kind in STAGE_KINDS:
        return _stage(change.stages[0]), _stage(change.stages[1])
    if change.kind == "cadence":
        return change.cadences[0] or "", change.cadences[1] or ""
    before, after = change.before, change.after
    # Days alone would hide what changed on one and the same day.
    in_words = _to_the_minute if before and after and not change.days else wording.format_date
    end = f" {place(change.place)}" if change.place else ""
    was, now = (f"{in_words(date, style)}{end}" if date else "" for date in (before, after))
    return was, now


def sentence(change: Change, style: str = day_style.DEFAULT, *, exact_days: bool = False) -> str:
    """The change with its dates: `delayed by 7 months, 1 May 2026 → 18 Dec 2026`.

    *exact_days* counts in days, not in weeks and months.
    """
    before, after = before_and_after(change, style, place=wording.place)
    if change.kind in (*STAGE_KINDS, "cadence") or not (before or after):
        return describe(change)
    dates = f"{before} → {after}" if before and after else after or f"was {before}"
    return f"{describe(change, exact_days=exact_days)}, {dates}"


def _stage(stage: str | None) -> str:
    return (stage or "").replace("on-hold", "on hold")


def _to_the_minute(when: ReleaseDate, style: str) -> str:
    at = when.instant
    return (
        f"{wording.format_date(when, style)}, {at:%H:%M} UTC"
        if at
        else wording.format_date(when, style)
    )

"""What to watch before a release, as the JSON contract has it: days for ids of releases."""

from datetime import date
from typing import Any

from countdown.core.marathon_wording import Marathon


def record(marathon: Marathon) -> dict[str, Any]:
    """*marathon* without the releases themselves."""
    plan = marathon.plan
    per_day = {"min": plan.min_a_day, "max": plan.max_a_day}
    return {
        "before": marathon.target.release.id,
        "franchises": marathon.franchises,
        "last_day": _iso(marathon.last),
        "needed_start": _iso(plan.needed),
        "late": plan.is_late,
        "per_day": per_day if plan.max_a_day else None,
        "watch": [
            {"id": entry.release.id, "day": _iso(day)}
            for entry, day in zip(marathon.entries, marathon.days, strict=True)
        ],
        "unfinished": [release.id for release in marathon.unfinished],
        "missing": [part.names[0] for part in marathon.missing],
        "unknown_id": None if marathon.is_hidden or not marathon.unknown else marathon.unknown[0],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

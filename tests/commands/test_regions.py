"""The date that counts for a fan, the same in list, next, show, prompt, JSON and remind."""

import json
from datetime import date

import pytest

from tests.cli.conftest import World

TODAY = date(2026, 11, 22)
MARKS = {"": "", "PT": "", "unstated": " place?", "BR": " BR", "JP": " JP"}
LABELS = {"unstated": "a place not stated", "BR": "Brazil", "JP": "Japan"}


def row(day: int, market: str = "", type: str = "") -> str:
    """A row of `dates` in December; an empty *market* is the whole world."""
    place = 'place = "unstated"' if market == "unstated" else f'region = "{market}"'
    lines = [place] if market else []
    lines += [f'type = "{type}"'] if type else []
    return "\n".join(["[[release.dates]]", f"date = 2026-12-{day}", *lines, ""])


@pytest.mark.parametrize(
    ("rows", "day", "market"),
    [
        # own region, then the whole world, the first country, no stated place, then the earliest
        ([row(24, "PT"), row(22), row(21, "BR")], 24, "PT"),
        ([row(24), row(22, "BR"), row(21, "US")], 24, ""),
        ([row(24, "BR"), row(22, "US"), row(21, "unstated")], 24, "BR"),
        ([row(24, "unstated"), row(22, "US")], 24, "unstated"),
        ([row(24, "US"), row(22, "JP")], 22, "JP"),
        # the type comes before the region, and a premiere is no release
        ([row(24, "", "tv"), row(22, "PT", "digital")], 24, ""),
        ([row(24, "JP", "tv"), row(22, "BR", "digital")], 24, "JP"),
        ([row(24, "BR"), row(22, "PT", "premiere")], 24, "BR"),
    ],
)
def test_every_command_counts_to_the_same_date(
    world: World, monkeypatch: pytest.MonkeyPatch, rows: list[str], day: int, market: str
) -> None:
    """The fan lives in Portugal, the film is Brazilian; a date of another place is labelled."""
    monkeypatch.setenv("COUNTDOWN_REGION", "PT")
    head = 'id = "central"\ntitle = "Central"\nkind = "film"\ncountry = ["BR", "US"]\n'
    world.says(head + "".join(rows))
    on, is_elsewhere = date(2026, 12, day), market in LABELS
    left = (on - TODAY).days
    for command in (["list"], ["next"], ["show", "central"]):
        (release,) = json.loads(world(*command, "--json").out)["releases"]
        counted = release["date"]
        assert [counted["earliest"], counted["latest"]] == [on.isoformat()] * 2
        place = counted["region"] or counted["place"] or ""
        assert (place, counted["fallback"]) == (market, is_elsewhere)
        assert release["days"] == {"min": left, "max": left}
    shown = f"{day} Dec 2026{MARKS[market]}"
    assert shown in world("list", "--format", "plain").out.split("\t")
    assert world("prompt", "--format", "{date}").out == f"{shown}\n"
    card = world("show", "central", "--format", "table").out
    assert f"{day} December 2026" in card
    assert ("date for" in card) == is_elsewhere
    assert LABELS.get(market, "") in card
    (reminder,) = json.loads(world("remind", "--milestones", f"{left}", "--json").out)["reminders"]
    assert reminder["day"] == on.isoformat()
    ending = {"unstated": " (place not stated)"}.get(market, "")
    where = f" in {market}" if is_elsewhere and not ending else ""
    assert reminder["text"] == f"Central comes out{where} in {left} days, on {day} Dec 2026{ending}"

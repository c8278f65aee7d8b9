"""A catalogue that is refreshed: what it's compared with, held back for, and counted."""

import hashlib
from pathlib import Path

import pytest

from countdown.config.source_settings import SourceSetting
from countdown.core.source_result import SourceResult
from countdown.net.answers import Answer, Failure, NotModified, Reply
from countdown.net.client import Request
from countdown.refresh import state
from tests.refresh.test_run import CATALOGUE, Refreshes, catalogue
from tests.replay import Replay

MOVED = CATALOGUE._replace(url="https://example.net/other.toml")


class Host(Replay):
    """A server that has a catalogue at each address, and knows which answers a client has."""

    def __init__(self, **bodies: bytes) -> None:
        super().__init__()
        self.bodies = bodies
        self.number = 1

    def fetch(self, request: Request) -> Reply:
        """304 if its ETag is that of the answer: they are numbered, alike at all addresses."""
        self.asked.append(request.url)
        body = self.bodies.get(request.url.split("/")[2].split(".")[1])
        if body is None:
            return Failure("offline", "It can't be reached.")
        etag = f'"{self.number}"'
        if request.etag == etag:
            return NotModified(request.url, request.etag)
        return Answer(request.url, body, etag=etag)


def others(count: int) -> bytes:
    """A catalogue of so many films that no other has."""
    return catalogue(count).replace(b'id = "f', b'id = "g')


@pytest.fixture
def host() -> Host:
    """A catalogue of ten films at the first address, and one of two others at the second."""
    return Host(org=catalogue(10), net=others(2))


@pytest.fixture
def refreshes(tmp_path: Path, host: Host) -> Refreshes:
    """Refreshes from that host."""
    return Refreshes(tmp_path / "state", host)


def layer_file(refreshes: Refreshes) -> Path:
    """The layer in use."""
    return refreshes.folder / "sources" / "mine.toml"


def test_catalogue_at_another_address_is_another_one(refreshes: Refreshes) -> None:
    """What is known of the old one is no validator, and what it had isn't lost."""
    refreshes([], CATALOGUE)
    refreshes.later(minutes=5)
    result = refreshes([], MOVED, only_due=True)
    assert (result.outcome, result.read) == ("read", 2)
    assert len(refreshes.layer("mine")) == 2
    refreshes.later(days=1)
    assert refreshes([], MOVED).outcome == "unchanged"


def test_new_address_that_fails_is_tried_later(refreshes: Refreshes, host: Host) -> None:
    """What the old one said stays until then, and its mirrors aren't the new one's."""
    host.bodies["org"] = host.bodies["org"].replace(
        b"format = 1", b'format = 2\nserial = 5\nmirrors = ["https://example.org/m.toml"]'
    )
    refreshes([], CATALOGUE)
    moved = host.bodies.pop("net")
    assert refreshes([], MOVED).outcome == "failed"
    assert refreshes.replay.asked == [MOVED.url]
    assert refreshes([], MOVED, only_due=True).outcome == "skipped"
    assert len(refreshes.layer("mine")) == 10
    host.bodies["net"] = moved.replace(b"format = 1", b"format = 1\nserial = 1")
    refreshes.later(hours=2)
    assert refreshes([], MOVED, only_due=True).outcome == "read"
    assert len(refreshes.layer("mine")) == 2


@pytest.mark.parametrize("change", ["deleted", "damaged", "edited"])
def test_layer_that_was_touched_is_read_again(change: str, refreshes: Refreshes) -> None:
    """Its source has no other answer, but what is there isn't it."""
    refreshes([], CATALOGUE)
    path = layer_file(refreshes)
    before = refreshes.layer("mine")
    if change == "deleted":
        path.unlink()
    else:
        text = path.read_text("utf-8").replace('"Film 1"', '"Film X"')
        path.write_text("x = [" if change == "damaged" else text, "utf-8")
    refreshes.later(days=1)
    assert refreshes([], CATALOGUE).read == 10
    assert refreshes.layer("mine") == before


def test_state_of_an_older_version_is_read_on(refreshes: Refreshes, host: Host) -> None:
    """It knew the hash of the answer alone: the catalogue is read once more, and still guarded."""
    refreshes([], CATALOGUE)
    with state.open_state(str(refreshes.folder)) as opened:
        known = opened.sources()["mine"]
        sha256 = hashlib.sha256(host.bodies["org"]).hexdigest()
        opened.save_source("mine", known._replace(sha256=sha256))
    refreshes.later(days=1)
    host.bodies["org"] = catalogue(3)
    assert refreshes([], CATALOGUE).outcome == "held back"
    host.bodies["org"] = catalogue(10)
    assert refreshes([], CATALOGUE, is_forced=True).read == 10


def test_file_that_is_named_otherwise_is_another_catalogue(
    refreshes: Refreshes, tmp_path: Path
) -> None:
    """So is one that was at an address before."""
    refreshes([], CATALOGUE)
    file = tmp_path / "other.toml"
    file.write_bytes(others(1))
    result = refreshes([], SourceSetting("mine", "catalogue", file=str(file)))
    assert (result.outcome, result.read) == ("read", 1)


def counts(result: SourceResult) -> tuple[str, int, int, int]:
    """What became of a source, and what was read, changed and kept."""
    return result.outcome, result.read, result.changed, result.kept


def test_only_what_changed_is_counted(refreshes: Refreshes, host: Host) -> None:
    """By release: what was added, altered or left out."""
    assert counts(refreshes([], CATALOGUE)) == ("read", 10, 10, 0)
    refreshes.later(days=1)
    assert counts(refreshes([], CATALOGUE)) == ("unchanged", 0, 0, 10)
    host.number = 2
    for body, expected in (
        (catalogue(10).replace(b'"Film 3"', b'"Film Three"'), ("read", 10, 1, 0)),
        (catalogue(10) + b"# Checked\n", ("read", 10, 1, 0)),
        (catalogue(10) + b"# Checked again\n", ("unchanged", 10, 0, 0)),
        (catalogue(9), ("read", 9, 1, 0)),
        (catalogue(11), ("read", 11, 2, 0)),
        (catalogue(2), ("held back", 2, 0, 11)),
    ):
        refreshes.later(days=1)
        host.bodies["org"] = body
        if expected[0] != "held back":
            assert counts(refreshes([], CATALOGUE, is_dry=True)) == expected
        assert counts(refreshes([], CATALOGUE)) == expected
        host.number += 1


def test_what_is_held_back_is_told_until_it_is_over(refreshes: Refreshes, host: Host) -> None:
    """It's asked for again; if it isn't due, that something is held back is said anyway."""
    refreshes([], CATALOGUE)
    host.bodies["org"], host.number = catalogue(2), 2
    why = "It has lost 8 of 10 releases."
    refreshes.later(days=1)
    assert counts(refreshes([], CATALOGUE)) == ("held back", 2, 0, 10)
    result = refreshes([], CATALOGUE)
    assert (result.outcome, result.why, len(host.asked)) == ("held back", why, 1)
    result = refreshes([], CATALOGUE, only_due=True)
    assert (result.outcome, result.why, len(host.asked)) == ("held back", why, 0)
    host.bodies["org"], host.number = catalogue(10), 1
    assert refreshes([], CATALOGUE).outcome == "unchanged"
    assert refreshes([], CATALOGUE, only_due=True).outcome == "skipped"


def test_catalogue_that_lost_everything_is_held_back(refreshes: Refreshes, host: Host) -> None:
    """In words that are right for one release, too."""
    for count, why in ((1, "It has lost its only release."), (3, "It has lost all 3 releases.")):
        host.bodies["org"] = catalogue(count)
        assert refreshes([], CATALOGUE, is_forced=True).outcome == "read"
        host.bodies["org"] = others(5)
        result = refreshes([], CATALOGUE, is_forced=True)
        assert (result.outcome, result.why) == ("held back", why)
        refreshes.later(days=1)


def test_expired_catalogue_is_not_read(refreshes: Refreshes, host: Host) -> None:
    """The last one stays, as a mirror may have a newer one, and later its address again."""
    refreshes([], CATALOGUE)
    for day, outcome, why in (
        ("2020-01-01", "failed", "It expired on 1 Jan 2020."),
        ("2026-11-24", "failed", "It expired on 24 Nov 2026."),
        ("2026-11-25", "unchanged", ""),
    ):
        host.bodies["org"] = catalogue(10).replace(b"= 1", f"= 1\nexpires = {day}".encode(), 1)
        result = refreshes([], CATALOGUE, is_forced=True)
        assert (result.outcome, result.why) == (outcome, why)
        assert len(refreshes.layer("mine")) == 10

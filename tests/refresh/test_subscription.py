"""A catalogue that is refreshed: what it's compared with, held back for, and counted."""

import hashlib
from pathlib import Path

import pytest

from countdown.config.source_settings import SourceSetting
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

    def fetch(self, request: Request) -> Reply:
        """304 if its ETag is the answer's, whatever the address: these are numbered alike."""
        self.asked.append(request.url)
        body = self.bodies.get(request.url.split("/")[2].split(".")[1])
        if body is None:
            return Failure("offline", "It can't be reached.")
        if request.etag == '"1"':
            return NotModified(request.url, request.etag)
        return Answer(request.url, body, etag='"1"')


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

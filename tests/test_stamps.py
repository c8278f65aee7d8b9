"""Stamps tell one state of a file from another, and a missing file from one out of reach."""

import os
import sys
from pathlib import Path

import pytest

from countdown import stamps
from countdown.stamps import link_stamp


def test_stamp_has_size_time_and_inode(tmp_path: Path) -> None:
    """Missing is what can't be there, too."""
    file = tmp_path / "file"
    file.write_bytes(b"text")
    os.utime(file, ns=(0, 1_234_567_890))
    for stamp in (stamps.stamp, stamps.stamp_or_missing):
        assert stamp(str(file)) == (4, 1_234_567_890, str(file.stat().st_ino))
        for missing in (tmp_path / "other", file / "below", "nul\0"):
            assert stamp(str(missing)) is None


def test_file_that_can_not_be_seen_is_not_known_to_be_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The caller decides which of these matters."""

    def hidden(path: str) -> None:
        raise PermissionError(path)

    monkeypatch.setattr(os, "stat", hidden)
    assert stamps.stamp("file") is None
    with pytest.raises(PermissionError):
        stamps.stamp_or_missing("file")


def test_hash_of_a_content_is_that_of_any_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """Snapshots are named after it, also by a Python that hides where it has it from."""
    expected = "4add0eb1e99bd54b961408d8b0125784"
    assert stamps.content_hash(b"format = 1\n") == expected
    monkeypatch.setitem(sys.modules, "_blake2", None)
    assert stamps.content_hash(b"format = 1\n") == expected


def test_stamp_of_a_link_is_its_own(tmp_path: Path) -> None:
    """Not that of the file to which it leads; without one, or with a name that can't be, None."""
    (tmp_path / "file").write_bytes(b"facts")
    (tmp_path / "link").symlink_to("file")
    found = link_stamp(str(tmp_path / "link"))
    assert found is not None
    assert found != stamps.stamp(str(tmp_path / "file"))
    assert link_stamp(str(tmp_path / "file")) == stamps.stamp(str(tmp_path / "file"))
    assert link_stamp(str(tmp_path / "missing")) is None
    assert link_stamp(b"a\0b") is None

"""All output is written to stdout and stderr, whatever they are."""

import io
import os
import select
import sys
from errno import EBADF, EIO
from pathlib import Path
from typing import Any

import pytest

from countdown import errors, streams


class Failing(io.StringIO):
    """A stream without room."""

    def write(self, text: str) -> int:
        """Fail."""
        raise OSError(EIO, "the cable is loose")


def test_stream_in_memory_gets_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """As set by programs that run this one."""
    out, err = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    streams.write("Amélie\n")
    streams.write_errors("a", "b")
    streams.write_errors()
    assert (out.getvalue(), err.getvalue()) == ("Amélie\n", "a\nb\n")


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_bytes_are_those_of_the_streams_encoding(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stderr escapes other characters; stdout can have another encoding."""
    out, err = io.BytesIO(), io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding))
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding))
    sys.stdout.write("before ")
    streams.write("Amélie\udcff")
    streams.write("é", encoding="cp437")
    streams.write_errors("é → \udcff")
    assert out.getvalue() == b"before " + "Amélie".encode(encoding) + b"\xff\x82"
    arrow = "→" if encoding == "utf-8" else "\\u2192"
    assert err.getvalue() == f"é {arrow} \\udcff\n".encode(encoding)


def test_lines_end_as_on_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """The text layer would do that, but it is bypassed."""
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, "utf-8"))
    monkeypatch.setattr(os, "linesep", "\r\n")
    streams.write("a\nb\n")
    assert out.getvalue() == b"a\r\nb\r\n"


def test_short_writes_are_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After earlier output."""
    real = os.write
    monkeypatch.setattr(os, "write", lambda number, data: real(number, data[:3]))
    with (tmp_path / "file").open("w") as file:
        monkeypatch.setattr(sys, "stdout", file)
        print("before", end=" ")
        streams.write("all of it\n")
        monkeypatch.undo()
    assert (tmp_path / "file").read_text() == "before all of it\n"


def test_pipe_that_does_not_block_gets_more_than_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read only while the program waits for it, so the program has to wait."""
    ours, end = os.pipe()
    os.set_blocking(end, False)
    text, wait, parts = "0123456789" * 50_000, select.select, list[bytes]()

    def read_and_wait(*streams: Any) -> object:
        parts.append(os.read(ours, len(text)))
        return wait(*streams)

    monkeypatch.setattr(select, "select", read_and_wait)
    with os.fdopen(ours, "rb") as reader:
        with os.fdopen(end, "w") as out:
            monkeypatch.setattr(sys, "stdout", out)
            streams.write(text)
        monkeypatch.undo()
        parts.append(reader.read())
    assert len(parts) > 1
    assert b"".join(parts).decode() == text


def test_full_stdout_is_reported_on_stderr(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the reason, also if it is closed; no output always fits."""
    for stream, number, reason in (
        (Failing(), EIO, "the cable is loose"),
        (None, EBADF, os.strerror(EBADF)),
    ):
        monkeypatch.setattr(sys, "stdout", stream)
        streams.write("")
        with pytest.raises(streams.OutputError) as caught:
            streams.write("a")
        assert caught.value.reason.errno == number
        assert streams.report(caught.value) == errors.NOTHING_FOUND
        monkeypatch.undo()
        assert capsys.readouterr().err == f"Can't write the answer: {reason}.\n"


def test_closed_pipe_has_no_message(capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is that after SIGPIPE."""
    assert streams.report(streams.OutputError(BrokenPipeError())) == 141
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("stream", [None, Failing()], ids=["closed", "full"])
def test_full_stderr_is_no_error(
    stream: io.StringIO | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is nowhere to report it."""
    monkeypatch.setattr(sys, "stderr", stream)
    streams.write_errors("a")
    monkeypatch.setattr(sys, "stdout", None)
    streams.flush_or_discard()


def test_output_without_room_is_discarded_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python would fail at its end; the rest is written."""
    ours, end = os.pipe()
    os.close(ours)
    free = os.dup(0)
    os.close(free)
    err = io.BytesIO()
    with os.fdopen(end, "w") as out:
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(err, "utf-8"))
        print("a")
        print("b", file=sys.stderr)
        streams.flush_or_discard()
    assert err.getvalue() == b"b\n"
    assert os.dup(0) == free
    os.close(free)

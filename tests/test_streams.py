"""What is written to stdout and stderr, whatever these are."""

import io
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from errno import EBADF, EIO
from pathlib import Path

import pytest

from countdown import errors, streams


class Failing(io.StringIO):
    """A stream without room."""

    def write(self, text: str) -> int:
        """Fail."""
        raise OSError(EIO, "the cable is loose")


def test_text_alone_is_taken_by_a_stream_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """As programs have it that run this one."""
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
    """What stderr lacks is written as an escape; stdout can have an encoding of its own."""
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


def test_lines_end_as_the_system_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The text layer does that where it is not gone round."""
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, "utf-8"))
    monkeypatch.setattr(os, "linesep", "\r\n")
    streams.write("a\nb\n")
    assert out.getvalue() == b"a\r\nb\r\n"


def test_what_a_descriptor_does_not_take_at_once_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind what was written before."""
    real = os.write
    monkeypatch.setattr(os, "write", lambda number, data: real(number, data[:3]))
    with (tmp_path / "file").open("w") as file:
        monkeypatch.setattr(sys, "stdout", file)
        print("before", end=" ")
        streams.write("all of it\n")
        monkeypatch.undo()
    assert (tmp_path / "file").read_text() == "before all of it\n"


def test_pipe_that_does_not_block_gets_more_than_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """As fast as somebody reads it."""
    ours, end = os.pipe()
    os.set_blocking(end, False)
    text = "0123456789" * 50_000
    with os.fdopen(ours) as reader, ThreadPoolExecutor(1) as pool:
        result = pool.submit(reader.read)
        with os.fdopen(end, "w") as out:
            monkeypatch.setattr(sys, "stdout", out)
            streams.write(text)
        assert result.result() == text


def test_stdout_without_room_is_told_on_stderr(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the reason; one that is closed has the same as any closed file. Nothing always fits."""
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
        assert capsys.readouterr().err == f"the answer can't be written: {reason}\n"


def test_pipe_that_nobody_reads_is_no_news(capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is that of a program that a signal ended."""
    assert streams.report(streams.OutputError(BrokenPipeError())) == 141
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("stream", [None, Failing()], ids=["closed", "full"])
def test_where_stderr_takes_nothing_nobody_is_told(
    stream: io.StringIO | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is no error of its own."""
    monkeypatch.setattr(sys, "stderr", stream)
    streams.write_errors("a")
    monkeypatch.setattr(sys, "stdout", None)
    streams.flush_or_discard()


def test_what_has_no_room_in_the_end_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python would fail at it when it ends; what has room is written."""
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

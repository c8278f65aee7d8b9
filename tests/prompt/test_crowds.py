"""Many shells at once, one that is killed, and the modes of the files that they leave."""

import os
import random
import re
import stat
import subprocess
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from countdown.cache import write
from tests.programs import needs
from tests.prompt.conftest import Catalogue, Opening, Program, cache_files, each, placed
from tests.thorough import sample

SHELLS_AT_ONCE = sample(5, of=200)
KILLED = sample(4, of=40)  # times in each shell, each up to so many seconds after the start:
LATEST = 0.12
KEPT = re.compile(r"index-\w+\.sqlite|prompt-\w+\.\d+|prompt\.lock")
DRAFT = re.compile(r"(index-\w+\.sqlite|prompt-\w+\.\d+)[.-].+")


def left(cache: Path) -> list[str]:
    """The names of unexpected files in the folder *cache*."""
    return [path.name for path in cache.iterdir() if not KEPT.fullmatch(path.name)]


@needs("bash")
def test_many_shells_at_once_agree(
    tmp_path: Path, program: Program, user_catalogue: Catalogue, cache: Path
) -> None:
    """With an empty cache, each shows the right answer or nothing, and the next one the answer."""
    script = tmp_path / "init.bash"
    script.write_bytes(program.run("init", "bash"))
    words = ["bash", "-c", f'. {script}; _countdown_hook; printf "<%s>" "$COUNTDOWN_PROMPT"']
    crowd = [
        subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(SHELLS_AT_ONCE)
    ]
    shown = {shell.communicate(timeout=60)[0] for shell in crowd}
    assert shown <= {b"<Thor 3d>", b"<>"}
    assert b"<Thor 3d>" in shown
    assert left(cache) == []
    assert len(cache_files(cache)) <= 4  # An old one that came late stays until the next sweeping.
    assert len(list(cache.glob("index-*"))) == 1
    program.log.write_text("")
    assert subprocess.run(words, capture_output=True, check=True).stdout == b"<Thor 3d>"
    assert program.calls <= 1


@each()
def test_killed_refresh_leaves_nothing_broken(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue, cache: Path
) -> None:
    """At any point, its files are complete or drafts."""
    moments = random.Random(shell)
    for number in range(KILLED):
        day = str(date(2009, 1, 1) + timedelta(number))
        process = subprocess.Popen(
            [program.path, "prompt", "--cache-file"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "COUNTDOWN_TODAY": day},
        )
        time.sleep(moments.uniform(0, LATEST))
        process.kill()
        process.wait()
        if number % 3 == 0:
            user_catalogue.path.touch()  # Then the index is to be made anew.
    opened = terminal(shell, program.init(shell))
    assert placed(shell, "Thor 3d", opened.run())
    assert [name for name in left(cache) if not DRAFT.fullmatch(name)] == []


def test_cache_file_and_index_are_the_users_alone(
    program: Program, user_catalogue: Catalogue, cache: Path
) -> None:
    """Whatever the umask."""
    umask = os.umask(0)
    try:
        program.run("prompt", "--cache-file")
    finally:
        os.umask(umask)
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    names = {path.name.partition("-")[0]: path for path in cache.iterdir()}
    assert names.keys() == {"prompt", "index", "prompt.lock"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in cache.iterdir()} == {0o600}


@pytest.mark.parametrize("target", ["victim", "missing"])
def test_link_in_place_of_a_draft_is_not_followed(target: str, tmp_path: Path, cache: Path) -> None:
    """Its name can be guessed."""
    (tmp_path / "victim").write_text("precious")
    cache.mkdir(parents=True, mode=0o700)
    made = time.time_ns()
    path = write(str(cache), "prompt", "()", "Thor 3d", made=made, until=made, watched=[])
    assert path
    os.unlink(path)
    os.symlink(tmp_path / target, f"{path}.{os.getpid()}")
    again = write(str(cache), "prompt", "()", "Thor 3d", made=made, until=made, watched=[])
    assert again is None
    assert (tmp_path / "victim").read_text() == "precious"
    assert not (tmp_path / "missing").exists()


def test_link_in_place_of_a_cache_file_is_replaced_itself(tmp_path: Path, cache: Path) -> None:
    """Its target stays as it is."""
    (tmp_path / "victim").write_text("precious")
    cache.mkdir(parents=True, mode=0o700)
    made = time.time_ns()
    path = write(str(cache), "prompt", "()", "Thor 3d", made=made, until=made, watched=[])
    assert path
    os.unlink(path)
    os.symlink(tmp_path / "victim", path)
    write(str(cache), "prompt", "()", "Thor 3d", made=made, until=made, watched=[])
    assert not Path(path).is_symlink()
    assert (tmp_path / "victim").read_text() == "precious"

"""`countdown card`: what is drawn, where, and what may not be passed on."""

import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.cli import living
from tests.cli.conftest import Countdown, Ran
from tests.cli.living import TMDB, TVMAZE
from tests.cli.shelf import Shelf

Catalogue = Callable[[str], Countdown]
TWO = """
[[release]]
id = "blade"
title = "Blade"
kind = "film"
date = 2026-12-18
[[release]]
id = "blade-2"
title = "Blade Two"
kind = "film"
stage = "filming"
"""


def shown(ran: Ran) -> str:
    """The card that was written to stdout."""
    assert ran.code == 0, ran.err
    return ran.out


def size(path: Path) -> tuple[int, int]:
    """The width and height of the picture *path*."""
    return Image.open(BytesIO(path.read_bytes())).size


def test_card_is_written_into_files(catalogue: Catalogue, tmp_path: Path) -> None:
    """One or both, and each is named."""
    run = catalogue(TWO)
    svg, png = tmp_path / "card.svg", tmp_path / "card.png"
    ran = run("card", "blade", "two", "--svg", str(svg), "--png", str(png))
    assert ran == Ran(0, f"Drew Blade Two into {svg}\nDrew Blade Two into {png}\n", "")
    assert "No date yet · filming" in svg.read_text("utf-8")
    assert size(png) == (1200, 630)
    again = tmp_path / "again.png"
    assert run("card", "blade-2", "--png", str(again)).out == f"Drew Blade Two into {again}\n"
    assert again.read_bytes() == png.read_bytes()


def test_card_on_stdout_is_alone_there(catalogue: Catalogue, tmp_path: Path) -> None:
    """Also if there is a file, too."""
    run = catalogue(TWO)
    out = shown(run("card", "blade", "--svg", "-"))
    assert out.startswith("<svg ")
    assert "18 December 2026" in out
    assert "26 days to go, as of 22 Nov 2026" in out
    path = tmp_path / "card.png"
    assert run("card", "blade", "--svg", "-", "--png", str(path)) == Ran(0, out, "")
    assert path.exists()


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("blade",), 2, "Name the file to draw into: --svg FILE or --png FILE.\n"),
        (
            ("blade", "--png", "-"),
            2,
            "--png: A picture in pixels can't go to stdout. Name a file.\n",
        ),
        (("nothing", "--svg", "-"), 1, '"nothing" isn\'t in the catalogue (2 titles).\n'),
    ],
)
def test_mistake_is_told(
    words: tuple[str, ...], code: int, told: str, catalogue: Catalogue
) -> None:
    """In one sentence."""
    assert catalogue(TWO)("card", *words) == Ran(code, "", told)


def test_several_releases_are_listed(catalogue: Catalogue, tmp_path: Path) -> None:
    """As `why` does it; but no file was written, and scripts must notice."""
    path = tmp_path / "card.svg"
    ran = catalogue(TWO)("card", "bla", "--svg", str(path))
    assert ran.titles == ["Blade", "Blade Two"]
    assert (ran.code, ran.err) == (1, "Nothing was drawn: a card has one release.\n")
    assert not path.exists()


def test_release_of_the_same_title_is_another(catalogue: Catalogue) -> None:
    """An id names one of them."""
    run = catalogue(f"{TWO}date = 2026-12-01\n".replace("Blade Two", "Blade"))
    assert "18 December 2026" in shown(run("card", "blade", "--svg", "-"))
    assert "1 December 2026" in shown(run("card", "blade-2", "--svg", "-"))


def test_region_and_day_can_be_others(shipped: Countdown) -> None:
    """As everywhere."""
    out = shown(shipped("card", "avengers doomsday", "--svg", "-", "--region", "BR"))
    assert "17 December 2026" in out
    out = shown(shipped("card", "love and thunder", "--svg", "-", "--as-of", "2022-07-04"))
    assert "as of 4 Jul 2022" in out
    assert "8 July 2022" in out


def test_no_card_without_pillow(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then nothing is written; SVG alone works."""
    monkeypatch.setitem(sys.modules, "PIL", None)
    run = catalogue(TWO)
    svg, png = tmp_path / "card.svg", tmp_path / "card.png"
    ran = run("card", "blade", "--svg", str(svg), "--png", str(png))
    assert (ran.code, ran.out) == (1, "")
    assert "Drawing a PNG needs the library pillow." in ran.err
    assert "pipx inject release-countdown pillow" in ran.err
    assert not svg.exists()
    assert run("card", "blade", "--svg", str(svg)).code == 0


def test_letters_without_a_font_are_named(catalogue: Catalogue, tmp_path: Path) -> None:
    """The file is there all the same."""
    path = tmp_path / "card.png"
    letter = "\U0001e8c4"  # Mende Kikakui: hardly any font has it.
    run = catalogue(TWO.replace("Blade Two", f"Two {letter}"))
    ran = run("card", "blade-2", "--png", str(path))
    assert ran.code == 0
    assert ran.err in (
        "",
        f"No font here has {letter}: boxes stand for them. Install one, or use --svg.\n",
    )
    assert size(path) == (1200, 630)


# ---- What may not be passed on ----

DUNE = {"id": "tmdb-1", "title": "Dune", "kind": "film", "ids": {"tmdb": 1170608}}
EARLIER = {**DUNE, "dates": [{"date": "2026-12-11", "region": "US", "type": "theatrical"}]}
ONLY_TMDB = {"id": "tmdb-2", "title": "Secret", "kind": "film", "dates": [{"date": "2027-02-03"}]}


def test_facts_of_tmdb_stay_here(shelf: Shelf) -> None:
    """The next best ones count; what only TMDB knows has no card."""
    living.put("tmdb", TMDB, EARLIER, ONLY_TMDB)
    ran = shelf.ran("card", "dune part three", "--svg", "-", "--region", "FR")
    assert "18 December 2026" in ran.out
    assert ran.err == "Left out: what TMDB says about 1 release; its terms don't allow that.\n"
    err = shelf.refused("card", "secret", "--svg", "-", code=1)
    assert err.endswith("Nothing else is known about Secret, so nothing was drawn.\n")
    assert err.startswith("Left out: what TMDB says about 1 release")


def test_credits_are_on_the_card(shelf: Shelf) -> None:
    """Those of the facts that are used."""
    living.put("tvmaze", TVMAZE, {**EARLIER, "id": "tvmaze-1"})
    assert "Data from TVmaze.com" in shelf.ran("card", "dune part three", "--svg", "-").out


def test_own_entries_stay_here(mine: Shelf) -> None:
    """Unless they are asked for."""
    err = mine.refused("card", "cousin's short", "--svg", "-", code=1)
    assert "Left out: your own entries for 1 release. To add them: --mine" in err
    assert "Q4 2027" in mine.ran("card", "cousin's short", "--svg", "-", "--mine").out

"""Keep the catalogue that ships now, once it has landed: python keep.py DAY.

tests/test_shipped_catalogues.py tries what users wrote over each of these. A file that is there
already is never written again.
"""

import lzma
import sys
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
PRESENT: Final = HERE.parents[2] / "data" / "releases.toml"


if __name__ == "__main__":
    (day,) = sys.argv[1:]
    with (HERE / f"{day}.toml.xz").open("xb") as file:
        file.write(lzma.compress(PRESENT.read_bytes(), preset=9 | lzma.PRESET_EXTREME))

"""Write src/countdown/core/region_names.py from CLDR. Needs Babel, as the program never does.

`--check` only compares. Of each region it takes the English name and the names in its official
languages.
"""

import sys
from textwrap import fill
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages
from generated import ROOT, write_or_check

from countdown.core.regions import REGIONS
from countdown.core.text import find_hostile, fold

FILE: Final = ROOT / "src" / "countdown" / "core" / "region_names.py"
# Names that CLDR lacks or has as variants. Where a name could be two regions, it is neither's.
COMMON: Final = {
    "AE": ("UAE", "Emirates"),
    "BA": ("Bosnia",),
    "CD": ("DR Congo", "Democratic Republic of the Congo"),
    "CG": ("Republic of the Congo",),
    "CI": ("Ivory Coast",),
    "CN": ("PR China", "Mainland China"),
    "CZ": ("Czech Republic",),
    "GB": ("UK", "Great Britain", "Britain", "England", "Scotland", "Wales", "Northern Ireland"),
    "HK": ("Hong Kong",),
    "KP": ("DPRK",),
    "KR": ("Republic of Korea",),
    "MK": ("Macedonia",),
    "MM": ("Burma",),
    "MO": ("Macau",),
    "NL": ("Holland", "The Netherlands"),
    "PS": ("Palestine",),
    "RU": ("Russian Federation",),
    "SZ": ("Swaziland",),
    "TL": ("East Timor",),
    "TR": ("Turkey",),
    "US": ("US", "USA", "United States of America", "America", "The States"),
    "VA": ("Vatican", "Holy See"),
}
HEAD: Final = '''\
"""Names of regions, in English and in their own languages, for what people type.

scripts/region_names.py writes this from CLDR. It is imported for a name alone, never for a code.
"""

from typing import Final

# A code, then its names: English first. What is indented goes on with the line before.
NAMES: Final = """
'''


def names_of(code: str) -> list[str]:
    """The names of the region *code*, English first, each spelling once."""
    names = [Locale("en").territories[code]]
    for language in get_official_languages(code, regional=True, de_facto=True):
        try:
            name = Locale.parse(language).territories.get(code)
        except (UnknownLocaleError, ValueError):
            continue
        names += [name] if name else []
    names += COMMON.get(code, ())
    names = [name.replace("’", "'") for name in names if not find_hostile(name)]
    spellings: dict[str, str] = {}
    for name in names:
        spellings.setdefault(fold(name), name)
    return list(spellings.values())


def main() -> int:
    """Write the module, or compare it."""
    rows = (f"{code}; {'; '.join(names_of(code))}" for code in sorted(REGIONS))
    lines = (fill(row, 96, subsequent_indent="  ", break_long_words=False) for row in rows)
    files = {FILE: HEAD + "\n".join(lines) + '\n"""\n'}
    return write_or_check(files, check=sys.argv[1:] == ["--check"], script="region_names.py")


if __name__ == "__main__":
    sys.exit(main())

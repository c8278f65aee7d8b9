"""Write src/countdown/core/date_tables from CLDR. Needs Babel, as the program itself never does.

A module a language: names of months and weekdays, and the order of what a date is made of. CLDR has
no words for seasons and for parts of a year, so these are written here. `--check` only compares.
"""

import re
import sys
from concurrent.futures import ProcessPoolExecutor
from importlib.resources import files
from multiprocessing import get_context
from typing import Final

from babel import Locale
from babel.core import get_global
from generated import ROOT, write_or_check

from countdown.core.day_style import LANGUAGES
from countdown.core.text import find_hostile

FOLDER: Final = ROOT / "src" / "countdown" / "core" / "date_tables"
# Names of CLDR for those that a POSIX locale names otherwise.
CLDR_NAMES: Final = {"zh_TW": "zh_Hant_TW", "zh_HK": "zh_Hant_HK"}
# Language → spring, summer, autumn, winter; the beginning, middle and end of a year; its halves.
# Of a variant like pt_PT they are those of the language.
PARTS_OF_YEAR: Final = {
    "cs": "jaro #;léto #;podzim #;zima #;začátek roku #;polovina roku #;konec roku #;"
    "1. pololetí #;2. pololetí #",
    "da": "foråret #;sommeren #;efteråret #;vinteren #;begyndelsen af #;midten af #;"
    "slutningen af #;1. halvår #;2. halvår #",
    "de": "Frühling #;Sommer #;Herbst #;Winter #;Anfang #;Mitte #;Ende #;"
    "1. Halbjahr #;2. Halbjahr #",
    "el": "άνοιξη #;καλοκαίρι #;φθινόπωρο #;χειμώνας #;αρχές #;μέσα #;τέλη #;"
    "1ο εξάμηνο #;2ο εξάμηνο #",
    "es": "primavera de #;verano de #;otoño de #;invierno de #;principios de #;mediados de #;"
    "finales de #;1.er semestre de #;2.º semestre de #",
    "fi": "kevät #;kesä #;syksy #;talvi #;alkuvuosi #;vuoden # puoliväli;loppuvuosi #;"
    "1. vuosipuolisko #;2. vuosipuolisko #",
    "fr": "printemps #;été #;automne #;hiver #;début #;mi-#;fin #;1er semestre #;2e semestre #",
    "hu": "# tavasza;# nyara;# ősze;# tele;# eleje;# közepe;# vége;#. 1. félév;#. 2. félév",
    "it": "primavera #;estate #;autunno #;inverno #;inizio #;metà #;fine #;"
    "1º semestre #;2º semestre #",
    "ja": "#年春;#年夏;#年秋;#年冬;#年初め;#年半ば;#年終わり;#年上半期;#年下半期",
    "ko": "#년 봄;#년 여름;#년 가을;#년 겨울;#년 초;#년 중반;#년 말;#년 상반기;#년 하반기",
    "nb": "våren #;sommeren #;høsten #;vinteren #;begynnelsen av #;midten av #;slutten av #;"
    "1. halvår #;2. halvår #",
    "nl": "lente #;zomer #;herfst #;winter #;begin #;medio #;eind #;1e helft van #;2e helft van #",
    "pl": "wiosna #;lato #;jesień #;zima #;początek #;połowa #;koniec #;I półrocze #;II półrocze #",
    "pt": "primavera de #;verão de #;outono de #;inverno de #;início de #;meados de #;fim de #;"
    "1º semestre de #;2º semestre de #",
    "ro": "primăvara #;vara #;toamna #;iarna #;începutul lui #;mijlocul lui #;sfârșitul lui #;"
    "semestrul I #;semestrul II #",
    "ru": "весна #;лето #;осень #;зима #;начало #;середина #;конец #;"
    "1-е полугодие #;2-е полугодие #",
    "sv": "våren #;sommaren #;hösten #;vintern #;början av #;mitten av #;slutet av #;"
    "första halvåret #;andra halvåret #",
    "tr": "# ilkbaharı;# yazı;# sonbaharı;# kışı;# başı;# ortası;# sonu;# 1. yarıyıl;# 2. yarıyıl",
    "uk": "весна #;літо #;осінь #;зима #;початок #;середина #;кінець #;"
    "1-ше півріччя #;2-ге півріччя #",
    "zh": "#年春季;#年夏季;#年秋季;#年冬季;#年初;#年中;#年底;#年上半年;#年下半年",
}
# The first of a month, where it isn't a mere number: CLDR's patterns have no way to say so.
FIRST_OF_MONTH: Final = {"fr": "1er"}
# CLDR's letters for the parts of a date → the names of these parts in the tables.
FIELDS: Final = {
    "y": "{year}",
    "d": "{day}",
    "dd": "{day:02}",
    "M": "{month}",
    "L": "{month}",
    "MM": "{month:02}",
    "MMM": "{short_month}",
    "MMMM": "{long_month}",
    "LLL": "{own_short_month}",
    "LLLL": "{own_long_month}",
    **dict.fromkeys(("E", "EEE", "ccc"), "{short_weekday}"),
    **dict.fromkeys(("EEEE", "cccc"), "{weekday}"),
    "Q": "{quarter_number}",
    "QQQ": "{short_quarter}",
    "QQQQ": "{quarter}",
}
FORMS: Final = {  # name in the tables → CLDR's skeleton
    "day": "yMMMd",
    "day_without_year": "MMMd",
    "short_day": "MMMEd",
    "short_day_and_year": "yMMMEd",
    "day_of_month": "Ed",
    "month": "yMMM",
    "long_month": "yMMMM",
    "year": "y",
    "short_quarter": "yQQQ",
    "quarter": "yQQQQ",
}
INTERVALS: Final = {  # name in the tables → CLDR's skeleton, and the largest part that differs
    "days_in_month": ("yMMMd", "d"),
    "days_in_year": ("yMMMd", "M"),
    "days_over_years": ("yMMMd", "y"),
    "months_in_year": ("yMMM", "M"),
    "months_over_years": ("yMMM", "y"),
}
SPACES: Final = str.maketrans("\u00a0\u2009\u202f", "   ")
INDEX: Final = '''\
"""Dates in other languages than English, a module a language: names, order, words for windows.

scripts/date_tables.py writes these from the Unicode CLDR, version {version}. LICENSE is the
licence of that data, whose copyright and permission notice it carries.
"""
'''


def template(pattern: str) -> str:
    """CLDR's *pattern* as a template of Python: `{{day}}. {{short_month}} {{year}}`."""
    parts = re.findall(r"'([^']*)'|([A-Za-z])(\2*)|([^A-Za-z']+)", pattern.translate(SPACES))
    text = "".join(
        literal or (FIELDS[letter + more] if letter else other)
        for literal, letter, more, other in parts
    )
    return re.sub(r" ?– ?", "–", text).replace(" ~ ", "~")


def table_of(name: str) -> str:
    """The module of the language *name*.

    Babel mixes up the forms of names that stand alone if it reads two languages in one process.
    """
    locale = Locale.parse(CLDR_NAMES.get(name, name))
    months, days, quarters = locale.months, locale.days["format"], locale.quarters["format"]
    own, of_day = months["stand-alone"], months["format"]
    skeletons = {key: pattern.pattern for key, pattern in locale.datetime_skeletons.items()}
    if "/" in skeletons["yQQQ"]:  # of Japanese: 2027/Q4
        skeletons["yQQQ"] = skeletons["yQQQQ"]
    weekdays = {width: [days[width][day] for day in range(7)] for width in ("wide", "abbreviated")}
    table = {
        "long_months": of_day["wide"].values(),
        "short_months": of_day["abbreviated"].values(),
        "own_long_months": own["wide"].values(),
        "own_short_months": own["abbreviated"].values(),
        "weekdays": weekdays["wide"],
        "short_weekdays": weekdays["abbreviated"],
        "quarters": quarters["wide"].values(),
        "short_quarters": quarters["abbreviated"].values(),
    }
    lines = {key: ";".join(names) for key, names in table.items()}
    for key, skeleton in FORMS.items():
        lines[f"{key}_form"] = template(skeletons[skeleton])
    lines["long_day_form"] = template(locale.date_formats["full"].pattern)
    for key, (skeleton, part) in INTERVALS.items():
        lines[f"{key}_form"] = "|".join(map(template, locale.interval_formats[skeleton][part]))
    words = PARTS_OF_YEAR.get(name) or PARTS_OF_YEAR[name.partition("_")[0]]
    lines["parts_of_year"] = words.replace("#", "{year}")
    if first := FIRST_OF_MONTH.get(name.partition("_")[0]):
        lines["first_of_month"] = first
    seasons = words.replace("#", "").replace(" ", "").split(";")[:4]
    if set(own["abbreviated"].values()) & set(seasons):  # of Finnish: "kesä" is June and summer
        lines["month_form"] = lines["long_month_form"]
    rows = [f'    "{key}": "{text.translate(SPACES)}",\n' for key, text in lines.items()]
    hostile = [row for row in rows if find_hostile(row.replace("\n", ""))]
    if hostile:
        raise SystemExit(f"{name} has a character that no terminal gets: {hostile}")
    title = f'"""Dates in {locale.get_display_name("en")}, from the Unicode CLDR: see LICENSE."""'
    return f"{title}\n\nTABLE = {{\n{''.join(rows)}}}\n"


def main() -> int:
    """Write the modules and the licence, or compare them."""
    names = sorted(LANGUAGES)
    with ProcessPoolExecutor(mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        tables = dict(zip(names, pool.map(table_of, names), strict=True))
    licence = files("babel").joinpath("locale-data", "LICENSE.unicode").read_text("utf-8")
    contents = {
        FOLDER / "__init__.py": INDEX.format(version=get_global("cldr")["version"]),
        FOLDER / "LICENSE": licence,
        **{FOLDER / f"{name}.py": text for name, text in tables.items()},
    }
    return write_or_check(contents, check=sys.argv[1:] == ["--check"], script="date_tables.py")


if __name__ == "__main__":
    sys.exit(main())

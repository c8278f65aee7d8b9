"""Regions that a date can have: the officially assigned codes of ISO 3166-1 alpha-2.

A date whose place the source doesn't state has `UNSTATED` where others have a region.
"""

TYPE_CHECKING = False  # The prompt comes this way without typing: see entry.
if TYPE_CHECKING:
    from typing import Final

REGIONS: "Final" = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
    EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
    HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
    LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
    TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """.split()  # noqa: SIM905  # a table to look at, not 249 lines
)
UNSTATED: "Final" = "unstated"  # in place of a region: the source doesn't say where
_MAX_NAME_LENGTH: "Final" = 80  # characters of a text that is compared with names
_NAMES: "Final[dict[str, tuple[str, str]]]" = {}  # filled when a name is first looked up


def place_mark(place: str) -> str:
    """The mark behind a date in a table: the code of its region, or `place?` if it isn't stated."""
    return "place?" if place == UNSTATED else place


class UnknownRegion(ValueError):  # noqa: N818  # what is wrong, not a failure
    """The text isn't a region: *message* says so, *near* is a question with the nearest names.

    *near* is empty if there are none.
    """

    def __init__(self, message: str, near: str) -> None:
        self.message, self.near = message, near
        self.hint = near or 'write a name like "Brazil" or two letters like BR'
        super().__init__(f"{message}; {self.hint}")


def parse_region(text: str, *, suggest: bool = True) -> str:
    """The code of the region *text*: a code in any case, or a name like `Brasil`.

    Raises UnknownRegion, with the nearest names if *suggest*.
    """
    code = text.strip().upper()
    if code in REGIONS:
        return code
    word, names = _comparable(text), _names()
    if word in names:
        return names[word][0]
    near_names = _near_names(word, tuple(names)) if suggest else []
    near = dict(map(names.__getitem__, reversed(near_names)))
    shown = [f'"{name}" ({code})' for code, name in reversed(near.items())]
    question = f"did you mean {' or '.join(shown)}?" if shown else ""
    raise UnknownRegion(f'"{text}" isn\'t a region', question)


def region_name(code: str) -> str:
    """The English name of the region *code*: `Brazil`."""
    return next((name for known, name in _names().values() if known == code), code)


def _names() -> dict[str, tuple[str, str]]:
    """Code and spelling of every name, by the name as it is compared."""
    if not _NAMES:
        from countdown.core.region_names import NAMES  # Deferred: most people write the code.

        for row in NAMES.strip().replace("\n  ", " ").splitlines():
            code, *names = row.split("; ")
            _NAMES.update({_comparable(name): (code, name) for name in names})
    return _NAMES


def _near_names(word: str, names: tuple[str, ...]) -> list[str]:
    """Up to three *names* that contain *word*, else the one most like it."""
    if not 2 < len(word) < _MAX_NAME_LENGTH:
        return []
    whole = [name for name in names if f" {word} " in f" {name} "]
    if whole:
        return whole[:3]
    from difflib import get_close_matches

    return get_close_matches(word, names, n=1, cutoff=0.7)


def _comparable(name: str) -> str:
    """*name* as it is compared with others: `the U.S.` and `us` are equal."""
    from countdown.core.text import fold

    words = fold(name.replace(".", "").replace("&", " and ")).split()
    return " ".join("saint" if word == "st" else word for word in words if word != "the")

"""The user's locale, time zone and catalogue files, from the environment."""

import os

from countdown import paths

TYPE_CHECKING = False  # The module datetime costs 1.3 ms, and prompts come this way.
if TYPE_CHECKING:
    from datetime import tzinfo


def locale(category: str) -> str:
    """The locale of *category*, like `LC_TIME` (POSIX: LC_ALL, then that, then LANG), or empty."""
    values = (os.environ.get(name) for name in ("LC_ALL", category, "LANG"))
    return next((value for value in values if value), "")


_SCRIPTS = {"latin": "Latn", "cyrillic": "Cyrl", "devanagari": "Deva"}  # by modifier of a locale
_CHINESE = {"CN": "Hans", "SG": "Hans", "HK": "Hant", "MO": "Hant", "TW": "Hant"}  # by territory


def languages() -> tuple[str, ...]:
    """The user's languages, the preferred first, as tags of BCP 47: `pt-BR`, `pt`; or none.

    They are those in which gettext looks for messages: those of LANGUAGE, unless the locale of
    LC_MESSAGES is C, else that of this locale. Languages after English are dropped: most people who
    read English prefer an original title to one in their next language.
    """
    messages = locale("LC_MESSAGES")
    if messages.partition(".")[0] in ("", "C", "POSIX"):
        return ()
    tags: list[str] = []
    names = [name for name in os.environ.get("LANGUAGE", "").split(":") if name]
    for name in names or [messages]:
        if name in ("C", "POSIX"):
            break
        tags += _language_tags(name)
        if tags[-1] == "en":
            break
    return tuple(dict.fromkeys(tags))


def _language_tags(locale: str) -> list[str]:
    """The tags of a *locale*, the most exact first: `pt-BR` and `pt` for `pt_BR.UTF-8`."""
    name, _, modifier = locale.partition("@")
    language, _, territory = name.partition(".")[0].partition("_")
    language, territory = language.lower(), territory.upper()
    script = _SCRIPTS.get(modifier, _CHINESE.get(territory, "") if language == "zh" else "")
    subtags = [(script, territory), (script,), (territory,), ()]
    if language == "zh":  # Its territories say more than its script.
        subtags[1:3] = [(territory,), (script,)]
    tags = ["-".join(filter(None, (language, *parts))) for parts in subtags]
    return [*dict.fromkeys(tags), *(["no"] if language in ("nb", "nn") else [])]


def locale_region() -> str | None:
    """The territory of the user's locale, like `BR`, or None.

    LC_TIME doesn't count: it says how dates are written, not where the user is. Many set en_DK for
    ISO dates.
    """
    return _territory(os.environ.get("LC_ALL") or os.environ.get("LANG") or "")


def _territory(locale: str) -> str | None:
    territory = locale.partition(".")[0].partition("@")[0].partition("_")[2]
    return territory if len(territory) == 2 and territory.isupper() else None


def system_zone() -> str | None:
    """The IANA name of the system's time zone, from TZ or else /etc/localtime; None without one."""
    name = os.environ.get("TZ", "").removeprefix(":")
    if name:
        letters = name.replace("/", "").replace("_", "").replace("-", "").replace("+", "")
        is_name = letters.isalnum() and letters.isascii() and not name.startswith("/")
        return name if is_name else None
    try:
        target = os.readlink("/etc/localtime")
    except OSError:
        return None
    return target.partition("/zoneinfo/")[2] or None


def zone(name: str) -> "tzinfo":
    """The time zone *name* of the IANA database. Raises ValueError, which suggests a name."""
    from zoneinfo import ZoneInfo, available_timezones  # Deferred: only a named zone needs it.

    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        from difflib import get_close_matches

        near = get_close_matches(name, available_timezones(), n=1, cutoff=0.5)
        hint = f'did you mean "{near[0]}"?' if near else "write one like America/Sao_Paulo"
        raise ValueError(f'there\'s no time zone "{name}"; {hint}') from None


def catalogues() -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """The catalogue files in use, lowest layer first, and which of them may be missing.

    The third is the folder of the layers of sources; empty if none are in use.
    """
    value = os.environ.get("COUNTDOWN_CATALOGUE", "")
    files = tuple(paths.absolute(path) for path in value.split(os.pathsep) if path)
    if files:
        return files, (), ""
    shipped, user = paths.shipped("releases.toml"), paths.user_catalogue()
    sources = paths.sources_folder() or ""
    return ((shipped, user), (user,), sources) if user else ((shipped,), (), sources)

"""Languages of titles, as tags of BCP 47 (RFC 5646): `de`, `pt-BR`, `zh-Hant`. No I/O."""

import re
from typing import Final

# Language, script, region and variants: all that a title can differ in.
_TAG: Final = re.compile(
    r"([a-z]{2,3})(-[a-z]{4})?(-(?:[a-z]{2}|[0-9]{3}))?((?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)",
    re.IGNORECASE | re.ASCII,
)
TAG_PATTERN: Final = (  # for JSON Schema, which knows no flag for case
    "^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?"
    "(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*$"
)
_NAMES: Final = (
    {"ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech"}
    | {"da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish"}
    | {"et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French"}
    | {"gl": "Galician", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian"}
    | {"id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ko": "Korean"}
    | {"lt": "Lithuanian", "lv": "Latvian", "ms": "Malay", "nl": "Dutch"}
    | {"no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian"}
    | {"sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish", "ta": "Tamil"}
    | {"te": "Telugu", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese"}
    | {"nb": "Norwegian (Bokmål)", "nn": "Norwegian (Nynorsk)", "zh": "Chinese"}
)
_OTHER_NAMES: Final = {"brazilian": "pt-BR", "castilian": "es-ES", "mandarin": "zh"}
_COUNTRIES: Final = (  # whose codes are no languages, but that people write for theirs
    {"cn": "zh", "cz": "cs", "dk": "da", "gb": "en", "gr": "el", "jp": "ja", "mx": "es-MX"}
    | {"ua": "uk", "us": "en"}
)


def parse_language(text: str) -> str:
    """The tag of the language *text* in its usual case: `pt-BR`. Raises ValueError, with a hint."""
    tag = text.strip()
    match = _TAG.fullmatch(tag)
    if match is None or tag.lower() in _COUNTRIES:
        near = _nearest(tag)
        raise ValueError(
            f'"{text}" isn\'t a language; '
            + (f'write "{near}"' if near else 'write a code like "de" or "pt-BR"')
        )
    language, script, region, variants = match.groups(default="")
    return f"{language.lower()}{script.title()}{region.upper()}{variants.lower()}"


def language_name(tag: str) -> str:
    """The English name of the language *tag*: `Portuguese (BR)`; the tag itself if unknown."""
    language, _, rest = tag.partition("-")
    name = _NAMES.get(language)
    if name is None:
        return tag
    return f"{name} ({rest})" if rest else name


def _nearest(text: str) -> str:
    """The tag that somebody means who wrote *text*: a name, a locale, a country's code."""
    word = text.lower()
    codes = {name.lower(): code for code, name in _NAMES.items()}
    code = {**codes, **_OTHER_NAMES, **_COUNTRIES}.get(word, "")
    locale = text.partition(".")[0].partition("@")[0].replace("_", "-")
    if code or locale == text or not _TAG.fullmatch(locale):
        return code
    return parse_language(locale) if locale.lower() not in _COUNTRIES else ""

"""Languages of titles, as tags of BCP 47 (RFC 5646): `de`, `pt-BR`, `zh-Hant`. No I/O."""

import re
from typing import Final

# Language, script, region and variants: all that a title can differ in.
_TAG: Final = (
    r"(?ia)([a-z]{2,3})(-[a-z]{4})?(-(?:[a-z]{2}|[0-9]{3}))?"
    r"((?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
)
TAG_PATTERN: Final = (  # for JSON Schema, which knows no flag for case
    "^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?"
    "(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*$"
)
_NAMES: Final = (  # in English, and the tag of each
    {"arabic": "ar", "basque": "eu", "bengali": "bn", "bokmål": "nb", "brazilian": "pt-BR"}
    | {"bulgarian": "bg", "castilian": "es-ES", "catalan": "ca", "chinese": "zh", "croatian": "hr"}
    | {"czech": "cs", "danish": "da", "dutch": "nl", "english": "en", "estonian": "et"}
    | {"finnish": "fi", "french": "fr", "galician": "gl", "german": "de", "greek": "el"}
    | {"hebrew": "he", "hindi": "hi", "hungarian": "hu", "icelandic": "is", "indonesian": "id"}
    | {"italian": "it", "japanese": "ja", "korean": "ko", "latvian": "lv", "lithuanian": "lt"}
    | {"malay": "ms", "mandarin": "zh", "norwegian": "no", "nynorsk": "nn", "persian": "fa"}
    | {"polish": "pl", "portuguese": "pt", "romanian": "ro", "russian": "ru", "serbian": "sr"}
    | {"slovak": "sk", "slovenian": "sl", "spanish": "es", "swedish": "sv", "tamil": "ta"}
    | {"telugu": "te", "thai": "th", "turkish": "tr", "ukrainian": "uk", "vietnamese": "vi"}
)
_COUNTRIES: Final = (  # whose codes are no languages, but that people write for theirs
    {"cn": "zh", "cz": "cs", "dk": "da", "gb": "en", "gr": "el", "jp": "ja", "mx": "es-MX"}
    | {"ua": "uk", "us": "en"}
)


def parse_language(text: str) -> str:
    """The tag of the language *text* in its usual case: `pt-BR`. Raises ValueError, with a hint."""
    tag = text.strip()
    match = re.fullmatch(_TAG, tag)
    if match is None or tag.lower() in _COUNTRIES:
        near = _nearest(tag)
        raise ValueError(
            f'"{text}" isn\'t a language; '
            + (f'write "{near}"' if near else 'write a code like "de" or "pt-BR"')
        )
    language, script, region, variants = match.groups(default="")
    return f"{language.lower()}{script.title()}{region.upper()}{variants.lower()}"


def _nearest(text: str) -> str:
    """The tag that *text* was meant as, which can be a name, a locale or a country's code."""
    code = {**_NAMES, **_COUNTRIES}.get(text.lower(), "")
    locale = text.partition(".")[0].partition("@")[0].replace("_", "-")
    if code or locale == text or not re.fullmatch(_TAG, locale):
        return code
    return parse_language(locale) if locale.lower() not in _COUNTRIES else ""

"""Tags of languages: which are taken, how they are written, and what is suggested instead."""

import re

import pytest

from countdown.core.languages import TAG_PATTERN, parse_language


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("pt", "pt"),
        (" PT-br ", "pt-BR"),
        ("ZH-HANT-tw", "zh-Hant-TW"),
        ("SR-latn", "sr-Latn"),
        ("es-419", "es-419"),
        ("ca-ES-Valencia", "ca-ES-valencia"),
        ("de-1996", "de-1996"),
        ("fil", "fil"),
    ],
)
def test_tag_gets_its_usual_case(text: str, tag: str) -> None:
    """As RFC 5646 recommends it; the schema for editors takes the same tags."""
    assert parse_language(text) == tag
    assert re.fullmatch(TAG_PATTERN, text.strip())


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("pt_BR", "pt-BR"),
        ("pt_BR.UTF-8", "pt-BR"),
        ("sr_RS@latin", "sr-RS"),
        ("Portuguese", "pt"),
        ("norwegian", "no"),
        ("brazilian", "pt-BR"),
        ("jp", "ja"),
        ("US", "en"),
        ("jp.UTF-8", ""),
        ("klingon-", ""),
        ("x-klingon", ""),
        ("de-u-co-phonebk", ""),
        ("é", ""),
        ("1", ""),
        ("", ""),
    ],
)
def test_other_text_is_refused_with_the_tag_that_is_meant(text: str, near: str) -> None:
    """A locale, a name in English, or a country's code that is no language's."""
    hint = f'write "{near}"' if near else 'write a code like "de" or "pt-BR"'
    with pytest.raises(ValueError, match=re.escape(f'"{text}" isn\'t a language; {hint}')):
        parse_language(text)

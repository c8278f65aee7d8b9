"""The user's locale, time zone and catalogue files."""

import os
from pathlib import Path

import pytest

from countdown import environment, paths


@pytest.mark.parametrize(
    ("variables", "region"),
    [
        ({"LANG": "pt_BR.UTF-8"}, "BR"),
        ({"LANG": "pt_BR"}, "BR"),
        ({"LANG": "ca_ES@valencia"}, "ES"),
        ({"LANG": "C.UTF-8"}, None),
        ({"LANG": "C"}, None),
        ({"LANG": ""}, None),
        ({"LANG": "en"}, None),
        ({"LANG": "es_419"}, None),
        ({"LANG": "en_us"}, None),
        ({"LANG": "en_US", "LC_TIME": "de_DE.UTF-8"}, "US"),
        ({"LC_TIME": "de_DE.UTF-8"}, None),
        ({"LANG": "en_US", "LC_TIME": "de_DE", "LC_ALL": "fr_FR"}, "FR"),
        ({"LANG": "en_US", "LC_TIME": "", "LC_ALL": ""}, "US"),
        ({"LANG": "en_US", "LC_ALL": "C"}, None),
        ({"LANG": "en_US", "LC_CTYPE": "pt_BR.UTF-8"}, "US"),
    ],
    ids=str,
)
def test_region_is_the_territory_of_the_locale(
    variables: dict[str, str], region: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From LC_ALL or LANG; empty ones don't count, and LC_TIME is for the format alone."""
    for name, text in variables.items():
        monkeypatch.setenv(name, text)
    assert environment.locale_region() == region


@pytest.mark.parametrize(
    ("variable", "zone"),
    [
        ("America/Sao_Paulo", "America/Sao_Paulo"),
        (":Europe/Berlin", "Europe/Berlin"),
        ("America/Port-au-Prince", "America/Port-au-Prince"),
        ("Etc/GMT+3", "Etc/GMT+3"),
        ("UTC", "UTC"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", None),
        ("/etc/localtime", None),
        (":/etc/localtime", None),
        ("../../etc/passwd", None),
        ("Zürich", None),
        ("/", None),
        ("_", None),
        ("-", None),
        ("+", None),
    ],
)
def test_zone_is_the_name_in_tz(
    variable: str, zone: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rule or a path has no such name."""
    monkeypatch.setenv("TZ", variable)
    assert environment.system_zone() == zone


@pytest.mark.parametrize(
    ("target", "zone"),
    [
        ("/usr/share/zoneinfo/America/Lima", "America/Lima"),
        ("../usr/share/zoneinfo/UTC", "UTC"),
        ("/etc/somewhere", None),
        (None, None),
    ],
)
def test_zone_is_the_target_of_etc_localtime(
    target: str | None, zone: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without TZ; a copy instead of a link has no name."""

    def readlink(path: str) -> str:
        assert path == "/etc/localtime"
        if target is None:
            raise OSError
        return target

    monkeypatch.setattr(os, "readlink", readlink)
    assert environment.system_zone() == zone
    monkeypatch.setenv("TZ", "")
    assert environment.system_zone() == zone


def test_without_a_variable_there_is_no_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    """As with an empty one."""
    monkeypatch.delenv("LANG")
    assert environment.locale("LC_CTYPE") == ""
    assert environment.locale_region() is None


def test_catalogues_are_the_shipped_one_and_the_users_own() -> None:
    """The user's one is the upper layer, and may be missing."""
    user = paths.user_catalogue()
    assert user is not None
    shipped, sources = paths.shipped("releases.toml"), paths.sources_folder()
    assert environment.catalogues() == ((shipped, user), (user,), sources)


def test_without_a_home_there_is_the_shipped_catalogue_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It must exist."""
    monkeypatch.setattr(paths, "user_catalogue", lambda: None)
    monkeypatch.setattr(paths, "state_folder", lambda: None)
    assert environment.catalogues() == ((paths.shipped("releases.toml"),), (), "")


@pytest.mark.parametrize(
    ("variable", "files"),
    [("a.toml", ["a.toml"]), ("a.toml:/b.toml", ["a.toml", "/b.toml"]), (":a.toml:", ["a.toml"])],
)
def test_catalogues_in_the_variable_are_the_only_ones(
    variable: str, files: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Relative to this folder, in this order; all must exist."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", variable)
    assert environment.catalogues() == (tuple(str(tmp_path / file) for file in files), (), "")


def test_variable_with_a_lone_colon_is_empty(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It has no path."""
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", ":")
    assert environment.catalogues()[0][0] == paths.shipped("releases.toml")


@pytest.mark.parametrize(
    ("variables", "languages"),
    [
        ({"LANG": "pt_BR.UTF-8"}, ("pt-BR", "pt")),
        ({"LANG": "pt_BR"}, ("pt-BR", "pt")),
        ({"LANG": "de"}, ("de",)),
        ({"LANG": "en_US.UTF-8"}, ("en-US", "en")),
        ({"LANG": ""}, ()),
        ({"LANG": "C"}, ()),
        ({"LANG": "C.UTF-8"}, ()),
        ({"LANG": "POSIX"}, ()),
        # LC_ALL, then LC_MESSAGES, then LANG; LC_TIME says nothing of languages
        ({"LANG": "de_DE", "LC_MESSAGES": "fr_FR.UTF-8"}, ("fr-FR", "fr")),
        ({"LANG": "de_DE", "LC_MESSAGES": "fr_FR", "LC_ALL": "it_IT"}, ("it-IT", "it")),
        ({"LANG": "de_DE", "LC_MESSAGES": "", "LC_TIME": "ja_JP"}, ("de-DE", "de")),
        ({"LANG": "de_DE", "LC_MESSAGES": "C"}, ()),
        # LANGUAGE before all of them, but not in the locale C
        ({"LANG": "de_DE", "LANGUAGE": "ca:es_MX"}, ("ca", "es-MX", "es")),
        ({"LANG": "de_DE", "LANGUAGE": ":pt_BR::pt:"}, ("pt-BR", "pt")),
        ({"LANG": "de_DE", "LANGUAGE": ":"}, ("de-DE", "de")),
        ({"LANG": "de_DE", "LANGUAGE": "fr:C:it"}, ("fr",)),
        ({"LANG": "C", "LANGUAGE": "pt_BR"}, ()),
        ({"LANG": "C.UTF-8", "LANGUAGE": "pt_BR"}, ()),
        # nothing after English
        ({"LANG": "en_GB", "LANGUAGE": "pt_BR:en_GB:de"}, ("pt-BR", "pt", "en-GB", "en")),
        # scripts
        (
            {"LANG": "sr_RS.UTF-8@latin"},
            ("sr-Latn-RS", "sr-Latn", "sr-RS", "sr"),
        ),
        ({"LANG": "ca_ES@valencia"}, ("ca-ES", "ca")),
        ({"LANG": "zh_TW.UTF-8"}, ("zh-Hant-TW", "zh-TW", "zh-Hant", "zh")),
        ({"LANG": "zh_CN"}, ("zh-Hans-CN", "zh-CN", "zh-Hans", "zh")),
        ({"LANG": "nb_NO.UTF-8"}, ("nb-NO", "nb", "no")),
    ],
    ids=str,
)
def test_languages_are_those_of_messages(
    variables: dict[str, str], languages: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As gettext chooses them, the most exact tag first."""
    for name, text in variables.items():
        monkeypatch.setenv(name, text)
    assert environment.languages() == languages

"""The schemas, the checker, the docs and the output agree with each other."""

import copy
import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
import schema
import tomli
from jsonschema import Draft7Validator, Draft202012Validator

from countdown.catalogue import load, readings
from countdown.catalogue import schema as fields
from countdown.catalogue.readers import Field
from countdown.cli.group import run
from countdown.core import dates, outlook, release
from countdown.errors import CatalogueError
from tests.thorough import sample

Json = dict[str, Any]

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE: Json = json.loads((ROOT / "data/releases.schema.json").read_bytes())
OUTPUT: Json = json.loads((ROOT / "data/output.schema.json").read_bytes())
RELEASE: Json = OUTPUT["$defs"]["release"]
CATALOGUE_SCHEMA = Draft7Validator(CATALOGUE)
OUTPUT_SCHEMA = Draft202012Validator(OUTPUT)
LINE_SCHEMA = Draft202012Validator({"$ref": "#/$defs/release", "$defs": OUTPUT["$defs"]})
JSON_DOCS = (ROOT / "docs/json.md").read_text("utf-8")

SHIPPED, JULY = "data/releases.toml", "tests/data/july-2022.toml"
DAYS = {SHIPPED: "2026-11-22", JULY: "2022-07-04"}
CATALOGUES = [ROOT / SHIPPED, ROOT / JULY, *sorted((ROOT / "tests/data/valid").glob("*.toml"))]


@pytest.fixture(scope="module")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder for the indexes of these catalogues, each of which is asked by many tests."""
    return str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(autouse=True)
def indexed(cache_folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home whose indexes are those of the tests before."""
    monkeypatch.setenv("XDG_CACHE_HOME", cache_folder)


def as_json(value: Any) -> Any:
    """*value* as a TOML language server holds it against a JSON Schema: dates are strings."""
    if isinstance(value, dict):
        return {key: as_json(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_json(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


@cache
def answer(path: Path, day: str, *arguments: str) -> tuple[int, str]:
    """The exit code and the stdout of one command on the catalogue *path*, as of *day*."""
    with redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")) as written:
        code = run([*arguments, "--catalogue", str(path), "--as-of", day])
    written.seek(0)
    return code, written.read()


def asked(catalogue: str, *arguments: str) -> str:
    """What the program answers on the day of *catalogue*."""
    code, text = answer(ROOT / catalogue, DAYS[catalogue], *arguments)
    assert code == 0
    return text


def properties(found: Any) -> Iterator[tuple[str, Any]]:
    """Every property that a schema names, wherever it does so, with its own schema."""
    if isinstance(found, dict):
        yield from found.get("properties", {}).items()
        for one in found.values():
            yield from properties(one)
    elif isinstance(found, list):
        for one in found:
            yield from properties(one)


def words(found: Any) -> Iterator[str]:
    """Every word that a schema lists."""
    for _, one in properties(found):
        yield from (word for word in one.get("enum", ()) if isinstance(word, str))


WORDS: Final = {*words(CATALOGUE), *words(OUTPUT)}


def traits(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[object, ...]]:
    """What a schema could say of *value*: which keys are there, their types, words and numbers."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from traits(one, (*path, key))
    elif isinstance(value, list):
        yield (path, len(value) > 0)
        for one in value:
            yield from traits(one, (*path, "[]"))
    elif isinstance(value, str) and (value in WORDS or not re.search("[a-z]", value)):
        yield (path, re.sub("[0-9]", "0", value))
    else:
        yield (path, type(value))


Traits = set[tuple[object, ...]]


def of_each_kind(releases: list[Json], known: Traits) -> list[Json]:
    """Those of *releases* with a trait that isn't *known*, and now is; thoroughly, all."""
    found = []
    for one in releases:
        own = {*traits(one)}
        if not own <= known:
            found.append(one)
        known |= own
    return sample(found, of=releases)


_FITTING: Final[set[str]] = set()  # releases, as JSON, that fit the schema
_KNOWN: Final[Traits] = set()  # their traits


def misfits(document: Json) -> list[str]:
    """Where a *document* that --json writes doesn't fit the schema.

    The same releases stand in many of them: each is held against it once.
    """
    releases = {json.dumps(release): release for release in document["releases"]}
    new = {text: release for text, release in releases.items() if text not in _FITTING}
    rest = document | {"releases": of_each_kind([*new.values()], _KNOWN)}
    found = [error.json_path for error in OUTPUT_SCHEMA.iter_errors(rest)]
    if not found:
        _FITTING.update(new)
    return found


def problems(text: str) -> str:
    """What the checker says of the catalogue *text*; nothing if it is sound."""
    try:
        for _ in load.releases([load.read_layer("it.toml", text.encode())]):
            pass
    except CatalogueError as error:
        return str(error)
    return ""


def loose_parts(text: str) -> list[str]:
    """What the checker says of parts of *text* that aren't written as the format has it."""
    layer = load.read_layer("it.toml", text.encode())
    load.complete([layer])
    return readings.lines(layer)


def test_generated_schema_and_reference_are_up_to_date() -> None:
    """data/releases.schema.json and docs/catalogue.md say what the checker's tables say."""
    assert schema.main(["--check"]) == 0


def test_both_schemas_are_valid_themselves() -> None:
    """Each is a JSON Schema of the draft that it names."""
    Draft7Validator.check_schema(CATALOGUE)
    Draft202012Validator.check_schema(OUTPUT)


@pytest.mark.parametrize("name", schema.TABLES)
def test_schema_knows_the_keys_that_the_checker_knows(name: str) -> None:
    """Every key of every table stands in the schema, with the line that the docs have."""
    keys, _, _ = schema.TABLES[name]
    table = CATALOGUE["$defs"][name]
    described = {key: one["description"] for key, one in table["properties"].items()}
    assert described == {key: field.doc for key, field in keys.items()}
    assert table["additionalProperties"] is False


def test_every_table_of_the_checker_is_in_the_schema() -> None:
    """No table of keys in schema.py is forgotten by the script that writes the schema."""
    tables = [one for name, one in vars(fields).items() if name.isupper() and type(one) is dict]
    public = [one for one in tables if all(isinstance(f, Field) for f in one.values())]
    known = [keys for keys, _, _ in schema.TABLES.values()]
    assert len(public) == len(known)
    assert all(any(one is keys for keys in known) for one in public)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_catalogues_of_the_repository_fit_the_schema(path: Path) -> None:
    """Each catalogue that the checker takes is one that an editor does not underline."""
    document = as_json(tomli.loads(path.read_text("utf-8-sig")))
    if "release" in document:
        document["release"] = of_each_kind(document["release"], set())
    assert [error.json_path for error in CATALOGUE_SCHEMA.iter_errors(document)] == []


SOUND = 'format = 1\n[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\n'


@pytest.mark.parametrize(
    "text",
    [
        SOUND.replace("format = 1\n", ""),
        SOUND.replace("format = 1\n", "format = 3\n"),
        SOUND.replace("format = 1\n", "format = 1\nother = 1\n"),
        SOUND.replace('kind = "film"', 'kind = "movie"'),
        SOUND.replace('id = "a"', 'id = "-A"'),
        SOUND.replace('title = "A"', 'title = ""'),
        SOUND + 'actors = ["B"]\n',
        SOUND + 'director = "B"\n',
        SOUND + 'stage = "filmed"\n',
        SOUND + 'season = "2"\n',
        SOUND + "season = -1\n",
        SOUND + "date = 2027\n",
        SOUND + 'hidden = "yes"\n',
        SOUND + "cast = [1]\n",
        SOUND + 'cast = [{ role = "B" }]\n',
        SOUND + 'cast = [{ name = "B", part = "C" }]\n',
        SOUND + 'sources = ["example.org"]\n',
        SOUND + "sources = [{ date = 2027-01-01 }]\n",
        SOUND + "ids = { tmdb = 0 }\n",
        SOUND + 'ids = { netflix = "1" }\n',
        SOUND + '[[release.dates]]\nregion = "US"\n',
        SOUND + '[[release.dates]]\ndate = 2027-01-01\nregion = "UK"\n',
        SOUND + '[[release.dates]]\ndate = 2027-01-01\ntype = "cinema"\n',
        SOUND + "[[release.moves]]\nannounced = 2027-01-01\n",
    ],
)
def test_schema_refuses_what_the_checker_refuses(text: str) -> None:
    """An editor underlines what `countdown check` would report, as far as a schema can tell.

    What is understood all the same isn't written as the format has it, and check says so.
    """
    assert problems(SOUND) == ""
    assert not loose_parts(SOUND)
    assert CATALOGUE_SCHEMA.is_valid(as_json(tomli.loads(SOUND)))
    assert problems(text) != "" or loose_parts(text)
    assert not CATALOGUE_SCHEMA.is_valid(as_json(tomli.loads(text)))


@pytest.mark.parametrize(
    "text",
    [
        SOUND + 'ids = { tmdb = 1, imdb = "tt1" }\n',
        SOUND + 'cast = ["B", { name = "C", role = "D" }]\n',
        SOUND + 'sources = ["https://example.org", { url = "http://example.org" }]\n',
        SOUND + "date = 2027-01-01T00:00:00-08:00\n",
        SOUND + '[[release.dates]]\ndate = "Q4 2027"\nregion = "BR"\ntype = "streaming"\n',
        SOUND + "[[release.moves]]\nfrom = 2027-01-01\n",
    ],
)
def test_schema_takes_what_the_checker_takes(text: str) -> None:
    """No sound catalogue is underlined."""
    assert problems(text) == ""
    assert CATALOGUE_SCHEMA.is_valid(as_json(tomli.loads(text)))


ASKED = [
    (SHIPPED, ["list", "--all"]),
    (SHIPPED, ["list", "--region", "US", "--timezone", "America/New_York"]),
    (SHIPPED, ["list", "--released"]),
    (SHIPPED, ["actor", "hemsworth", "--all"]),
    (SHIPPED, ["actor", "Sam Hargrave", "--all"]),
    (SHIPPED, ["status"]),
    (SHIPPED, ["show", "Avengers: Doomsday"]),
    (SHIPPED, ["search", "extraction"]),
    (SHIPPED, ["next"]),
    (JULY, ["list", "--all", "--region", "BR"]),
    (JULY, ["actor", "Chris Hemsworth"]),
    (JULY, ["actor", "Taika Waititi"]),
    (JULY, ["status"]),
    (JULY, ["show", "Resgate 2"]),
    (JULY, ["search", "thor"]),
    (JULY, ["next", "--region", "BR"]),
]


@pytest.mark.parametrize(("catalogue", "arguments"), ASKED)
def test_json_of_every_command_keeps_the_contract(catalogue: str, arguments: list[str]) -> None:
    """What --json writes fits data/output.schema.json, and something is in it."""
    document = json.loads(asked(catalogue, *arguments, "--json"))
    assert misfits(document) == []
    assert document["releases"]


@pytest.mark.parametrize(("catalogue", "arguments"), ASKED)
def test_a_line_of_jsonl_is_a_release_of_the_contract(catalogue: str, arguments: list[str]) -> None:
    """Each line is one of the releases that --json writes, in the same order."""
    lines = asked(catalogue, *arguments, "--format", "jsonl").splitlines()
    document = json.loads(asked(catalogue, *arguments, "--json"))
    assert LINE_SCHEMA.is_valid(json.loads(lines[0]))
    assert [json.loads(line) for line in lines] == document["releases"]


@pytest.mark.parametrize("path", CATALOGUES[1:], ids=lambda path: path.name)
def test_json_of_every_sound_catalogue_keeps_the_contract(path: Path) -> None:
    """Whatever may stand in a catalogue, the output fits the schema; an empty one has code 1.

    That of the shipped catalogue is the first of those above.
    """
    code, text = answer(path, "2026-11-22", "list", "--all", "--json")
    document = json.loads(text)
    assert code == (0 if document["releases"] else 1)
    assert misfits(document) == []


def without(key: str) -> Callable[[Json], None]:
    """A mutation that takes *key* away."""
    return lambda found: found.pop(key)


def with_(**values: Any) -> Callable[[Json], None]:
    """A mutation that sets keys."""
    return lambda found: found.update(values)


def in_date(**values: Any) -> Callable[[Json], None]:
    """A mutation of the date that counts."""
    return lambda found: found["date"].update(values)


MUTATIONS = [
    *[without(key) for key in RELEASE["required"]],
    with_(other=1),
    with_(state="soon"),
    with_(stage="filmed"),
    with_(kind="movie"),
    with_(id="Not A Slug"),
    with_(title=None),
    with_(aliases=None),
    with_(season="2"),
    with_(days=None),
    with_(days={"min": 3}),
    with_(days={"min": 3.5, "max": 4}),
    with_(days={"min": 3, "max": 4, "seconds": 5}),
    with_(date=None),
    with_(date=None, days=None),  # upcoming needs one
    with_(state="undated"),  # and undated has none
    with_(cast=["Chris Hemsworth"]),
    with_(ids={"netflix": 1}),
    with_(sources=[{"url": "example.org", "date": None}]),
    with_(checked="4 July 2022"),
    with_(moves=[{"from": "2022-05-06", "to": "2022-07-08"}]),
    with_(text=""),
    in_date(edtf="July 2022"),
    in_date(earliest="2022-7-7"),
    in_date(latest=None),
    in_date(precision="week"),
    in_date(precision="instant"),  # needs an instant
    in_date(instant="2022-07-07T00:00:00Z"),  # only an instant has one
    in_date(region="br"),
    in_date(type="cinema"),
    in_date(fallback=None),
    in_date(days={"min": 3, "max": 3}),  # belongs into dates
]


@cache
def thor() -> Json:
    """A release of the contract."""
    found: Json = json.loads(asked(JULY, "show", "Thor: Love and Thunder", "--format", "jsonl"))
    assert found["state"] == "upcoming"
    assert LINE_SCHEMA.is_valid(found)
    return found


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_contract_refuses_a_release_that_is_changed(mutation: Callable[[Json], None]) -> None:
    """The schema is strict: it notices what is missing, what is new and what does not fit."""
    changed = copy.deepcopy(thor())
    mutation(changed)
    assert not LINE_SCHEMA.is_valid(changed)


@pytest.mark.parametrize("key", OUTPUT["required"])
def test_contract_refuses_a_document_that_lacks_something(key: str) -> None:
    """Every field of the document is always there."""
    document = json.loads(asked(JULY, "next", "--json"))
    del document[key]
    assert not OUTPUT_SCHEMA.is_valid(document)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("kind", release.KINDS),
        ("state", outlook.STATES),
        ("stage", (*release.STAGES, None)),
        ("precision", dates.PRECISIONS),
    ],
)
def test_words_of_the_contract_are_those_of_the_program(
    name: str, known: tuple[str | None, ...]
) -> None:
    """The schema lists each word that the program can write, and no other."""
    found = RELEASE["properties"] | OUTPUT["$defs"]["window"]["properties"]
    assert found[name]["enum"] == [*known]


def test_types_of_the_contract_are_those_of_the_program() -> None:
    """The schema lists each type of date, and null."""
    found = OUTPUT["$defs"]["type-or-null"]["enum"]
    assert found == [*release.TYPES, None]


def test_docs_name_every_field_and_word_of_the_contract() -> None:
    """docs/json.md has whatever the schema has, and documents no field that is not there."""
    documented = set(re.findall(r"`([a-z_ -]+)`", JSON_DOCS))
    names = {name for name, _ in properties(OUTPUT)}
    words = {w for _, one in properties(OUTPUT) for w in one.get("enum", ()) if w}
    assert names | words <= documented
    tables = JSON_DOCS[: JSON_DOCS.index("## With jq")]
    cells = re.findall(r"^\| (`[^|]+) \|", tables, re.MULTILINE)
    assert {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)} <= names | words

"""The recipes of docs/prompt.md, taken out of the page and tried where their program can be had."""

import configparser
import json
import os
import re
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pexpect
import pyte
import pytest
import tomli

from countdown.cli.group import COMMANDS, root
from countdown.core.template import FIELDS
from countdown.prompt.options import READERS
from tests.programs import needs
from tests.prompt.conftest import Program, each
from tests.terminals import hang_up

pytestmark = pytest.mark.preloaded
# What is ended may be calling the program, and a preloaded one would mistake the next call for it.
ENDED = pytest.mark.preloaded(False)

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/prompt.md").read_text("utf-8")
HOOK = (ROOT / "src/countdown/prompt/init.bash").read_text("utf-8")
LINE = "Thor: Love and Thunder 3d"
HOSTILE = r"$(touch ran) `touch ran` ${HOME} %F{red}%n \u #{pid} Thor"
PATIENCE = 15.0  # s that a terminal is watched before it is taken to show nothing more
COLUMNS = 79  # of the prompts on the page

OWN_PROMPTS = {
    "bash": "PS1='\\w $ '\n",
    "zsh": "PROMPT='%~ %% '\n",
    "fish": "set -g fish_greeting\nfunction fish_prompt\n    echo -n '~/films % '\nend\n",
}
ENDS = {"bash": "$", "zsh": "%", "fish": ">"}


@pytest.fixture(autouse=True)
def circumstances(isolated: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The page's own day, place and catalogue; the folder to be in."""
    monkeypatch.setenv("COUNTDOWN_TODAY", "2022-07-04")
    monkeypatch.setenv("COUNTDOWN_REGION", "BR")
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(ROOT / "tests/data/july-2022.toml"))
    films = tmp_path / "home" / "films"
    films.mkdir()
    monkeypatch.chdir(films)
    return films


@pytest.fixture(autouse=True)
def in_path(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program is in PATH."""
    monkeypatch.setenv("PATH", f"{program.path.parent}{os.pathsep}{os.environ['PATH']}")


def section(heading: str) -> str:
    """What stands below *heading* on the page, up to the next one."""
    _, found, rest = PAGE.partition(f"{heading}\n")
    assert found, heading
    return re.split(r"^#+ ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def blocks(text: str, language: str) -> list[str]:
    """The blocks of code of one *language* in *text*."""
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def block(heading: str, language: str) -> str:
    """The only block of that *language* below *heading*."""
    (found,) = blocks(section(heading), language)
    return found


def said(command: str, *, stdin: str | None = None) -> str:
    """What sh prints when it runs *command*, on which it must not fail."""
    done = subprocess.run(
        ["sh", "-c", command], input=stdin, capture_output=True, check=True, encoding="utf-8"
    )
    assert done.stderr == ""
    return done.stdout


def start_up(shell: str, text: str) -> None:
    """Write the file that *shell* reads at its start, in the home folder of this test."""
    home = Path(os.environ["HOME"])
    files = {"bash": ".bashrc", "zsh": ".zshrc", "fish": "config/fish/config.fish"}
    path = home / files[shell]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def terminal(*words: str, wanted: str, columns: int = COLUMNS) -> str:
    """What a terminal shows in which *words* run, as soon as *wanted* is a line of it."""
    listed = {**os.environ, "TERM": "xterm-256color", "NO_COLOR": "1"}
    child = pexpect.spawn(
        words[0], [*words[1:]], dimensions=(12, columns), env=listed, encoding="utf-8"
    )
    screen = pyte.Screen(columns, 12)
    stream = pyte.Stream(screen)
    end = time.monotonic() + PATIENCE
    try:
        while time.monotonic() < end:
            lines = [line.rstrip() for line in screen.display]
            if wanted in lines:
                break
            try:
                stream.feed(child.read_nonblocking(65_536, timeout=0.1))
            except pexpect.TIMEOUT:
                continue
    finally:
        hang_up(child)
    return "\n".join(lines)


def is_on_screen(wanted: str, text: str) -> bool:
    """Whether *wanted* is a line of *text*."""
    return wanted in text.splitlines()


def hostile_catalogue(folder: Path, title: str = HOSTILE) -> str:
    """A catalogue whose next film is named as no film should be."""
    path = folder / "hostile.toml"
    path.write_text(
        f"format = 1\n[[release]]\nid = 'hostile'\ntitle = '{title}'\nkind = 'film'\n"
        "date = 2022-07-07\nsources = ['https://example.org/']\n",
        "utf-8",
    )
    return str(path)


EXAMPLES = [found.splitlines() for found in blocks(PAGE, "text") if found.startswith("$ countdown")]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda lines: lines[0])
def test_examples_print_what_the_page_shows(example: list[str]) -> None:
    """Each `$ countdown prompt …` is followed by what it prints on 4 July 2022 in Brazil."""
    command, *shown = example
    assert said(command.removeprefix("$ ")).splitlines() == shown


def test_page_has_every_reader_field_and_option() -> None:
    """Each reader, field and option of `countdown prompt` stands on the page, and none besides."""
    readers = re.findall(r"^\| `([a-z0-9]+)` \|", section("## Recipes"), re.MULTILINE)
    assert sorted(readers) == sorted(READERS)
    fields = re.findall(r"^\| `\{([a-z]+)\}` \|", section("## What it shows"), re.MULTILINE)
    assert tuple(fields) == FIELDS
    context = root.make_context("countdown", ["prompt"], resilient_parsing=True)
    known = {
        option
        for name in ("prompt", "init")
        for parameter in getattr(root.get_command(context, name), "params", ())
        if not getattr(parameter, "hidden", False)
        for option in parameter.opts
        if option.startswith("--")
    }
    shared = {option for parameter in root.params for option in parameter.opts}
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", PAGE))
    assert known - shared <= named <= known | shared
    calls = [words.split()[1] for words in re.findall(r"countdown [a-z]+", PAGE)]
    assert {word for word in calls if word in COMMANDS} >= {"prompt", "init"}


def test_page_names_the_variables_that_the_hook_looks_at() -> None:
    """What makes a shell ask anew is on the page: the variables that the hook compares."""
    (compared,) = re.findall(r'^ +\[\[ "(.*?)" == "\$_countdown_environment"', HOOK, re.MULTILINE)
    variables = re.findall(r"\$\{(\w+)-\}", compared)
    (listed,) = re.findall(
        r"- one of (.*?) has another value", section("## What it costs"), re.DOTALL
    )
    assert sorted(re.findall(r"`(\w+)`", listed)) == sorted(variables)


@ENDED
@each()
def test_line_for_a_shell_puts_the_text_where_the_page_shows_it(shell: str) -> None:
    """With the one line in its start-up file, a shell looks like the picture on the page."""
    pictures = blocks(section("# The days remaining in your prompt"), "text")
    left, right = (picture.rstrip("\n") for picture in pictures)
    start_up(shell, OWN_PROMPTS[shell] + block(f"### {shell}\n", shell))
    wanted = left if shell == "bash" else right
    columns = COLUMNS + (shell == "zsh")  # It leaves the last one free.
    assert is_on_screen(wanted, terminal(shell, wanted=wanted, columns=columns))


@ENDED
@each()
def test_prompt_of_your_own_shows_the_text(shell: str) -> None:
    """The three prompts that are built from COUNTDOWN_PROMPT look as the page shows them."""
    heading = "## A prompt of your own"
    (shown,) = blocks(section(heading), "text")
    start_up(shell, block(heading, shell))
    end = "#" if shell != "fish" and os.geteuid() == 0 else ENDS[shell]
    wanted = shown.rstrip("\n").removesuffix(">") + end
    assert is_on_screen(wanted, terminal(shell, wanted=wanted))


@ENDED
@each()
def test_prompt_of_your_own_runs_no_text(
    shell: str, circumstances: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In them, a title full of what shells expand is shown as it stands, and nothing is run."""
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", hostile_catalogue(circumstances.parent))
    setting = block("## A prompt of your own", shell)
    setting = setting.replace("--no-prompt", "--no-prompt --max-width 99")
    start_up(shell, ("setopt prompt_subst\n" if shell == "zsh" else "") + setting)
    end = "#" if shell != "fish" and os.geteuid() == 0 else ENDS[shell]
    wanted = f"~/films [{HOSTILE} 3d] {end}"
    assert is_on_screen(wanted, terminal(shell, wanted=wanted, columns=120))
    assert [*circumstances.iterdir()] == []


@ENDED
@each()
def test_any_shell_can_run_the_command_itself(shell: str) -> None:
    """The recipes without a hook show the text where the hook would."""
    start_up(shell, OWN_PROMPTS[shell] + block("### Any other shell or bar", shell))
    wanted = {
        "bash": f"{LINE} ~/films $",
        "zsh": f"{LINE} ~/films %",
        "fish": f"~/films %{LINE:>{COLUMNS - len('~/films %')}}",
    }[shell]
    assert is_on_screen(wanted, terminal(shell, wanted=wanted))


@ENDED
@needs("bash")
def test_line_works_beside_other_hooks() -> None:
    """Last in the file, it shows its text beside whichever of the page's programs are there."""
    lines = block("## Beside other programs", "bash").splitlines()
    assert lines[-1] == block("### bash\n", "bash").strip()
    there = [line for line in lines if shutil.which(line.split("(")[1].split()[0])]
    start_up("bash", OWN_PROMPTS["bash"] + "\n".join([*there, ""]))
    wanted = f"{LINE} ~/films $"
    assert is_on_screen(wanted, terminal("bash", wanted=wanted))


@pytest.fixture
def tmux(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The name of a tmux server of this test's own, which is gone after it."""
    monkeypatch.delenv("TMUX", raising=False)
    with tempfile.TemporaryDirectory() as folder:  # pytest's are too long for a socket's path.
        monkeypatch.setenv("TMUX_TMPDIR", folder)
        yield "countdown"
        subprocess.run(["tmux", "-L", "countdown", "kill-server"], capture_output=True, check=False)


@ENDED
@needs("tmux")
@pytest.mark.parametrize("hostile", [False, True], ids=["film", "hostile"])
def test_recipe_for_tmux(
    tmux: str, hostile: bool, circumstances: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The status line of a real tmux ends with the text and the time, whatever the title says."""
    recipe = block("### tmux", "tmux")
    text = LINE
    if hostile:
        monkeypatch.setenv("COUNTDOWN_CATALOGUE", hostile_catalogue(circumstances.parent))
        recipe = recipe.replace("--max-width 30", "") + "set -g status-right-length 120\n"
        text = f"{HOSTILE} 3d"
    conf = circumstances.parent / "tmux.conf"
    conf.write_text(recipe.replace("%H:%M", "12:34"), "utf-8")
    start = ["tmux", "-L", tmux, "-f", str(conf), "new-session", "-n", "films", "sleep 60"]
    left = "[0] 0:films*"
    wanted = f"{left}{text + '  12:34':>{120 - len(left)}}"
    assert is_on_screen(wanted, terminal(*start, wanted=wanted, columns=120))
    assert [*circumstances.iterdir()] == []


@ENDED
@needs("i3blocks")
def test_recipe_for_i3blocks(circumstances: Path) -> None:
    """A real i3blocks writes the text, its short form and the kind of its markup for i3bar."""
    conf = circumstances.parent / "i3blocks"
    conf.write_text(block("### i3blocks", "ini"), "utf-8")
    child = subprocess.Popen(
        ["i3blocks", "-c", str(conf)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    shown: dict[str, str] = {}
    with child:
        assert child.stdout
        for line in child.stdout:
            if line.startswith(",") and LINE in line:
                *_, shown = json.loads(line[1:])
                break
        child.terminate()
    assert (shown["full_text"], shown["short_text"]) == (LINE, "3d")
    assert (shown["name"], shown["markup"]) == ("countdown", "pango")


def test_recipe_for_waybar(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waybar's is sound JSON of options that it has; its command writes JSON, or nothing at all."""
    config = json.loads(block("### waybar", "json"))
    (module,) = config["modules-right"]
    options = config[module]
    assert set(options) == {"exec", "return-type", "interval"}
    assert options["return-type"] == "json"
    answer = json.loads(said(options["exec"]))
    assert list(answer) == ["text", "tooltip", "class", "percentage"]
    assert answer["text"] == LINE
    styled = re.findall(r"^#custom-countdown\.(\w+)", block("### waybar", "css"), re.MULTILINE)
    assert answer["class"] in styled
    assert set(styled) <= {"today", "week", "month", "later"}
    monkeypatch.setenv("COUNTDOWN_TODAY", "2099-01-01")
    assert said(options["exec"]) == ""


def test_waybar_gets_a_hostile_title_as_text(
    circumstances: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A parser of markup finds the title again, in the text and in the tooltip, and no element."""
    title = f'<b>&amp; "x" {HOSTILE}'
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", hostile_catalogue(circumstances.parent, title))
    command = json.loads(block("### waybar", "json"))["custom/countdown"]["exec"]
    answer = json.loads(said(command.replace("--max-width 30", "")))
    for key, shown in (("text", f"{title} 3d"), ("tooltip", f"3d  {title}, 7 Jul 2022")):
        element = ElementTree.fromstring(f"<markup>{answer[key]}</markup>")  # ours
        assert (element.text, [*element]) == (shown, [])
    assert [*circumstances.iterdir()] == []


def test_recipe_for_home_assistant(circumstances: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The YAML is sound; the command writes JSON that has what the sensor takes from it."""
    yaml = pytest.importorskip("yaml")
    ((entry,),) = yaml.safe_load(block("### Home Assistant", "yaml")).values()
    sensor = entry["sensor"]
    options = {"name", "unique_id", "command", "scan_interval", "value_template"}
    assert set(sensor) == options | {"json_attributes_path", "json_attributes"}
    assert sensor["json_attributes_path"] == "$.releases[0]"
    release, *_ = json.loads(said(sensor["command"]))["releases"]
    assert set(sensor["json_attributes"]) < set(release)
    assert re.findall(r"value_json\.(\w+)", sensor["value_template"]) == ["releases", "releases"]
    assert (release["title"], release["days"]["min"]) == ("Thor: Love and Thunder", 3)
    title = f'<b>{{{{ 1 }}}} "x" {HOSTILE}'
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", hostile_catalogue(circumstances.parent, title))
    release, *_ = json.loads(said(sensor["command"]))["releases"]
    assert release["title"] == title
    assert [*circumstances.iterdir()] == []
    monkeypatch.setenv("COUNTDOWN_TODAY", "2099-01-01")
    nothing = subprocess.run(["sh", "-c", sensor["command"]], capture_output=True, check=True)
    assert json.loads(nothing.stdout) == {"releases": []}


def test_recipe_for_polybar(monkeypatch: pytest.MonkeyPatch) -> None:
    """Polybar's command writes a line; with nothing ahead an empty one, which hides the module."""
    config = configparser.ConfigParser(interpolation=None)
    config.read_string(block("### polybar", "ini"))
    module = config["module/countdown"]
    assert set(module) == {"type", "exec", "interval"}
    assert module["type"] == "custom/script"
    assert said(module["exec"]) == f"{LINE}\n"
    monkeypatch.setenv("COUNTDOWN_TODAY", "2099-01-01")
    assert said(module["exec"]) == "\n"


def test_recipe_for_starship() -> None:
    """Starship's is sound TOML of options that it has; its shell runs the command from stdin."""
    _, text = blocks(section("### starship"), "toml")
    options = tomli.loads(text)["custom"]["countdown"]
    assert set(options) == {"command", "when", "shell", "style"}
    assert options["when"] is True
    assert said(shlex.join(options["shell"]), stdin=options["command"]) == f"{LINE}\n"


@needs("bash")
def test_recipe_for_starship_without_a_process() -> None:
    """The TOML is sound, and names the variable that the line above starship's own exports."""
    text, _ = blocks(section("### starship"), "toml")
    ((name, options),) = tomli.loads(text)["env_var"].items()
    assert options == {"format": "([$env_value]($style) )", "style": "dimmed"}
    assert exported_by(block("### starship", "bash"), "starship") == {name: LINE}


@needs("bash")
def test_recipe_for_oh_my_posh() -> None:
    """The JSON is sound, and its template shows the variable that is exported above its line."""
    segment = json.loads(block("### oh-my-posh", "json"))
    assert set(segment) == {"type", "style", "foreground", "template"}
    exported = exported_by(block("### oh-my-posh", "bash"), "oh-my-posh")
    assert exported == {"COUNTDOWN_PROMPT": LINE}
    assert set(re.findall(r"\.Env\.(\w+)", segment["template"])) == set(exported)


def exported_by(recipe: str, program: str) -> dict[str, str]:
    """The variables of ours that bash exports to *program*, whose line is the last of *recipe*."""
    ours, theirs = recipe.splitlines()
    assert theirs.startswith(f'eval "$({program} init bash')
    done = said(shlex.join(["bash", "--norc", "-c", f"{ours}\n_countdown_hook\nenv"]))
    pairs = (line.split("=", 1) for line in done.splitlines() if line.startswith("COUNTDOWN_P"))
    return dict(pairs)


def test_recipe_for_xbar(circumstances: Path) -> None:
    """Xbar's script prints a line for the menu bar, a rule, and a line for each release."""
    script = circumstances.parent / "countdown.10m.sh"
    script.write_text(block("### xbar", "sh"), "utf-8")
    bar, rule, release = said(shlex.join(["sh", str(script)])).splitlines()
    assert bar.partition(" | ")[0] == LINE
    assert rule == "---"
    assert release.startswith("3d  Thor: Love and Thunder, Jul 7, 2022, Walt Disney Studios | ")

"""The project's chores, each in an environment of its own: `nox --list` names them.

.ci/run runs the same sessions, but the tests on `python3` as README says.
"""

import nox

nox.options.default_venv_backend = "venv"
nox.options.error_on_missing_interpreters = False
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["lint", "types", "generated", "tests", "lowest", "build"]

PYTHONS = ("3.11", "3.12", "3.13")
WRITERS = (
    *("schema.py", "completion_table.py", "messages.py"),
    *("transcripts.py", "screenshots.py", "region_names.py", "date_tables.py"),
    "coverage_table.py",
)
SCRIPTS = ("src/countdown/prompt/init", "src/countdown/completion/complete")
# Tests that use `sample`, and those of properties, which are tried on few examples elsewhere.
SAMPLED = (
    *("catalogue/test_document.py", "catalogue/test_faults.py", "journal/test_journal.py"),
    *("prompt", "completion", "core", "formats/test_columns.py", "views/test_axis.py"),
    *("catalogue/test_format_fixes.py", "catalogue/test_loose_files.py"),
    *("commands/test_share.py", "exports/test_card.py", "exports/test_card_png.py", "website"),
    *("cli/test_background.py", "cli/test_broken_week.py", "cli/test_drawing.py"),
    *("cli/test_edges_of_time.py", "cli/test_edit_cost.py", "cli/test_help_pages.py"),
    *("cli/test_hostile_text.py", "cli/test_mistakes.py", "cli/test_not_utf8.py"),
    *("cli/test_pager.py", "cli/test_random_mistakes.py", "cli/test_refused.py"),
    *("cli/test_reminders.py", "cli/test_reminders_sent.py", "commands/test_check.py"),
    *("cli/test_written.py", "commands/test_open_windows.py", "test_docs.py"),
    *("index/test_counts.py", "index/test_days.py", "index/test_growth.py", "index/test_names.py"),
    "refresh/test_processes.py",
    *("index/test_query.py", "index/test_record.py", "index/test_store.py"),
    *(
        "sources",
        "toml/test_positions.py",
        "toml/test_statements.py",
        "test_recipes_for_contributors.py",
        "test_shipped_catalogues.py",
        "test_schemas.py",
        "test_interrupts.py",
        "cli/test_hyperlinks.py",
    ),
)


@nox.session
def lint(session: nox.Session) -> None:
    """Style and layout of the code, and of the shells' scripts."""
    session.install("ruff>=0.11")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    bash = [f"{script}.bash" for script in SCRIPTS]
    session.run("shellcheck", *bash, ".ci/run", external=True)
    session.run("shfmt", "-i", "4", "-ci", "-d", *bash, ".ci/run", external=True)
    for script in SCRIPTS:
        session.run("zsh", "-n", f"{script}.zsh", external=True)
        session.run("fish", "--no-execute", f"{script}.fish", external=True)
        session.run("fish_indent", "--check", f"{script}.fish", external=True)


@nox.session
def types(session: nox.Session) -> None:
    """Types, strictly."""
    session.install("--editable", ".[test,lint]", "nox>=2025.2.9")
    session.run("mypy")


@nox.session
def generated(session: nox.Session) -> None:
    """Whether what scripts write into the repository is up to date."""
    session.install("--editable", ".[share,names]")
    for script in WRITERS:
        session.run("python", f"scripts/{script}", "--check")


@nox.session
def write(session: nox.Session) -> None:
    """Write the schema, completion table, transcripts and pictures anew."""
    session.install("--editable", ".[share,names]")
    for script in WRITERS:
        session.run("python", f"scripts/{script}")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """The tests, on every Python that is there. What follows `--` goes to pytest."""
    session.install("--editable", ".[test]")
    session.run("pytest", *session.posargs)


@nox.session(python=PYTHONS[0])
def lowest(session: nox.Session) -> None:
    """The tests with the oldest Python and the oldest dependencies that are allowed."""
    session.install("--editable", ".[test]")
    bounds = str(session.run("python", "scripts/lowest.py", silent=True)).splitlines()
    session.install(*bounds)
    session.run("pytest", *session.posargs)


@nox.session
def faults(session: nox.Session) -> None:
    """All faults and crowds, of which the other sessions try a sample, and no preloaded program."""
    session.install("--editable", ".[test]")
    tests = [f"tests/{name}" for name in SAMPLED]
    session.run("pytest", *tests, env={"HYPOTHESIS_PROFILE": "thorough"})


@nox.session
def mutants(session: nox.Session) -> None:
    """Small faults put into the program, and which of them no test notices: 15 minutes.

    What follows `--` are packages or modules: `core views`, `--sample 200 index`, `prompt/answer`.
    """
    session.install("--editable", ".[test,mutants]")
    session.run("python", "scripts/mutants.py", *session.posargs)


@nox.session(python=PYTHONS[0])
def fuzz(session: nox.Session) -> None:
    """Answers of sources that atheris makes (Linux only), until Ctrl-C or one that fails.

    What follows `--` are options of libFuzzer: `-max_total_time=3600`.
    """
    session.install("--editable", ".[test,fuzz]")
    session.run("python", "-m", "tests.sources.fuzz", ".fuzz", "-max_len=80000", *session.posargs)


@nox.session
def build(session: nox.Session) -> None:
    """The sdist, and the wheel out of it, in dist/."""
    session.install("build>=1.2")
    session.run("python", "-m", "build", "--outdir", "dist")

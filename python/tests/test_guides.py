"""Runs every command of the guides, in order, in a folder with what a reader has at hand."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

import pytest

import understudy

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def example(*arguments: str) -> None:
    command = [understudy.program(), "example", "hospital", *arguments, "--quiet"]
    subprocess.run(command, check=True)


def write_rows(path: str, rows: list[dict[str, object]]) -> None:
    lines = [",".join(rows[0]), *(",".join(map(str, row.values())) for row in rows)]
    Path(path).write_text("\n".join(lines) + "\n")


def page(name: str) -> Path:
    """A guide: a page of the documents, or the one at the root."""
    return ROOT / name if name == "README.md" else DOCS / name


def readme() -> None:
    Path("notes.txt").write_text("Amara Quillfeather came to Ward 7b on 3 May 2024.\n")


def steward() -> None:
    example("--rows", "20000", "-o", "patients.csv")
    Path("patients.schema.yaml").rename("after-inspect.yaml")
    example("--rows", "3000", "--seed", "7", "-o", "others.csv")


def read_and_correct() -> None:
    """What the owner makes of the schema that `inspect` wrote, under the guide's own signature."""
    assert "reviewed:" in Path("patients.schema.yaml").read_text()
    line = re.search(r"^reviewed: .*$", (DOCS / "steward.md").read_text(), re.MULTILINE)
    assert line
    declared = Path("after-inspect.yaml").read_text()
    declared = declared.replace("facts: declared", f"facts: observed\n{line[0]}", 1)
    assert line[0] in declared
    Path("patients.schema.yaml").write_text(declared)


def linked() -> None:
    example("--linked", "--people", "400", "-o", "hospital")
    Path("hospital.schema.yaml").unlink()


def officer() -> None:
    example("--rows", "1500", "-o", "patients.csv")
    understudy.synthesize(
        "patients.csv", schema="patients.schema.yaml", epsilon=1, output="release"
    )


def researcher() -> None:
    draw = random.Random(4)
    rows = []
    for _ in range(4000):
        age, ill = draw.randint(20, 95), draw.randint(0, 6)
        dead = int(draw.random() < 0.1 + age / 400 + ill / 30)
        cost = round(2000 + 90 * age + 4000 * ill + 3000 * draw.random())
        rows.append(
            {"age": age, "sex": draw.choice(["female", "male"]), "num.co": ill, "totcst": cost}
            | {"hospdead": dead}
        )
    write_rows("patients.csv", rows)
    schema = understudy.inspect("patients.csv").schema.rows_are_people().reviewed("A Test")
    understudy.synthesize("patients.csv", schema=schema, epsilon=3, output="release")
    understudy.budget.grant("patients.csv", schema=schema, epsilon=1, delta=1e-7)


def calculate() -> None:
    """Runs the guide's blocks of Python. The last reads an answer about a model."""
    pytest.importorskip("statsmodels")
    blocks = re.findall(r"```python\n(.*?)```", (DOCS / "researcher.md").read_text(), re.DOTALL)
    assert len(blocks) == 3
    for block_of_python in blocks:
        if "area under the curve" in block_of_python:
            shutil.rmtree("answer")
            understudy.budget.grant("patients.csv", epsilon=3, delta=1e-6)
            question = block("researcher.md", "yaml", "## A model on the real table")
            Path("model.yaml").write_text(question)
            for command in (
                "train patients.csv --target hospdead --epsilon 1 -o model",
                "ask patients.csv --analysis model.yaml --release release --epsilon 0.3 -o answer",
            ):
                subprocess.run([understudy.program(), *command.split(), "--quiet"], check=True)
        exec(compile(block_of_python, "researcher.md", "exec"), {"__name__": "guide"})


def dosed(number: int, seed: int) -> list[dict[str, object]]:
    draw = random.Random(seed)
    kinds = {
        "race": ["White", "Asian", "Black or African American", "Unknown"],
        "inducer": ["no", "no", "no", "yes"],
        "amiodarone": ["no", "no", "yes"],
        "vkorc1": ["A/A", "A/G", "G/G"],
        "cyp2c9": ["*1/*1", "*1/*1", "*1/*2", "*1/*3", "*2/*2"],
    }
    rows = []
    for _ in range(number):
        row: dict[str, object] = {"age": draw.randint(1, 9), "height": draw.randint(140, 200)}
        row["weight"] = draw.randint(40, 140)
        row |= {name: draw.choice(labels) for name, labels in kinds.items()}
        slow = 12 * kinds["vkorc1"].index(str(row["vkorc1"]))
        row["dose"] = f"{15 + slow + draw.random() * 9:.2f}"
        rows.append(row)
    return rows


def models() -> None:
    write_rows("warfarin.csv", dosed(2600, 1))
    write_rows("others.csv", dosed(600, 2))
    write_rows("new-patients.csv", dosed(40, 3))


def scoring() -> None:
    card = json.loads(block("encrypted-scoring.md", "json"))
    Path("dose.json").write_text(json.dumps(card))
    rows = [
        {c["name"]: c["categories"][0] if "categories" in c else 150 for c in card["columns"]}
        for _ in range(20)
    ]
    write_rows("patients.csv", rows)


def block(guide: str, kind: str, naming: str = "") -> str:
    """The block of this kind that follows the words in a guide."""
    found = re.search(
        re.escape(naming) + rf".*?```{kind}\n(.*?)```", (DOCS / guide).read_text(), re.DOTALL
    )
    assert found
    return found[1]


@dataclass(frozen=True)
class Guide:
    prepare: Callable[[], None]
    #: Commands within a sentence, in the order in which a reader runs them after the blocks.
    inline: tuple[str, ...] = ()
    #: Files that the guide shows: their names, and the words before them.
    files: dict[str, str] = field(default_factory=dict)
    #: What the reader does by hand after a command that begins so.
    then: dict[str, Callable[[], None]] = field(default_factory=dict)
    #: What the reader does with the results, once all commands have run.
    at_last: Callable[[], None] = lambda: None
    #: Commands that may end with 3: what they say is a judgement.
    judging: tuple[str, ...] = ("understudy attack",)
    #: Commands that are not run here: what they begin with, and the test that runs them.
    elsewhere: dict[str, str] = field(default_factory=dict)
    #: Commands within a sentence that are cut short, as a word for what they do.
    cut_short: tuple[str, ...] = ()


GUIDES = {
    "README.md": Guide(
        readme,
        ("understudy scan notes.txt", "understudy redact notes.txt -o clean.txt"),
        elsewhere={
            "make test": "the tests of the program, before these",
        },
        cut_short=("understudy synthesize --plan",),
    ),
    "steward.md": Guide(
        steward,
        (
            "understudy policy show partners",
            "understudy verify release --trusted-key NAME",
            "understudy sample release --rows 100000 -o more.csv",
            "understudy budget show --explain",
        ),
        then={"understudy inspect": read_and_correct},
    ),
    "linked-tables.md": Guide(linked),
    "privacy-officer.md": Guide(
        officer,
        (
            "understudy verify release --trusted-key NAME",
            "understudy policy show partners > ours.policy.yaml",
            "understudy policy check ours.policy.yaml",
            "understudy budget history",
            "understudy templates release -o paperwork",
        ),
    ),
    "researcher.md": Guide(
        researcher,
        ("understudy verify answer",),
        files={"died.yaml": "such as `died.yaml`"},
        at_last=calculate,
    ),
    "models.md": Guide(
        models,
        (
            "understudy verify model",
            "understudy attack model model --original warfarin.csv --control others.csv "
            "--invert vkorc1",
        ),
        files={
            "warfarin.schema.yaml": "In `warfarin.schema.yaml`",
            "models.policy.yaml": "As `models.policy.yaml`",
        },
    ),
    "encrypted-scoring.md": Guide(
        scoring, ("understudy predict dose.json patients.csv -o scores.csv",)
    ),
}

#: Guides whose commands need what is not at hand everywhere, with the test that runs them.
ELSEWHERE = {
    "command-line.md": "test_reference.py",
    "sources.md": "test_reference.py; with a PostgreSQL server and drivers: SourceRunTests",
    "why-privacy.md": "they take nine minutes: make why-privacy",
    "python.md": "test_docs.py",
    "hub.md": "test_hub_guide.py, and as root: make test-dist",
    "CONTRIBUTING.md": "they are the tests (.ci/run), or take an hour",
}


def commands(text: str) -> list[str]:
    """The commands in blocks without a language."""
    found = []
    for kind, fence in re.findall(r"^```(\w*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        found += [] if kind else fence.replace("\\\n", " ").splitlines()
    return [line for line in found if line.startswith(("understudy ", "make ", "python "))]


def inline(text: str) -> set[str]:
    """The commands within sentences that name a file or an option."""
    found = {" ".join(code.split()) for code in re.findall(r"(?<!`)`([^`]+)`(?!`)", text)}
    return {
        code
        for code in found
        if re.match(r"understudy \w|python -m", code) and re.search(r" -|\.\w|>", code)
    }


#: Seconds after which a command counts as hanging; the longest takes half a minute.
TIME_LIMIT = 600


def run(command: str, folder: Path, limit: float = TIME_LIMIT) -> subprocess.CompletedProcess[str]:
    """Runs a command in a session of its own, which ends with all that it began."""
    path = f"{folder.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
    with subprocess.Popen(
        ["sh", "-c", command],
        env={**os.environ, "PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as running:
        try:
            said, complained = running.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            said, complained = running.communicate()
            pytest.fail(f"hangs, and was ended after {limit} s: {command}\n{said}\n{complained}")
    return subprocess.CompletedProcess(command, running.returncode, said, complained)


@pytest.fixture
def shell(own_folder: Path) -> Path:
    """Puts the program and this Python on the path, under their usual names."""
    programs = own_folder.parent / "bin"
    programs.mkdir()
    (programs / "understudy").symlink_to(understudy.program())
    (programs / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (programs / "python").chmod(0o755)
    return own_folder


@pytest.fixture
def small(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `make` makes goes to the folder of the test: a demo of fewer rows, a program."""
    given = {"ROWS": "20000", "EPSILON": "3", "UNDERSTUDY_BINARY": understudy.program()}
    given |= {"DEMO": str(own_folder / "demo"), "PREFIX": str(own_folder / "installed")}
    for key, value in given.items():
        monkeypatch.setenv(key, value)


@pytest.mark.parametrize("name", GUIDES)
def test_every_command_of_a_guide_runs(name: str, shell: Path, small: None) -> None:
    guide, text = GUIDES[name], page(name).read_text(encoding="utf-8")
    said = " ".join(text.split())
    assert all(command in said for command in guide.inline), "a command that the guide lacks"
    unrun = inline(text) - set(guide.inline) - set(guide.cut_short)
    assert not unrun, "commands within a sentence that are not run"
    guide.prepare()
    for path, words in guide.files.items():
        Path(path).write_text(block(name, "yaml", words))
    everything = commands(text) + list(guide.inline)
    for beginning in guide.elsewhere:
        assert any(command.startswith(beginning) for command in everything), beginning
    everything = [line for line in everything if not line.startswith(tuple(guide.elsewhere))]
    assert everything
    for command in everything:
        command = command.replace("make ", f"make -C {ROOT} ", 1)
        if "NAME" in command:
            manifest = json.loads(Path("release/manifest.json").read_text())
            command = command.replace("NAME", manifest["signer"]["keyID"])
        for option in ("-o ", "> "):  # A guide may write a file twice, in several ways.
            made = command.split(option)[-1].split()[0] if f" {option}" in command else ""
            if made.endswith(".csv"):
                Path(made).unlink(missing_ok=True)
        # What is made may have to be built first.
        limit = TIME_LIMIT * (3 if command.startswith("make ") else 1)
        outcome = run(command, shell, limit)
        accepted = (0, 3) if command.startswith(guide.judging) else (0,)
        assert outcome.returncode in accepted, f"{command}\n{outcome.stdout}\n{outcome.stderr}"
        for begin, do in guide.then.items():
            if command.startswith(begin):
                do()
    guide.at_last()


def test_no_guide_is_forgotten() -> None:
    with_commands = {
        path.name
        for path in [*ROOT.glob("*.md"), *DOCS.glob("*.md")]
        if commands(path.read_text(encoding="utf-8"))
    }
    assert with_commands - set(GUIDES) == set(ELSEWHERE) & with_commands


def test_a_command_that_hangs_is_a_failure_that_names_it(shell: Path) -> None:
    began = time.monotonic()
    with pytest.raises(pytest.fail.Exception, match="hangs, .*understudy-like"):
        run("sleep 60 & sleep 60 # understudy-like", shell, limit=0.5)
    assert time.monotonic() - began < 30

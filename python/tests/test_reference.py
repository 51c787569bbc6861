"""Runs the commands of the reference pages: all are understood, and those on the example's tables
do what the page says of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Tuple

import pytest
from test_guides import DOCS, commands, example, run, shell

import understudy

__all__ = ["shell"]  # The fixture that puts the program on the path.

#: Commands that are only looked at here: what they begin with, and the test that runs them.
ELSEWHERE = {
    "understudy train ": "models.md in test_guides",
    "understudy attack model ": "models.md in test_guides, ModelAttackTests",
    "understudy attack release ": "linked-tables.md in test_guides",
    "understudy attack --original ratings.csv": "AttackTests",
    "understudy attack places ": "PlaceAttackTests",
    "understudy heatmap ": "MapTests",
    "understudy trips ": "TripTests",
    "understudy scorecard ": "encrypted-scoring.md in test_guides",
    "understudy encrypt ": "encrypted-scoring.md in test_guides",
    "understudy answer ": "encrypted-scoring.md in test_guides",
    "understudy decrypt ": "encrypted-scoring.md in test_guides",
    "understudy predict ": "encrypted-scoring.md in test_guides",
    "understudy inspect postgresql": "SourceRunTests",
    "understudy synthesize postgresql": "SourceRunTests",
    "understudy inspect sc": "SourceSparkTests",
    "understudy publish release --to postgresql": "SourceCountTests",
    "understudy inspect admissions.parquet": "SourceRunTests",
    "understudy synthesize patients.csv --engine gan": "UnprotectedTests",
    "understudy start patients.csv --page": "StartTests, and those of the hub",
    "understudy hub ": "StartTests, and those of the hub",
}
#: Commands that need minutes and read no file, so that they cannot even be begun here.
LONG = {"understudy audit ": "AuditCommandTests, make why-privacy"}

#: Commands within a sentence, in the order in which a reader may run them after the blocks.
INLINE = (
    "understudy --version",
    "understudy --generate-completion-script bash",
    "understudy inspect patients.csv --dictionary study.csv",
    "understudy inspect patients.csv --private --epsilon 0.05",
)

#: Commands whose result is a judgement.
JUDGING = ("understudy attack", "understudy check")

ANSWERS = "2\n\n8\n\nrest\nall\nMaria Weber\n\n\nno\n"


def prepare() -> None:
    """What a reader of the page has at hand, in small."""
    example("--rows", "2000", "-o", "patients.csv")
    # The page makes several releases of one table.
    understudy.budget.grant("patients.csv", schema="patients.schema.yaml", epsilon=10, delta=1e-5)
    example("--rows", "1000", "--seed", "7", "-o", "set-aside.csv")
    example("--rows", "1000", "--seed", "8", "-o", "last-year.csv")
    example("--linked", "--people", "300", "-o", "linked/hospital")
    Path("linked/hospital.schema.yaml").unlink(missing_ok=True)
    Path("notes.txt").write_text("Amara Quillfeather came to Ward 7b on 3 May 2024.\n")
    note = {"text": "Amara Quillfeather came to Ward 7b.", "patient": "17"}
    Path("notes.jsonl").write_text(json.dumps(note) + "\n")
    Path("visits.csv").write_text("name,ward\nAmara Quillfeather,7b\n")
    Path("readmission.yaml").write_text("kind: proportion\noutcome: readmitted_30d\nby: sex\n")
    Path("codebook.json").write_text('{"fields": [{"name": "age", "type": "integer"}]}')
    Path("answers.txt").write_text(ANSWERS)


def in_small(command: str) -> str:
    for large, small in (("20000", "2000"), ("100000", "500"), ("5000", "300")):
        command = command.replace(f" {large}", f" {small}")
    if command.startswith("understudy start"):
        command += " --answers answers.txt"
    if command.startswith("understudy redact") and "owner.key" in command:
        command = command.replace("owner.key", "the-owner.key")
    return command


def cleared(command: str, folder: Path) -> None:
    """Removes what the command is to make: a page makes the same things several times."""
    words = command.split()
    made = [words[words.index("-o") + 1]] if "-o" in words else []
    if command.startswith(("understudy inspect patients.csv", "understudy start")) and not made:
        made = ["patients.schema.yaml", "patients.start.sh"]
    if command.startswith("understudy example") and "--linked" not in command:
        made.append(made[0].replace(".csv", ".schema.yaml"))
    for name in made:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def listed(page: str) -> Tuple[str, ...]:
    return tuple(commands((DOCS / page).read_text(encoding="utf-8")))


def begins(command: str, with_one_of: dict[str, str]) -> bool:
    return command.startswith(tuple(with_one_of))


@pytest.mark.parametrize("page", ["command-line.md", "sources.md"])
def test_every_command_is_understood(page: str, shell: Path) -> None:
    looked_at = [command for command in listed(page) if begins(command, ELSEWHERE)]
    assert looked_at
    for command in looked_at:
        # In an empty folder: it stumbles over the first file that is not there, not over a word.
        outcome = run(command, shell)
        assert outcome.returncode == 1, f"{command}\n{outcome.stdout}\n{outcome.stderr}"
        assert "Unknown option" not in outcome.stderr
    assert list(shell.iterdir()) == []


def test_the_commands_on_the_example_run(shell: Path) -> None:
    Path("linked").mkdir()
    prepare()
    schema = Path("patients.schema.yaml").read_text()
    ran = 0
    for command in listed("command-line.md"):
        if begins(command, ELSEWHERE) or begins(command, LONG):
            continue
        command = in_small(command)
        is_linked = "hospital " in command + " " and "example" not in command
        folder = shell / "linked" if is_linked or "--persons" in command else shell
        cleared(command, folder)
        outcome = run(f"cd {folder} && {command}", shell)
        accepted: Tuple[int, ...] = (0, 3) if command.startswith(JUDGING) else (0,)
        if "0123456789abcdef" in command:  # Nobody's key: the page says that this fails.
            accepted = (3,)
        assert outcome.returncode in accepted, f"{command}\n{outcome.stdout}\n{outcome.stderr}"
        Path("patients.schema.yaml").write_text(schema)
        ran += 1
    assert ran > 30
    Path("study.csv").write_text("field_name,field_type,field_label\nage,text,Age\n")
    said = " ".join((DOCS / "command-line.md").read_text(encoding="utf-8").split())
    for command in INLINE:
        assert command in said
        Path("patients.schema.yaml").unlink(missing_ok=True)
        # Each is a first look, with a ledger of its own.
        outcome = run(f"export UNDERSTUDY_LEDGER=$(mktemp -d -p .)/l.sqlite; {command}", shell)
        assert outcome.returncode == 0, f"{command}\n{outcome.stdout}\n{outcome.stderr}"


def test_no_reason_is_out_of_date() -> None:
    everything = listed("command-line.md") + listed("sources.md")
    for beginning in [*ELSEWHERE, *LONG]:
        assert any(command.startswith(beginning) for command in everything), beginning

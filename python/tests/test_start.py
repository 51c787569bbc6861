"""The guided start in a terminal, as a steward sits before it."""

from __future__ import annotations

import os
import pty
import re
from pathlib import Path
from typing import Sequence, Tuple

import understudy


def dialogue(arguments: Sequence[str], turns: Sequence[Tuple[str, str]]) -> Tuple[int, str]:
    """Waits for words on the screen, then types: the exit status, and all that was shown."""
    child, screen = pty.fork()
    if child == 0:
        os.environ["TERM"] = "xterm"
        os.execv(understudy.program(), ["understudy", *arguments])
    shown, place = "", 0
    left = list(turns)
    while True:
        try:
            piece = os.read(screen, 65536)
        except OSError:  # The other side is closed: on Linux, the program has ended.
            break
        if not piece:
            break
        shown += piece.decode("utf-8", "replace")
        while left and left[0][0] in shown[place:]:
            words, typed = left.pop(0)
            place = shown.index(words, place) + len(words)
            os.write(screen, typed.encode())
    os.close(screen)
    _, status = os.waitpid(child, 0)
    assert not left, f"never shown: {left[0][0]}\n{shown}"
    return os.waitstatus_to_exitcode(status), re.sub(r"\x1b\[[0-9;]*m", "", shown)


def write_table() -> None:
    rows = [f"{20 + n * 7 % 61},{'FM'[n % 2]},ward {n % 3}" for n in range(400)]
    Path("patients.csv").write_text("\n".join(["age,sex,ward", *rows]) + "\n")


#: The questions of the table, in order, with what a steward types at each.
TURNS = [
    ("1, 2 or 3?", "1\n"),
    ("rows public?", "?\n"),
    ("Everywhere:", "yes\n"),
    ("Column 1 of 3: age", "\n"),
    ("Lowest and highest", "0 to 120\n"),
    ("What does it mean", "Age in years\n"),
    ("Column 2 of 3: sex", "back\n"),
    ("What does it mean", "Age at admission\n"),
    ("Column 2 of 3: sex", "rest\n"),
    ("Your name?", "Maria Weber\n"),
    ("Epsilon?", "2\n"),
    ("Is epsilon 2 what you want?", "\n"),
]


def test_a_release_is_made_in_a_terminal(own_folder: Path) -> None:
    write_table()
    turns = [*TURNS, ("Make the release now?", "yes\n"), ("The folder of the release?", "out\n")]
    status, shown = dialogue(["start", "patients.csv"], turns)
    assert status == 0, shown
    assert "Plan for patients.csv" in shown and "Release made" in shown
    schema = understudy.Schema(Path("patients.schema.yaml").read_text())
    assert "reviewed: {by: Maria Weber" in schema.text and "Age at admission" in schema.text
    assert "rows: {about: 400, public: yes}" in schema.text
    release = understudy.Release.open("out")
    assert release.epsilon == 2 and release.verify().is_passed
    assert not any("observed" in hazard for hazard in release.hazards)


def test_ctrl_c_and_ctrl_d_leave_nothing(own_folder: Path) -> None:
    write_table()
    for key in ("\x03", "\x04"):
        status, _ = dialogue(["start", "patients.csv"], [*TURNS, ("Make the release now?", key)])
        assert status in (130, -2)
        assert [path.name for path in Path().iterdir()] == ["patients.csv"]

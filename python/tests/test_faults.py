"""Errors, interruptions, and what must never be left behind."""

from __future__ import annotations

import datetime
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Iterator

import pytest

import understudy
from understudy import _program
from understudy.errors import error_of

CANARY = "Zanzibar-Quokka-7731"


def test_errors_have_code_id_and_remedy() -> None:
    with pytest.raises(understudy.InputError) as caught:
        understudy.inspect("nowhere.csv")
    error = caught.value
    assert (error.code, error.exit_status, error.id) == (1, 1, "table.missing")
    assert "nowhere.csv" in error.message and error.remedy in str(error)


def test_a_schema_that_is_not_there_is_an_error_of_the_program() -> None:
    with pytest.raises(understudy.InputError, match="nowhere.yaml"):
        understudy.plan([{"a": 1}], epsilon=1, schema="nowhere.yaml")


def test_times_that_cannot_be_written_as_the_schema_says_are_refused() -> None:
    schema = {
        "version": 5,
        "facts": "declared",
        "unit": "row",
        "columns": [{"name": "day", "type": "date", "format": "d. MMMM yyyy"}],
    }
    with pytest.raises(ValueError, match="format 'd. MMMM yyyy' for the column 'day'"):
        understudy.plan([{"day": datetime.date(2024, 2, 3)}], epsilon=1, schema=schema)
    understudy.plan([{"day": "3. February 2024"}], epsilon=1, schema=schema)


def test_a_misspelt_setting_is_an_error_of_usage() -> None:
    with pytest.raises(understudy.UsageError) as caught:
        understudy.synthesize([{"a": 1}], epsilon=1, output="r", engine="quantum")
    assert caught.value.code == 2


def test_errors_name_tables_and_not_their_private_copies() -> None:
    with pytest.raises(understudy.UnderstudyError) as caught:
        understudy.check(
            [{"a": 1}], {"version": 5, "columns": [{"name": "b", "type": "integer"}]}, name="ward"
        )
    assert "/tmp" not in str(caught.value) and "understudy-" not in str(caught.value)


def test_a_table_that_resembles_another_needs_a_decision() -> None:
    rows = [{"a": number % 50, "b": f"label {number % 7}", "c": number} for number in range(400)]
    understudy.synthesize(rows, epsilon=1, output="first", name="first")
    with pytest.raises(understudy.DecisionNeededError) as caught:
        understudy.synthesize(rows[:-1], epsilon=1, output="second", name="second")
    error = caught.value
    assert error.code == 5 and error.resembles[0]["name"] == "first.csv"
    assert "same_people_as" in error.remedy and "--" not in error.remedy
    understudy.synthesize(rows[:-1], epsilon=1, output="second", other_people=True)


@pytest.mark.parametrize(
    "call",
    [
        lambda rows: understudy.synthesize(rows, epsilon=99, output="r"),
        lambda rows: understudy.synthesize(
            rows,
            epsilon=1,
            output="r",
            schema={"version": 5, "columns": [{"name": "a", "type": "integer"}]},
        ),
        lambda rows: understudy.check(
            rows, {"version": 5, "columns": [{"name": "no", "type": "date"}]}
        ),
        lambda rows: understudy.evaluate(rows, [{"other": 1}]),
        lambda rows: understudy.attack(rows, rows[:1]),
        lambda rows: understudy.ask(rows, kind="count", release="none", epsilon=1, output="r"),
        lambda rows: understudy.redact(rows, mode="nonsense"),
        lambda rows: understudy.synthesize(rows + [{"b": 2}], epsilon=1, output="r"),
    ],
)
def test_no_error_shows_a_cell(call: object, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    with pytest.raises((understudy.UnderstudyError, ValueError)) as caught:
        call([{"a": f"{CANARY} {number}"} for number in range(30)])  # type: ignore[operator]
    assert CANARY not in str(caught.value) and CANARY not in caplog.text


def test_rows_that_break_off_start_nothing() -> None:
    def rows() -> Iterator[dict[str, int]]:
        yield {"a": 1}
        raise RuntimeError("the source broke off")

    with pytest.raises(RuntimeError, match="broke off"):
        understudy.synthesize(rows(), epsilon=1, output="release")
    assert not Path("release").exists() and not os.path.exists(os.environ["UNDERSTUDY_LEDGER"])


def test_unknown_errors_are_still_errors_of_understudy() -> None:
    error = error_of({"error": {"code": 7, "id": "new.kind", "message": "New."}}, 7)
    assert type(error) is understudy.UnderstudyError and error.remedy == ""


def test_the_program_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    binary = understudy.program()
    monkeypatch.setenv("UNDERSTUDY_BINARY", str(tmp_path / "none"))
    with pytest.raises(understudy.ProgramNotFoundError, match="cannot be run"):
        understudy.program()
    monkeypatch.delenv("UNDERSTUDY_BINARY")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(understudy.ProgramNotFoundError, match="not found"):
        understudy.program()
    (tmp_path / "understudy").symlink_to(binary)
    assert understudy.program() == str(tmp_path / "understudy")
    # The script that pip installs starts this package: it must not be taken for the program.
    (tmp_path / "understudy").unlink()
    (tmp_path / "understudy").write_text("#!/usr/bin/env python3\n")
    (tmp_path / "understudy").chmod(0o755)
    with pytest.raises(understudy.ProgramNotFoundError):
        understudy.program()


def test_progress_lines_are_read() -> None:
    step = _program._progress("Learning each column: 47 % of its budget used, a, b\n")
    assert step == understudy.Progress("Learning each column", 0.47, "a, b")
    assert _program._progress("Drawing and writing rows: 100 % done") == understudy.Progress(
        "Drawing and writing rows", 1, ""
    )
    assert _program._progress("First use of this table: granted epsilon 1.") is None


def test_progress_is_shown_as_a_bar(capfd: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("tqdm")
    rows = [{"a": number % 5, "b": "xyz"[number % 3]} for number in range(300)]
    understudy.synthesize(rows, epsilon=1, output="release", progress=True)
    assert "Drawing and writing rows: 100%" in capfd.readouterr().err


SLOW = """
import sys, understudy
rows = [{{"name": "{canary}", **{{f"c{{c}}": (n * (c + 3)) % 97 for c in range(24)}}}}
        for n in range(6000)]
understudy.synthesize(rows, epsilon=5, output="release",
                      progress=lambda step: print(step.phase, flush=True))
"""


def heed_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def started(folder: Path) -> subprocess.Popen[str]:
    """A run in the middle of its work."""
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW.format(canary=CANARY)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        start_new_session=True,
        # A shell's background job ignores interrupts, and so would whatever it starts.
        preexec_fn=heed_interrupts,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("Learning how"):
            return process
    raise AssertionError(process.stderr and process.stderr.read())


def children(of: int) -> list[int]:
    found = Path(f"/proc/{of}/task/{of}/children")
    return [int(child) for child in found.read_text().split()]


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split(") ")[1][0] != "Z"
    except FileNotFoundError:
        return False


def test_an_interrupted_run_ends_whole(own_folder: Path) -> None:
    process = started(own_folder)
    (program,) = children(process.pid)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert "KeyboardInterrupt" in errors and CANARY not in errors
    assert not is_running(program)
    assert list(own_folder.iterdir()) == []  # Neither a release nor a part of one.


def test_a_killed_run_leaves_no_rows(own_folder: Path) -> None:
    process = started(own_folder)
    (program,) = children(process.pid)
    process.kill()
    process.communicate(timeout=60)
    os.kill(program, signal.SIGKILL)
    while is_running(program):
        time.sleep(0.01)
    left = [path for path in (own_folder.parent / "tmp").rglob("*") if not path.is_dir()]
    assert [path for path in left if not path.is_symlink()] == []
    for path in left:  # A link to a descriptor of whoever opens it.
        assert os.readlink(path).startswith("/proc/self/fd/")
        path.unlink()
    for folder in (own_folder.parent / "tmp").iterdir():
        folder.rmdir()

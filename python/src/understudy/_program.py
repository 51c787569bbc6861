"""Finds the program and runs it: arguments go in, one JSON document comes out."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, List, Optional, Sequence, Union

from . import errors

_log = logging.getLogger("understudy")

#: Seconds that an interrupted run has to end by itself before it is killed.
_PATIENCE = 20.0


@dataclass(frozen=True)
class Progress:
    """How far a run is: the phase, its share from 0 to 1, and a detail such as a column."""

    phase: str
    fraction: float
    detail: str


ProgressLike = Union[bool, None, Callable[[Progress], None]]
"""``True`` shows a bar (needs tqdm), ``False`` shows nothing, ``None`` shows one if tqdm is
installed and somebody watches. A function is called with every :class:`Progress`."""


@dataclass(frozen=True)
class Outcome:
    """How a run ended: its exit status and the JSON documents that it printed."""

    status: int
    documents: Sequence[Any]

    @property
    def document(self) -> Any:
        return self.documents[0] if self.documents else {}


def find() -> str:
    """Returns the path of the program: in this package, else as ``UNDERSTUDY_BINARY`` says, else
    on the PATH."""
    inside = Path(__file__).parent / "_bin" / "understudy"
    if inside.is_file():
        return str(inside)
    named = os.environ.get("UNDERSTUDY_BINARY")
    if named:
        if not os.access(named, os.X_OK):
            raise errors.ProgramNotFoundError(
                f"UNDERSTUDY_BINARY names {named}, which cannot be run.",
                id="program.missing",
                remedy="Name the file of the program, with the right to run it.",
            )
        return named
    found = _on_path()
    if found is None:
        raise errors.ProgramNotFoundError(
            "The program understudy was not found.",
            id="program.missing",
            remedy="Install the wheel that holds it, put it on the PATH, or name it in "
            "UNDERSTUDY_BINARY.",
        )
    return found


def _on_path() -> Optional[str]:
    """The program on the PATH, passing over the script that pip makes of this package."""
    own = Path(sys.argv[0]).resolve() if sys.argv and sys.argv[0] else None
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        found = shutil.which("understudy", path=folder)
        if found and Path(found).resolve() != own and not _is_script(found):
            return found
    return None


def _is_script(path: str) -> bool:
    with open(path, "rb") as file:
        return file.read(2) == b"#!"


def run(
    arguments: Sequence[str],
    *,
    files: Sequence[int] = (),
    progress: ProgressLike = None,
    accept: Sequence[int] = (0,),
    rename: Callable[[str], str] = str,
) -> Outcome:
    """Runs a command with ``--json``.

    Args:
        arguments: The command and its arguments.
        files: Descriptors that the program inherits.
        progress: See :data:`ProgressLike`.
        accept: Exit statuses that are results; every other one is raised.
        rename: Turns names of private copies into names that the caller knows.
    """
    command = [find(), *arguments, "--json"]
    # A file without a name instead of a pipe: a long document cannot block the program.
    with tempfile.TemporaryFile() as output, _Bar(progress) as report:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            pass_fds=tuple(files),
            start_new_session=True,
        )
        notes: List[str] = []
        try:
            assert process.stderr is not None
            for line in process.stderr:
                step = _progress(line)
                if step:
                    report(step)
                elif line.strip():
                    notes.append(rename(line.rstrip()))
            status = process.wait()
        except BaseException:
            _stop(process)
            raise
        finally:
            if process.stderr is not None:
                process.stderr.close()
        output.seek(0)
        documents = _documents(rename(output.read().decode("utf-8")))
    for note in notes:
        _log.info("%s", note)
    if documents and isinstance(documents[-1], dict) and "error" in documents[-1]:
        raise errors.error_of(documents[-1], status)
    if status not in accept:
        raise errors.UnderstudyError(
            " ".join(notes) or f"The program ended with status {status} and said nothing.",
            code=status,
            exit_status=status,
        )
    return Outcome(status, documents)


def _documents(text: str) -> List[Any]:
    """One JSON document, or one a line."""
    found, decoder, place = [], json.JSONDecoder(), 0
    text = text.strip()
    while place < len(text):
        document, place = decoder.raw_decode(text, place)
        found.append(document)
        while place < len(text) and text[place].isspace():
            place += 1
    return found


def _stop(process: subprocess.Popen[str]) -> None:
    """Asks the process group to end as Ctrl-C does, and kills what does not."""
    for request, seconds in ((signal.SIGINT, _PATIENCE), (signal.SIGKILL, None)):
        try:
            os.killpg(process.pid, request)
            process.wait(seconds)
            return
        except ProcessLookupError:
            process.wait()
            return
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            continue


_STEP = re.compile(r"^(?P<phase>[^:]+): (?P<percent>\d+) %[^,]*(?:, (?P<detail>.*))?$")


def _progress(line: str) -> Optional[Progress]:
    found = _STEP.match(line.rstrip())
    if not found:
        return None
    return Progress(found["phase"], int(found["percent"]) / 100, found["detail"] or "")


class _Bar:
    """Shows progress for the length of a run, or passes it to a function."""

    def __init__(self, wish: ProgressLike) -> None:
        self._tell = wish if callable(wish) else None
        self._tqdm = None if callable(wish) or wish is False else _tqdm(insisting=wish is True)
        self._shown: Any = None

    def __enter__(self) -> Callable[[Progress], None]:
        return self._report

    def __exit__(self, *_: object) -> None:
        if self._shown is not None:
            self._shown.close()

    def _report(self, step: Progress) -> None:
        if self._tell is not None:
            self._tell(step)
        elif self._tqdm is not None:
            if self._shown is None:
                self._shown = self._tqdm(total=100, bar_format="{l_bar}{bar}|")
            self._shown.set_description(step.phase, refresh=False)
            self._shown.n = round(100 * step.fraction)
            self._shown.refresh()


def _tqdm(insisting: bool) -> Any:
    watched = sys.stderr is not None and sys.stderr.isatty() or "ipykernel" in sys.modules
    if not (insisting or watched):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # A notebook without widgets has a bar of text.
            from tqdm.auto import tqdm
    except ImportError:
        return None
    return tqdm


def main() -> None:
    """Becomes the program itself: the command ``understudy`` of an installed wheel."""
    try:
        program = find()
    except errors.ProgramNotFoundError as error:
        sys.exit(f"Error: {error.message}\nWhat to do: {error.remedy}")
    os.execv(program, [program, *sys.argv[1:]])

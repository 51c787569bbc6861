"""Runs every command of the guide to the hub that needs neither root nor systemd, against a hub
with invented people; scripts/test-dist.sh runs those that do, in an empty Debian."""

from __future__ import annotations

import importlib
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any, Iterator

import pytest
from test_guides import DOCS, ROOT, TIME_LIMIT, example, run, shell

__all__ = ["shell"]  # The fixture that puts the program on the path.

PROGRAM = ROOT / "Hub/.build/release/understudy-hub"
FOLDER = "/var/lib/understudy-hub/hub"
ADDRESS = "https://hub.hospital.example"

#: Commands that scripts/test-dist.sh runs, as root in an empty Debian.
AS_ROOT = ("apt ", "systemctl ", "swift build ", "sudo ")


def fences() -> list[list[str]]:
    """The commands of each block without a language; a block of another kind has none."""
    text = (DOCS / "hub.md").read_text(encoding="utf-8")
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    blocks = [body.replace("\\\n", " ").splitlines() for kind, body in found if not kind]
    return [lines for lines in blocks if re.match(r"[a-z]+[a-z-]* [^{]*$", lines[0])]


def block_with(beginning: str) -> list[str]:
    found = [lines for lines in fences() if any(line.startswith(beginning) for line in lines)]
    assert len(found) == 1, f"blocks with {beginning}: {len(found)}"
    return found[0]


def free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port: int = place.getsockname()[1]
        return port


def begin(command: str, folder: Path) -> subprocess.Popen[str]:
    path = f"{folder.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.Popen(
        ["sh", "-c", f"exec {command}"],
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def address(running: subprocess.Popen[str]) -> str:
    """The address that a server prints once it serves."""
    assert running.stdout
    for line in running.stdout:
        found = re.search(r"https?://\S+[^\s.,]", line)
        if found:
            return found[0]
    raise AssertionError("no address was printed")


def ended(running: subprocess.Popen[str]) -> None:
    """Ends a program as the system does: it ends well, or by the signal."""
    assert running.poll() is None, "it ended by itself"
    running.send_signal(signal.SIGTERM)
    said, _ = running.communicate(timeout=TIME_LIMIT)
    assert running.returncode in (0, -signal.SIGTERM), said


def place_beside(program: Path, place: Path) -> None:
    try:
        os.link(program.resolve(), place)
    except OSError:
        shutil.copy2(program, place)


@pytest.fixture
def programs(shell: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder, with the hub's program on the path too, and a home of its own."""
    if not PROGRAM.exists():
        pytest.skip(f"There is no {PROGRAM}: make test-hub builds it.")
    # The hub runs the `understudy` beside it; in the folder of its build there may be an old one.
    place_beside(PROGRAM, shell.parent / "bin/understudy-hub")
    (shell.parent / "home").mkdir()
    monkeypatch.setenv("HOME", str(shell.parent / "home"))
    example("--rows", "2000", "-o", "patients.csv")
    return shell


@pytest.fixture
def journey(programs: Path) -> Iterator[Any]:
    """A hub with five people and a stand-in, by the story of the demo."""
    sys.path.insert(0, str(ROOT / "scripts/hub"))
    demo, story = importlib.import_module("demo"), importlib.import_module("journey")
    port = free_port()
    serve, code = demo.started(PROGRAM, programs / "hub", port)
    try:
        found = story.Journey(f"http://localhost:{port}", PROGRAM, programs / "hub")
        found.enrol(code)
        schema = (programs / "patients.schema.yaml").read_text()
        found.open_data_set(programs / "patients.csv", schema)
        found.gain_access()
        found.receive_stand_in()
        yield found
    finally:
        serve.terminate()
        serve.wait()
        sys.path.remove(str(ROOT / "scripts/hub"))


def test_no_command_is_forgotten() -> None:
    walked = ["understudy-hub start", "understudy-hub serve", "understudy-hub notify"]
    walked += ["understudy-hub verify", "export UNDERSTUDY_HUB_TOKEN"]
    blocks = [*map(block_with, walked), *map(block_with, ["apt ", "swift build "])]
    assert sorted(map(str, blocks)) == sorted(map(str, fences())), "a block that nothing runs"


def test_a_guided_start(programs: Path) -> None:
    Path("patients.schema.yaml").unlink()
    Path("codebook.json").write_text('{"fields": [{"name": "age", "type": "integer"}]}')
    commands = block_with("understudy-hub start")
    assert len(commands) == 2
    for command in commands:
        running = begin(command, programs)
        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        page = urllib.request.build_opener(jar).open(address(running)).read().decode()
        assert "patients.csv" in page
        ended(running)


def test_serving_with_a_certificate_that_is_renewed(programs: Path) -> None:
    subject = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=hub.hospital.example"
    subprocess.run([*subject.split(), "-keyout", "hub.key", "-out", "hub.pem"], check=True)
    (programs / "hub.key").chmod(0o600)
    (command,) = block_with("understudy-hub serve")
    port = str(free_port())
    running = begin(command.replace(FOLDER, "hub").replace("8443", port), programs)
    address(running)
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    for _ in range(2):
        request = urllib.request.Request(f"https://127.0.0.1:{port}/sign-in")
        request.add_header("Host", f"hub.hospital.example:{port}")
        page = urllib.request.urlopen(request, context=trusting).read().decode()
        assert "Sign in" in page
        # What `systemctl reload` sends, by the service's ExecReload.
        running.send_signal(signal.SIGHUP)
        time.sleep(1)
    ended(running)
    service = (ROOT / "scripts/hub/understudy-hub.service").read_text()
    assert "kill -HUP $MAINPID" in service


def test_a_reload_without_a_certificate_ends_nothing(programs: Path) -> None:
    command = f"understudy-hub serve --folder hub --port {free_port()}"
    running = begin(command, programs)
    sign_in = f"{address(running)}sign-in"
    for _ in range(2):
        assert "Sign in" in urllib.request.urlopen(sign_in).read().decode()
        running.send_signal(signal.SIGHUP)
        time.sleep(1)
    ended(running)


def test_the_commands_of_programs_and_checks(journey: Any, programs: Path) -> None:
    person = journey.people["rosa"]
    token = re.search(r"uh_[A-Za-z0-9_-]+", person.post("/me/token", "/me", name="guide"))
    assert token
    (programs.parent / "home/.hub-token").write_text(token[0])
    script = "\n".join(["set -e", *block_with("export UNDERSTUDY_HUB_TOKEN")])
    script = script.replace(ADDRESS, journey.hub).replace("REQUEST", journey.stand_in)
    script = script.replace("PROJECT", journey.project.split("/")[-1])
    outcome = run(script, programs)
    assert outcome.returncode == 0, f"{outcome.stdout}\n{outcome.stderr}"
    assert Path("stand-in/synthetic.csv").exists()

    Path("hub-log.jsonl").write_text(journey.people["aron"].post("/log/export", "/log"))
    Path("seal.key").write_bytes(next((programs / "hub").rglob("seal.key")).read_bytes())
    Path("table.csv").write_text(Path("patients.csv").read_text())
    commands = block_with("understudy-hub verify")
    commands += ["understudy inspect table.csv -o table.schema.yaml"]
    commands += ["understudy-hub reset-code --account NAME"]
    said = (DOCS / "hub.md").read_text(encoding="utf-8")
    for command in commands:
        assert command in said
        command = command.replace(FOLDER, "hub").replace("FOLDER", "stand-in")
        command = command.replace("--account NAME", "--folder hub --account owner")
        outcome = run(command, programs)
        assert outcome.returncode == 0, f"{command}\n{outcome.stdout}\n{outcome.stderr}"


def test_letters(journey: Any, programs: Path) -> None:
    (command,) = block_with("understudy-hub notify")
    mails = programs / "mails"
    mails.mkdir()
    command = command.replace("/var/lib/understudy-hub/mails", "mails").replace(FOLDER, "hub")
    request = journey.ask("2", kind="count", by="ward")
    journey.submit(journey.people["rosa"], request)
    running = begin(command, programs)
    end = time.monotonic() + TIME_LIMIT
    while not list(mails.glob("*.eml")) and time.monotonic() < end and running.poll() is None:
        time.sleep(0.2)
    letters = list(mails.glob("*.eml"))
    ended(running)
    assert letters and any(request in letter.read_text() for letter in letters)


def test_backup_and_restore(journey: Any, programs: Path) -> None:
    """Copies of the databases that are taken while the hub serves, in a folder of their own."""
    said = (DOCS / "hub.md").read_text(encoding="utf-8")
    assert '`sqlite3 FILE ".backup COPY"`' in said
    restored = programs / "restored"
    restored.mkdir(mode=0o700)
    for path in sorted((programs / "hub").iterdir()):
        if path.suffix == ".sqlite":
            outcome = run(f'sqlite3 "{path}" ".backup {restored / path.name}"', programs)
            assert outcome.returncode == 0, outcome.stderr
        elif not path.name.endswith(("-wal", "-shm")):
            subprocess.run(["cp", "-a", path, restored], check=True)
    outcome = run("understudy-hub verify --folder restored", programs)
    assert outcome.returncode == 0, f"{outcome.stdout}\n{outcome.stderr}"
    # The restored hub works on: a worker finds nothing to do, and nothing wrong.
    outcome = run("understudy-hub work --folder restored --once", programs)
    assert outcome.returncode == 0, f"{outcome.stdout}\n{outcome.stderr}"


def test_the_files_that_the_guide_shows_can_be_read() -> None:
    text = (DOCS / "hub.md").read_text(encoding="utf-8")
    files = re.findall(r"^```\n(\{.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert [next(iter(json.loads(file))) for file in files] == ["host", "issuer"]

"""The hub as its services run it: pages and work by two users of the machine, with the lines of the unit files.

    scripts/hub/users.py HUB FOLDER --table FILE --schema FILE        as root

The users are numbers that nobody else has, so that the machine stays as it is. `serve` must not reach the table, the ledger, the
signing key or the place where results are written; `work` has no network; both say when they are ready, as systemd waits for it.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from journey import Journey
from people import Person

UNITS = Path(__file__).parent
#: Numbers of users and groups: pages, work, the group of both, and the group that may read the tables.
PAGES, WORK, BOTH, TABLES = 60161, 60162, 60163, 60164


class Machine:
    """The folders as the package makes them, below a folder of the test."""

    def __init__(self, program: Path, root: Path) -> None:
        self.root = root
        self.state, self.ledger = root / "var/lib/understudy-hub", root / "var/lib/understudy-hub-work"
        self.tables = root / "srv/understudy-hub"
        for folder, owner, group, mode in [
            (root, 0, 0, 0o755),
            (self.state, 0, BOTH, 0o750),
            (self.state / "hub", 0, BOTH, 0o3770),
            (self.state / "hub/keys", 0, BOTH, 0o3770),
            (self.state / "hub/vault", WORK, BOTH, 0o2750),
            (self.ledger, WORK, BOTH, 0o700),
            (self.tables, 0, TABLES, 0o750),
        ]:
            folder.mkdir(parents=True, exist_ok=True)
            os.chown(folder, owner, group)
            folder.chmod(mode)
        # The folders on the way to those above, and the program, are open to all.
        for folder in [root / "var", root / "var/lib", root / "srv"]:
            folder.chmod(0o755)
        self.program = root / "understudy-hub"
        shutil.copy(program, self.program)
        self.program.chmod(0o755)
        self.notes = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.notes.bind(str(root / "notify"))
        (root / "notify").chmod(0o777)
        self.notes.settimeout(60)

    def words(self, unit: str, options: str = "") -> list[str]:
        """The line of a unit that starts its program, with the folders of the test."""
        text = (UNITS / unit).read_text()
        line = re.search(r"^ExecStart=(.*)$", text, re.M)
        sources = re.search(r'^Environment="SOURCES=(.*)"$', text, re.M)
        assert line
        told = line.group(1).replace("$SOURCES", sources.group(1) if sources else "").replace("$OPTIONS", options)
        told = told.replace("/usr/bin/understudy-hub", str(self.program))
        return [re.sub(r"^/(var/lib|srv)/", rf"{self.root}/\1/", word) for word in shlex.split(told)]

    def by(self, user: int, *groups: int) -> list[str]:
        return ["setpriv", f"--reuid={user}", f"--regid={BOTH}", f"--groups={','.join(map(str, [BOTH, *groups]))}", "--inh-caps=-all"]

    def start(self, unit: str, user: list[str], mask: int, options: str = "") -> subprocess.Popen[str]:
        text = (UNITS / unit).read_text()
        assert f"UMask={mask:04o}" in text and "Type=notify" in text
        alone = ["unshare", "--net"] if "PrivateNetwork=yes" in text else []
        running = subprocess.Popen(
            [*alone, *user, *self.words(unit, options)],
            stdout=subprocess.PIPE if "serve" in self.words(unit) else None, text=True, umask=mask,
            env={"PATH": "/usr/bin:/bin", "NOTIFY_SOCKET": str(self.root / "notify")},
        )  # fmt: skip
        code = ""
        if running.stdout:
            for line in running.stdout:
                found = re.search(r": ([a-z0-9-]{34})$", line.strip())
                code = found.group(1) if found else code
                if line.startswith("http"):
                    break
        self.code = code or getattr(self, "code", "")
        assert self.notes.recv(100) == b"READY=1", unit
        return running

    def can(self, user: list[str], test: str, place: Path) -> bool:
        return subprocess.run([*user, "test", test, str(place)]).returncode == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=8460)
    parser.add_argument("--table", type=Path, required=True)
    parser.add_argument("--schema", type=Path, required=True)
    options = parser.parse_args()
    machine = Machine(options.program, options.folder)
    table, other = machine.tables / "patients.csv", machine.root / "other.csv"
    for place in [table, other]:
        shutil.copy(options.table, place)
        os.chown(place, 0, TABLES)
        place.chmod(0o640)
    pages, work = machine.by(PAGES), machine.by(WORK, TABLES)
    serve = machine.start("understudy-hub.service", pages, 0o007, f"--port {options.port}")
    worker = machine.start("understudy-hub-work.service", work, 0o027)
    try:
        journey = Worked(f"http://localhost:{options.port}", machine.program, machine.state / "hub")
        walk(journey, machine, table, options.schema.read_text())
        refuse(journey, other)
    finally:
        for process in (serve, worker):
            process.terminate()
            process.wait(timeout=60)
    look(machine, pages, work, table, journey.stand_in)
    done = subprocess.run(
        [*pages, machine.program, "verify", "--folder", machine.state / "hub"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    print("two users: a stand-in and an answer made; what each may reach, and not, is as the guide says")


class Worked(Journey):
    """A story whose work is done by the worker that runs."""

    def work(self) -> None:
        pass

    def settled(self, request: str) -> None:
        """Waits until the log says how a request's work ended."""
        name = request.split("/")[-1]
        for _ in range(600):
            with sqlite3.connect(f"file:{self.folder}/hub.sqlite?mode=ro", uri=True) as database:
                lines = [line for (line,) in database.execute("SELECT line FROM entries") if name in line]
            if any(f'"{word}":' in line for line in lines for word in ("finished", "failed", "projectOpened")):
                return
            time.sleep(0.2)
        raise SystemExit(f"{request} never ends")

    def decide(self, person: Person, request: str, verb: str, **fields: str) -> None:
        super().decide(person, request, verb, **fields)
        if verb == "approve":
            self.settled(request)


def walk(journey: Worked, machine: Machine, table: Path, schema: str) -> None:
    journey.enrol(machine.code)
    journey.open_data_set(table, schema)
    journey.gain_access()
    journey.receive_stand_in()
    asked = journey.ask(kind="count", by="sex")
    journey.submit(journey.people["rosa"], asked)
    journey.settled(asked)
    # The pages read what the worker wrote.
    assert "The real table beside its stand-in" in journey.people["rosa"].open(f"{asked}/result")
    status, text, _ = journey.people["rosa"].send(f"/requests/{journey.stand_in}/files/synthetic.csv")
    assert status == 200 and text.count("\n") > 100


def refuse(journey: Worked, other: Path) -> None:
    """A table outside the folders of the unit file is not opened, although its user could read it."""
    owner, petra = journey.people["owner"], journey.people["petra"]
    schema = "version: 5\nfacts: declared\n"
    owner.post(
        "/datasets", "/datasets/new", id="other", title="Other", summary="S", source=str(other), schema=schema, unit="0.1",
        agreement="A", notes="", category="EHRS",
    )  # fmt: skip
    petra.post("/datasets/other/policy", "/datasets/other", officers="1", checkers="0", automatic="0", days="5")
    budget = owner.post("/datasets/other/budget", "/datasets/other/budget", epsilon="1", reason="R")
    journey.submit(owner, budget)
    journey.decide(petra, budget, "approve", reason="")
    text = owner.open(budget)
    assert "not in a folder that the worker may open" in text, text


def look(machine: Machine, pages: list[str], work: list[str], table: Path, stand_in: str) -> None:
    hub = machine.state / "hub"
    answers = machine.ledger / "ledger.sqlite-answers"
    for place, test, by_pages, by_work in [
        (table, "-r", False, True),
        (machine.ledger, "-x", False, True),
        (machine.ledger / "ledger.sqlite", "-r", False, True),
        (answers, "-r", False, True),
        (hub / "keys/signing", "-r", False, True),
        (hub / "hub.sqlite", "-w", True, True),
        (hub / "keys/seal.key", "-r", True, True),
        (hub / f"vault/{stand_in}/synthetic.csv", "-r", True, True),
        (hub / f"vault/{stand_in}", "-w", False, True),
        (hub / "vault", "-w", False, True),
    ]:
        assert machine.can(work, test, place) == by_work, f"work {test} {place}"
        assert machine.can(pages, test, place) == by_pages, f"pages {test} {place}"
    stranger = ["setpriv", "--reuid=60199", "--regid=60199", "--clear-groups", "--inh-caps=-all"]
    for place in [hub, machine.ledger, table]:
        assert not machine.can(stranger, "-r", place), place


if __name__ == "__main__":
    main()

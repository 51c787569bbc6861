"""Two servers and two workers on one folder, and one after another of them killed while six clients work.

    scripts/hub/killed.py HUB FOLDER --table FILE --schema FILE

Each client asks its questions over and over until each has its answer, as people do whose page did not come. In the end every
question was submitted, charged, answered and released once, and the log is whole. A worker that is killed between a charge and
its answer has spent the charge: its request fails and says so, and its question is asked anew.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from demo import started
from journey import Journey

CLIENTS, QUESTIONS = 6, 6


class Processes:
    """Two servers and two workers, each replaced when it is killed."""

    def __init__(self, program: Path, folder: Path, ports: list[int]) -> None:
        self.program, self.folder, self.ports = program, folder, ports
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.killed: Counter[str] = Counter()
        for name in ["serve 0", "serve 1", "work 0", "work 1"]:
            self.start(name)

    def start(self, name: str) -> None:
        kind, number = name.split()
        words = [self.program, kind, "--folder", self.folder]
        if kind == "serve":
            words += ["--port", str(self.ports[int(number)])]
        self.running[name] = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self, name: str) -> None:
        self.running[name].send_signal(signal.SIGKILL)
        self.running[name].wait()
        self.killed[name.split()[0]] += 1
        self.start(name)

    def end(self) -> None:
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            process.wait()


class Client(threading.Thread):
    """A person with questions, who asks again whenever no reply comes."""

    def __init__(self, number: int, token: str, journey: Journey, ports: list[int]) -> None:
        super().__init__()
        self.number, self.token, self.journey = number, token, journey
        self.hubs = [f"http://localhost:{port}" for port in ports]
        self.lost, self.answers = 0, {}
        #: How often a question was cut short, by the ages that it is about.
        self.cut_of: dict[str, int] = {}

    def send(self, path: str, body: dict[str, object] | None = None) -> tuple[int, bytes]:
        """Sends to one server or the other until there is a reply; a request that changes something is sent once."""
        while True:
            request = urllib.request.Request(
                random.choice(self.hubs) + path, data=None if body is None else json.dumps(body).encode()
            )
            request.add_header("Authorization", f"Bearer {self.token}")
            try:
                with urllib.request.urlopen(request, timeout=30) as reply:
                    return reply.status, reply.read()
            except urllib.error.HTTPError as error:
                return error.code, error.read()
            except OSError:
                self.lost += 1
                if body is not None:
                    return 0, b""
                time.sleep(0.05)

    def known(self, ages: str) -> list[dict[str, object]]:
        status, text = self.send("/api/v1/requests")
        assert status == 200, text
        found = [item for item in json.loads(text)["items"] if f'"{ages}"' in json.dumps(item["spec"])]
        self.cut_of[ages] = sum(item["stage"] == "failed" for item in found)
        return [item for item in found if item["stage"] != "failed"]

    def ask(self, ages: str) -> None:
        question = {"kind": "count", "by": [], "terms": [], "conditions": {"age": [ages]}, "level": 0.95}
        spec = {"analysis": {"question": question, "release": self.journey.stand_in, "units": 1}}
        while not (found := self.known(ages)):
            status, text = self.send("/api/v1/requests", {"project": self.journey.project.split("/")[-1], "spec": spec})
            assert status in (0, 201), text
        (request,) = found
        while request["stage"] == "draft":
            status, text = self.send(f"/api/v1/requests/{request['id']}/submit", {})
            assert status in (0, 200, 409), text
            (request,) = self.known(ages)
        while request["stage"] != "released":
            assert request["stage"] in ("queued", "running", "approved"), request
            time.sleep(0.3)
            left = self.known(ages)
            if not left:
                return self.ask(ages)
            (request,) = left
        status, text = self.send(f"/api/v1/requests/{request['id']}/files/answer.json")
        assert status == 200, text
        self.answers[request["id"]] = text

    def run(self) -> None:
        for place in range(QUESTIONS):
            low = 18 + self.number * QUESTIONS + place
            self.ask(f"{low}..{low + 20}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=8450)
    parser.add_argument("--table", type=Path, required=True)
    parser.add_argument("--schema", type=Path, required=True)
    parser.add_argument("--workers", type=int, default=8, help="how often a worker is killed; each may cost half a minute")
    options = parser.parse_args()
    random.seed(1)
    hub = options.folder / "hub"
    serve, code = started(options.program, hub, options.port)
    journey = Journey(f"http://localhost:{options.port}", options.program, hub)
    journey.enrol(code)
    journey.open_data_set(options.table.resolve(), options.schema.read_text())
    journey.gain_access(units="200")
    journey.receive_stand_in()
    token = re.search(r"uh_[A-Za-z0-9_-]+", journey.people["rosa"].post("/me/token", "/me", name="test"))
    assert token
    serve.terminate()
    serve.wait()
    ports = [options.port + 1, options.port + 2]
    processes = Processes(options.program, hub, ports)
    clients = [Client(number, token.group(0), journey, ports) for number in range(CLIENTS)]
    begun = time.time()
    for client in clients:
        client.start()
    while any(client.is_alive() for client in clients):
        time.sleep(0.2 + random.random() * 0.8)
        if processes.killed["work"] < options.workers and random.random() < 0.25:
            processes.kill(f"work {random.randrange(2)}")
        else:
            processes.kill(f"serve {random.randrange(2)}")
    for client in clients:
        client.join()
    processes.end()
    judge(options.program, hub, clients)
    lost = sum(client.lost for client in clients)
    cut = sum(sum(client.cut_of.values()) for client in clients)
    print(
        f"killed: {processes.killed['serve']} servers and {processes.killed['work']} workers in {time.time() - begun:.0f} s; "
        f"{lost} requests of clients got no reply; {CLIENTS * QUESTIONS} questions, each answered once; {cut} charges were cut short and say so, no other was made twice"
    )


def judge(program: Path, hub: Path, clients: list[Client]) -> None:
    answers = {name: text for client in clients for name, text in client.answers.items()}
    assert len(answers) == CLIENTS * QUESTIONS, len(answers)
    for name, text in answers.items():
        assert (hub / "vault" / name / "answer.json").read_bytes() == text, name
    done = subprocess.run([program, "verify", "--folder", hub], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    # The log tells each request once, and the ledger each charge.
    with sqlite3.connect(hub / "hub.sqlite") as database:
        lines = [json.loads(line)["event"]["event"] for (line,) in database.execute("SELECT line FROM entries")]
    asked = {event["drafted"]["request"] for event in lines if "analysis" in event.get("drafted", {}).get("spec", {})}
    for word in ["drafted", "submitted", "queued", "started", "finished", "failed"]:
        told = Counter(event[word]["request"] for event in lines if word in event)
        assert all(told[name] <= 1 for name in asked), f"{word}: {told.most_common(3)}"
        assert word == "failed" or all(told[name] == 1 for name in answers), word
    assert len(asked) == len(answers) + sum("failed" in event for event in lines), len(asked)
    failures = [event["failed"]["failure"] for event in lines if "failed" in event]
    assert all(failure["id"] == "worker.stopped" and failure["isCharged"] for failure in failures), failures
    with sqlite3.connect(hub / "ledger.sqlite") as database:
        sessions = database.execute("SELECT COUNT(*) FROM sessions WHERE purpose LIKE 'ask %'").fetchone()[0]
        settled = database.execute("SELECT COUNT(*) FROM settlements").fetchone()[0]
    assert sessions == len(answers) + len(failures), f"{sessions} sessions, {len(answers)} answers, {len(failures)} failures"
    # The stand-in's is settled too.
    assert settled >= len(answers) + 1, settled


if __name__ == "__main__":
    main()

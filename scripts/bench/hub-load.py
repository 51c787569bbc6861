"""The load that a hub must bear on two cores, measured from outside: scripts/bench/hub-load.py HUB UNDERSTUDY.

Prints times as a client sees them, the memory of the server, and the processor seconds of server, workers and client: the
machine may be busy with other things, and the client shares its cores. Fails if a bound of `BOUNDS` is exceeded.
"""

from __future__ import annotations

import argparse
import http.client
import random
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "hub"))

from demo import started
from journey import Journey
from people import Person

BOUNDS = {
    "95 % of pages (ms)": 150,
    "memory at rest (MiB)": 120,
    "memory with 200 sign-ins (MiB)": 400,
    "an analysis (s)": 10,
}
USERS, PAGES, SIGN_INS = 20, 40, 200


def memory(process: int, key: str) -> float:
    """Memory of a process in MiB: `VmRSS` now, `VmHWM` at most."""
    text = Path(f"/proc/{process}/status").read_text()
    found = re.search(rf"{key}:\s+(\d+) kB", text)
    return int(found.group(1)) / 1024 if found else 0.0


def forget_peak(process: int) -> None:
    Path(f"/proc/{process}/clear_refs").write_text("5")


def seconds(process: int) -> float:
    """Processor seconds of a process."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


class Visitor:
    """Somebody who opens pages over one connection, as a browser does."""

    def __init__(self, port: int, cookie: str) -> None:
        self.connection = http.client.HTTPConnection("localhost", port)
        self.cookie = cookie

    def open(self, path: str) -> float:
        begun = time.perf_counter()
        self.connection.request("GET", path, headers={"Cookie": self.cookie})
        reply = self.connection.getresponse()
        reply.read()
        assert reply.status == 200, f"{path}: {reply.status}"
        return (time.perf_counter() - begun) * 1000


def pages(port: int, cookies: list[str], paths: list[str], pause: float) -> list[float]:
    """The times of all pages, in milliseconds."""
    times: list[float] = []

    def visit(number: int) -> None:
        chance = random.Random(number)
        visitor = Visitor(port, cookies[number % len(cookies)])
        mine = []
        for _ in range(PAGES):
            time.sleep(chance.random() * 2 * pause)
            mine.append(visitor.open(chance.choice(paths)))
        times.extend(mine)

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(USERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(times) == USERS * PAGES
    return sorted(times)


def sign_in_at_once(hub: str, owner: Person) -> tuple[float, list[Person]]:
    """Lets all people sign in at the same moment. Returns the seconds until the last was in."""
    people = []
    for number in range(SIGN_INS):
        account = f"guest{number}"
        text = owner.post("/accounts", "/accounts", name=account, fullName=account, roles=["researcher"])
        found = re.search(r"<code>([a-z0-9-]{34})</code>", text)
        assert found
        people.append((Person(hub, account), found.group(1)))

    def enrol(pair: tuple[Person, str]) -> None:
        # The code of the moment: an earlier one could be too old once the password's turn has come.
        pair[0].step = int(time.time()) // 30 - 1
        pair[0].enrol(pair[1])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(enrol, people))
    # A code counts once: the next one is due, and everybody's is fresh.
    time.sleep(31)
    time.sleep(30 - time.time() % 30 + 0.5)
    for person, _ in people:
        person.step = int(time.time()) // 30 - 1
    gate = threading.Barrier(SIGN_INS)
    faults: list[str] = []

    def enter(person: Person) -> None:
        gate.wait()
        try:
            person.sign_in()
        except Exception as fault:  # noqa: BLE001
            faults.append(str(fault)[:120])

    threads = [threading.Thread(target=enter, args=(person,)) for person, _ in people]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults, faults[:3]
    return time.perf_counter() - begun, [person for person, _ in people]


def timed_job(journey: Journey, request: str) -> tuple[float, float]:
    """Seconds from the submission of a request to its result, by a worker that runs already; and its processor seconds."""
    worker = subprocess.Popen([journey.program, "work", "--folder", journey.folder])
    time.sleep(1)
    before = seconds(worker.pid)
    begun = time.perf_counter()
    rosa = journey.people["rosa"]
    journey.submit(rosa, request)
    while "released" not in (text := rosa.open(request)):
        assert "work failed" not in text, Person.words(text)
        time.sleep(0.1)
    taken = time.perf_counter() - begun
    spent = seconds(worker.pid) - before
    worker.terminate()
    worker.wait()
    return taken, spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=Path)
    parser.add_argument("understudy", type=Path)
    parser.add_argument("--port", type=int, default=18443)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--parts", nargs="+", choices=["analysis", "pages", "sign-ins"], default=["analysis", "pages", "sign-ins"])
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        table = folder / "patients.csv"
        subprocess.run(
            [options.understudy, "example", "hospital", "--rows", str(options.rows), "-o", table, "--quiet"], check=True
        )
        serve, code = started(options.program, folder / "hub", options.port)
        try:
            measure(options, folder, serve.pid, code, found)
        finally:
            serve.terminate()
            serve.wait()
    client = resource.getrusage(resource.RUSAGE_SELF)
    print(f"client: {client.ru_utime + client.ru_stime:.1f} processor seconds")
    broken = [name for name in found if found[name] > BOUNDS[name]]
    for name in found:
        bound = BOUNDS[name]
        print(f"{name}: {found[name]:.1f} (at most {bound}){' BROKEN' if name in broken else ''}")
    raise SystemExit(1 if broken else 0)


def measure(options: argparse.Namespace, folder: Path, server: int, code: str, found: dict[str, float]) -> None:
    journey = Journey(f"http://localhost:{options.port}", options.program, folder / "hub")
    journey.enrol(code)
    found["memory at rest (MiB)"] = memory(server, "VmRSS")
    table = folder / "patients.csv"
    journey.open_data_set(table, table.with_suffix(".schema.yaml").read_text())
    journey.gain_access()
    begun = time.perf_counter()
    journey.receive_stand_in()
    print(f"stand-in of {options.rows} rows: {time.perf_counter() - begun:.1f} s")
    asked = journey.ask(kind="proportion", outcome="readmitted_30d", value="yes", by="sex")
    taken, spent = timed_job(journey, asked)
    if "analysis" in options.parts:
        found["an analysis (s)"] = taken
    print(f"analysis of {options.rows} rows: {taken:.1f} s, {spent:.1f} processor seconds of the worker")
    if "pages" in options.parts:
        measure_pages(options, journey, server, asked, found)
    if "sign-ins" in options.parts:
        measure_sign_ins(journey, server, found)


def measure_pages(options: argparse.Namespace, journey: Journey, server: int, asked: str, found: dict[str, float]) -> None:
    cookies = [person.cookie for person in journey.people.values() if person.account in ("rosa", "petra", "aron")]
    paths = ["/datasets", "/projects", "/requests", "/me", "/datasets/hospital", journey.project, asked, f"{asked}/result"]
    for pause, name in ((0.5, "with half a second of thought"), (0.0, "without a pause")):
        before, begun = seconds(server), time.perf_counter()
        times = pages(options.port, cookies[:1], paths, pause)
        taken = time.perf_counter() - begun
        share = times[int(len(times) * 0.95)]
        print(
            f"{len(times)} pages of {USERS} users {name}: half under {times[len(times) // 2]:.0f} ms, 95 % under {share:.0f} ms, "
            f"all under {times[-1]:.0f} ms; {len(times) / taken:.0f} a second; {seconds(server) - before:.1f} processor seconds"
        )
        if pause:
            found["95 % of pages (ms)"] = share


def measure_sign_ins(journey: Journey, server: int, found: dict[str, float]) -> None:
    forget_peak(server)
    before = seconds(server)
    taken, _ = sign_in_at_once(journey.hub, journey.people["owner"])
    found["memory with 200 sign-ins (MiB)"] = memory(server, "VmHWM")
    print(f"{SIGN_INS} sign-ins at once: the last after {taken:.1f} s; {seconds(server) - before:.1f} processor seconds with enrolment")
    print(f"memory afterwards: {memory(server, 'VmRSS'):.0f} MiB")


if __name__ == "__main__":
    main()

"""Starts a hub with the example hospital, five people and a request in each state, and prints the address: make demo-hub."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from journey import Journey


def started(program: Path, folder: Path, port: int) -> tuple[subprocess.Popen[str], str]:
    """The server, and the one-time code of the first owner."""
    serve = subprocess.Popen(
        [program, "serve", "--folder", folder, "--port", str(port)], stdout=subprocess.PIPE, text=True
    )
    code = ""
    assert serve.stdout
    for line in serve.stdout:
        found = re.search(r": ([a-z0-9-]{34})$", line.strip())
        code = found.group(1) if found else code
        if line.startswith("http"):
            return serve, code
    raise SystemExit("the hub did not start")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=8443)
    parser.add_argument("--table", type=Path, required=True)
    parser.add_argument("--schema", type=Path, required=True)
    options = parser.parse_args()
    serve, code = started(options.program, options.folder, options.port)
    try:
        tell(Journey(f"http://localhost:{options.port}", options.program, options.folder), code, options)
        serve.wait()
    except KeyboardInterrupt:
        pass
    finally:
        serve.terminate()
        serve.wait()


def tell(journey: Journey, code: str, options: argparse.Namespace) -> None:
    journey.enrol(code)
    journey.open_data_set(options.table.resolve(), options.schema.read_text())
    journey.gain_access()
    journey.receive_stand_in()
    journey.fill_all_states()
    print(f"\nThe hub is at {journey.hub}/ until you press Ctrl-C. Everybody in it is invented.\n")
    for person in journey.people.values():
        print(f"  {person.account:<11} password {person.password}   key for codes {person.secret}")
    print(f"\nA code for a key: python3 {Path(__file__).parent}/code.py KEY", flush=True)


if __name__ == "__main__":
    main()

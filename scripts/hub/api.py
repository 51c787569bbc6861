"""The hub's interface for programs, looked at by the tools of others. Fails if one of them finds a fault."""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import re
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from demo import started
from journey import Journey

#: What a catalogue need not say of a data set.
OPTIONAL = {"geodcatap:custodian", "dcat:landingPage", "dct:temporal"}
ROLES = ["rosa", "owner", "petra", "aron"]


class Check:
    def __init__(self, journey: Journey, options: argparse.Namespace) -> None:
        self.journey, self.folder, self.tools = journey, options.folder, options.tools
        self.options = options
        self.tokens = {name: self.token(name) for name in ROLES}

    def token(self, name: str) -> str:
        text = self.journey.people[name].post("/me/token", "/me", name="test")
        found = re.search(r"uh_[A-Za-z0-9_-]+", text)
        assert found, f"no token for {name}"
        return found.group(0)

    def get(self, path: str, name: str = "rosa") -> bytes:
        request = urllib.request.Request(self.journey.hub + path)
        request.add_header("Authorization", f"Bearer {self.tokens[name]}")
        with urllib.request.urlopen(request) as reply:
            return reply.read()

    def run(self, tool: str, *arguments: str | Path) -> str:
        done = subprocess.run([self.tools / tool, *arguments], capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"{tool} {' '.join(map(str, arguments))}\n{done.stdout}\n{done.stderr}")
        return done.stdout + done.stderr

    # The catalogue

    def catalogue(self) -> None:
        file = self.folder / "catalogue.jsonld"
        file.write_bytes(self.get("/api/catalogue"))
        shapes = Path(__file__).parent / "catalogue-shapes.ttl"
        assert self.conforms(file, shapes), "the catalogue does not conform"
        # What is taken away, or misspelled, is found.
        entry = json.loads(file.read_text())["dcat:dataset"][0]
        planted = self.folder / "planted.jsonld"
        taken = [name for name in entry if not name.startswith("@") and name not in OPTIONAL]
        for name in taken:
            document = json.loads(file.read_text())
            del document["dcat:dataset"][0][name]
            planted.write_text(json.dumps(document))
            assert not self.conforms(planted, shapes), f"nothing is said of a catalogue without {name}"
        document = json.loads(file.read_text())
        document["dcat:dataset"][0]["dct:titel"] = "x"
        planted.write_text(json.dumps(document))
        assert not self.conforms(planted, shapes), "nothing is said of a misspelled name"
        print(f"catalogue: conforms to the shapes, and {len(taken) + 1} planted faults are found")

    def conforms(self, file: Path, shapes: Path) -> bool:
        done = subprocess.run(
            [self.tools / "pyshacl", "-s", shapes, "-df", "json-ld", file], capture_output=True, text=True
        )
        assert done.returncode in (0, 1), done.stderr
        if done.returncode == 1 and "planted" not in file.name:
            print(done.stdout)
        return done.returncode == 0

    # A release

    def crate(self) -> None:
        release = self.journey.stand_in
        archive = self.folder / "crate.zip"
        archive.write_bytes(self.get(f"/api/v1/requests/{release}/crate"))
        crate = self.folder / "crate"
        with zipfile.ZipFile(archive) as files:
            assert files.testzip() is None
            names = files.namelist()
            files.extractall(crate)
        graph = {thing["@id"]: thing for thing in json.loads((crate / "ro-crate-metadata.json").read_text())["@graph"]}
        parts = [part["@id"] for part in graph["./"]["hasPart"]]
        assert sorted(parts + ["ro-crate-metadata.json"]) == sorted(names), names
        for part in parts:
            data = (crate / part).read_bytes()
            assert graph[part]["sha256"] == hashlib.sha256(data).hexdigest(), part
            assert graph[part]["contentSize"] == str(len(data)), part
        done = subprocess.run([self.options.understudy, "verify", crate / "release"], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        print(f"crate: {len(parts)} files are named with their hashes, and the signature holds")

    def croissant(self) -> None:
        file = self.folder / "crate" / "croissant.json"
        alone = self.folder / "crate" / "release" / "croissant.json"
        alone.write_bytes(self.get(f"/api/v1/requests/{self.journey.stand_in}/croissant"))
        for each in [file, alone]:
            said = self.run("mlcroissant", "validate", "--jsonld", each)
            assert "Found the following" not in said, said
        loaded = subprocess.run(
            [self.tools / "python", "-c", LOAD, file], capture_output=True, text=True
        )
        assert loaded.returncode == 0, loaded.stderr
        with (self.folder / "crate" / "release" / "synthetic.csv").open() as table:
            rows = list(csv.reader(table))
        count, names = json.loads(loaded.stdout.splitlines()[-1])
        assert count == len(rows) - 1 and names == rows[0], (count, names)
        print(f"croissant: mlcroissant validates it and loads {count} rows of {len(names)} columns")

    # Programs

    def client(self, program: Path) -> None:
        environment = os.environ | {"UNDERSTUDY_HUB_TOKEN": self.tokens["rosa"]}
        out = self.folder / "fetched"
        for arguments in [["status"], ["fetch", self.journey.stand_in, "-o", out]]:
            subprocess.run(
                [program, *arguments, "--hub", self.journey.hub], check=True, env=environment, stdout=subprocess.DEVNULL
            )
        done = subprocess.run([self.options.understudy, "verify", out], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        print("client: it lists requests and fetches a stand-in whose signature holds")

    def interface(self) -> None:
        """Runs schemathesis as each role: no server error, no reply that the description does not allow."""
        known = self.folder / "known.toml"
        known.write_text(KNOWN.format(request=self.journey.stand_in, project=self.journey.project.split("/")[-1]))
        for name, config in [(name, config) for name in ROLES for config in (None, known)]:
            report = self.folder / f"schemathesis-{name}{'-known' if config else ''}.txt"
            with report.open("w") as output:
                done = subprocess.run(
                    [
                        self.tools / "schemathesis", *(["--config-file", config] if config else []), "run", f"{self.journey.hub}/api/openapi.json",
                        "--header", f"Authorization: Bearer {self.tokens[name]}",
                        "--max-examples", str(self.options.examples), "--checks", "all",
                        # Whether an account, a project or a release of this name exists is no matter of the schema.
                        "--exclude-checks", "positive_data_acceptance",
                        "--continue-on-failure", "--no-color", "--seed", "1",
                        "--suppress-health-check", "all",
                    ],
                    stdout=output, stderr=subprocess.STDOUT, cwd=self.folder,
                )  # fmt: skip
            text = report.read_text()
            if done.returncode != 0:
                raise SystemExit(text[-20000:])
            cases = re.search(r"(\d+) generated", text)
            where = "things that are there" if config else "things of any name"
            print(f"schemathesis as {name}, {where}: no fault in {cases.group(1) if cases else 'all'} cases")
        log = subprocess.run(
            [self.options.program, "verify", "--folder", self.journey.folder], capture_output=True, text=True
        )
        assert log.returncode == 0, log.stdout


# Names of things that are there, so that replies to what is asked rightly are looked at too.
KNOWN = """
[[operations]]
include-path-regex = "/requests/"
parameters = {{ "path.id" = "{request}", "path.name" = "report.json" }}

[[operations]]
include-path-regex = "/projects/"
parameters = {{ "path.id" = "{project}" }}

[[operations]]
include-path-regex = "/datasets/"
parameters = {{ "path.id" = "hospital" }}
"""

LOAD = """
import json, sys
import mlcroissant
records = list(mlcroissant.Dataset(sys.argv[1]).records("people"))
names = [field["name"] for field in json.load(open(sys.argv[1]))["recordSet"][0]["field"]]
assert all(len(record) == len(names) for record in records)
print(json.dumps([len(records), names]))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=8445)
    parser.add_argument("--understudy", type=Path, required=True)
    parser.add_argument("--tools", type=Path, required=True)
    parser.add_argument("--table", type=Path, required=True)
    parser.add_argument("--schema", type=Path, required=True)
    parser.add_argument("--examples", type=int, default=40)
    options = parser.parse_args()
    options.tools, options.folder = options.tools.absolute(), options.folder.resolve()
    hub = options.folder / "hub"
    serve, code = started(options.program, hub, options.port)
    try:
        journey = Journey(f"http://localhost:{options.port}", options.program, hub)
        journey.enrol(code)
        journey.open_data_set(options.table.resolve(), options.schema.read_text())
        journey.gain_access()
        journey.receive_stand_in()
        journey.fill_all_states()
        check = Check(journey, options)
        check.catalogue()
        check.crate()
        check.croissant()
        check.client(options.program)
        check.interface()
    finally:
        serve.terminate()
        serve.wait()


if __name__ == "__main__":
    main()

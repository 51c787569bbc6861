"""The story of the demo hub: five people, one data set, a request in each state, all over HTTP."""

from __future__ import annotations

import html
import re
import subprocess
from pathlib import Path

from people import Person

PEOPLE = {
    "petra": ("Petra Officer", ["officer"]),
    "carl": ("Carl Checker", ["checker"]),
    "rosa": ("Rosa Researcher", ["researcher"]),
    "aron": ("Aron Auditor", ["auditor"]),
}
AGREEMENT = (
    "I use the stand-in and the answers for the purpose of this project alone.\n"
    "I do not try to find out who somebody is, and I tell the data owner if I do by accident.\n"
    "What I publish names the data set and the methods paragraph of each answer."
)

SUMMARY = "Stays in a hospital with wards, diagnoses, laboratory values and readmissions. All people are invented."
USE = {"aim": "health", "organisation": "open", "words": ""}


class Journey:
    def __init__(self, hub: str, program: Path, folder: Path) -> None:
        self.hub, self.program, self.folder = hub, program, folder
        self.people: dict[str, Person] = {}
        self.project = ""
        self.stand_in = ""

    def work(self) -> None:
        subprocess.run([self.program, "work", "--folder", self.folder, "--once"], check=True)

    def enrol(self, first_code: str) -> None:
        owner = self.people["owner"] = Person(self.hub, "owner")
        owner.enrol(first_code)
        owner.sign_in()
        for account, (name, roles) in PEOPLE.items():
            text = owner.post("/accounts", "/accounts", name=account, fullName=name, roles=roles)
            code = re.search(r"<code>([a-z0-9-]{34})</code>", text)
            assert code
            person = self.people[account] = Person(self.hub, account)
            person.enrol(code.group(1))
            person.sign_in()

    def open_data_set(self, table: Path, schema: str) -> None:
        owner, officer = self.people["owner"], self.people["petra"]
        owner.post(
            "/datasets",
            "/datasets/new",
            id="hospital",
            title="Admissions of the example hospital",
            summary="Stays.",
            source=str(table),
            schema=schema,
            unit="0.1",
            agreement=AGREEMENT,
            conditions=["HMB", "PUB", "NPU", "TS"],
            notes="TS: at most a year",
            publisher="Example hospital",
            contact="data@hospital.example",
            accessBody="Example health data access body",
            accessBodyContact="https://access.example/contact",
            category="EHRS",
            provenance="From the records of the wards, invented for this example.",
            begins="2023-01-01",
            ends="2024-12-31",
        )
        words = {
            name: html.unescape(value)
            for name, value in re.findall(r'<input [^>]*name="(\w+)"[^>]* value="([^"]*)"', owner.open("/datasets/hospital/words"))
            if name != "token"
        }
        owner.post(
            "/datasets/hospital/words",
            "/datasets/hospital/words",
            **words | {"keywords": "readmission, hospital", "category": "EHRS", "summary": SUMMARY},
        )
        self.policy()
        budget = owner.post(
            "/datasets/hospital/budget", "/datasets/hospital/budget", epsilon="4", reason="A first year of research."
        )
        self.submit(owner, budget)
        self.decide(officer, budget, "approve", reason="As agreed with the board.")
        self.work()

    def policy(self, **fields: str) -> None:
        values = {"officers": "1", "checkers": "0", "automatic": "1", "days": "5"} | fields
        self.people["petra"].post("/datasets/hospital/policy", "/datasets/hospital", **values)

    def submit(self, person: Person, request: str) -> None:
        person.post(f"{request}/submit", request)

    def decide(self, person: Person, request: str, verb: str, **fields: str) -> None:
        version = re.search(r'name="version" value="(\d+)"', person.open(request))
        person.post(f"{request}/{verb}", request, version=version.group(1) if version else "", **fields)

    def gain_access(self, units: str = "30") -> None:
        rosa, petra = self.people["rosa"], self.people["petra"]
        request = rosa.post(
            "/datasets/hospital/access",
            "/datasets/hospital/access",
            title="Readmission after a stay in hospital",
            purpose="Which patients come back within thirty days, and what a ward could do about it.",
            units=units,
            days="365",
            **USE,
        )
        self.submit(rosa, request)
        self.decide(petra, request, "return", reason="For how long do you need it?")
        rosa.post(
            f"{request}/edit",
            request,
            title="Readmission after a stay in hospital",
            purpose="Which patients come back within thirty days, and what a ward could do about it. We need half a year.",
            units=units,
            days="183",
            **USE | {"promises": "publication", "words": "Half a year."},
        )
        self.submit(rosa, request)
        self.decide(petra, request, "approve", reason="A clear purpose.")
        self.project = request.replace("/requests/", "/projects/")
        digest = re.search(r'name="digest" value="([0-9a-f]+)"', rosa.open(self.project))
        assert digest
        rosa.post(f"{self.project}/accept", self.project, digest=digest.group(1))

    def receive_stand_in(self) -> None:
        rosa, petra = self.people["rosa"], self.people["petra"]
        request = rosa.post(
            f"{self.project}/release", self.project, units="10", targets="readmitted_30d", rows=""
        )
        self.submit(rosa, request)
        self.decide(petra, request, "approve", reason="")
        self.work()
        self.stand_in = request.split("/")[-1]
        rosa.open(f"{request}/result")

    def ask_for_columns(self) -> str:
        """A draft of a stand-in of three columns."""
        return self.people["rosa"].post(
            f"{self.project}/release", self.project, units="6", targets="readmitted_30d", rows="",
            some="yes", columns=["age", "sex", "readmitted_30d"],
        )  # fmt: skip

    def ask_against_conditions(self) -> str:
        """A draft of an access request that does not fit the conditions of use."""
        return self.people["rosa"].post(
            "/datasets/hospital/access", "/datasets/hospital/access", title="A score to be sold",
            purpose="A product that tells insurers who comes back.", units="20", days="100", aim="otherResearch",
            organisation="profit", commercial="yes", words="",
        )  # fmt: skip

    def ask(self, units: str = "1", **question: str) -> str:
        return self.people["rosa"].post(
            f"{self.project}/analysis", self.project, release=self.stand_in, units=units, **question
        )

    def fill_all_states(self) -> dict[str, str]:
        """Leaves a request in each state, and returns their paths by state."""
        rosa, petra = self.people["rosa"], self.people["petra"]
        by_sex = {"kind": "proportion", "outcome": "readmitted_30d", "value": "yes", "by": "sex"}
        states: dict[str, str] = {"draft": self.ask("2", kind="mean", outcome="age")}
        states["released"] = self.ask(**by_sex)
        self.submit(rosa, states["released"])
        self.work()
        states["stored"] = self.ask(**by_sex)
        self.submit(rosa, states["stored"])
        for state in ["submitted", "returned", "refused", "withdrawn", "revoked", "at the gate", "queued"]:
            states[state] = self.ask("2", kind="count", by=WARD_OR[state])
            self.submit(rosa, states[state])
        self.decide(petra, states["returned"], "return", reason="Would the regions do instead?")
        self.decide(petra, states["refused"], "refuse", reason="The stand-in knows this as well.")
        rosa.post(f"{states['withdrawn']}/withdraw", states["withdrawn"])
        self.decide(petra, states["revoked"], "approve", reason="")
        states["failed"] = self.ask(kind="mean", outcome="no_such_column")
        self.submit(rosa, states["failed"])
        self.work()
        self.decide(petra, states["revoked"], "revoke", reason="Asked for by mistake.")
        self.policy(checks="yes", automatic="1")
        self.decide(petra, states["at the gate"], "approve", reason="")
        self.work()
        self.policy()
        self.decide(petra, states["queued"], "approve", reason="")
        return states


WARD_OR = {
    "submitted": "ward",
    "returned": "postcode_area",
    "refused": "sex",
    "withdrawn": "smoker",
    "revoked": "admission_type",
    "at the gate": "disposition",
    "queued": "treatment",
}

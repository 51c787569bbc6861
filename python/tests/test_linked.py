"""Linked tables: a folder or a dict of frames goes in, and people with all their rows come out."""

from __future__ import annotations

import datetime
import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

import understudy
from understudy import Schema, linked
from understudy._outline import outlines
from understudy.linked import LinkedRelease
from understudy.paperwork import paperwork

pandas = pytest.importorskip("pandas")
polars = pytest.importorskip("polars")

TIMES = {
    "patients": ["born", "died"],
    "admissions": ["admitted", "discharged"],
    "labs": ["taken"],
    "prescriptions": ["start", "stop"],
}


@pytest.fixture(scope="session")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the linked example, with its schema beside it."""
    folder = tmp_path_factory.mktemp("linked")
    command = [understudy.program(), "example", "hospital", "--linked", "--people", "400"]
    subprocess.run([*command, "-o", str(folder / "clinic"), "--quiet"], check=True)
    return folder / "clinic"


def schema_file(clinic: Path) -> Path:
    return clinic.with_name("clinic.schema.yaml")


def frames(clinic: Path) -> dict[str, object]:
    return {
        path.stem: pandas.read_csv(path, parse_dates=TIMES.get(path.stem, []))
        for path in sorted(clinic.glob("*.csv"))
    }


@pytest.fixture(scope="session")
def made(clinic: Path, tmp_path_factory: pytest.TempPathFactory) -> LinkedRelease:
    """A release of the clinic, made once, of frames."""
    folder = tmp_path_factory.mktemp("made-linked")
    return linked.synthesize(
        frames(clinic),
        schema=schema_file(clinic),
        epsilon=8,
        delta=1e-6,
        output=folder / "release",
        name="clinic",
        ledger=folder / "ledger.sqlite",
    )


@pytest.fixture
def release(made: LinkedRelease, own_folder: Path) -> LinkedRelease:
    shutil.copytree(made.folder, own_folder / "release")
    return LinkedRelease.open(own_folder / "release")


def expect_whole(tables: dict[str, object]) -> None:
    """Keys are unique, links lead somewhere, and nothing ends before it begins."""
    patients, admissions = tables["patients"], tables["admissions"]
    assert patients["patient_id"].is_unique and admissions["admission_id"].is_unique
    assert set(admissions["patient_id"]) <= set(patients["patient_id"])
    for name in ("diagnoses", "labs", "prescriptions"):
        assert set(tables[name]["admission_id"]) <= set(admissions["admission_id"])
    assert not (admissions["discharged"] < admissions["admitted"]).any()


def test_frames_go_in_and_linked_frames_come_out(clinic: Path, made: LinkedRelease) -> None:
    original, stand_in = frames(clinic), made.frames()
    assert set(stand_in) == set(original) == set(made.tables)
    for name, table in original.items():
        assert list(stand_in[name]) == list(table)
        for column, kind in table.dtypes.items():  # Int64 if some of them are missing.
            assert str(stand_in[name][column].dtype).lower() == str(kind).lower(), (name, column)
    assert len(stand_in["patients"]) == made.persons > 200
    assert stand_in["codes"].equals(original["codes"])  # It is about nobody.
    expect_whole(stand_in)
    assert made.verify().is_passed and made.epsilon == 8 and made.delta == 1e-6
    assert made.owner_messages and made.manifest["table"] == "hospital"
    assert all(name.split(".")[0] in made.tables for name in made.unlearned)


def test_more_people_are_drawn_whole(release: LinkedRelease) -> None:
    more = release.sample(persons=150, seed=2)
    assert len(more["patients"]) == 150 and set(more) == set(release.tables)
    expect_whole(more)
    again = release.sample(persons=150, seed=2)
    assert all(more[name].equals(again[name]) for name in more)
    as_polars = release.frames("polars")
    assert isinstance(as_polars["labs"], polars.DataFrame)
    assert as_polars["patients"]["born"].dtype == polars.Date
    rows = release.frame("admissions", kind="rows")
    assert {type(row["admitted"]) for row in rows} <= {datetime.datetime, type(None)}
    with pytest.raises(KeyError, match="no table 'wards'"):
        release.frame("wards")


def test_a_folder_and_frames_have_one_budget(clinic: Path) -> None:
    schema = schema_file(clinic)
    plan = linked.plan(clinic, schema=schema, epsilon=1, delta=1e-6)
    assert plan.few_people > 1000 and "sex" in plan.tables["patients"] and plan.hazards == ()
    assert not os.path.exists(os.environ["UNDERSTUDY_LEDGER"])
    first = linked.synthesize(clinic, schema=schema, epsilon=1, delta=1e-6, output="first")
    assert [account.name for account in understudy.budget.show().datasets] == ["clinic"]
    assert first.frame("patients")["born"].dtype.kind == "M"
    with pytest.raises(understudy.BudgetError):
        linked.synthesize(frames(clinic), schema=schema, epsilon=1, delta=1e-6, output="second")
    assert not Path("second").exists()


def test_a_look_proposes_a_schema_that_is_signed(clinic: Path) -> None:
    seen = linked.inspect(frames(clinic), name="clinic")
    assert (seen.person, seen.persons) == ("patients", 400)
    tables = {table.name: table for table in seen.tables}
    assert tables["codes"].is_public and tables["admissions"].parents == ("patients",)
    assert tables["admissions"].time == "admitted" and tables["labs"].rows > 1000
    assert "patients.born <= admissions.admitted" in seen.rules
    assert linked.plan(clinic, schema=seen.schema, epsilon=1).hazards != ()
    schema = seen.schema.reviewed("Maria Weber", datetime.date(2026, 11, 28))
    districts = "{values: [Harbour, Hill, Mill, North, Park, Station], provenance: declared}"
    schema = schema.set("patients.district", categories=districts)
    assert schema.column("patients.district")["categories"] == districts
    assert schema.column("admissions.admitted")["format"] == "yyyy-MM-dd HH:mm:ss"
    assert set(schema.tables) == set(tables)
    assert linked.plan(clinic, schema=schema, epsilon=1).hazards == ()
    for change in (lambda: schema.rows_are_people(), lambda: schema.protect("patient_id", 2)):
        with pytest.raises(ValueError, match="each person with all their rows"):
            change()


def test_the_owner_compares_and_attacks(clinic: Path, release: LinkedRelease) -> None:
    schema = schema_file(clinic)
    found = linked.evaluate(clinic, release, schema=schema)
    assert (found.original_persons, found.synthetic_persons) == (400, release.persons)
    assert 0 < found.columns["patients"] < 1 and found.pairs["admissions"] > 0
    assert {(link.table, link.parent) for link in found.links} >= {("admissions", "patients")}
    assert all(link.orphans == 0 for link in found.links) and found.broken_rules == {}
    itself = linked.evaluate(frames(clinic), frames(clinic), schema=schema)
    assert itself.columns["patients"] == 0 and itself.links[0].children == 0
    report = linked.attack(clinic, release.frames(), schema=schema, control=clinic)
    assert report.verdict in ("pass", "fail", "says-nothing") and report.risks
    leak = linked.attack(clinic, clinic, schema=schema)
    assert leak.risks[0].value > 0.5


def test_drafts_speak_of_persons(release: LinkedRelease) -> None:
    for path in paperwork(release.folder, "paperwork"):
        text = " ".join(path.read_text().split())
        assert "each person, with all rows of theirs in every table" in text
        assert f"6 tables of {release.persons} people" in text


def test_private_copies_have_no_name(clinic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def run(arguments: list[str], files: list[int], **_: object) -> None:
        (folder,) = Path(arguments[1]).parent.glob("clinic")
        for path in sorted(folder.iterdir()):
            held = os.stat(path)
            seen.append((path.name, path.is_symlink(), stat.S_IMODE(held.st_mode), held.st_nlink))
        for place in (folder, folder.parent):
            assert stat.S_IMODE(os.stat(place).st_mode) == 0o700
        raise RuntimeError("the run broke off")

    monkeypatch.setattr("understudy._desk.run", run)
    with pytest.raises(RuntimeError, match="broke off"):
        linked.inspect(frames(clinic), name="clinic")
    assert len(seen) == 6 and {rest for _, *rest in map(list, seen) for rest in [tuple(rest)]} == {
        (True, 0o600, 0)
    }


def test_tables_about_nobody_are_copied_whole(clinic: Path) -> None:
    """A release holds the table itself, whether it came as a frame or as a path."""
    tables = {**frames(clinic), "codes": clinic / "codes.csv"}
    for name, content in {"as-path": tables, "as-frame": frames(clinic)}.items():
        release = linked.synthesize(
            content,
            schema=schema_file(clinic),
            epsilon=1,
            output=name,
            ledger=f"{name}.sqlite",
        )
        copied = release.folder / "codes.csv"
        assert copied.is_file() and not copied.is_symlink()
        assert release.frame("codes").equals(frames(clinic)["codes"])


def test_rows_that_break_off_leave_nothing(clinic: Path) -> None:
    def rows() -> object:
        yield {"patient_id": "P1"}
        raise RuntimeError("the source broke off")

    with pytest.raises(RuntimeError, match="broke off"):
        linked.synthesize(
            {**frames(clinic), "patients": rows()},
            schema=schema_file(clinic),
            epsilon=1,
            output="release",
        )
    assert not Path("release").exists() and not os.path.exists(os.environ["UNDERSTUDY_LEDGER"])


def test_what_is_no_set_of_tables_is_refused(clinic: Path, release: LinkedRelease) -> None:
    schema = schema_file(clinic)
    with pytest.raises(ValueError, match="no table 'wards'"):
        linked.plan({"wards": [{"a": 1}]}, schema=schema, epsilon=1)
    with pytest.raises(TypeError, match="a dict of tables"):
        linked.plan([{"a": 1}], schema=schema, epsilon=1)
    with pytest.raises(ValueError, match="a name that a file can have"):
        linked.inspect({"../out": [{"a": 1}]})
    with pytest.raises(TypeError, match="understudy.linked"):
        understudy.inspect(frames(clinic))
    with pytest.raises(TypeError, match="understudy.linked"):
        understudy.synthesize(clinic, schema=schema, epsilon=1, output="out")
    with pytest.raises(TypeError, match="single table"):
        linked.synthesize(
            clinic, schema={"columns": [{"name": "a", "type": "integer"}]}, epsilon=1, output="out"
        )
    with pytest.raises(understudy.InputError, match="linked tables"):
        understudy.Release.open(release.folder)
    lacking = frames(clinic)
    del lacking["labs"]
    with pytest.raises(understudy.InputError, match="labs.csv"):
        linked.synthesize(lacking, schema=schema, epsilon=1, output="out")
    assert not Path("out").exists()


FLOW = """
version: 6
person: people   # whose rows they are
tables:
  - table: people
    file: "the people.csv"
    key: id
    columns:
      - {name: id, type: integer, role: identifier(code)}
      - {name: born, type: date, format: dd.MM.yyyy, bounds: {low: "01.01.1900", high: "x, y"}}
      - {name: 'it''s, "so"',
         type: category}
  - table: visits
    parents: {id: people}
    columns:
      - name: begin  # a comment
        type: timestamp
        format: "yyyy-MM-dd'T'HH:mm"
        bounds:
          format: not this one
      - type: integer
        name: id
    rules:
      - begin <= end
rules:
  - people.born <= visits.begin
"""


def test_schemas_are_read_in_lines_and_in_brackets() -> None:
    found = outlines(FLOW)
    people, visits = found.tables
    assert found.is_linked and (people.file_name, visits.file_name) == (
        "the people.csv",
        "visits.csv",
    )
    assert list(people.columns) == ["id", "born", 'it\'s, "so"']
    assert people.columns["born"]["bounds"] == '{low: "01.01.1900", high: "x, y"}'
    assert people.form().times == {"born": "%d.%m.%Y"} and list(visits.columns) == ["begin", "id"]
    assert visits.form().times == {"begin": "%Y-%m-%dT%H:%M"}
    assert Schema(FLOW).columns[:2] == ("people.id", "people.born")
    single = "version: 5\ncolumns:\n- {name: day, type: date, format: dd.MM.yyyy}\nrules:\n- a\n"
    assert outlines(single).only.form().times == {"day": "%d.%m.%Y"}
    assert not outlines(single).is_linked and Schema(single).tables == ()
    listed = "columns: [{name: a, type: integer}, {name: b, type: date, format: yyyy}]\n"
    assert outlines(listed).only.types() == {"a": "integer", "b": "date"}


def test_times_in_brackets_are_written_as_they_say() -> None:
    """A frame's times take the form that the schema states, however its lines are laid out."""
    schema = (
        "version: 5\nfacts: declared\nunit: {row: person}\n"
        "columns:\n  - {name: day, type: date, format: dd.MM.yyyy}\n  - {name: a, type: integer}\n"
    )
    rows = [{"day": datetime.date(2024, 1 + n % 12, 1 + n % 27), "a": n % 9} for n in range(50)]
    assert understudy.check(rows, Schema(schema)).fits

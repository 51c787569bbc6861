"""The main job: a frame goes in, a release comes out, and questions are put to it."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest

import understudy
from understudy import Release, Schema

pandas = pytest.importorskip("pandas")
polars = pytest.importorskip("polars")


def patients(hospital: Path) -> object:
    return pandas.read_csv(hospital, parse_dates=["admitted", "discharged"])


def test_a_frame_goes_in_and_its_stand_in_comes_out(hospital: Path, release: Release) -> None:
    stand_in, original = release.frame(), patients(hospital)
    assert list(stand_in) == list(original)
    for name, kind in original.dtypes.items():  # Int64 where some of them are missing.
        assert str(stand_in[name].dtype).lower() == str(kind).lower()
    assert len(stand_in) == release.rows and release.epsilon == 3 and release.delta == 1e-9
    assert stand_in["age"].dropna().between(0, 110).all()
    assert not (stand_in["admitted"] > stand_in["discharged"]).any()
    assert set(release.unlearned) == set(stand_in.columns[stand_in.isna().all()])
    assert release.owner_report and release.owner_report.exists()
    assert release.manifest["software"]["name"] == "understudy"


def test_other_kinds_of_frames_hold_the_same(release: Release) -> None:
    table = Release.open(release.folder).frame("polars")
    assert table["age"].dtype == polars.Int64 and table["admitted"].dtype == polars.Datetime
    assert table["bmi"].null_count() == release.frame()["bmi"].isna().sum()
    rows = release.frame("rows")
    assert [row["age"] for row in rows] == table["age"].to_list()
    assert {type(row["age"]) for row in rows} <= {int, type(None)}


def test_the_same_table_has_one_budget_in_every_form(
    hospital: Path, schema: Schema, release: Release
) -> None:
    for table in (hospital, patients(hospital), polars.read_csv(hospital, try_parse_dates=True)):
        with pytest.raises(understudy.BudgetError) as caught:
            understudy.synthesize(table, schema=schema, epsilon=1, output="again")
        assert caught.value.id == "budget.exhausted" and caught.value.code == 4
    assert not os.path.exists("again")
    accounts = understudy.budget.show().datasets
    assert [account.name for account in accounts] == ["patients.csv"]
    assert accounts[0].granted_epsilon == 3 and accounts[0].used_epsilon == pytest.approx(3)


def test_more_rows_and_copies(release: Release) -> None:
    more = release.sample(200, where={"sex": "F", "age": (60, 69)}, seed=3)
    assert len(more) == 200 and set(more["sex"]) == {"F"} and more["age"].between(60, 69).all()
    assert more.equals(release.sample(200, where={"sex": "F", "age": (60, 69)}, seed=3))
    assert str(more["age"].dtype).lower() == "int64"
    copies = release.copies(3)
    assert len(copies) == 3 and not copies[0].equals(copies[1])
    assert understudy.sample(release.folder, 5).shape == (5, more.shape[1])


def test_a_conclusion_has_an_interval(release: Release) -> None:
    found = release.estimate(kind="count", by="sex")
    women = found["sex=F"]
    assert found.basis == "measured" and women.low < women.estimate < women.high
    assert women.noise_share and 0 < women.noise_share < 1
    assert [row["name"] for row in found.rows()] == [number.name for number in found.numbers]
    assert release.estimate({"kind": "count", "by": "sex"})["sex=F"] == women
    with pytest.raises(KeyError):
        found["sex=X"]
    with pytest.raises(TypeError, match="not two"):
        release.estimate("a.yaml", kind="count")


def test_a_question_is_paid_for_and_answered_once(hospital: Path, release: Release) -> None:
    question = {"kind": "proportion", "outcome": "readmitted_30d", "value": "yes"}
    plan = understudy.ask_plan(release, question)
    assert plan.advice and plan.predictions[0].epsilon < plan.predictions[-1].epsilon
    understudy.budget.grant(
        patients(hospital), schema=release_schema(release), epsilon=1, delta=1e-7
    )
    answer = understudy.ask(
        patients(hospital), question, release=release, epsilon=0.5, output="answer"
    )
    assert answer.is_private and answer.epsilon == 0.5 and answer.numbers[0].estimate is not None
    assert "differential privacy" in answer.methods
    assert understudy.verify(answer).is_passed
    again = understudy.ask(
        patients(hospital), question, release=release, epsilon=0.5, output="again"
    )
    assert again.numbers == answer.numbers
    assert understudy.budget.history(hospital).datasets[0].releases == 2


def release_schema(release: Release) -> Schema:
    return Schema(release.manifest["schema"]["text"])


def test_a_plan_spends_nothing(hospital: Path, schema: Schema) -> None:
    plan = understudy.plan(patients(hospital), epsilon=1, schema=schema, target="readmitted_30d")
    assert plan.engine == "aim" and plan.unit == "patient_id" and 0 < plan.mean_one_way_error < 1
    assert not os.path.exists(os.environ["UNDERSTUDY_LEDGER"])
    with pytest.raises(TypeError, match="no setting speed"):
        understudy.plan(patients(hospital), epsilon=1, speed=3)


def test_a_public_table_gives_its_labels_and_relations(
    hospital: Path, schema: Schema, tmp_path: Path
) -> None:
    rows = hospital.read_text(encoding="utf-8")
    public = tmp_path / "last-year.csv"
    public.write_text(rows.replace("@example.org", "@example.net"), encoding="utf-8")
    made = understudy.synthesize(
        hospital, schema=schema, epsilon=1, output=tmp_path / "release", public=public,
        owner_report=False, ledger=tmp_path / "ledger.sqlite",
    )  # fmt: skip
    assert made.manifest["publicTable"]["name"] == "last-year.csv"
    with pytest.raises(understudy.UnderstudyError, match="is the table of people itself"):
        understudy.plan(hospital, schema=schema, epsilon=1, public=hospital)


def test_a_look_proposes_a_schema_that_can_be_edited(hospital: Path) -> None:
    seen = understudy.inspect(patients(hospital), name="patients")
    assert seen.rows == 1500 and "patient_id" in {column.name for column in seen.columns}
    assert seen.suggested_person_column == "patient_id"
    assert any("Read the schema and correct it" in advice for advice in seen.advice)
    schema = (
        seen.schema.protect("patient_id", at_most=2)
        .reviewed("Maria Weber", datetime.date(2026, 11, 28))
        .set("age", bounds="{low: 0, high: 110, provenance: declared}")
    )
    assert schema.column("age")["bounds"] == "{low: 0, high: 110, provenance: declared}"
    assert schema.text.count("\nunit:") == 1 and schema.text.count("\nreviewed:") == 1
    plan = understudy.plan(patients(hospital), epsilon=1, schema=schema)
    assert plan.unit == "patient_id" and plan.hazards == ()
    path = schema.save("patients.schema.yaml")
    assert Schema.read(path) == schema and path.stat().st_mode & 0o777 == 0o600
    assert understudy.check(patients(hospital), "patients.schema.yaml").fits


def test_a_schema_can_be_a_dict(hospital: Path) -> None:
    schema = {
        "version": 5,
        "facts": "declared",
        "unit": {"row": "person"},
        "columns": [
            {"name": "sex", "type": "category", "missing": True, "categories": ["F", "M"]},
            {"name": "age", "type": "integer", "missing": True, "bounds": {"low": 0, "high": 110}},
        ],
    }
    rows = [{"sex": "F", "age": 30}, {"sex": "M", "age": None}] * 300
    release = understudy.synthesize(rows, schema=schema, epsilon=3, output="release")
    made = release.frame()
    assert isinstance(made, list) and {type(row["age"]) for row in made} <= {int, type(None)}
    assert release.hazards == () and Schema.from_dict(schema).columns == ("sex", "age")
    assert Schema.from_dict(schema).to_dict()["columns"][0]["missing"] == "yes"


GERMAN = "Station;Wert;Tag\n" + "".join(
    f"S{n % 3};{n % 90},{n % 10};{1 + n % 28:02d}.03.2024\n" for n in range(900)
)


def test_a_schema_of_a_file_with_semicolons_fits_the_frame() -> None:
    Path("werte.csv").write_text(GERMAN)
    schema = understudy.inspect("werte.csv").schema.rows_are_people().reviewed("A Test")
    assert "semicolon" in schema.text and "decimal: comma" in schema.text
    frame = pandas.read_csv("werte.csv", sep=";", decimal=",")
    frame["Tag"] = pandas.to_datetime(frame["Tag"], format="%d.%m.%Y")
    table = polars.from_pandas(frame)
    for given in (frame, table, table.to_arrow(), table.to_dicts()):
        assert understudy.check(given, schema).fits
    release = understudy.synthesize(frame, schema=schema, epsilon=3, output="release")
    for made in (release.frame(), Release.open("release").sample(200)):
        assert list(made) == ["Station", "Wert", "Tag"] and made["Wert"].dtype == "float64"
        assert made["Wert"].dropna().between(-1, 100).all() and made["Tag"].dtype.kind == "M"
    assert understudy.evaluate(frame, release, schema=schema).mean_column_distance < 0.3
    with pytest.raises(understudy.BudgetError):  # The file and the frame are one dataset.
        understudy.synthesize("werte.csv", schema=schema, epsilon=1, output="again")


def test_a_release_of_a_file_with_words_for_missing_cells_has_none_of_them() -> None:
    cells = (f"{n % 90 if n % 5 else '?'},W{n % 3 if n % 7 else '?'},{n % 4}" for n in range(900))
    Path("asked.csv").write_text("age,ward,visits\n" + "\n".join(cells) + "\n")
    schema = understudy.inspect("asked.csv").schema.rows_are_people().reviewed("A Test")
    release = understudy.synthesize("asked.csv", schema=schema, epsilon=5, output="release")
    assert "?" in (release.folder / "synthetic.csv").read_text()
    made = release.frame()
    assert str(made["age"].dtype) == "Int64" and made["age"].isna().mean() > 0.1
    assert "?" not in set(made["ward"].dropna())


def test_a_release_of_a_file_without_names_has_them() -> None:
    Path("plain.csv").write_text("".join(f"W{n % 3},{n % 90}.5,{n % 7}\n" for n in range(900)))
    schema = understudy.inspect("plain.csv").schema.rows_are_people().reviewed("A Test")
    release = understudy.synthesize("plain.csv", schema=schema, epsilon=3, output="release")
    made = release.frame()
    assert list(made) == list(schema.columns) and len(made) == release.rows
    with pytest.raises(ValueError, match="without names of columns"):
        understudy.check(made, schema)


def test_the_owner_compares_and_attacks(hospital: Path, schema: Schema, release: Release) -> None:
    comparison = understudy.evaluate(patients(hospital), release, schema=schema, report="page.html")
    assert comparison.mean_column_distance and 0 < comparison.mean_column_distance < 1
    assert comparison.columns["sex"] < comparison.columns["icd10_code"]
    assert Path("page.html").stat().st_mode & 0o777 == 0o600
    same = understudy.attack(patients(hospital), patients(hospital), schema=schema, queries=200)
    assert same.verdict in ("fail", "not-judged") and same.document["copies"]["exact"] > 0
    fresh = understudy.attack(
        hospital, release.frame(), control=hospital, queries=200, schema=schema
    )
    assert {risk.name for risk in fresh.risks} >= {"singling-out-univariate", "linkability"}


def test_a_release_is_verified(release: Release) -> None:
    assert release.verify().is_passed and understudy.verify(release).key
    table = release.folder / "synthetic.csv"
    table.write_bytes(table.read_bytes() + b"\n")
    spoilt = release.verify()
    assert not spoilt.is_passed and "synthetic.csv" in " ".join(spoilt.failures)


def test_the_report_is_shown_inline(release: Release) -> None:
    shown = release._repr_html_()
    assert shown.startswith("<iframe sandbox srcdoc=") and "&lt;html" in shown.lower()
    assert '"' not in shown.split('srcdoc="')[1].split('"')[0]


def test_a_refused_release_says_which_lines_failed(hospital: Path, schema: Schema) -> None:
    with pytest.raises(understudy.RefusedError) as caught:
        understudy.synthesize(
            patients(hospital), schema=schema, epsilon=5, policy="open", output="release"
        )
    assert caught.value.failures and not caught.value.is_charged and caught.value.code == 3
    assert {line["outcome"] for line in caught.value.lines} > {"met"}
    assert not os.path.exists("release")


def test_a_release_without_knowledge_is_an_error() -> None:
    # Seeded: with other noise, a column in a hundred stands out of it by chance.
    rows = [{"a": number % 3, "b": "xyz"[number % 3]} for number in range(6)]
    with pytest.raises(understudy.NothingLearnedError) as caught:
        understudy.synthesize(rows, epsilon=0.1, output="release", seed=4)
    assert set(caught.value.release.unlearned) == {"a", "b"}
    release = understudy.synthesize(
        rows, epsilon=0.1, output="empty", allow_empty=True, ledger="other.sqlite", seed=4
    )
    assert release.rows >= 0 and Path("other.sqlite").exists()


def test_texts_are_scanned_and_redacted(tmp_path: Path) -> None:
    text = "Mr John Smith, born 3/4/1960,\ncalled 555-123-4567. „Grüße“"
    spans = understudy.scan([text, "nothing"]).texts
    assert {span.type for span in spans[0]} == {"PERSON", "DATE", "PHONE"} and spans[1] == ()
    name = next(span for span in spans[0] if span.type == "PERSON")
    assert text.encode()[name.start : name.end].decode() == "John Smith"
    clean = understudy.redact(text)
    assert clean.result == "Mr <PERSON>, born <DATE>,\ncalled <PHONE>. „Grüße“"
    assert clean.counts == {"PERSON": 1, "DATE": 1, "PHONE": 1}
    (tmp_path / "note.txt").write_text(text)
    assert understudy.redact(tmp_path / "note.txt", output="clean.txt").result == Path("clean.txt")
    with pytest.raises(TypeError, match="needs `output`"):
        understudy.redact(tmp_path / "note.txt")


def test_tables_are_scanned_and_redacted(hospital: Path) -> None:
    frame = patients(hospital).head(50)
    assert understudy.scan(frame).columns["email"] == {"EMAIL": 50}
    clean = understudy.redact(frame, columns={"notes": "prose"}).result
    assert list(clean.columns) == list(frame.columns) and set(clean["email"]) == {"<EMAIL>"}
    assert clean["crp_mg_per_l"].equals(frame["crp_mg_per_l"])

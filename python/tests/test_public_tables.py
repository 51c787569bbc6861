"""Real tables, whole."""

from __future__ import annotations

from pathlib import Path

import pytest

import understudy

pandas = pytest.importorskip("pandas")
polars = pytest.importorskip("polars")


def test_adult(data: Path) -> None:
    adult = pandas.read_csv(data / "adult.csv")
    schema = understudy.inspect(adult, name="adult").schema.rows_are_people().reviewed("A Test")
    release = understudy.synthesize(
        adult, schema=schema, epsilon=1, output="adult", engine="independent", progress=False
    )
    stand_in = release.frame()
    for name, kind in adult.dtypes.items():  # Int64 where some of them are missing.
        assert str(stand_in[name].dtype).lower() == str(kind).lower()
    assert abs(len(stand_in) - len(adult)) < 500
    assert abs(stand_in["age"].mean() - adult["age"].mean()) < 2
    comparison = understudy.evaluate(adult, release, schema=schema)
    assert comparison.mean_column_distance and comparison.mean_column_distance < 0.1


def test_support2(data: Path) -> None:
    path = data / "support2" / "support2.csv"
    if not path.exists():
        pytest.skip(f"There is no table {path}.")
    patients = polars.read_csv(path, infer_schema_length=None)
    schema = understudy.inspect(patients, name="support2").schema.rows_are_people()
    release = understudy.synthesize(
        patients, schema=schema, epsilon=1, output="support2", engine="independent", progress=False
    )
    stand_in = release.frame()
    # The file's first column has no name; the schema and the release call it column_0.
    assert stand_in.columns == ["column_0", *patients.columns[1:]]
    assert stand_in.dtypes == patients.dtypes
    with pytest.raises(understudy.BudgetError):  # The file and the frame are one dataset.
        understudy.synthesize(path, schema=schema, epsilon=1, output="again")

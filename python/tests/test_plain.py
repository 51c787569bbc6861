"""The main jobs with nothing but Python and the program: rows as dicts go in and come out."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from pathlib import Path

import pytest

import understudy
from understudy import Release, linked
from understudy.linked import LinkedRelease
from understudy.sdv import Metadata, MultiTableSynthesizer, Synthesizer

SOURCES = Path(understudy.__file__).parents[1]


def people(number: int) -> list[dict[str, object]]:
    return [
        {
            "age": 20 + n * 7 % 60,
            "ward": ["north", "south", "west"][n * n % 3],
            "admitted": datetime.date(2024, 1 + n % 12, 1 + n % 28),
            "ill": n * 7 % 60 > 35,
        }
        for n in range(number)
    ]


SCHEMA = {
    "version": 5,
    "facts": "declared",
    "unit": {"row": "person"},
    "columns": [
        {"name": "age", "type": "integer", "bounds": {"low": 0, "high": 110}},
        {"name": "ward", "type": "category", "categories": ["north", "south", "west"]},
        {"name": "admitted", "type": "date", "format": "dd.MM.yyyy"},
        {"name": "ill", "type": "boolean", "words": ["false", "true"]},
    ],
}


def test_rows_go_in_and_rows_come_out() -> None:
    rows = people(1200)
    seen = understudy.inspect(rows)
    assert seen.rows == 1200 and [column.name for column in seen.columns] == list(rows[0])
    assert understudy.check(rows, SCHEMA).fits
    plan = understudy.plan(rows, schema=SCHEMA, epsilon=2)
    assert plan.hazards == () and plan.mean_one_way_error < 0.2
    release = understudy.synthesize(rows, schema=SCHEMA, epsilon=2, output="release")
    made = release.frame()
    assert isinstance(made, list) and len(made) == release.rows and release.verify().is_passed
    kinds = {"age": int, "ward": str, "admitted": datetime.date, "ill": bool}
    for name, kind in kinds.items():
        assert {type(row[name]) for row in made} - {type(None)} == {kind}
    mean = sum(row["age"] for row in made if row["age"] is not None) / len(made)
    assert abs(mean - 49.5) < 5
    older = release.sample(50, where={"age": (60, 79)})
    assert len(older) == 50 and all(60 <= row["age"] <= 79 for row in older)
    assert release.estimate(kind="count", by="ward")["ward=north"].estimate is not None
    found = understudy.evaluate(rows, release, schema=SCHEMA)
    assert found.mean_column_distance is not None and found.mean_column_distance < 0.3
    with pytest.raises(understudy.BudgetError):
        understudy.synthesize(rows, schema=SCHEMA, epsilon=1, output="again")
    assert [row["age"] for row in Release.open("release").frame("rows")] == [
        row["age"] for row in made
    ]


def test_a_model_scores_rows() -> None:
    rows = people(1500)
    model = understudy.train(rows, schema=SCHEMA, target="ill", epsilon=2, output="model")
    scores = model.predict(rows[:40])
    assert isinstance(scores, list) and len(scores) == 40 and all(0 <= s <= 1 for s in scores)


def households(number: int) -> dict[str, list[dict[str, object]]]:
    homes = [{"home": n, "region": "NSW"[n % 3]} for n in range(number)]
    visits = [
        {"home": n, "day": datetime.date(2024, 1 + (n + v) % 12, 1 + n % 28), "kind": "AB"[v % 2]}
        for n in range(number)
        for v in range(1 + n % 3)
    ]
    return {"homes": homes, "visits": visits}


LINKED = """
version: 6
facts: declared
person: homes
tables:
  - table: homes
    key: home
    columns:
      - {name: home, type: integer, role: identifier(code)}
      - {name: region, type: category, categories: [N, S, W]}
  - table: visits
    parents: {home: homes}
    time: day
    columns:
      - {name: home, type: integer, role: identifier(code)}
      - {name: day, type: date, format: dd.MM.yyyy}
      - {name: kind, type: category, categories: [A, B]}
"""


def test_linked_rows_go_in_and_come_out() -> None:
    data = households(500)
    schema = understudy.Schema(LINKED)
    release = linked.synthesize(data, schema=schema, epsilon=5, delta=1e-6, output="release")
    made = release.frames()
    keys = {row["home"] for row in made["homes"]}
    assert len(keys) == len(made["homes"]) == release.persons > 300
    assert {row["home"] for row in made["visits"]} <= keys
    assert {type(row["day"]) for row in made["visits"]} <= {datetime.date, type(None)}
    more = LinkedRelease.open("release").sample(persons=30, kind="rows")
    assert len(more["homes"]) == 30 and type(more["homes"][0]["home"]) is int
    found = linked.evaluate(data, release, schema=schema)
    assert found.original_persons == 500 and found.links[0].orphans == 0
    assert release.verify().is_passed


def test_the_names_of_sdv_take_rows() -> None:
    rows = [{"room": "ab"[n % 2], "nights": 1 + n % 5} for n in range(600)]
    single = Synthesizer(Metadata.detect_from_dataframe(rows), epsilon=3)
    single.fit(rows)
    assert {type(row["nights"]) for row in single.sample(20)} <= {int, type(None)}
    data = households(400)
    metadata = Metadata.detect_from_dataframes(data)
    metadata.set_primary_key("home", table_name="homes")
    metadata.add_relationship("homes", "visits", "home", "home")
    several = MultiTableSynthesizer(metadata, epsilon=3, name="homes")
    several.fit(data)
    assert set(several.sample(scale=0.1)) == {"homes", "visits"}


def test_nothing_else_needs_to_be_installed() -> None:
    """The same in a Python that sees no package at all."""
    code = (
        "import sys, understudy, understudy.sdv, understudy.paperwork\n"
        "rows = [{'a': n % 5, 'b': 'xyz'[n % 3]} for n in range(300)]\n"
        "release = understudy.synthesize(rows, epsilon=1, output='release')\n"
        "assert release.frame() and understudy.Release.open('release').sample(5)\n"
        "assert not {'pandas', 'polars', 'pyarrow', 'numpy', 'yaml'} & set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_a_table_with_other_columns_does_not_fit() -> None:
    found = understudy.check([{"age": 4, "b": 1}], SCHEMA)
    assert not found.fits and found.findings and found.rows is None

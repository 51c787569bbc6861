"""Tables in, and the same kind of frame out."""

from __future__ import annotations

import csv
import datetime
import io
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from understudy._frames import Shape, shape_of
from understudy._outline import outlines
from understudy._tables import PLAIN, Form, Workspace, strftime, write

pandas = pytest.importorskip("pandas")
polars = pytest.importorskip("polars")
pyarrow = pytest.importorskip("pyarrow")

ROWS = [
    {
        "n": 1,
        "x": 0.5,
        "b": True,
        "s": 'a "quoted", text',
        "d": datetime.date(2024, 2, 29),
        "t": datetime.datetime(2024, 2, 29, 23, 59, 58),
    },
    {"n": None, "x": None, "b": None, "s": None, "d": None, "t": None},
    {
        "n": -3,
        "x": 1e-7,
        "b": False,
        "s": "NA",
        "d": datetime.date(1999, 1, 1),
        "t": datetime.datetime(1999, 1, 1),
    },
    {
        "n": 2**40,
        "x": 63.0,
        "b": True,
        "s": "",
        "d": datetime.date(2000, 12, 31),
        "t": datetime.datetime(2000, 12, 31, 12, 0, 1),
    },
]

KINDS = {
    "rows": lambda: [dict(row) for row in ROWS],
    "pandas": lambda: pandas.DataFrame(ROWS).astype({"n": "Int64", "b": "boolean"}),
    "polars": lambda: polars.DataFrame(ROWS),
    "pyarrow": lambda: pyarrow.Table.from_pylist(ROWS),
}


def written(table: object, form: Form = PLAIN) -> str:
    output = io.BytesIO()
    write(table, output, form)
    return output.getvalue().decode()


def values(frame: object, kind: str) -> list[dict[str, object]]:
    if kind == "rows":
        return frame  # type: ignore[return-value]
    if kind == "pandas":
        return [
            {name: None if pandas.isna(value) else value for name, value in row.items()}
            for row in frame.astype(object).to_dict("records")
        ]  # type: ignore[attr-defined]
    return frame.to_dicts() if kind == "polars" else frame.to_pylist()  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_comes_back_with_its_types(kind: str) -> None:
    table = KINDS[kind]()
    back = shape_of(table).read(io.BytesIO(written(table).encode()))
    expected = [dict(row) for row in ROWS]
    expected[3]["s"] = None if kind in ("pandas", "rows", "polars", "pyarrow") else ""
    found = values(back, kind)
    if kind == "polars":  # Polars tells an empty text from a missing one.
        expected[3]["s"] = found[3]["s"]
    assert found == expected
    if kind == "pandas":
        assert dict(back.dtypes) == dict(table.dtypes)
    if kind == "polars":
        assert back.schema == table.schema
    if kind == "pyarrow":
        assert back.schema.equals(table.schema)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_written_alike(kind: str) -> None:
    """The budget of a table must not depend on the library that holds it."""

    def parsed(text: str) -> list[list[object]]:
        rows = list(csv.reader(io.StringIO(text)))
        return [rows[0]] + [[float(row[0] or 0), float(row[1] or 0), *row[2:]] for row in rows[1:]]

    assert parsed(written(KINDS[kind]())) == parsed(written(KINDS["rows"]()))


@pytest.mark.parametrize("kind", KINDS)
def test_texts_are_quoted_and_missing_cells_are_empty(kind: str) -> None:
    lines = written(KINDS[kind]()).splitlines()
    assert '"NA"' in lines[3]
    assert lines[2] == ",,,,,"


@pytest.mark.parametrize("kind", KINDS)
def test_times_are_written_as_the_schema_says(kind: str) -> None:
    text = 'columns:\n  - name: t\n    type: timestamp\n    format: "dd.MM.yyyy HH:mm"\n'
    form = outlines(text).only.form()
    text = written(KINDS[kind](), form)
    assert "29.02.2024 23:59" in text
    assert "2024-02-29" in text  # The other column keeps the usual form.
    back = shape_of(KINDS[kind](), form).read(io.BytesIO(text.encode()))
    assert values(back, kind)[0]["t"] == datetime.datetime(2024, 2, 29, 23, 59)


@pytest.mark.parametrize("kind", KINDS)
def test_cells_are_separated_as_the_schema_says(kind: str) -> None:
    form = Form(delimiter=";", decimal=",")
    text = written(KINDS[kind](), form)
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [len(line) for line in lines] == [6] * 5 and lines[1][1] == "0,5"
    assert lines[1][3] == 'a "quoted", text'
    back = values(shape_of(KINDS[kind](), form).read(io.BytesIO(text.encode())), kind)
    assert [row["x"] for row in back] == [row["x"] for row in ROWS]


@pytest.mark.parametrize("kind", KINDS)
def test_words_for_missing_cells_are_missing(kind: str) -> None:
    """A release writes a missing cell as the original did: ``?``, or NA if there is one column."""
    shape = shape_of(KINDS[kind](), Form(missing={"n": "?", "s": "none"}))
    found = values(shape.read(io.BytesIO(b"n,s,b\n4,?,true\n?,none,\n")), kind)
    assert found == [{"n": 4, "s": "?", "b": True}, {"n": None, "s": None, "b": None}]
    alone = values(shape_of(KINDS[kind]()).read(io.BytesIO(b"n\n4\nNA\n")), kind)
    assert alone == [{"n": 4}, {"n": None}]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_without_names_is_read_under_names(kind: str) -> None:
    shape = replace(shape_of(KINDS[kind]()), names=("n", "s"))
    found = values(shape.read(io.BytesIO(b"4,a\n5,b\n")), kind)
    assert found == [{"n": 4, "s": "a"}, {"n": 5, "s": "b"}]


def test_a_row_is_written_by_itself() -> None:
    """How a row is written must not tell of other rows: dates stay in one form though all are at
    midnight, and whole numbers beside fractions have no point."""
    midnight = [{"t": datetime.datetime(2024, 1, 1), "x": 63.0}]
    for make in (pandas.DataFrame, lambda rows: rows):
        alone = written(make(midnight)).splitlines()[1]
        beside = written(make(midnight + [{"t": datetime.datetime(2024, 1, 1, 5), "x": 0.5}]))
        assert alone == beside.splitlines()[1] == '"2024-01-01 00:00:00",63'


def test_whole_numbers_stay_whole_beside_missing_ones() -> None:
    frame = pandas.DataFrame({"n": [1, 2, 3]})
    back = shape_of(frame).read(io.BytesIO(b"n\n4\n\n5\n"))
    assert str(back["n"].dtype) == "Int64" and back["n"].tolist()[0] == 4 and back["n"].isna()[1]
    assert str(shape_of(frame).read(io.BytesIO(b"n\n4\n5\n"))["n"].dtype) == "int64"


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow", "rows"])
def test_a_word_among_numbers_stays_a_text(kind: str) -> None:
    shape = shape_of(
        {
            "pandas": pandas.DataFrame({"n": [1]}),
            "polars": polars.DataFrame({"n": [1]}),
            "pyarrow": pyarrow.table({"n": [1]}),
            "rows": [{"n": 1}],
        }[kind]
    )
    found = values(shape.read(io.BytesIO(b"n\n4\nunknown\n")), kind)
    assert str(found[1]["n"]) == "unknown" and str(found[0]["n"]) == "4"


def test_categories_come_back_and_new_ones_are_kept() -> None:
    frame = pandas.DataFrame({"c": pandas.Categorical(["b", "a"], ["b", "a", "z"], ordered=True)})
    shape = shape_of(frame)
    same = shape.read(io.BytesIO(b"c\na\n\nb\n"))["c"]
    assert same.dtype == frame["c"].dtype and same.isna().tolist() == [False, True, False]
    assert shape.read(io.BytesIO(b"c\na\nother\n"))["c"].tolist() == ["a", "other"]


def test_times_with_zones_come_back() -> None:
    zone = "Europe/Berlin"
    moment = datetime.datetime(2024, 7, 1, 12, tzinfo=datetime.timezone.utc)
    frame = pandas.DataFrame({"t": pandas.to_datetime([moment]).tz_convert(zone)})
    back = shape_of(frame).read(io.BytesIO(written(frame).encode()))
    assert back["t"].dtype == frame["t"].dtype and back["t"][0] == moment
    table = polars.DataFrame({"t": [moment]}).with_columns(
        polars.col("t").dt.convert_time_zone(zone)
    )
    assert shape_of(table).read(io.BytesIO(written(table).encode())).equals(table)


@pytest.mark.parametrize(
    "make",
    [
        lambda: [{"s": "NA"}, {"s": None}],
        lambda: pandas.DataFrame({"s": ["NA", None]}),
        lambda: polars.DataFrame({"s": ["NA", None]}),
        lambda: pyarrow.table({"s": ["NA", None]}),
    ],
)
def test_a_missing_cell_of_a_single_column_is_a_row(make: object) -> None:
    assert written(make()) == '"s"\n"NA"\nNA\n'  # type: ignore[operator]


def test_large_numbers_keep_their_digits() -> None:
    assert written([{"n": 2**60, "m": 1}]).splitlines()[1] == f"{2**60},1"


def test_columns_of_mixed_kinds_are_texts() -> None:
    frame = pandas.DataFrame({"m": [1, "two", None], "n": [1, 2, 3]})
    assert written(frame).splitlines() == ['"m","n"', "1,1", '"two",2', ",3"]


@pytest.mark.parametrize(
    "table, message",
    [
        (5, "not int"),
        ({"a": [1]}, "not dict"),
        ([], "no rows"),
        ([1], "A row is a dict"),
        ([{"a": 1}, {"b": 2}], "Row 2 has a column"),
        (polars.DataFrame({"a": [[1]]}), "column 'a'"),
        (pyarrow.table({"a": [[1]]}), "column 'a'"),
    ],
)
def test_what_is_no_table_is_refused(table: object, message: str) -> None:
    with pytest.raises((TypeError, ValueError), match=message):
        written(table)


def test_copies_have_no_name_and_no_other_reader() -> None:
    with Workspace() as workspace:
        path = workspace.table([{"a": 1}], "ward")
        assert Path(path).name == "ward.csv" and Path(path).is_symlink()
        held = os.fstat(workspace.files[0])
        assert held.st_nlink == 0 and stat.S_IMODE(held.st_mode) == 0o600
        assert stat.S_IMODE(os.stat(workspace.folder).st_mode) == 0o700
        assert Path(path).read_text() == '"a"\n1\n'
    assert not Path(workspace.folder).exists()


@pytest.mark.parametrize(
    "pattern, expected",
    [
        ("yyyy-MM-dd", "%Y-%m-%d"),
        ("dd.MM.yyyy HH:mm:ss.SSS", "%d.%m.%Y %H:%M:%S.%f"),
        ("yyyy-MM-dd'T'HH:mm", "%Y-%m-%dT%H:%M"),
        ("hh:mm a", "%I:%M %p"),
        ("dd '100%' yyyy", "%d 100%% %Y"),
        ("ss,SSS", None),
        ("d. MMMM yyyy", None),
        ("[De]d. MMM", None),
        ("MM/yy", None),
    ],
)
def test_patterns_of_the_schema(pattern: str, expected: str | None) -> None:
    assert strftime(pattern) == expected


def test_an_unknown_kind_of_frame_is_named() -> None:
    with pytest.raises(ValueError, match="no kind of frame 'spark'"):
        Shape("rows").of_kind("spark")
